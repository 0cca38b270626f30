"""Copies of the database beside it that hold words of the past: what migrations kept, what a crash has left."""

from pathlib import Path

from app.storage.database import FILE_NAME
from app.storage.flushed_files import overwrite, writing_to
from app.storage.folder_lock import FileLock

BACKUP_LOCK, SNAPSHOT = "backup.lock", "backup-snapshot.part"
_STEM = Path(FILE_NAME).stem
_FORMER, _UNFINISHED, _LEFT_BY_BACKUP = f"{_STEM}-before-*.db", f"{_STEM}-before-*.partial*", "backup-*.part*"


def copy_name(before: str, stamp: str) -> str:
    """Return how the copy is called that is kept before a migration."""
    return _FORMER.replace("*", f"{before}-{stamp}")


def former_copies(folder: Path) -> tuple[str, ...]:
    """Return the names of the copies that migrations kept: they hold what may be removed from the database since."""
    return tuple(sorted(path.name for path in folder.glob(_FORMER)))


def forget_copy(folder: Path, name: str) -> None:
    """Remove such a copy, its bytes overwritten first; any other name is left alone."""
    if name in former_copies(folder):
        _remove(folder / name)


def sweep_leftovers(folder: Path) -> bool:
    """Remove what a killed backup or migration left half done; return False while a backup goes on.

    A backup that goes on takes its own snapshot away. Only for a database that is up to date: no migration runs then.
    """
    for path in folder.glob(_UNFINISHED):
        _remove(path)
    left = list(folder.glob(_LEFT_BY_BACKUP))
    if left:
        lock = FileLock(folder / BACKUP_LOCK)
        if not lock.take():
            return False
        try:
            clear_snapshots(folder)
        finally:
            lock.release()
    return True


def clear_snapshots(folder: Path) -> None:
    """Remove what an earlier backup left, for whoever holds its lock."""
    for path in folder.glob(_LEFT_BY_BACKUP):
        _remove(path)


def _remove(path: Path) -> None:
    with writing_to(path.parent):
        overwrite(path)
        path.unlink()
