"""Who may sign for a step on a day: whoever holds its role, or signs under an authorization (article 15(1))."""

from dataclasses import dataclass
from datetime import date

from app.models.draft import Draft
from app.models.draft_list import DraftRow
from app.models.review import ReviewStep
from app.models.right import ROLE_RIGHTS, Right, Role
from app.models.staff import Actor, Person
from app.storage.unit_of_work import UnitOfWork

DECIDING_ROLES = tuple(role for role, rights in ROLE_RIGHTS.items() if Right.DECIDE in rights)


def holds(unit: UnitOfWork, person_id: str, role: Role, day: date, account_ids: tuple[str, ...] = ()) -> bool:
    """Say whether a person holds a role on a day for all of some accounts."""
    return role in unit.roles.of(person_id, day, account_ids)


def authorization(unit: UnitOfWork, person_id: str, role: Role, day: date, account_ids: tuple[str, ...] = ()) -> str:
    """Return the id of the authorization under which a person may sign, or ''.

    It counts only while whoever gave it holds the role, and while the person is still there.
    """
    person = unit.people.get(person_id)
    if person.left_on is not None and person.left_on < day:
        return ""
    return next(
        (
            given.id
            for given in unit.roles.authorizations(day)
            if given.to_person_id == person_id
            and given.role is role
            and holds(unit, given.from_person_id, role, day, account_ids)
        ),
        "",
    )


def signers(unit: UnitOfWork, role: Role, day: date, account_ids: tuple[str, ...] = ()) -> tuple[Person, ...]:
    """Return who may sign in a role on a day, deputies under an authorization last."""
    found = {p.id: p for p in unit.roles.holders(role, day) if holds(unit, p.id, role, day, account_ids)}
    for given in unit.roles.authorizations(day):
        if given.role is role and authorization(unit, given.to_person_id, role, day, account_ids):
            found.setdefault(given.to_person_id, unit.people.get(given.to_person_id))
    return tuple(found.values())


@dataclass(frozen=True)
class ShortStep:
    """A step that fewer people can sign than it needs; `able` is how many could."""

    step: ReviewStep
    able: int


def short_steps(unit: UnitOfWork, draft: Draft, day: date) -> tuple[ShortStep, ...]:
    """Return the steps of the latest submission that the people of a day, its author left out, could not sign."""
    found: list[ShortStep] = []
    for step in unit.reviews.steps(draft.id, draft.revision):
        people = signers(unit, step.role, day, draft.content.account_ids)
        able = sum(person.id != draft.author_id for person in people)
        if able < step.quorum:
            found.append(ShortStep(step, able))
    return tuple(found)


def waiting_for(unit: UnitOfWork, actor: Actor, day: date) -> tuple[DraftRow, ...]:
    """Return the drafts whose open step a person may decide: never their own, none at which they have decided."""
    fits: set[str] = set()
    may: dict[tuple[Role, tuple[str, ...]], bool] = {}
    for role in DECIDING_ROLES:
        for row in unit.drafts.waiting_at(frozenset({role}), decider=actor.person_id):
            key = (role, row.account_ids)
            if key not in may:
                may[key] = holds(unit, actor.person_id, role, day, row.account_ids) or bool(
                    authorization(unit, actor.person_id, role, day, row.account_ids)
                )
            if may[key]:
                fits.add(row.id)
    if not fits:
        return ()
    return tuple(row for row in unit.drafts.waiting_at(frozenset()) if row.id in fits)


def without_signer(unit: UnitOfWork, day: date) -> frozenset[str]:
    """Return the drafts in review whose open step nobody may decide today, or nobody but those who may not."""
    found: set[str] = set()
    known: dict[tuple[Role, tuple[str, ...]], tuple[Person, ...]] = {}
    for role in DECIDING_ROLES:
        for row in unit.drafts.waiting_at(frozenset({role})):
            key = (role, row.account_ids)
            if key not in known:
                known[key] = signers(unit, role, day, row.account_ids)
            if not any(unit.drafts.may_still_decide(row.id, person.id) for person in known[key]):
                found.add(row.id)
    return frozenset(found)
