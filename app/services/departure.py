"""离岗: what ends with it, and what others have to take over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.models.draft import DraftState
from app.models.right import Role
from app.models.staff import Person
from app.services.code_desk import SECOND_PERSON
from app.services.signers import without_signer
from app.storage.unit_of_work import UnitOfWork

_UNFINISHED = (DraftState.WRITING, DraftState.IN_REVIEW, DraftState.RETURNED, DraftState.WITHDRAWN)


@dataclass(frozen=True)
class Departure:
    """A person who left: the roles that ended, those of them that nobody holds now, and the drafts that wait.

    `unfinished` counts the own drafts that others see on 今日, `stuck` the drafts whose open step nobody can decide any
    more, `second_person` tells that somebody else is to be named for the administrator's code.
    """

    person: Person
    left_on: date
    roles: tuple[Role, ...]
    unheld: tuple[Role, ...]
    unfinished: int
    stuck: int
    second_person: bool


def first_day_without(left_on: date, today: date) -> date:
    """Return the first day from today on that somebody does not count for any more."""
    return max(left_on + timedelta(days=1), today)


def departed(
    unit: UnitOfWork, person: Person, left_on: date, ended: Iterable[Role], today: date, stuck_before: frozenset[str]
) -> Departure:
    """Say what a departure just written brings; `stuck_before` are the drafts that nobody could decide before it."""
    day, roles = first_day_without(left_on, today), tuple(sorted(set(ended), key=list(Role).index))
    return Departure(
        person,
        left_on,
        roles,
        tuple(role for role in roles if not unit.roles.holders(role, day)),
        sum(unit.drafts.author_of(row.id) == person.id for row in unit.drafts.in_states(_UNFINISHED)),
        len(without_signer(unit, day) - stuck_before),
        unit.settings.get(SECOND_PERSON) == person.id,
    )
