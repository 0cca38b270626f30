"""How far a draft is with its target accounts, and what follows for the draft (article 15(1))."""

from dataclasses import replace
from datetime import datetime

from app.models.draft import DRAFT_LIFECYCLE, Draft, DraftAction
from app.models.publication import TargetState
from app.storage.unit_of_work import UnitOfWork


def move_on(unit: UnitOfWork, draft: Draft, now: datetime) -> Draft:
    """Move a draft on when none of its accounts waits any more; one that went out nowhere is void, with its number."""
    targets = unit.targets.list(draft.id)
    waiting = any(target.state is TargetState.WAITING for target in targets)
    published = any(target.state is TargetState.PUBLISHED for target in targets)
    if waiting and not published:
        return draft
    action = DraftAction.RECORD_PUBLICATION if waiting else DraftAction.COMPLETE_PUBLICATION
    if not waiting and not published and not unit.publications.of_draft(draft.id):
        action = DraftAction.DROP_ALL
    rule = DRAFT_LIFECYCLE.find(draft.state, action)
    if rule is None or rule.target is draft.state:
        return draft
    if action is DraftAction.DROP_ALL:
        unit.reviews.void(draft.id, draft.revision, now)
        unit.revisions.void(draft.id, draft.revision, now)
        if draft.number:
            unit.numbers.void("review_sheet", draft.number.year, draft.number.serial, now)
    return unit.drafts.save(replace(draft, state=rule.target, updated_at=now))
