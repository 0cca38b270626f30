"""Archiving last month: complete or explained, written, read back, sealed (article 15(4))."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.archive.bag_writer import write_package
from app.archive.unsealed_bag import set_aside
from app.archive.volumes import list_volumes
from app.errors import (
    ChangedMeanwhileError,
    FieldInvalidError,
    FolderMissingError,
    GapsUnexplainedError,
    MonthDeliveredError,
    MonthNotOverError,
    NotFoundError,
    ReasonNeededError,
)
from app.intake.scan_pages import check_scans
from app.models.archive_package import BagReport, Package, PackageFile, ProgressReport, Volume, WrittenPackage
from app.models.clock import beijing_day
from app.models.month import Month
from app.models.monthly import ArchiveRecord, MonthOverview, MonthState
from app.models.papercode import PaperKind
from app.models.records import UseKind
from app.models.right import Right
from app.models.storable import storable
from app.services.archive_files import ArchiveFiles
from app.services.archive_package_files import (
    handover_facts,
    package_files,
    package_identity,
    package_info,
    package_name,
)
from app.services.month_contents import first_archived_month, month_contents, overview_of
from app.services.month_sealing import MonthSealing
from app.services.papers import PaperBytes, Papers
from app.services.record_room import RecordRoom
from app.services.sealed_bags import SealedBags
from app.services.written_words import refuse_marked_words
from app.storage.backup_folder import refuse_nested
from app.storage.rows import as_written


@dataclass(frozen=True)
class Archived:
    """A month written, read back and sealed."""

    record: ArchiveRecord
    written: WrittenPackage
    set_aside: str = ""
    """The new name of a bag that an interrupted run had left there unsealed; '' when there was none."""


class Archives:
    """The archivist's desk."""

    def __init__(self, room: RecordRoom, papers: Papers) -> None:
        self._room, self._papers = room, papers
        self._sealing = MonthSealing(room)

    def overview(self, month: Month) -> MonthOverview:
        """Say what a month holds and what it lacks."""
        with self._room.store.reading() as unit:
            return overview_of(month_contents(unit, month), unit.months.explanations(month))

    def months(self) -> tuple[MonthState, ...]:
        """Return every month that can be archived, newest first, with its newest sealed version."""
        with self._room.store.reading() as unit:
            sealed = unit.months.all_archives()
            begin = first_archived_month(unit)
        newest = {r.month: r for r in sorted(sealed, key=lambda r: r.version)}
        month, found = last_month(self._room.today()), list[MonthState]()
        while begin is not None and begin <= month:
            found.append(MonthState(month, newest.get(month)))
            month = month.previous
        return tuple(found)

    def expected_size(self, month: Month) -> int:
        """Return about how many bytes the month's files take, for choosing a drive."""
        with self._room.store.reading() as unit:
            contents = month_contents(unit, month)
        return sum(file.size for file in ArchiveFiles(contents, self._room.files.path).files)

    def explain(self, month: Month, gap_key: str, text: str) -> None:
        """Explain a gap in writing, until the month is handed over; it is printed as 缺项说明."""
        text = storable(text)
        if not text.strip():
            raise ReasonNeededError
        refuse_marked_words(self._room, "explanation", text)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ARCHIVE)
            if any(record.handed_over_on for record in unit.months.archives(month)):
                raise MonthDeliveredError
            bound = unit.months.explain(month, gap_key, text.strip(), actor.person_id, self._room.now())
            self._room.record(unit, actor, "archive.explain", f"month:{month}", {"gap": gap_key, "words": bound})

    def history(self) -> tuple[ArchiveRecord, ...]:
        """Return every sealed month, newest first."""
        with self._room.store.reading() as unit:
            return tuple(sorted(unit.months.all_archives(), key=lambda r: (r.month, r.version), reverse=True))

    def volumes(self) -> tuple[Volume, ...]:
        """Return the drives that a month can be written to, removable ones first."""
        return list_volumes()

    def check_folder(self, target: Path) -> None:
        """Refuse whoever may not archive, then a place that is no folder (`FolderMissingError`); nothing is changed."""
        self._room.require(Right.ARCHIVE)
        if not target.is_dir():
            raise FolderMissingError(str(target), is_file=target.exists())

    def write(self, month: Month, target: Path, report: ProgressReport | None = None, *, reason: str = "") -> Archived:
        """Write a month to a folder or drive and seal it after it was read back.

        A month sealed before is sealed again as the next version with a reason (重新封存), until it was
        handed over. Raises `MonthNotOverError`, `NothingFiledError`, `GapsUnexplainedError`, `ReasonNeededError`,
        `MonthDeliveredError`, `SealingBusyError` while another one goes on, `TargetInsideSourceError`, and what
        `write_package` raises; then nothing is sealed, and a bag that stands already is called unsealed.
        """
        now, reason = self._room.now(), storable(reason)
        if now < month.ends_at:
            raise MonthNotOverError
        refuse_nested(target, self._room.store.folder)
        self._refuse_gaps(self.overview(month))
        refuse_marked_words(self._room, "sealing", reason)
        with self._sealing.alone():
            return self._write(month, target, report, now, reason)

    def _write(self, month: Month, target: Path, report: ProgressReport | None, now: datetime, reason: str) -> Archived:
        number, version = self._sealing.begin(month, reason)
        # One look at contents, explanations and head: whatever is recorded from here on follows the head, and is late.
        with self._room.store.reading() as unit:
            own = unit.units.get()
            contents = month_contents(unit, month)
            explanations = unit.months.explanations(month)
            head = unit.audit.head()
            previous = [r for r in unit.months.all_archives() if r.month == month.previous]
            policy = unit.policies.current(self._room.today())
        self._refuse_gaps(overview_of(contents, explanations))
        cover, files = package_files(
            self._papers, self._room.files.path, own, contents, dict(explanations), number, version, previous, head
        )
        name = package_name(own.code, month, version)
        info = package_info(own, month, number, version, head, policy.version, self._room.today())
        # This version is not sealed: a bag of it that stands there was left by a run that broke off before sealing.
        leftover = set_aside(target / name, package_identity(info), now)
        written = write_package(Package(name, tuple(files), info), target, report)
        record = ArchiveRecord(
            id=self._room.new_id(),
            month=month,
            version=version,
            number=number,
            folder_name=name,
            written_at=self._room.now(),
            written_by=self._room.session.person_id,
            sha256_manifest_digest=written.sha256_manifest_digest,
            sm3_manifest_digest=written.sm3_manifest_digest,
            files=written.files,
            size=written.size,
            audit_seq=head.seq,
            audit_head=head.hash,
            reason=reason.strip(),
        )
        try:
            self._sealing.seal(record, files, info, cover, leftover)
        except BaseException:
            self._sealing.disown(record, written.folder, info)
            raise
        return Archived(record, written, leftover)

    def export_again(self, archive_id: str, target: Path, report: ProgressReport | None = None) -> WrittenPackage:
        """Write a sealed month once more, byte for byte from what was frozen.

        Raises `AttachmentMissingError` when a file is gone or altered since, and what `write_package` raises.
        """
        self._room.require(Right.ARCHIVE)
        refuse_nested(target, self._room.store.folder)
        with self._room.store.reading() as unit, as_written("archive", archive_id):
            frozen = json.loads(unit.months.contents(archive_id))
            files = tuple(
                PackageFile(f["member"], f["title"], source=self._room.files.path(f["sha256"]), sha256=f["sha256"])
                for f in frozen["files"]
            )
            package = Package(frozen["name"], files, tuple((str(k), str(v)) for k, v in frozen["info"]))
        written = write_package(package, target, report)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ARCHIVE)
            facts: dict[str, object] = {"manifest": written.sha256_manifest_digest}
            self._room.record(unit, actor, "archive.export_again", f"archive:{archive_id}", facts)
        return written

    def verify(self, folder: Path, report: ProgressReport | None = None) -> BagReport:
        """Verify any bag as `SealedBags.verify`; nothing in it is changed."""
        return SealedBags(self._room).verify(folder, report)

    def handover_slip(self, archive_id: str) -> PaperBytes:
        """Issue 归档交接单 to be signed by both sides; once issued, a reprint gives the same bytes."""
        record = _found(self.history(), archive_id)
        return self._papers.issued_listing(
            PaperKind.HANDOVER_SLIP,
            f"archive:{archive_id}",
            record.number,
            record.version,
            handover_facts(record),
            signatures=("移交人", "接收人"),
            footnote="接收方可凭清单指纹核对收到的存档是否完整、未改动。",
            fingerprint=record.sha256_manifest_digest,
        )

    def hand_over(self, archive_id: str, on: date, scan: Path) -> None:
        """Mark a month 已移交 with the signed slip; its newest version is what is handed over, and only once.

        Raises `MonthDeliveredError`, `ChangedMeanwhileError` for a version that was sealed anew since, and
        `FieldInvalidError` (`handed_over_on`) for a day before it was written or after today.
        """
        self._room.require(Right.ARCHIVE)
        check_scans(scan)
        now = self._room.now()
        with self._room.receiving(scan) as (file,), self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ARCHIVE)
            record = _found(unit.months.all_archives(), archive_id)
            versions = unit.months.archives(record.month)
            if any(version.handed_over_on for version in versions):
                raise MonthDeliveredError
            if versions[-1].id != archive_id:
                raise ChangedMeanwhileError
            if not beijing_day(record.written_at) <= on <= beijing_day(now):
                raise FieldInvalidError("handed_over_on")
            slip = self._room.keep(unit, file, UseKind.SCAN, f"archive:{archive_id}", scan.name, now)
            unit.months.save_handover(archive_id, on, slip)
            facts: dict[str, object] = {"on": on.isoformat(), "scan": slip}
            self._room.record(unit, actor, "archive.hand_over", f"archive:{archive_id}", facts)

    @staticmethod
    def _refuse_gaps(overview: MonthOverview) -> None:
        if overview.unexplained:
            raise GapsUnexplainedError(tuple(gap.key for gap in overview.unexplained))


def _found(records: Iterable[ArchiveRecord], archive_id: str) -> ArchiveRecord:
    for record in records:
        if record.id == archive_id:
            return record
    raise NotFoundError("archive", archive_id)


def last_month(today: date) -> Month:
    """Return the month before a Beijing day."""
    return Month(today.year, today.month).previous


def explanations_from(text: str) -> tuple[tuple[str, str], ...]:
    """Read an explanation file: one `key<TAB or ：>reason` a line; lines that begin with # are notes."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        key, mark, reason = line.partition("\t")
        if not mark:
            key, mark, reason = line.partition("：")
        if mark and key.strip() and reason.strip() and not line.startswith("#"):
            found.append((key.strip(), reason.strip()))
    return tuple(found)
