"""What becomes of a draft as a whole: withdrawn, opened for change, given up; by its author, or in a leaver's place."""

from dataclasses import replace
from datetime import date

from app.models.approval import WENT_OUT_APPROVED
from app.models.draft import DRAFT_LIFECYCLE, Draft, DraftAction, DraftState
from app.models.records import StatementKind
from app.models.right import Right
from app.models.staff import acting_person
from app.services.record_room import RecordRoom
from app.storage.unit_of_work import UnitOfWork

STAND_IN = Right.REGISTER_PAPER
"""The right to act in the place of an author who cannot act any more: to keep the papers and their numbers true."""


def author_gone(unit: UnitOfWork, author_id: str, day: date) -> bool:
    """Say whether an author can act no more: has left, signs in no more, or holds no writing role on a day."""
    person = unit.people.get(author_id)
    if not person.signs_in or (person.left_on is not None and person.left_on <= day):
        return True
    return Right.WRITE not in acting_person(person, unit.roles.held(author_id, day)).rights


def stands_in(state: DraftState, action: DraftAction) -> bool:
    """Say whether somebody else may do an act in a leaver's place: give up, or withdraw from review; never write."""
    return action is DraftAction.VOID or (action is DraftAction.WITHDRAW and state is DraftState.IN_REVIEW)


def move_draft(room: RecordRoom, draft_id: str, action: DraftAction, reason: str = "") -> Draft:
    """Withdraw, open for change or give up a draft; what was decided on it counts no more."""
    now = room.now()
    with room.store.writing() as unit:
        draft = unit.drafts.get(draft_id)
        rule = DRAFT_LIFECYCLE.rule(draft.state, action)
        in_place = stands_in(draft.state, action) and author_gone(unit, draft.author_id, room.today())
        actor = room.acting(unit, STAND_IN) if in_place else room.authoring(unit, draft.author_id)
        if draft.revision:
            unit.reviews.void(draft_id, draft.revision, now)
            unit.revisions.void(draft_id, draft.revision, now)
        if action is DraftAction.VOID and draft.number and not _went_out(unit, draft_id):
            unit.numbers.void("review_sheet", draft.number.year, draft.number.serial, now)
        saved = unit.drafts.save(replace(draft, state=rule.target, updated_at=now))
        facts: dict[str, object] = {"revision": draft.revision}
        if in_place:
            facts["in_place_of"] = draft.author_id
        if reason:
            facts["words"] = room.state(unit, actor, f"draft:{draft_id}", StatementKind.VOID, reason)
        room.record(unit, actor, f"draft.{action}", f"draft:{draft_id}", facts)
    return saved


def _went_out(unit: UnitOfWork, draft_id: str) -> bool:
    """Say whether a text of a draft went out approved: then its number stands for that."""
    return any(post.kind in WENT_OUT_APPROVED for post in unit.publications.of_draft(draft_id))
