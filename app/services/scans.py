"""A scan or phone photo of signed sheets finds its draft by the code on each page (article 15(1))."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from app.errors import FileUnreadableError
from app.intake.scan_pages import check_scans
from app.models.draft import DraftState
from app.models.papercode import PaperCode, PaperKind
from app.models.review import ReviewStep, open_step
from app.models.right import Right
from app.services.found_account_paper import ACCOUNT_PAPERS, found_paper
from app.services.lost_span import lies_in_lost_span
from app.services.record_room import RecordRoom
from app.storage.unit_of_work import UnitOfWork


class ScanPageLike(Protocol):
    """A page as `app.intake.scan_reading` reads it."""

    @property
    def number(self) -> int:
        """Its number in the file, counted from 1."""

    @property
    def codes(self) -> tuple[PaperCode, ...]:
        """The codes that were read on it."""

    @property
    def problem(self) -> str:
        """Why a code on it does not count (a reason of `PaperCodeError`), or empty."""

    @property
    def turn(self) -> int:
        """How far it lies turned clockwise, in degrees."""


ReadScan = Callable[[Path], Sequence[ScanPageLike]]
DrawPage = Callable[[Path, int, int, int], bytes]
"""Draws a page (file, number, longest side in pixels, clockwise turn in degrees to take back) as PNG."""

_REMEMBERED = 64
"""Files whose codes are remembered: a pile of photographs is looked through once a sheet."""


class ScanOutcome(StrEnum):
    """What a scan turned out to be."""

    MATCHED = "matched"
    STALE = "stale"
    FOREIGN = "foreign"
    NOT_WITNESSED = "not_witnessed"
    """The audit head on the paper is not in this chain."""
    LOST_SPAN = "lost_span"
    """Printed after the backup that was restored: what it belongs to was lost, or went on otherwise since."""
    ACCOUNT_PAPER = "account_paper"
    """A filing, change or closing form as it was printed last; it is registered with its account."""
    STALE_ACCOUNT_PAPER = "stale_account_paper"
    """One that was printed before the register changed, or that nobody waits for any more."""
    OTHER_PAPER = "other_paper"
    NO_CODE = "no_code"


@dataclass(frozen=True)
class ScanMatch:
    """One paper found in a scan: which pages, which draft, and what may be registered from it."""

    outcome: ScanOutcome
    pages: tuple[int, ...]
    """Page numbers of the scan, counted from 1."""
    draft_id: str = ""
    application_id: str = ""
    account_id: str = ""
    """The account that a filing, change or closing form is about."""
    handover_id: str = ""
    number: str = ""
    title: str = ""
    revision: int = 0
    fingerprint: str = ""
    """That of the code on the paper; with draft and revision it says which sheet a page belongs to."""
    current_revision: int = 0
    missing_pages: tuple[int, ...] = ()
    """Pages of the paper that the scan lacks."""
    sheet_pages: tuple[int, ...] = ()
    """Pages of the paper that the scan has, in their order."""
    open_steps: tuple[ReviewStep, ...] = ()
    """The steps still to be decided, in order."""
    in_review: bool = False
    problem: str = ""
    """For pages without a code that counts: `newer`, `damaged` or `foreign` when a code was seen (`PaperCodeError`)."""

    @property
    def subject_id(self) -> str:
        """The draft or the account's paper that it belongs to, or ''."""
        return self.draft_id or self.application_id


@dataclass(frozen=True)
class ScanPile:
    """What a file turned out to hold, together with the files that hold further pages of the same sheet."""

    found: tuple[ScanMatch, ...]
    files: tuple[Path, ...]
    """In the order of their pages, so the one with the signed page 1 comes first."""


