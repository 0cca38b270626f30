"""What belongs to a month, and what it lacks (article 15(4); domain.md 3.12)."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from app.errors import NothingFiledError
from app.models.approval import stood_at
from app.models.clock import beijing_day
from app.models.draft import Draft, DraftState, Revision
from app.models.month import Month
from app.models.monthly import Gap, GapKind, MonthOverview
from app.models.numbering import GivenNumber
from app.models.papercode import PaperKind
from app.models.publication import Publication, PublicationKind
from app.models.records import FileUse, IssuedPaper, StatementKind, UseKind
from app.models.review import Decision, DecisionWay, ReviewStep
from app.services.account_names import AccountNames, account_names
from app.services.late_material import LateKind, LateMaterial, late_findings, removed_through
from app.services.page_line_record import stated_page_lines
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class DraftFile:
    """One draft as the month's archive holds it."""

    draft: Draft
    author: str
    revision: Revision | None
    steps: tuple[ReviewStep, ...]
    """The steps of every revision."""
    decisions: tuple[Decision, ...]
    """Every decision on every revision, void ones included."""
    signers: dict[str, str]
    """Who decided, by the decision's id, as they were called then."""
    publications: tuple[Publication, ...]
    """Those of this month only."""
    paper: IssuedPaper | None
    scans: tuple[FileUse, ...]
    authorizations: tuple[FileUse, ...]
    """The signed 授权 under which a deputy decided."""
    screenshots: tuple[FileUse, ...]
    reason: str = ""
    """Why it was given up."""
    page_lines: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Lines of a published text that were left out of its comparison, by the publication's id."""
    home: Month | None = None
    """The archived month that it completes, when a decision on it came late."""

    @property
    def title(self) -> str:
        """The title that was decided on; what is typed since is no part of an archive."""
        return self.revision.content.title if self.revision else self.draft.content.title


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
    """补充材料: drafts with their posts, or a decision, of an archived month that were recorded in this one."""
    late: tuple[LateMaterial, ...]
    accounts: AccountNames
    gaps: tuple[Gap, ...]
    numbers: tuple[GivenNumber, ...]
    """The numbers of review sheets given or voided in this month."""
    number_titles: dict[str, str]
    """What got each of these numbers, by its subject."""

    @property
    def supplement_lines(self) -> int:
        """The lines of 补充材料 in index and ledger: posts, drafts filed for a late decision, single things."""
        drafts = sum(len(file.publications) or 1 for file in self.supplement_drafts)
        return len(self.supplements) + drafts + sum(1 for one in self.late if one.completes)


def month_contents(unit: UnitOfWork, month: Month) -> MonthContents:
    """Gather a month: a publication by when it went out, an unpublished draft by its last decision."""
    accounts = account_names(unit)
    published = unit.publications.in_month(month)
    found = late_findings(unit, month)
    supplements = tuple(post for post in found.posts if not post.draft_id)
    by_draft: dict[str, list[Publication]] = {}
    for publication in published:
        if publication.draft_id:
            by_draft.setdefault(publication.draft_id, []).append(publication)
    for draft_id in unit.drafts.decided_unpublished(month):
        by_draft.setdefault(draft_id, [])
    files = tuple(
        sorted(
            (_draft_file(unit, draft_id, tuple(posts)) for draft_id, posts in by_draft.items()),
            key=lambda f: (f.draft.number is None, f.draft.number or 0, f.draft.id),
        )
    )
    # Filed whole without a post: that line says already that the draft was given up.
    given_up = {file.draft.id for file in files if not file.publications}
    loose = tuple(p for p in published if not p.draft_id)
    shots = tuple(
        use for p in (*loose, *supplements) for use in unit.files.uses(f"publication:{p.id}", UseKind.SCREENSHOT)
    )
    late_by_draft: dict[str, list[Publication]] = {draft_id: [] for draft_id, _ in found.drafts}
    for post in found.posts:
        if post.draft_id:
            late_by_draft.setdefault(post.draft_id, []).append(post)
    homes = dict(found.drafts)
    supplement_drafts = tuple(
        replace(_draft_file(unit, draft_id, tuple(posts)), home=homes.get(draft_id))
        for draft_id, posts in sorted(late_by_draft.items())
    )
    gaps = (
        *_gaps((*files, *supplement_drafts), (*loose, *supplements), accounts),
        *_number_gaps(unit, month),
    )
    given = tuple(g for year in (month.year - 1, month.year) for g in unit.numbers.list("review_sheet", year))
    numbers = tuple(g for g in given if month.holds(g.given_at) or (g.voided_at and month.holds(g.voided_at)))
    rows = unit.drafts.rows(tuple(g.subject.removeprefix("draft:") for g in numbers))
    return MonthContents(
        month=month,
        drafts=files,
        loose=loose,
        loose_screenshots=shots,
        supplements=supplements,
        supplement_drafts=supplement_drafts,
        late=tuple(one for one in found.material if one.kind is LateKind.DROPPED or one.draft_id not in given_up),
        accounts=accounts,
        gaps=gaps,
        numbers=numbers,
        number_titles={f"draft:{row.id}": row.title for row in rows},
    )


def overview_of(contents: MonthContents, explanations: tuple[tuple[str, str], ...]) -> MonthOverview:
    """Say what a month holds and what it lacks."""
    published = sum(len(f.publications) for f in contents.drafts) + len(contents.loose)
    scans = sum(len(f.scans) for f in contents.drafts)
    drafts, late = len(contents.drafts), contents.supplement_lines
    return MonthOverview(contents.month, published, drafts, scans, contents.gaps, explanations, late)


