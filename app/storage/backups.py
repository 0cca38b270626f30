"""Backing the data folder up: a snapshot of the database and the attachments it refers to, all of it verified.

The snapshot is taken and checked beside the database first, where copying is quick and holds nobody up, and carried
to the backup folder then. It counts from the moment its folder gets its name, after everything it needs is there.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.errors import (
    AttachmentMissingError,
    BackupInvalidError,
    DatabaseBusyError,
    FileUnreadableError,
    FolderMissingError,
    NotEnoughSpaceError,
    ReadBackError,
    TargetExistsError,
)
from app.medium import flush_folder
from app.models.archive_package import ProgressReport
from app.models.backup import BackupReport, BackupSnapshot
from app.models.records import StoredFile
from app.storage.attachments import AttachmentStore
from app.storage.backup_folder import (
    PARTIAL,
    SNAPSHOTS,
    Pace,
    damaged_snapshots,
    inspect_backup,
    next_ordinal,
    ordinal_of,
    refuse_nested,
    remove_unfinished,
    snapshot_name,
    store_of,
)
from app.storage.database import FILE_NAME, copy_database
from app.storage.flushed_files import (
    copied_file,
    cut_short,
    digest_of,
    free_bytes,
    make_folder,
    write_file,
    writing_to,
)
from app.storage.folder_lock import FileLock
from app.storage.former_copies import BACKUP_LOCK, SNAPSHOT, clear_snapshots
from app.storage.records_place import check_writable
from app.storage.snapshot_check import SnapshotContents, checked_snapshot
from app.storage.snapshot_facts import MANIFEST, manifest_text

__all__ = ["back_up", "check_folder", "inspect_backup"]

_ROOM_TO_SPARE = 4 << 20


def check_folder(folder: Path, target: Path) -> None:
    """Refuse a place that a data folder cannot be backed up to; nothing is kept there.

    Raises `FolderMissingError`, `TargetInsideSourceError`, `TargetNotWritableError`.
    """
    if not target.is_dir():
        raise FolderMissingError(str(target), is_file=target.exists())
    refuse_nested(target, folder)
    check_writable(target)


def back_up(folder: Path, target: Path, now: datetime, report: ProgressReport | None = None) -> BackupReport:
    """Back a data folder up to an existing folder outside it, and say what was written.

    Earlier snapshots are never touched, and damaged ones among them are named; an interrupted backup leaves at most a
    `.partial` folder and attachments that the next one uses. Raises as `check_folder`, `TargetExistsError` (another
    unit's backup), `BackupInvalidError` (`newer`), `NotEnoughSpaceError`, `DriveRemovedError`, `DatabaseBusyError`,
    `DatabaseDamagedError`, `AuditBrokenError`, `ReadBackError`, and `CancelledError` from the report.
    """
    check_folder(folder, target)
    lock = FileLock(folder / BACKUP_LOCK)
    if not lock.take():
        raise DatabaseBusyError
    try:
        with writing_to(target):
            remove_unfinished(target)
            store_of(target).sweep()
        pace = Pace(report)
        with _taken(folder, pace) as (database, contents):
            damaged = _refuse_other_unit(target, contents)
            return replace(_Carrier(folder, target, now, pace).carry(database, contents), damaged=damaged)
    finally:
        lock.release()


@contextmanager
def _taken(folder: Path, pace: Pace) -> Iterator[tuple[Path, SnapshotContents]]:
    """Take a snapshot beside the database and check it; it is removed at the end, and so is an earlier leftover."""
    clear_snapshots(folder)
    source, taken = folder / FILE_NAME, folder / SNAPSHOT
    size = source.stat().st_size if source.is_file() else 0
    missing = size + _ROOM_TO_SPARE - free_bytes(folder)
    if missing > 0:
        raise NotEnoughSpaceError(missing)
    pace.total = 2 * size
    pace.begin("prepare")
    done = 0

    def copied(pages: int, total: int) -> None:
        nonlocal done
        before, done = done, size * pages // max(1, total)
        pace.add(max(0, done - before))

    try:
        copy_database(source, taken, copied)
        pace.begin("verify")
        yield taken, checked_snapshot(taken)
    finally:
        cut_short(taken)
        cut_short(taken.with_name(taken.name + "-journal"))


def _refuse_other_unit(target: Path, contents: SnapshotContents) -> tuple[str, ...]:
    """Refuse a folder with another unit's backup: its newest snapshot would be taken for ours.

    Returns the names of the snapshots whose facts cannot be read; the new one goes beside them.
    """
    if not (target / SNAPSHOTS).is_dir() or next_ordinal(target) == 1:
        return ()
    try:
        found = inspect_backup(target)
    except BackupInvalidError as without:
        if without.reason == "newer":
            raise
        return damaged_snapshots(target)
    for snapshot in found.snapshots:
        if snapshot.unit_id != contents.unit_id:
            raise TargetExistsError(f"{snapshot.unit_name}的备份")
    return found.damaged


@dataclass
class _Carrier:
    folder: Path
    target: Path
    now: datetime
    pace: Pace

    def carry(self, database: Path, contents: SnapshotContents) -> BackupReport:
        source, store = store_of(self.folder), store_of(self.target)
        size = database.stat().st_size
        wanted = [file for file in contents.files if not store.holds(file)]
        room = size + sum(file.size for file in wanted)
        self.pace.total = 2 * size + sum(file.size for file in wanted)
        missing_bytes = room + _ROOM_TO_SPARE - free_bytes(self.target)
        if missing_bytes > 0:
            raise NotEnoughSpaceError(missing_bytes)
        self.pace.begin("attachments")
        copied, missing = self._copy(source, store, wanted)
        snapshot = self._publish(database, contents, missing)
        total = sum(file.size for file in copied)
        return BackupReport(self.target / SNAPSHOTS / snapshot.name, snapshot, len(copied), total)

    def _copy(
        self, source: AttachmentStore, store: AttachmentStore, wanted: list[StoredFile]
    ) -> tuple[list[StoredFile], tuple[str, ...]]:
        """Copy what the backup lacks; what is gone or altered here as well is noted, not a reason for no backup."""
        copied, missing = [], []
        for file in wanted:
            try:
                copied.append(store.copy_from(source, file.sha256, self.pace.add))
            except AttachmentMissingError:
                missing.append(file.sha256)
        if copied:
            store.flush_folders()
        return copied, tuple(missing)

    def _publish(self, database: Path, contents: SnapshotContents, missing: tuple[str, ...]) -> BackupSnapshot:
        size = database.stat().st_size
        name = snapshot_name(next_ordinal(self.target), self.now)
        part = self.target / SNAPSHOTS / (name + PARTIAL)
        self.pace.begin("snapshot")
        with writing_to(self.target, size):
            make_folder(part)
        try:
            snapshot = self._fill(part, database, contents, missing)
            with writing_to(self.target):
                flush_folder(part)
                part.rename(part.with_name(snapshot.name))
                flush_folder(part.parent)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        return snapshot

    def _fill(self, part: Path, database: Path, contents: SnapshotContents, missing: tuple[str, ...]) -> BackupSnapshot:
        name, size = part.name.removesuffix(PARTIAL), database.stat().st_size
        try:
            digest = copied_file(database, part / FILE_NAME, size, self.pace.add)
        except FileUnreadableError as gone:
            raise DatabaseBusyError from gone
        snapshot = BackupSnapshot(
            name=name,
            ordinal=ordinal_of(name),
            taken_at=self.now,
            unit_id=contents.unit_id,
            unit_name=contents.unit_name,
            audit_seq=contents.head.seq,
            audit_head=contents.head.hash,
            database_size=size,
            database_sha256=digest,
            attachments=len(contents.files),
            attachment_bytes=sum(file.size for file in contents.files),
            missing=missing,
        )
        write_file(part / MANIFEST, manifest_text(snapshot).encode("utf-8"))
        self.pace.begin("read_back")
        if digest_of(part / FILE_NAME, from_medium=True) != digest:
            raise ReadBackError(FILE_NAME)
        return snapshot
