"""Where the unit's records may lie: on a disk of this PC, not on a stick, a network place or a synchronised folder."""

import os
from pathlib import Path

from app.errors import TargetNotWritableError, UnsafeFolderError
from app.storage.begun_records import holds_records
from app.storage.drive_facts import NETWORK, REMOVABLE, kind_of_place
from app.storage.flushed_files import cut_short, target_error, temporary
from app.storage.folder_lock import WindowLock
from app.storage.synced_places import is_synchronised

__all__ = ["WindowLock", "check_data_folder", "check_place", "unsafe_reason"]


def unsafe_reason(kind: str, *, synchronised: bool) -> str:
    """Return why records must not lie in a place of a kind, or '' when they may."""
    if kind in {NETWORK, REMOVABLE}:
        return kind
    return "synchronised" if synchronised else ""


def check_data_folder(path: Path) -> None:
    """Refuse a folder, there or still to be made, that is unsafe for records or cannot be written.

    Raises as `check_place`, or `TargetNotWritableError`; creates nothing.
    """
    check_place(path)
    check_writable(path)


def check_place(path: Path) -> None:
    """Refuse a folder that is unsafe for records, or has lost them; nothing is tried.

    Raises `UnsafeFolderError` (`removable`, `network`, `synchronised`), or `DatabaseMissingError` as `holds_records`.
    """
    reason = unsafe_reason(kind_of_place(path), synchronised=is_synchronised(path))
    if reason:
        raise UnsafeFolderError(str(path), reason)
    holds_records(path)


def check_writable(path: Path) -> None:
    """Refuse a folder in which no file can be made, or that cannot be made itself (`TargetNotWritableError`)."""
    place = next(folder for folder in (path, *path.absolute().parents) if folder.exists())
    if not place.is_dir():
        raise TargetNotWritableError(str(path))
    try:
        fd, probe = temporary(place)
    except OSError as refused:
        raise target_error(refused, path, 1) from refused
    os.close(fd)
    cut_short(probe)
