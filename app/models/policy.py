"""The unit's policy: titles, 代字, chains, limits and retention, each with its basis, from one TOML file."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import PolicyInvalidError
from app.models.draft import ReviewClass
from app.models.review import MANDATORY_STEPS, StepKind, StepPlan
from app.models.right import ROLE_RIGHTS, Right, Role
from app.models.shipped_words import SHIPPED_LIMITS, SHIPPED_NUMBERS, SHIPPED_TITLES, Stated

FORMAT = 1
TITLES = tuple(SHIPPED_TITLES)
NUMBERS = tuple(SHIPPED_NUMBERS)
LIMITS = tuple(SHIPPED_LIMITS)
DAYS_OF_MONTH = ("archive_due_day",)
"""Limits that name a day of every month: 1 to 28."""
RETENTION = (
    "draft",
    "review_sheet",
    "publication",
    "archive",
    "statement",
    "staff",
    "audit",
    "sign_in_attempts",
    "account",
    "personal_account",
    "custody",
)


@dataclass(frozen=True)
class Chain:
    """The steps of one review class and their basis."""

    steps: tuple[StepPlan, ...]
    basis: str


@dataclass(frozen=True)
class Policy:
    """One policy as read from its file; versions and effective dates are kept by the database."""

    name: str
    regulation: str
    supervisor: str
    titles: Mapping[str, Stated]
    numbers: Mapping[str, Stated]
    chains: Mapping[ReviewClass, Chain]
    categories: tuple[str, ...]
    limits: Mapping[str, Stated]
    retention: Mapping[str, Stated]
    digest: str
    text: str

    def title(self, key: str) -> Stated:
        """Return what a kind of paper is called, as shipped where an older version says nothing."""
        return self.titles.get(key) or SHIPPED_TITLES[key]

    def number_word(self, key: str) -> Stated:
        """Return the last word of the 代字 of a kind of paper, as shipped where an older version says nothing."""
        return self.numbers.get(key) or SHIPPED_NUMBERS[key]

    def limit(self, key: str) -> Stated:
        """Return a limit, as shipped where an older version says nothing."""
        return self.limits.get(key) or SHIPPED_LIMITS[key]


@dataclass(frozen=True)
class PolicyVersion:
    """A policy as adopted by the unit: its version number, since when, by whom."""

    version: int
    policy: Policy
    effective_on: str
    approved_by: str


def read_policy(text: str, *, adopted: bool = False) -> Policy:
    """Read a policy file, or refuse it with every problem and its place (`PolicyInvalidError`).

    A version adopted earlier may lack rows that the program has learned to ask for since.
    """
    try:
        # Notepad puts a byte order mark in front.
        raw = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as wrong:
        at = re.search(r"at line ([0-9]+)", str(wrong))
        raise PolicyInvalidError(((f"line:{at[1]}" if at else "end", "syntax"),)) from wrong
    return _Reader(raw, text, adopted=adopted).policy()


class _Reader:
    """Walks the parsed file once and collects problems instead of stopping at the first."""

    def __init__(self, raw: dict[str, Any], text: str, *, adopted: bool) -> None:
        self._raw, self._text, self._adopted = raw, text, adopted
        self._problems: list[tuple[str, str]] = []

    def policy(self) -> Policy:
        known = {"format", "name", "regulation", "supervisor"} | {
            "titles",
            "numbers",
            "chains",
            "categories",
            "limits",
            "retention",
        }
        self._problems += [(key, "unknown_key") for key in self._raw if key not in known]
        if type(self._raw.get("format")) is not int or self._raw["format"] != FORMAT:
            self._problems.append(("format", "unsupported_format"))
        titles = self._table("titles", TITLES, "text")
        numbers = self._table("numbers", NUMBERS, "text")
        limits = self._table("limits", LIMITS, "value", number=True)
        retention = self._table("retention", RETENTION, "value")
        chains = self._chains()
        names = self._categories()
        policy = Policy(
            name=self._text_of("name"),
            regulation=self._text_of("regulation"),
            supervisor=self._text_of("supervisor"),
            titles=titles,
            numbers=numbers,
            chains=chains,
            categories=names,
            limits=limits,
            retention=retention,
            digest=hashlib.sha256(self._text.encode("utf-8")).hexdigest(),
            text=self._text,
        )
        if self._problems:
            raise PolicyInvalidError(tuple(self._problems))
        return policy

    def _text_of(self, key: str) -> str:
        value = self._raw.get(key)
        if not isinstance(value, str) or not value.strip():
            self._problems.append((key, "text_needed"))
            return ""
        return value

    def _table(self, name: str, keys: tuple[str, ...], field: str, *, number: bool = False) -> dict[str, Stated]:
        table = self._raw.get(name)
        if not isinstance(table, dict):
            self._problems.append((name, "table_needed"))
            return {}
        self._refuse_others(name, table, keys)
        found: dict[str, Stated] = {}
        for key in keys:
            row = table.get(key)
            if row is None and self._adopted:
                continue
            if isinstance(row, dict):
                self._refuse_others(f"{name}.{key}", row, (field, "basis"))
            value = row.get(field) if isinstance(row, dict) else None
            basis = row.get("basis") if isinstance(row, dict) else None
            if number and (not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= 3660):
                self._problems.append((f"{name}.{key}", "positive_number_needed"))
            elif isinstance(value, int) and key in DAYS_OF_MONTH and value > 28:
                self._problems.append((f"{name}.{key}", "day_of_month_needed"))
            elif not number and (not isinstance(value, str) or not value.strip()):
                self._problems.append((f"{name}.{key}", "text_needed"))
            elif not isinstance(basis, str) or not basis.strip():
                self._problems.append((f"{name}.{key}", "basis_needed"))
            else:
                found[key] = Stated(str(value), basis)
        return found

    def _categories(self) -> tuple[str, ...]:
        table = self._raw.get("categories")
        if not isinstance(table, dict):
            self._problems.append(("categories", "table_needed"))
            return ()
        self._refuse_others("categories", table, ("names", "basis"))
        self._basis_of("categories", table)
        names = table.get("names")
        if not isinstance(names, list) or not all(isinstance(n, str) and n.strip() for n in names):
            names = []
        if not names or len({name.strip() for name in names}) < len(names):
            self._problems.append(("categories.names", "list_of_names_needed"))
        return tuple(names)

    def _chains(self) -> dict[ReviewClass, Chain]:
        table = self._raw.get("chains")
        if not isinstance(table, dict):
            self._problems.append(("chains", "table_needed"))
            return {}
        self._refuse_others("chains", table, tuple(ReviewClass))
        return {name: self._chain(f"chains.{name}", table.get(name.value)) for name in ReviewClass}

    def _chain(self, place: str, row: object) -> Chain:
        if not isinstance(row, dict) or not isinstance(row.get("steps"), list):
            self._problems.append((place, "steps_needed"))
            return Chain((), "")
        self._refuse_others(place, row, ("steps", "basis"))
        basis = self._basis_of(place, row)
        found = [self._step(f"{place}[{index}]", raw) for index, raw in enumerate(row["steps"], start=1)]
        steps = tuple(step for step in found if step is not None)
        kinds = [step.kind for step in steps]
        self._problems += [(place, f"lacks_{kind}") for kind in MANDATORY_STEPS if kind not in kinds]
        if kinds and kinds[-1] is not StepKind.PRINCIPAL_LEADER:
            self._problems.append((place, "last_step_not_principal_leader"))
        if not 2 <= len(found) <= 8:
            self._problems.append((place, "two_to_eight_steps"))
        return Chain(steps, basis)

    def _step(self, place: str, raw: object) -> StepPlan | None:
        if not isinstance(raw, dict):
            self._problems.append((place, "step_invalid"))
            return None
        self._refuse_others(place, raw, ("kind", "role", "quorum", "due_working_days"))
        quorum, due = raw.get("quorum", 1), raw.get("due_working_days")
        if type(quorum) is not int or not 1 <= quorum <= 9:
            self._problems.append((place, "quorum_invalid"))
            quorum = 1
        if due is not None and (type(due) is not int or not 0 <= due <= 60):
            self._problems.append((place, "due_invalid"))
            due = None
        try:
            plan = StepPlan(StepKind(str(raw.get("kind"))), Role(str(raw.get("role"))), quorum, due)
        except ValueError:
            self._problems.append((place, "step_invalid"))
            return None
        if Right.DECIDE not in ROLE_RIGHTS[plan.role]:
            self._problems.append((place, "role_cannot_decide"))
        return plan

    def _basis_of(self, place: str, row: dict[str, Any]) -> str:
        basis = row.get("basis")
        if not isinstance(basis, str) or not basis.strip():
            self._problems.append((place, "basis_needed"))
            return ""
        return basis

    def _refuse_others(self, place: str, table: dict[str, Any], keys: tuple[str, ...]) -> None:
        self._problems += [(f"{place}.{key}", "unknown_key") for key in table if key not in keys]
