"""Whether a post had been approved before it went out (article 15(1))."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.models.draft import Draft, DraftState, Revision
from app.models.review import Decision, ReviewStep, decided_not_later, open_step

APPROVED_STATES = frozenset({DraftState.APPROVED, DraftState.PUBLISHING, DraftState.PUBLISHED})
"""States in which the current revision stands approved."""


def was_approved(
    draft: Draft,
    revision: Revision | None,
    steps: Sequence[ReviewStep],
    decisions: Iterable[Decision],
    account_id: str,
    published_at: datetime,
) -> bool:
    """Say whether every step was decided by others on exactly this content for this account, not later than the post.

    Decisions on other revisions may be among `decisions`; they do not count.
    """
    if revision is None or revision.voided_at is not None or account_id not in revision.content.account_ids:
        return False
    if draft.state not in APPROVED_STATES:
        return False
    in_time = [
        decision
        for decision in decisions
        if decision.revision == revision.number
        and decision.voided_at is None
        and decision.decided_by != draft.author_id
        and decision.fingerprint == revision.fingerprint
        and decided_not_later(decision, published_at)
    ]
    return open_step(steps, in_time) is None
