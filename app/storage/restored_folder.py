"""Putting a backup back where nothing was begun: absent, `.partial`, or whole and verified, never in between."""

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
from app.storage.flushed_files import Tick, copied_file, digest_of, free_bytes, make_folder, write_file, writing_to
from app.storage.migrations import refuse_foreign
from app.storage.records_place import check_writable
from app.storage.snapshot_check import SnapshotContents, checked_snapshot
from app.storage.unbegun_folder import clear_unbegun, is_unbegun, refuse_held

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
    """Restore a snapshot, the newest unless one is named, into a folder in which nothing was begun.

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
            clear_unbegun(target)
            part.rename(target)
            flush_folder(target.parent)
            (target / _MARK).unlink()
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return chosen


def check_database(source: Path, chosen: BackupSnapshot, tick: Tick) -> None:
    """Read the database of a snapshot once, so that damage is told before anybody types a passcode.

    Raises `BackupInvalidError` (`incomplete`, `database_damaged`, `newer`) or `DriveRemovedError`, and what `tick`
    raises, which is told the bytes just read.
    """
    path = source / SNAPSHOTS / chosen.name / FILE_NAME
    try:
        if digest_of(path, tick) != chosen.database_sha256:
            raise BackupInvalidError("database_damaged")
        refuse_foreign(path)
    except FileUnreadableError as gone:
        raise _lost(source) from gone
    except tuple(_REASONS) as refused:
        raise BackupInvalidError(_REASONS[type(refused)]) from refused


def check_target(target: Path) -> None:
    """Refuse a folder that is not free to be restored into; creates nothing.

    Raises `FolderNotEmptyError` or `TargetNotWritableError`.
    """
    if not target.name:
        raise TargetNotWritableError(str(target))
    check_writable(target.parent)
    with writing_to(target.parent):
        if not is_unbegun(target):
            raise FolderNotEmptyError(str(target))


def _lost(source: Path) -> AppError:
    """Return what it means that a file of a backup cannot be read: the drive is gone, or the file is."""
    return BackupInvalidError("incomplete") if source.is_dir() else DriveRemovedError()


def _room_for(target: Path) -> Path:
    """Return the unfinished folder beside the target, after an earlier one of ours is cleared away."""
    check_target(target)
    refuse_held(target)
    part = target.with_name(target.name + PARTIAL)
    with writing_to(target.parent):
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
        raise _lost(source.parents[2]) from gone
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
        elif not source.is_dir():
            raise DriveRemovedError
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
