"""Whether a post had been approved before it went out (article 15(1))."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.models.draft import Draft, DraftState, Revision
from app.models.publication import Publication, PublicationKind
from app.models.review import Decision, ReviewStep, decided_not_later, open_step

APPROVED_STATES = frozenset({DraftState.APPROVED, DraftState.PUBLISHING, DraftState.PUBLISHED})
"""States in which the current revision stands approved."""
WENT_OUT_APPROVED = frozenset({PublicationKind.REVIEWED, PublicationKind.DIFFERENT})
"""Kinds of post of a text that had been approved."""


@dataclass(frozen=True)
class DecidedRevision:
    """A submitted text with its steps, on which every step was decided once; it may be void since."""

    revision: Revision
    steps: tuple[ReviewStep, ...]


def stood_at(voided_at: datetime | None, moment: datetime) -> bool:
    """Say whether what is void now, or not, still counted at a moment."""
    return voided_at is None or voided_at > moment


def was_approved(
    draft: Draft,
    revision: Revision | None,
    steps: Sequence[ReviewStep],
    decisions: Iterable[Decision],
    account_id: str,
    published_at: datetime,
) -> bool:
    """Say whether every step was decided by others on exactly this content for this account, not later than the post.

    What was voided after the post still counted when it went out. Decisions on other revisions may be among
    `decisions`; they do not count.
    """
    if revision is None or account_id not in revision.content.account_ids:
        return False
    if not (revision.submitted_at <= published_at and stood_at(revision.voided_at, published_at)):
        return False
    if revision.voided_at is None and draft.state not in APPROVED_STATES:
        return False
    in_time = [
        replace(decision, voided_at=None)
        for decision in decisions
        if decision.revision == revision.number
        and stood_at(decision.voided_at, published_at)
        and decision.decided_by != draft.author_id
        and decision.fingerprint == revision.fingerprint
        and decided_not_later(decision, published_at)
    ]
    return open_step(steps, in_time) is None


def was_decided(steps: Sequence[ReviewStep], decisions: Iterable[Decision]) -> bool:
    """Say whether every step of a revision was decided once, whatever has become void since."""
    return bool(steps) and open_step(steps, [replace(decision, voided_at=None) for decision in decisions]) is None


def approved_revision(
    draft: Draft,
    decided: Iterable[DecidedRevision],
    decisions: Sequence[Decision],
    account_id: str,
    published_at: datetime,
) -> Revision | None:
    """Return the revision that stood approved for an account when a post went out; the newest first in `decided`."""
    found = (
        one.revision
        for one in decided
        if was_approved(draft, one.revision, one.steps, decisions, account_id, published_at)
    )
    return next(found, None)


def is_recorded(posts: Iterable[Publication], account_id: str, revision: Revision | None, *, approved: bool) -> bool:
    """Say whether a post of a draft is on record for an account and revision (None before the first) already.

    Of a void revision there may be one more: what went out while it stood, and what went out after it.
    """
    number = revision.number if revision else 0
    same = [post for post in posts if post.account_id == account_id and post.revision == number]
    if revision is None or revision.voided_at is None:
        return bool(same)
    return any((post.kind in WENT_OUT_APPROVED) is approved for post in same)