def first_filed_month(unit: UnitOfWork) -> Month | None:
    """Return the first month that has anything to archive: a number, a decision, or a post that was not 补录.

    Of years whose records were removed nothing is asked for any more.
    """
    found = [
        unit.numbers.first_month("review_sheet"),
        unit.drafts.first_decided_month(),
        unit.publications.first_reviewed_month(),
    ]
    first = min((month for month in found if month is not None), default=None)
    removed = removed_through(unit)
    return max(first, Month(removed + 1, 1)) if first is not None and removed else first


def first_archived_month(unit: UnitOfWork) -> Month | None:
    """Return the first month that is archived: `first_filed_month`, or one sealed before it."""
    sealed = [record.month for record in unit.months.all_archives()]
    return min((month for month in (first_filed_month(unit), *sealed) if month is not None), default=None)


def refuse_unfiled(unit: UnitOfWork, month: Month) -> None:
    """Raise `NothingFiledError` for a month before the first one that is archived."""
    begin = first_archived_month(unit)
    if begin is None or month < begin:
        raise NothingFiledError(month.chinese, begin.chinese if begin else "")


def _draft_file(unit: UnitOfWork, draft_id: str, found: tuple[Publication, ...]) -> DraftFile:
    draft = unit.drafts.get(draft_id)
    decisions = unit.reviews.all_decisions(draft_id)
    # What went out, or without a post what was decided on last: not what was submitted anew since.
    decided = max((d.revision for d in decisions), default=draft.revision)
    number = max((post.revision for post in found), default=decided) or draft.revision
    revision = unit.revisions.find(draft_id, number) if number else None
    stated = unit.statements.of_subject(f"draft:{draft_id}", StatementKind.VOID)
    given = dict.fromkeys(d.authorization_id for d in decisions if d.authorization_id)
    return DraftFile(
        draft=draft,
        author=unit.people.name_on(draft.author_id, beijing_day(draft.created_at)),
        revision=revision,
        steps=tuple(step for n in range(1, draft.revision + 1) for step in unit.reviews.steps(draft_id, n)),
        decisions=decisions,
        signers={d.id: _signer(unit, d) for d in decisions},
        publications=tuple(sorted(found, key=lambda p: p.published_at)),
        paper=unit.papers.latest(PaperKind.REVIEW_SHEET, draft_id, number) if number else None,
        scans=unit.files.uses(f"draft:{draft_id}", UseKind.SCAN),
        authorizations=tuple(use for one in given for use in unit.files.uses(f"authorization:{one}", UseKind.SCAN)),
        screenshots=tuple(use for p in found for use in unit.files.uses(f"publication:{p.id}", UseKind.SCREENSHOT)),
        reason=next((s.text for s in reversed(stated)), "") if draft.state is DraftState.VOID else "",
        page_lines={p.id: stated_page_lines(unit, p.id) for p in found if p.matches},
    )


def _signer(unit: UnitOfWork, decision: Decision) -> str:
    name = unit.people.name_on(decision.decided_by, decision.decided_on)
    return name + ("（受托）" if decision.authorization_id else "")


_PUBLICATION_GAPS: tuple[tuple[GapKind, Callable[[Publication], bool], bool], ...] = (
    (GapKind.UNREVIEWED, lambda p: p.kind is PublicationKind.UNREVIEWED, True),
    (GapKind.ALTERED, lambda p: p.kind is PublicationKind.ALTERED, True),
    (GapKind.DIFFERENT, lambda p: p.kind is PublicationKind.DIFFERENT, True),
    (GapKind.NO_LINK, lambda p: not p.link, True),
    (GapKind.NO_SCREENSHOT, lambda p: not p.screenshot_sha256s, False),
    (GapKind.NOT_COMPARED, lambda p: not p.compared, False),
)
"""What a post can lack, how that is seen, and whether it must be explained in writing."""


def _gaps(files: tuple[DraftFile, ...], loose: tuple[Publication, ...], accounts: AccountNames) -> list[Gap]:
    gaps: list[Gap] = []
    for file in files:
        number, title = str(file.draft.number or ""), file.title
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
    # What was voided after the post stood when it went out.
    out = min(post.published_at for post in file.publications)
    standing = [d for d in file.decisions if d.revision == file.revision.number and stood_at(d.voided_at, out)]
    on_paper = any(d.way is DecisionWay.PAPER for d in standing)
    return found + ([GapKind.NO_SCAN] if on_paper and not file.scans else [])


def _publication_gaps(publication: Publication, number: str, accounts: AccountNames) -> list[Gap]:
    caption = accounts.caption(publication.account_id, publication.published_at)
    return [
        Gap(kind, f"{kind}:{publication.id}", number, publication.title, caption, explain)
        for kind, lacks, explain in _PUBLICATION_GAPS
        if lacks(publication)
    ]


def _number_gaps(unit: UnitOfWork, month: Month) -> list[Gap]:
    """Say which numbers of the series are missing up to the last one given in the month.

    One before it that was given by a clock that stood in a later month is not missing: that is told, and no more.
    """
    numbers = {g.number.serial: g for g in unit.numbers.list("review_sheet", month.year)}
    last = max((n for n, g in numbers.items() if beijing_day(g.given_at) < month.next.first_day), default=0)
    gaps: list[Gap] = []
    for serial in range(1, last):
        given = numbers.get(serial)
        if given is None:
            name = str(replace(numbers[last].number, serial=serial))
            gaps.append(Gap(GapKind.NUMBER_MISSING, f"{GapKind.NUMBER_MISSING}:{serial}", name, ""))
        elif beijing_day(given.given_at) >= month.next.first_day:
            kind = GapKind.NUMBER_BY_LATER_CLOCK
            gaps.append(Gap(kind, f"{kind}:{serial}", str(given.number), "", must_explain=False))
    return gaps
