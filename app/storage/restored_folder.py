"""Putting a backup back into an empty folder: absent, `.partial`, or whole and verified, never in between."""

import shutil
from collections.abc import Callable
from pathlib import Path

from app.errors import (
    AppError,
    AttachmentMissingError,
    AuditBrokenError,
    BackupInvalidError,
    DatabaseDamagedError,
    DriveRemovedError,
    FileUnreadableError,
    FolderNotEmptyError,
    NewerDatabaseError,
    NotEnoughSpaceError,
    TargetNotWritableError,
)
from app.medium import flush_folder
from app.models.archive_package import ProgressReport
from app.models.backup import BackupSnapshot
from app.models.records import StoredFile
from app.storage.backup_folder import PARTIAL, SNAPSHOTS, Pace, chosen_snapshot, inspect_backup, refuse_nested, store_of
from app.storage.database import FILE_NAME
from app.storage.flushed_files import copied_file, free_bytes, make_folder, write_file, writing_to
from app.storage.records_place import check_writable
from app.storage.snapshot_check import SnapshotContents, checked_snapshot

Hook = Callable[[Path], None]
"""Called with the unfinished folder; what it raises undoes the restore."""

_MARK = "restoring"
_ROOM_TO_SPARE = 4 << 20
_REASONS: dict[type[AppError], str] = {
    NewerDatabaseError: "newer",
    DatabaseDamagedError: "database_damaged",
    AuditBrokenError: "audit_broken",
}


def _nothing(_folder: Path) -> None:
    pass


def restore(
    source: Path,
    target: Path,
    snapshot: str = "",
    report: ProgressReport | None = None,
    *,
    admit: Hook = _nothing,
    seal: Hook = _nothing,
) -> BackupSnapshot:
    """Restore a snapshot, the newest unless one is named, into a folder that is empty or not there.

    `admit` sees the verified database before any attachment is copied, `seal` the whole folder before it gets its
    name. The backup is only read. Raises `BackupInvalidError` with its reason, `FolderNotEmptyError`,
    `TargetInsideSourceError`, `TargetNotWritableError`, `NotEnoughSpaceError`, `DriveRemovedError`, and what hooks
    and report raise.
    """
    target = target.resolve()
    chosen = chosen_snapshot(inspect_backup(source), snapshot)
    refuse_nested(target, source)
    refuse_nested(source, target)
    part = _room_for(target)
    _check_space(part.parent, chosen.database_size + chosen.attachment_bytes)
    pace = Pace(report, chosen.database_size + chosen.attachment_bytes)
    try:
        with writing_to(part.parent):
            make_folder(part)
        write_file(part / _MARK, b"")
        pace.begin("restore")
        contents = _fetch_database(source / SNAPSHOTS / chosen.name / FILE_NAME, part / FILE_NAME, chosen, pace)
        admit(part)
        pace.begin("restore")
        _fetch_attachments(source, part, contents, chosen, pace)
        pace.begin("verify")
        seal(part)
        with writing_to(part.parent):
            flush_folder(part)
            if target.exists():
                target.rmdir()
            part.rename(target)
            flush_folder(target.parent)
            (target / _MARK).unlink()
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return chosen


def _room_for(target: Path) -> Path:
    """Return the unfinished folder beside the target, after an earlier one of ours is cleared away."""
    if not target.name:
        raise TargetNotWritableError(str(target))
    part = target.with_name(target.name + PARTIAL)
    check_writable(target.parent)
    with writing_to(target.parent):
        if target.exists() and not (target.is_dir() and not any(target.iterdir())):
            raise FolderNotEmptyError(str(target))
        if part.exists():
            if not part.is_dir() or (any(part.iterdir()) and not (part / _MARK).is_file()):
                raise FolderNotEmptyError(str(part))
            shutil.rmtree(part)
    return part


def _check_space(folder: Path, size: int) -> None:
    missing = size + _ROOM_TO_SPARE - free_bytes(folder)
    if missing > 0:
        raise NotEnoughSpaceError(missing)


def _fetch_database(source: Path, target: Path, chosen: BackupSnapshot, pace: Pace) -> SnapshotContents:
    """Copy the database and check that it is the one that was backed up, and one this program can rely on."""
    try:
        digest = copied_file(source, target, chosen.database_size, pace.add)
    except FileUnreadableError as gone:
        raise BackupInvalidError("incomplete") from gone
    if digest != chosen.database_sha256:
        raise BackupInvalidError("database_damaged")
    try:
        contents = checked_snapshot(target)
    except tuple(_REASONS) as refused:
        raise BackupInvalidError(_REASONS[type(refused)]) from refused
    if (contents.head.seq, contents.head.hash) != (chosen.audit_seq, chosen.audit_head):
        raise BackupInvalidError("audit_broken")
    return contents


def _fetch_attachments(
    source: Path, part: Path, contents: SnapshotContents, chosen: BackupSnapshot, pace: Pace
) -> None:
    """Copy every file that the snapshot refers to, each verified; those it never had are left out."""
    store, restored = store_of(source), store_of(part)
    files: list[StoredFile] = []
    for file in contents.files:
        if store.has(file.sha256):
            files.append(file)
        elif file.sha256 not in chosen.missing:
            raise BackupInvalidError("attachment_missing")
    for file in files:
        try:
            restored.copy_from(store, file.sha256, pace.add)
        except AttachmentMissingError as altered:
            if not source.is_dir():
                raise DriveRemovedError from altered
            raise BackupInvalidError("attachment_altered") from altered
    with writing_to(part):
        make_folder(restored.folder)
    restored.flush_folders()
