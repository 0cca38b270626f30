"""People, their roles, and who may do what (articles 3 and 7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.errors import FieldInvalidError, RoleConflictError
from app.models.right import ROLE_RIGHTS, Right, Role


@dataclass(frozen=True)
class Unit:
    """The unit that keeps the accounts; known by its 统一社会信用代码 or a given code, so a rename keeps its id."""

    id: str
    code: str
    name: str
    short_name: str
    """As the window shows it beside the product's name, e.g. 晋安区示例局办公室."""
    supervisor: str
    """The district office that receives filings and archives (article 2)."""
    code_word: str
    """代字 of the unit's papers, e.g. 晋示."""
    sample: bool = False


@dataclass(frozen=True)
class Person:
    """Somebody on file; people are never deleted, and leaders need not sign in."""

    id: str
    name: str
    department: str
    duty: str
    """Post, e.g. 办公室主任."""
    signs_in: bool
    left_on: date | None = None


@dataclass(frozen=True)
class RoleGrant:
    """A role held by a person, for all or named accounts, from a date to a date, on a basis."""

    id: str
    person_id: str
    role: Role
    from_on: date
    to_on: date | None = None
    account_ids: tuple[str, ...] = ()
    """Empty means all accounts."""
    basis: str = ""

    def holds_on(self, day: date) -> bool:
        """Say whether it counts on a day, both ends included."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)

    @property
    def reach(self) -> "Reach":
        """The accounts it is held for."""
        return Reach(every=not self.account_ids, account_ids=frozenset(self.account_ids))


@dataclass(frozen=True)
class RoleLimit:
    """How a role is to be held that is not simply for all accounts, from today on, without an end."""

    role: Role
    account_ids: tuple[str, ...] = ()
    """Empty means all accounts."""
    from_on: date | None = None
    """None means today, or since whenever it is held already."""
    to_on: date | None = None

    def describes(self, grant: RoleGrant) -> bool:
        """Say whether a grant is held just so already."""
        same_days = self.to_on == grant.to_on and self.from_on in {None, grant.from_on}
        return same_days and self.role is grant.role and set(self.account_ids) == set(grant.account_ids)


@dataclass(frozen=True)
class Reach:
    """The accounts for which a role or a right is held: every one, or named ones."""

    every: bool = False
    account_ids: frozenset[str] = frozenset()

    def __or__(self, other: "Reach") -> "Reach":
        """Return what either of the two covers."""
        return Reach(self.every or other.every, self.account_ids | other.account_ids)

    def covers(self, account_ids: Iterable[str]) -> bool:
        """Say whether it is held for each of some accounts."""
        return self.every or set(account_ids) <= self.account_ids

    def meets(self, account_ids: Iterable[str]) -> bool:
        """Say whether it is held for at least one of some accounts."""
        return any(self.covers((account_id,)) for account_id in account_ids)


@dataclass(frozen=True)
class Authorization:
    """授权: a deputy's signature counts for the authorizer's, printed 受托."""

    id: str
    from_person_id: str
    to_person_id: str
    role: Role
    from_on: date
    to_on: date
    scan_sha256: str

    def holds_on(self, day: date) -> bool:
        """Say whether it counts on a day, both ends included."""
        return self.from_on <= day <= self.to_on


@dataclass(frozen=True)
class Actor:
    """The person at the desk, with the roles held today."""

    person_id: str
    name: str
    roles: frozenset[Role]
    limited: tuple[tuple[Role, Reach], ...] = ()
    """Those of the roles that are held for named accounts alone."""

    @property
    def rights(self) -> frozenset[Right]:
        """Everything the roles allow together."""
        return frozenset().union(*(ROLE_RIGHTS[role] for role in self.roles))

    def reach(self, right: Right) -> Reach:
        """Return the accounts for which a right is held; one that is not held reaches none."""
        limited, found = dict(self.limited), Reach()
        for role in self.roles:
            if right in ROLE_RIGHTS[role]:
                found |= limited.get(role, Reach(every=True))
        return found


def reaches(grants: Iterable[RoleGrant]) -> dict[Role, Reach]:
    """Return for which accounts some grants together give each of their roles."""
    found: dict[Role, Reach] = {}
    for grant in grants:
        found[grant.role] = found.get(grant.role, Reach()) | grant.reach
    return found


def acting_person(person: Person, grants: Iterable[RoleGrant]) -> Actor:
    """Return a person at the desk with the roles that some grants give."""
    found = reaches(grants)
    limited = tuple((role, reach) for role, reach in sorted(found.items()) if not reach.every)
    return Actor(person.id, person.name, frozenset(found), limited)


def allowed(actor: Actor, right: Right) -> bool:
    """Say whether the actor holds a right through any role."""
    return right in actor.rights


def check_roles(roles: frozenset[Role]) -> None:
    """Refuse one person as administrator and auditor."""
    if {Role.ADMINISTRATOR, Role.AUDITOR} <= roles:
        raise RoleConflictError


def check_unit_code(code: str) -> str:
    """Return the code in capitals if papers can carry it (1 to 18 digits, capitals, hyphens)."""
    tidy = code.strip().upper()
    if not 1 <= len(tidy) <= 18 or not code.isascii() or not all(c.isalnum() or c == "-" for c in tidy):
        raise FieldInvalidError("unit_code")
    return tidy
