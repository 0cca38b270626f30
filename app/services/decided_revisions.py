"""The submitted texts of a draft that stood approved once, and which of them a post is judged by (article 15(1))."""

from dataclasses import dataclass
from datetime import datetime

from app.models.approval import DecidedRevision, approved_revision, was_decided
from app.models.content import Content
from app.models.draft import Draft, Revision
from app.models.page_lines import PageLine
from app.models.publication import PublicationKind
from app.models.review import Decision
from app.services.post_text import compare_texts
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class JudgedPost:
    """What a post is, and what it is judged by."""

    kind: PublicationKind
    revision: Revision | None
    """The one that stood approved when it went out, else the latest."""
    content: Content | None
    compared: bool
    matches: bool
    left_out: tuple[PageLine, ...] = ()
    """Lines of the page without which it matches."""

    @property
    def approved(self) -> bool:
        """Whether it had been approved when it went out."""
        return self.kind is not PublicationKind.UNREVIEWED


def decided_revisions(unit: UnitOfWork, draft: Draft, decisions: tuple[Decision, ...]) -> tuple[DecidedRevision, ...]:
    """Return the revisions on which every step was decided once, the newest first, given all decisions of a draft."""
    found: list[DecidedRevision] = []
    for number in sorted({decision.revision for decision in decisions}, reverse=True):
        steps = unit.reviews.steps(draft.id, number)
        if was_decided(steps, [decision for decision in decisions if decision.revision == number]):
            found.append(DecidedRevision(unit.revisions.get(draft.id, number), steps))
    return tuple(found)


def judged_post(
    unit: UnitOfWork,
    draft: Draft | None,
    account_id: str,
    published_at: datetime,
    published_text: str,
    page_lines: tuple[int, ...] = (),
) -> JudgedPost:
    """Find out what kind of fact a post is, as of the moment at which it went out; as `compare_texts`."""
    if draft is None:
        return JudgedPost(PublicationKind.UNREVIEWED, None, None, compared=False, matches=False)
    decisions = unit.reviews.all_decisions(draft.id)
    standing = approved_revision(draft, decided_revisions(unit, draft, decisions), decisions, account_id, published_at)
    revision = standing or (unit.revisions.find(draft.id, draft.revision) if draft.revision else None)
    content = revision.content if revision else draft.content
    compared = bool(published_text.strip())
    found = compare_texts(content, account_id, published_text, page_lines)
    matches = compared and found.matches
    kind = PublicationKind.UNREVIEWED
    if standing is not None:
        kind = PublicationKind.DIFFERENT if compared and not matches else PublicationKind.REVIEWED
    return JudgedPost(kind, revision, content, compared, matches, found.left_out if matches else ())
