"""补充材料: what was recorded of an archived month after its archive was frozen; and what was given up in a month.

Events are frozen, not things: each goes with the month in which it is recorded. What is late is told by the numbers
of the audit chain, never by a clock; an event whose own month was frozen before it, or lies before the first archive,
because the clock stood back, goes with the first month that was not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.models.audit import AuditEntry
from app.models.month import Month
from app.models.publication import Publication, PublicationKind
from app.models.records import FileUse, StatementKind, UseKind
from app.models.review import Decision
from app.storage.unit_of_work import UnitOfWork

REMOVED_THROUGH = "filed_removed_through"
"""The setting that holds the last year whose records were removed."""
_ACTS = (
    "publication.record",
    "publication.complete",
    "scan.file",
    "review.register",
    "review.decide",
    "archive.hand_over",
    "publication.drop",
    "draft.withdraw",
    "draft.void",
)


class LateKind(StrEnum):
    """What came late."""

    SCAN = "scan"
    SCREENSHOT = "screenshot"
    LINK = "link"
    HANDOVER = "handover"
    """The signed slip with which an archive was handed over; it is filed like the rest, and never late."""
    DROPPED = "dropped"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"
    """Something submitted was given up, on one account or whole: an event of its month, late or not."""


_GIVEN_UP = {
    "publication.drop": (LateKind.DROPPED, StatementKind.DROP),
    "draft.withdraw": (LateKind.WITHDRAWN, None),
    "draft.void": (LateKind.VOIDED, StatementKind.VOID),
}


@dataclass(frozen=True)
class LateMaterial:
    """One thing that completes an archived month, or that happened to a draft filed elsewhere or nowhere."""

    kind: LateKind
    at: datetime
    home: Month | None
    """The archived month that it completes; None for what was given up in time."""
    number: str
    title: str
    use: FileUse | None = None
    account_id: str = ""
    link: str = ""
    note: str = ""
    draft_id: str = ""

    @property
    def completes(self) -> bool:
        """Whether it stands among 补充材料, pointing back; a hand-over or what was given up in time does not."""
        return self.home is not None and self.kind is not LateKind.HANDOVER


@dataclass(frozen=True)
class LateFindings:
    """Everything that is late and goes with one month."""

    posts: tuple[Publication, ...] = ()
    drafts: tuple[tuple[str, Month], ...] = ()
    """Drafts on which a decision came late, each with the archived month that it completes: they are filed whole."""
    material: tuple[LateMaterial, ...] = ()


def removed_through(unit: UnitOfWork) -> int:
    """Return the last year whose archives were removed at their time's end; 0 when none was."""
    return int(unit.settings.get(REMOVED_THROUGH) or 0)


def late_findings(unit: UnitOfWork, month: Month) -> LateFindings:
    """Find what goes with a month because the month it belongs to was frozen before it was recorded."""
    sealed = [record for record in unit.months.all_archives() if record.month < month]
    frozen = {record.month: record.audit_seq for record in sealed}
    floor = max((record.audit_seq for record in sealed if record.written_at < month.starts_at), default=0)
    if month.previous in frozen:
        floor = min(floor, frozen[month.previous])
    entries = [
        entry
        for entry in unit.audit.acts(_ACTS, floor, month.ends_at)
        if _carrier(max(recorded := Month.of(entry.at), min(frozen, default=recorded)), entry.seq, frozen) == month
    ]
    reader = _Reader(unit, frozen)
    posts = tuple(post for entry in entries if (post := reader.late_post(entry)) is not None)
    drafts = dict(found for entry in entries if (found := reader.late_decision(entry)) is not None)
    reader.told |= {post.id for post in posts} | {post.draft_id for post in posts if post.draft_id} | drafts.keys()
    material = tuple(found for entry in entries for found in reader.material(entry))
    return LateFindings(posts, tuple(drafts.items()), material)


def _carrier(month: Month, seq: int, frozen: Mapping[Month, int]) -> Month:
    """Return the first month, from that of recording on, that was not frozen before an entry."""
    while month in frozen and frozen[month] < seq:
        month = month.next
    return month


