"""Roles given for all or named accounts, from a day to a day; what was held stays on record with its dates."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from app.errors import FieldInvalidError, LastAdministratorError
from app.models.right import Role, may_be_limited
from app.models.staff import RoleGrant, RoleLimit
from app.storage.unit_of_work import UnitOfWork

_DAY = timedelta(days=1)


def standing(grants: Iterable[RoleGrant], today: date) -> tuple[RoleGrant, ...]:
    """Return the grants that hold on a day or will hold after it."""
    return tuple(g for g in grants if g.to_on is None or g.to_on >= max(today, g.from_on))


def over(grants: Iterable[RoleGrant], today: date) -> tuple[RoleGrant, ...]:
    """Return the grants that held for a while and are over."""
    return tuple(g for g in grants if g.to_on is not None and g.from_on <= g.to_on < today)


def grant_roles(
    unit: UnitOfWork,
    person_id: str,
    roles: frozenset[Role],
    limits: Iterable[RoleLimit],
    basis: str,
    today: date,
    new_id: Callable[[], str],
) -> None:
    """Let a person hold exactly these roles from now on, each as its limit says.

    A grant is never changed: what is to be held otherwise ends the day before, and a new one with its own basis begins.
    Raises `FieldInvalidError` (`from_on`, `to_on`, `account_ids`), `NotFoundError` for an account that is not on file.
    """
    wanted = {role: RoleLimit(role) for role in roles} | {limit.role: limit for limit in limits if limit.role in roles}
    held = standing(unit.roles.grants(person_id), today)
    for grant in held:
        if grant.role not in roles:
            _end(unit, grant, today, today)
    for role, limit in sorted(wanted.items()):
        before = [grant for grant in held if grant.role is role]
        if any(limit.describes(grant) for grant in before[:1]):
            continue
        begin = limit.from_on or max([today, *(grant.from_on for grant in before[:1])])
        _check(unit, limit, begin, today)
        for grant in before:
            _end(unit, grant, begin, today)
        unit.roles.add(RoleGrant(new_id(), person_id, role, begin, limit.to_on, limit.account_ids, basis))


def limit_facts(limits: Iterable[RoleLimit]) -> list[dict[str, object]]:
    """Return what an audit entry tells of the limits."""
    return [
        {
            "role": limit.role,
            "accounts": sorted(limit.account_ids),
            "from": limit.from_on.isoformat() if limit.from_on else "",
            "to": limit.to_on.isoformat() if limit.to_on else "",
        }
        for limit in limits
    ]


def keep_an_administrator(unit: UnitOfWork, today: date) -> None:
    """Refuse what would leave a day from now on without an administrator: nobody could let anybody in again."""
    grants = [g for p in unit.people.list() if p.signs_in for g in unit.roles.grants(p.id)]
    grants = [grant for grant in standing(grants, today) if grant.role is Role.ADMINISTRATOR]
    days = [today, *(grant.to_on + _DAY for grant in grants if grant.to_on is not None)]
    if not all(any(grant.holds_on(day) for grant in grants) for day in days):
        raise LastAdministratorError


def _end(unit: UnitOfWork, grant: RoleGrant, begin: date, today: date) -> None:
    # One that has not begun holds on no day at all.
    last = (min(begin, grant.from_on) if grant.from_on > today else begin) - _DAY
    unit.roles.end(grant.id, last if grant.to_on is None else min(last, grant.to_on))


def _check(unit: UnitOfWork, limit: RoleLimit, begin: date, today: date) -> None:
    if begin < today:
        raise FieldInvalidError("from_on")
    if limit.to_on is not None and limit.to_on < begin:
        raise FieldInvalidError("to_on")
    if limit.account_ids and not may_be_limited(limit.role):
        raise FieldInvalidError("account_ids")
    for account_id in limit.account_ids:
        unit.accounts.get(account_id)