class Scans:
    """The scanner tray."""

    def __init__(self, room: RecordRoom, read_scan: ReadScan, draw_page: DrawPage) -> None:
        self._room, self._read_scan, self._draw_page = room, read_scan, draw_page
        self._read: OrderedDict[tuple[Path, int, int], Sequence[ScanPageLike]] = OrderedDict()

    def examine(self, path: Path) -> tuple[ScanMatch, ...]:
        """Read a file and say what each paper in it is; nothing is recorded and the file is not changed."""
        pages = self._pages(path)
        papers: dict[tuple[str, str, int, str], list[tuple[int, PaperCode]]] = {}
        bare: list[int] = []
        problems = {page.problem for page in pages if not page.codes}
        for page in pages:
            if not page.codes:
                bare.append(page.number)
            for code in page.codes:
                papers.setdefault((code.kind, code.subject_id, code.revision, code.fingerprint), []).append(
                    (page.number, code)
                )
        with self._room.store.reading() as unit:
            matches = [self._match(unit, found) for found in papers.values()]
        if bare:
            problem = next((p for p in ("newer", "damaged", "foreign") if p in problems), "")
            matches.append(ScanMatch(ScanOutcome.NO_CODE, tuple(bare), problem=problem))
        return tuple(matches)

    def examine_pile(self, path: Path, others: Sequence[Path]) -> ScanPile:
        """Read a file as `examine`, and join to its sheet those others that hold nothing but further pages of it.

        So one photograph a page makes one sheet. Two files that both show page 1 are two scans: the sheet may have
        been signed in between.
        """
        found = self.examine(path)
        if len(found) != 1:
            return ScanPile(found, (path,))
        match, parts = found[0], [(found[0].sheet_pages, path)]
        for other in others:
            if not match.missing_pages:
                break
            more = self._further_pages(match, other)
            if more is None:
                continue
            parts.append((more.sheet_pages, other))
            missing = tuple(page for page in match.missing_pages if page in more.missing_pages)
            had = tuple(sorted({*match.sheet_pages, *more.sheet_pages}))
            match = replace(match, missing_pages=missing, sheet_pages=had)
        return ScanPile((match,), tuple(file for _pages, file in sorted(parts, key=lambda part: part[0])))

    def _further_pages(self, match: ScanMatch, path: Path) -> ScanMatch | None:
        """Return what a file is, if it holds missing pages of a sheet and nothing else."""
        try:
            found = self.examine(path)
        except FileUnreadableError:
            # It is told when its turn comes.
            return None
        if len(found) != 1 or not found[0].subject_id or not match.subject_id:
            return None
        [other] = found
        sheet = (match.outcome, match.subject_id, match.revision, match.fingerprint)
        same = sheet == (other.outcome, other.subject_id, other.revision, other.fingerprint)
        signed_twice = 1 not in match.missing_pages and 1 not in other.missing_pages
        brings = set(match.missing_pages) - set(other.missing_pages)
        return other if same and brings and not signed_twice else None

    def pictures(self, path: Path, side: int, most: int) -> tuple[bytes, ...]:
        """Return the first `most` pages as PNG, upright, at most `side` pixels long."""
        return tuple(self._draw_page(path, page.number, side, page.turn) for page in self._pages(path)[:most])

    def stored_pictures(self, sha256: str, side: int, most: int) -> tuple[bytes, ...]:
        """Return the pages of a scan that is kept with a draft; as `pictures`."""
        return self.pictures(self._room.files.path(sha256), side, most)

    def _pages(self, path: Path) -> Sequence[ScanPageLike]:
        """Read a file once, though it is asked for its codes, for its pictures, and by the sheets beside it."""
        key = (path, path.stat().st_mtime_ns, path.stat().st_size) if path.is_file() else (path, 0, 0)
        pages = self._read.get(key)
        if pages is None:
            pages = self._read[key] = self._read_scan(path)
            while len(self._read) > _REMEMBERED:
                self._read.popitem(last=False)
        return pages

    def pick(self, draft_id: str, pages: tuple[int, ...] = ()) -> ScanMatch:
        """Match a scan without a readable code to a draft that a person picked."""
        with self._room.store.reading() as unit:
            return self._for_draft(unit, ScanOutcome.MATCHED, pages, draft_id, None)

    def file_only(self, draft_id: str, path: Path, further: Sequence[Path] = ()) -> str:
        """Keep a scan with a draft without registering any decision from it; return its SHA-256.

        `further` are the files with the other pages of the same paper. Raises `NotFoundError` for a draft that is not
        there, `FileUnreadableError` for a file that cannot be looked at.
        """
        self._room.require(Right.FILE_SCANS)
        check_scans(path, *further)
        now, files = self._room.now(), (path, *further)
        with self._room.receiving(*files) as received, self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.FILE_SCANS)
            unit.drafts.get(draft_id)
            names = (source.name for source in files)
            first, *rest = self._room.keep_pages(unit, received, names, f"draft:{draft_id}", now)
            facts: dict[str, object] = {"scan": first} | ({"further": rest} if rest else {})
            self._room.record(unit, actor, "scan.file", f"draft:{draft_id}", facts)
        return first

    def _match(self, unit: UnitOfWork, found: list[tuple[int, PaperCode]]) -> ScanMatch:
        pages = tuple(dict.fromkeys(number for number, _ in found))
        code = found[0][1]
        if code.unit_code not in unit.units.codes():
            return ScanMatch(ScanOutcome.FOREIGN, pages)
        if code.kind in ACCOUNT_PAPERS:
            return self._for_account(unit, found, pages)
        if code.kind is not PaperKind.REVIEW_SHEET:
            return ScanMatch(ScanOutcome.OTHER_PAPER, pages)
        known = unit.drafts.find(code.subject_id) is not None
        entry = unit.audit.find(code.audit_seq) if code.audit_seq else None
        if entry is None or entry.hash != code.audit_head:
            if lies_in_lost_span(unit, code.audit_seq, code.audit_head):
                return ScanMatch(ScanOutcome.LOST_SPAN, pages, code.subject_id if known else "")
            outcome = ScanOutcome.NOT_WITNESSED if known else ScanOutcome.FOREIGN
            return ScanMatch(outcome, pages, code.subject_id if known else "")
        if not known:
            return ScanMatch(ScanOutcome.FOREIGN, pages)
        seen = {c.page for _, c in found}
        missing = tuple(page for page in range(1, code.pages + 1) if page not in seen)
        match = self._for_draft(unit, ScanOutcome.MATCHED, pages, code.subject_id, code, missing)
        return replace(match, sheet_pages=tuple(sorted(seen)))

    @staticmethod
    def _for_account(unit: UnitOfWork, found: list[tuple[int, PaperCode]], pages: tuple[int, ...]) -> ScanMatch:
        code = found[0][1]
        paper, seen = found_paper(unit, code), {one.page for _, one in found}
        if not paper.number:
            return ScanMatch(ScanOutcome(paper.standing.value), pages)
        return ScanMatch(
            ScanOutcome(paper.standing.value),
            pages,
            application_id=paper.application_id,
            account_id=paper.account_id,
            handover_id=paper.handover_id,
            number=paper.number,
            title=paper.title,
            revision=code.revision,
            fingerprint=code.fingerprint,
            missing_pages=tuple(page for page in range(1, code.pages + 1) if page not in seen),
            sheet_pages=tuple(sorted(seen)),
        )

    @staticmethod
    def _for_draft(
        unit: UnitOfWork,
        outcome: ScanOutcome,
        pages: tuple[int, ...],
        draft_id: str,
        code: PaperCode | None,
        missing: tuple[int, ...] = (),
    ) -> ScanMatch:
        draft = unit.drafts.get(draft_id)
        revision = unit.revisions.find(draft_id, draft.revision) if draft.revision else None
        stale = code is not None and (
            revision is None
            or code.revision != draft.revision
            or code.fingerprint != revision.fingerprint
            or revision.voided_at is not None
        )
        steps = unit.reviews.steps(draft_id, draft.revision) if draft.revision else ()
        decisions = unit.reviews.decisions(draft_id, draft.revision) if draft.revision else ()
        first = open_step(steps, decisions) if draft.state is DraftState.IN_REVIEW else None
        return ScanMatch(
            outcome=ScanOutcome.STALE if stale else outcome,
            pages=pages,
            draft_id=draft_id,
            number=str(draft.number or ""),
            title=draft.content.title,
            revision=code.revision if code else draft.revision,
            fingerprint=code.fingerprint if code else "",
            current_revision=draft.revision,
            missing_pages=missing,
            open_steps=() if stale or first is None else tuple(s for s in steps if s.position >= first.position),
            in_review=draft.state is DraftState.IN_REVIEW,
        )
