"""A draft with everything that the detail panel and the editor show of it."""

from dataclasses import dataclass
from datetime import date, datetime

from app.models.approval import DecidedRevision
from app.models.content import Content
from app.models.draft import Draft, DraftState, Revision
from app.models.publication import Target
from app.models.records import FileUse, IssuedPaper, StatementKind, UseKind
from app.models.review import Decision, ReviewStep, open_step
from app.models.staff import Actor
from app.services.decided_revisions import decided_revisions
from app.services.draft_moves import author_gone
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class DraftView:
    """Everything the detail panel and the editor show of one draft."""

    draft: Draft
    author: str
    revision: Revision | None
    steps: tuple[ReviewStep, ...]
    decisions: tuple[Decision, ...]
    """Every decision of every revision, oldest first; voided ones included."""
    targets: tuple[Target, ...]
    names: dict[str, str]
    """Person id to name, for everybody who appears."""
    papers: tuple[IssuedPaper, ...]
    scans: tuple[FileUse, ...]
    void_reason: str = ""
    """Why it was given up; empty otherwise."""
    author_gone: bool = False
    """作者已离岗: the author can do nothing with it any more, so others act in their place."""
    stood: tuple[DecidedRevision, ...] = ()
    """The submitted texts that stood approved once, the newest first; they may be void since."""

    @property
    def open_step(self) -> ReviewStep | None:
        """The step whose turn it is, or None when the draft is not in review."""
        if self.draft.state is not DraftState.IN_REVIEW:
            return None
        return open_step(self.steps, [d for d in self.decisions if d.revision == self.draft.revision])


def blank_view(author: Actor, draft_id: str, now: datetime) -> DraftView:
    """Return the view of a draft in which nothing is written yet."""
    draft = Draft(draft_id, author.person_id, DraftState.WRITING, Content(), created_at=now, updated_at=now)
    return DraftView(draft, author.name, None, (), (), (), {author.person_id: author.name}, (), ())


def draft_view(unit: UnitOfWork, draft_id: str, today: date) -> DraftView:
    """Gather a draft with its review, its papers and the names of everybody who appears, as it stands on a day."""
    draft = unit.drafts.get(draft_id)
    decisions = unit.reviews.all_decisions(draft_id)
    people = {draft.author_id} | {d.decided_by for d in decisions} | {d.registered_by for d in decisions}
    names = {person: unit.people.get(person).name for person in people}
    voided = unit.statements.of_subject(f"draft:{draft_id}", StatementKind.VOID)
    return DraftView(
        draft=draft,
        author=names[draft.author_id],
        revision=unit.revisions.find(draft_id, draft.revision) if draft.revision else None,
        steps=unit.reviews.steps(draft_id, draft.revision) if draft.revision else (),
        decisions=decisions,
        targets=unit.targets.list(draft_id),
        names=names,
        papers=unit.papers.of_subject(draft_id),
        scans=unit.files.uses(f"draft:{draft_id}", UseKind.SCAN),
        void_reason=voided[-1].text if voided else "",
        author_gone=author_gone(unit, draft.author_id, today),
        stood=decided_revisions(unit, draft, decisions),
    )
