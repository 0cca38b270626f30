"""A data folder in which nothing was begun: what the program lays down at its first start, and not one record."""

from contextlib import closing
from pathlib import Path

from app.errors import DatabaseDamagedError, FolderNotEmptyError, NewerDatabaseError
from app.storage.audit_records import AuditRecords
from app.storage.database import connect, transaction, translated
from app.storage.flushed_files import writing_to
from app.storage.folder_lock import LOCK_NAME, WindowLock
from app.storage.migrations import refuse_foreign
from app.storage.people_records import UnitRecords
from app.storage.snapshot_check import no_clock

_OWN = frozenset({LOCK_NAME, "window.ini"})


def is_unbegun(folder: Path) -> bool:
    """Say whether a folder is not there, is empty, or holds only databases without a unit and an audit entry."""
    if not folder.exists():
        return True
    if not folder.is_dir():
        return False
    rest = [path for path in folder.iterdir() if path.name not in _OWN]
    return all(path.suffix == ".db" and path.is_file() and _holds_nothing(path) for path in rest)


def clear_unbegun(folder: Path) -> None:
    """Take such a folder away; any other is left as it is.

    Raises `FolderNotEmptyError`, and `AlreadyRunningError` while a window is open on it.
    """
    if not folder.exists():
        return
    if not is_unbegun(folder):
        raise FolderNotEmptyError(str(folder))
    refuse_held(folder)
    with writing_to(folder):
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


def refuse_held(folder: Path) -> None:
    """Refuse a folder on which a window is open (`AlreadyRunningError`); the own window lets go of it first."""
    if (folder / LOCK_NAME).exists():
        with WindowLock(folder):
            pass


def _holds_nothing(path: Path) -> bool:
    try:
        refuse_foreign(path)
        with closing(connect(path, query_only=True)) as db, translated(path), transaction(db, immediate=False):
            if db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None:
                return True
            return UnitRecords(db).find() is None and AuditRecords(db, no_clock).head().seq == 0
    except (DatabaseDamagedError, NewerDatabaseError):
        return False
