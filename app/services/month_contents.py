"""What belongs to a month, and what it lacks (article 15(4); domain.md 3.12)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.models.account import Account
from app.models.clock import beijing_day
from app.models.draft import Draft, DraftState, Revision
from app.models.month import Month
from app.models.monthly import Gap, GapKind
from app.models.numbering import GivenNumber
from app.models.papercode import PaperKind
from app.models.publication import Publication, PublicationKind
from app.models.records import FileUse, IssuedPaper, UseKind
from app.models.review import Decision, DecisionWay, latest_day
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
class LateFile:
    """A scan or screenshot that came in after the month of its draft or post was archived."""

    use: FileUse
    month: Month
    """The archived month that it completes."""
    number: str
    title: str
    account_id: str = ""


@dataclass(frozen=True)
class MonthContents:
    """Everything that is filed with one month."""

    month: Month
    drafts: tuple[DraftFile, ...]
    loose: tuple[Publication, ...]
    """Publications without a draft: 补录 and 未审发布 of texts the program never held."""
    loose_screenshots: tuple[FileUse, ...]
    supplements: tuple[Publication, ...]
    """补充材料: posts without a draft, of an archived month, that were recorded in this one."""
    supplement_drafts: tuple[DraftFile, ...]
    """补充材料: drafts with their posts of an archived month that were recorded in this one."""
    late_files: tuple[LateFile, ...]
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
    late_posts = [
        p
        for p in unit.publications.recorded_in(month)
        if (own := Month.of(p.published_at)) < month and own in sealed and sealed[own] < p.recorded_at
    ]
    supplements = tuple(p for p in late_posts if not p.draft_id)
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
    late_by_draft: dict[str, list[Publication]] = {}
    for post in late_posts:
        if post.draft_id:
            late_by_draft.setdefault(post.draft_id, []).append(post)
    supplement_drafts = tuple(
        _draft_file(unit, draft_id, tuple(posts), names) for draft_id, posts in sorted(late_by_draft.items())
    )
    late = tuple(_late_files(unit, month, sealed, frozenset(p.id for p in late_posts)))
    gaps = (
        *_gaps((*files, *supplement_drafts), (*loose, *supplements), accounts),
        *_number_gaps(unit, month),
    )
    given = tuple(g for g in unit.numbers.list("review_sheet", month.year) if month.holds(g.given_at))
    return MonthContents(month, files, loose, shots, supplements, supplement_drafts, late, accounts, names, gaps, given)


def _late_files(
    unit: UnitOfWork, month: Month, sealed: Mapping[Month, datetime], told: frozenset[str]
) -> Iterator[LateFile]:
    """Yield scans and screenshots that came in this month for what an earlier month holds; `told` posts apart."""
    for use in unit.files.added_in(month, (UseKind.SCAN, UseKind.SCREENSHOT)):
        kind, _, subject_id = use.subject.partition(":")
        if kind == "publication" and subject_id not in told:
            post = unit.publications.get(subject_id)
            homes = {Month.of(post.published_at)}
            draft = unit.drafts.find(post.draft_id) if post.draft_id else None
            title, account = post.title, post.account_id
        elif kind == "draft":
            draft = unit.drafts.get(subject_id)
            posts = unit.publications.of_draft(subject_id)
            homes = {Month.of(p.published_at) for p in posts} or _decided_in(unit, subject_id)
            title, account = draft.content.title, ""
        else:
            continue
        late = sorted(home for home in homes if home < month and home in sealed and sealed[home] < use.added_at)
        if late and not any(home >= month for home in homes):
            yield LateFile(use, late[-1], str(draft.number or "") if draft else "", title, account)


def _decided_in(unit: UnitOfWork, draft_id: str) -> set[Month]:
    """Return the month of a draft's last decision, which an unpublished draft belongs to."""
    day = latest_day(unit.reviews.all_decisions(draft_id))
    return {Month(day.year, day.month)} if day else set()


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
