"""The table-driven state machine: a rule is a row, and the rows are the specification."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from app.errors import ActionNotAllowedError
from app.models.right import Right

State = TypeVar("State", bound=StrEnum)
Action = TypeVar("Action", bound=StrEnum)


@dataclass(frozen=True)
class Rule(Generic[State, Action]):
    """In `state`, a person holding `right` may do `action`, which leads to `target`."""

    state: State
    action: Action
    right: Right
    target: State
    basis: str = ""


class Lifecycle(Generic[State, Action]):
    """A closed set of rules; whatever has no row is not allowed."""

    def __init__(self, rules: Iterable[Rule[State, Action]]) -> None:
        self._rows = {(rule.state, rule.action): rule for rule in rules}

    def __iter__(self) -> Iterator[Rule[State, Action]]:
        return iter(self._rows.values())

    def find(self, state: State, action: Action) -> Rule[State, Action] | None:
        """Return the row, or None."""
        return self._rows.get((state, action))

    def rule(self, state: State, action: Action) -> Rule[State, Action]:
        """Return the row, or raise `ActionNotAllowedError`."""
        found = self.find(state, action)
        if found is None:
            raise ActionNotAllowedError(action, state)
        return found

    def actions(self, state: State) -> tuple[Rule[State, Action], ...]:
        """Return the rows of a state, in the order of the table."""
        return tuple(rule for rule in self if rule.state == state)