class _Reader:
    """Reads entries of the chain back into what they are about; what was removed at its time's end is passed over."""

    def __init__(self, unit: UnitOfWork, frozen: Mapping[Month, int]) -> None:
        self._unit, self._frozen = unit, frozen
        self._removed = removed_through(unit)
        self._homes: dict[str, set[Month]] = {}
        self.told: set[str] = set()
        """Posts and drafts that are filed whole, so that nothing of them is told again."""

    def late_post(self, entry: AuditEntry) -> Publication | None:
        """Return the post that an entry records, if it is late; 补录 belongs to no archive."""
        if entry.action != "publication.record":
            return None
        post = self._unit.publications.find(str(entry.facts["publication"]))
        if post is None:
            return None
        late = post.kind is not PublicationKind.EARLIER and self._home({Month.of(post.published_at)}, entry.seq)
        return post if late else None

    def late_decision(self, entry: AuditEntry) -> tuple[str, Month] | None:
        """Return the draft on which an entry records decisions, if they are late, with the month they complete."""
        draft_id = entry.subject.partition(":")[2]
        if entry.action not in {"review.register", "review.decide"}:
            return None
        home = self._draft_home(draft_id, entry.seq)
        if home is None or not any(_is_of(d, entry) for d in self._unit.reviews.all_decisions(draft_id)):
            return None
        return draft_id, home

    def material(self, entry: AuditEntry) -> Iterator[LateMaterial]:
        """Yield what an entry adds to an archived month."""
        facts = entry.facts
        kind, _, subject = entry.subject.partition(":")
        if entry.action == "archive.hand_over":
            yield from self._handed_over(entry, subject, facts)
        elif entry.action in _GIVEN_UP:
            yield from self._given_up(entry, subject, str(facts.get("account", "")))
        elif entry.action == "publication.complete":
            yield from self._completed(entry, facts)
        elif "scan" in facts and kind == "draft" and subject not in self.told:
            for scan in (facts["scan"], *facts.get("further", ())):
                yield from self._filed(entry, subject, str(scan))

    def _home(self, homes: set[Month], seq: int) -> Month | None:
        """Return the archived month that something completes, or None when an archive to come holds it anyway."""
        if not homes or any(self._frozen_at(home, seq) >= seq for home in homes):
            return None
        return max(homes)

    def _frozen_at(self, month: Month, otherwise: int) -> int:
        """Return the entry up to which a month was frozen; one whose archive was removed was frozen before any."""
        return 0 if month.year <= self._removed else self._frozen.get(month, otherwise)

    def _draft_home(self, draft_id: str, seq: int) -> Month | None:
        """Return the archived month that a draft completes: it is filed with its posts, or else its last decision."""
        if draft_id not in self._homes:
            posts = self._unit.publications.of_draft(draft_id)
            days = [] if posts else [d.decided_on for d in self._unit.reviews.all_decisions(draft_id)]
            decided = {Month(max(days).year, max(days).month)} if days else set()
            self._homes[draft_id] = {Month.of(post.published_at) for post in posts} or decided
        return self._home(self._homes[draft_id], seq)

    def _handed_over(self, entry: AuditEntry, archive_id: str, facts: Mapping[str, Any]) -> Iterator[LateMaterial]:
        record = next((r for r in self._unit.months.all_archives() if r.id == archive_id), None)
        if record is not None:
            title = f"{record.month.chinese}存档第{record.version}版移交"
            use = self._use(entry.subject, UseKind.SCAN, str(facts["scan"]))
            yield LateMaterial(LateKind.HANDOVER, entry.at, record.month, record.number, title, use)

    def _given_up(self, entry: AuditEntry, draft_id: str, account_id: str) -> Iterator[LateMaterial]:
        """Yield that something was given up; a draft that was never submitted has no number and is not filed."""
        draft = self._unit.drafts.find(draft_id)
        if draft is None or draft.number is None:
            return
        kind, stated = _GIVEN_UP[entry.action]
        words = self._unit.statements.of_subject(f"draft:{draft_id}", stated) if stated else ()
        reasons = [s.text for s in words if s.about == account_id]
        revision = self._unit.revisions.find(draft_id, draft.revision)
        title = revision.content.title if revision else draft.content.title
        yield LateMaterial(
            kind,
            entry.at,
            self._draft_home(draft_id, entry.seq),
            str(draft.number),
            title,
            account_id=account_id,
            note=reasons[-1] if reasons else "",
            draft_id=draft_id,
        )

    def _completed(self, entry: AuditEntry, facts: Mapping[str, Any]) -> Iterator[LateMaterial]:
        post = self._unit.publications.find(str(facts["publication"]))
        if post is None:
            return
        home = self._home({Month.of(post.published_at)}, entry.seq)
        if home is None or post.id in self.told:
            return
        draft = self._unit.drafts.find(post.draft_id) if post.draft_id else None
        number = str(draft.number or "") if draft else ""
        for digest in facts["screenshots"]:
            use = self._use(f"publication:{post.id}", UseKind.SCREENSHOT, digest)
            if use is not None:
                yield LateMaterial(LateKind.SCREENSHOT, entry.at, home, number, post.title, use, post.account_id)
        if "link" in facts:
            yield LateMaterial(LateKind.LINK, entry.at, home, number, post.title, None, post.account_id, post.link)

    def _filed(self, entry: AuditEntry, draft_id: str, scan: str) -> Iterator[LateMaterial]:
        home = self._draft_home(draft_id, entry.seq)
        use = self._use(f"draft:{draft_id}", UseKind.SCAN, scan)
        draft = self._unit.drafts.find(draft_id)
        if home is not None and use is not None and draft is not None:
            yield LateMaterial(LateKind.SCAN, entry.at, home, str(draft.number or ""), draft.content.title, use)

    def _use(self, subject: str, kind: UseKind, sha256: str) -> FileUse | None:
        return next((use for use in self._unit.files.uses(subject, kind) if use.sha256 == sha256), None)


def _is_of(decision: Decision, entry: AuditEntry) -> bool:
    """Say whether a decision was written by an act: registered with its scan, or given on screen at its step."""
    facts = entry.facts
    if entry.action == "review.register":
        return decision.scan_sha256 == facts.get("scan")
    place = (decision.decided_by, decision.revision, decision.position)
    return place == (entry.actor, facts.get("revision"), facts.get("position"))
