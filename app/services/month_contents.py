"""What belongs to a month, and what it lacks (article 15(4); domain.md 3.12)."""

from collections.abc import Callable
from dataclasses import dataclass

from app.models.account import Account
from app.models.clock import beijing_day
from app.models.draft import Draft, DraftState, Revision
from app.models.month import Month
from app.models.monthly import Gap, GapKind
from app.models.numbering import GivenNumber
from app.models.papercode import PaperKind
from app.models.publication import Publication, PublicationKind
from app.models.records import FileUse, IssuedPaper, UseKind
from app.models.review import Decision, DecisionWay
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class DraftFile:
    """One draft as the month's archive holds it."""

    draft: Draft
    author: str
    revision: Revision | None
    decisions: tuple[Decision, ...]
    publications: tuple[Publication, ...]
    """Those of this month only."""
    paper: IssuedPaper | None
    scans: tuple[FileUse, ...]
    screenshots: tuple[FileUse, ...]


@dataclass(frozen=True)
class MonthContents:
    """Everything that is filed with one month."""

    month: Month
    drafts: tuple[DraftFile, ...]
    loose: tuple[Publication, ...]
    """Publications without a draft: 补录 and 未审发布 of texts the program never held."""
    loose_screenshots: tuple[FileUse, ...]
    supplements: tuple[Publication, ...]
    """补充材料: posts of an archived month that were recorded in this one."""
    accounts: dict[str, Account]
    names: dict[str, str]
    gaps: tuple[Gap, ...]
    numbers: tuple[GivenNumber, ...]
    """The numbers of review sheets given in this month, void ones included."""


def month_contents(unit: UnitOfWork, month: Month) -> MonthContents:
    """Gather a month: a publication by when it went out, an unpublished draft by its last decision."""
    accounts = {account.id: account for account in unit.accounts.list()}
    names = {person.id: person.name for person in unit.people.list(include_left=True)}
    published = unit.publications.in_month(month)
    sealed = {record.month: record.written_at for record in unit.months.all_archives()}
    supplements = tuple(
        p
        for p in unit.publications.recorded_in(month)
        if (own := Month.of(p.published_at)) < month and own in sealed and sealed[own] < p.recorded_at
    )
    by_draft: dict[str, list[Publication]] = {}
    for publication in published:
        if publication.draft_id:
            by_draft.setdefault(publication.draft_id, []).append(publication)
    for draft_id in unit.drafts.decided_unpublished(month):
        by_draft.setdefault(draft_id, [])
    files = tuple(
        sorted(
            (_draft_file(unit, draft_id, tuple(found), names) for draft_id, found in by_draft.items()),
            key=lambda f: (f.draft.number is None, f.draft.number or 0, f.draft.id),
        )
    )
    loose = tuple(p for p in published if not p.draft_id)
    shots = tuple(
        use for p in (*loose, *supplements) for use in unit.files.uses(f"publication:{p.id}", UseKind.SCREENSHOT)
    )
    gaps = (*_gaps(files, loose, accounts), *_number_gaps(unit, month))
    given = tuple(g for g in unit.numbers.list("review_sheet", month.year) if month.holds(g.given_at))
    return MonthContents(month, files, loose, shots, supplements, accounts, names, gaps, given)


def _draft_file(unit: UnitOfWork, draft_id: str, found: tuple[Publication, ...], names: dict[str, str]) -> DraftFile:
    draft = unit.drafts.get(draft_id)
    number = found[0].revision if found and found[0].revision else draft.revision
    revision = unit.revisions.find(draft_id, number) if number else None
    return DraftFile(
        draft=draft,
        author=names.get(draft.author_id, ""),
        revision=revision,
        decisions=unit.reviews.decisions(draft_id, number) if number else (),
        publications=tuple(sorted(found, key=lambda p: p.published_at)),
        paper=unit.papers.latest(PaperKind.REVIEW_SHEET, draft_id, number) if number else None,
        scans=unit.files.uses(f"draft:{draft_id}", UseKind.SCAN),
        screenshots=tuple(use for p in found for use in unit.files.uses(f"publication:{p.id}", UseKind.SCREENSHOT)),
    )


_PUBLICATION_GAPS: tuple[tuple[GapKind, Callable[[Publication], bool], bool], ...] = (
    (GapKind.UNREVIEWED, lambda p: p.kind is PublicationKind.UNREVIEWED, True),
    (GapKind.DIFFERENT, lambda p: p.kind is PublicationKind.DIFFERENT, True),
    (GapKind.NO_LINK, lambda p: not p.link, True),
    (GapKind.NO_SCREENSHOT, lambda p: not p.screenshot_sha256s, False),
    (GapKind.NOT_COMPARED, lambda p: not p.compared, False),
)
"""What a post can lack, how that is seen, and whether it must be explained in writing."""


def _gaps(files: tuple[DraftFile, ...], loose: tuple[Publication, ...], accounts: dict[str, Account]) -> list[Gap]:
    gaps: list[Gap] = []
    for file in files:
        number, title = file.draft.number.short if file.draft.number else "", file.draft.content.title
        gaps += [Gap(kind, f"{kind}:{file.draft.id}", number, title) for kind in _paper_gaps(file)]
        for publication in file.publications:
            gaps += _publication_gaps(publication, number, accounts)
    for publication in loose:
        # 补录 is judged by nothing but the update gap.
        if publication.kind is not PublicationKind.EARLIER:
            gaps += _publication_gaps(publication, "", accounts)
    return gaps


def _paper_gaps(file: DraftFile) -> list[GapKind]:
    """Say which papers of a published draft are missing; what was decided on screen needs no scan."""
    if not file.publications or file.revision is None:
        return []
    found = [GapKind.NO_SHEET] if file.paper is None else []
    on_paper = any(d.way is DecisionWay.PAPER and d.voided_at is None for d in file.decisions)
    return found + ([GapKind.NO_SCAN] if on_paper and not file.scans else [])


def _publication_gaps(publication: Publication, number: str, accounts: dict[str, Account]) -> list[Gap]:
    account = accounts.get(publication.account_id)
    caption = account.caption if account else ""
    return [
        Gap(kind, f"{kind}:{publication.id}", number, publication.title, caption, explain)
        for kind, lacks, explain in _PUBLICATION_GAPS
        if lacks(publication)
    ]


def _number_gaps(unit: UnitOfWork, month: Month) -> list[Gap]:
    """Say which numbers of the series are missing up to the last one given in the month."""
    given = [g for g in unit.numbers.list("review_sheet", month.year) if beijing_day(g.given_at) < month.next.first_day]
    serials = {g.number.serial for g in given}
    return [
        Gap(GapKind.NUMBER_MISSING, f"{GapKind.NUMBER_MISSING}:{serial}", f"〔{month.year}〕{serial}号", "")
        for serial in range(1, max(serials, default=0) + 1)
        if serial not in serials
    ]


def unpublished(file: DraftFile) -> bool:
    """Say whether a draft of the month never went out."""
    return not file.publications or file.draft.state in {DraftState.VOID, DraftState.WITHDRAWN}
