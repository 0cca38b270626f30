"""Looking for backups: on the drives that are plugged in, and in a folder somebody chose."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.archive.volumes import list_volumes
from app.errors import AppError, BackupInvalidError
from app.models.archive_package import Volume
from app.models.backup import BackupFacts
from app.storage.backup_folder import SNAPSHOTS, inspect_backup

_DEPTH, _MOST_FOLDERS = 2, 2_000
"""A backup lies on top of a stick or a folder or two below; a whole disk is not searched."""


@dataclass(frozen=True)
class FoundBackup:
    """A backup folder, with what it holds, or with the error that says why nothing in it can be used."""

    folder: Path
    facts: BackupFacts | None = None
    wrong: AppError | None = None


@dataclass(frozen=True)
class SearchedDrive:
    """A drive and the backups found on it, those that can be used first."""

    volume: Volume
    backups: tuple[FoundBackup, ...]


def backups_on_drives() -> tuple[SearchedDrive, ...]:
    """Look on every drive that is plugged in, removable ones first; nothing is changed."""
    return tuple(SearchedDrive(volume, _found_in(volume.path)) for volume in list_volumes())


def backups_in(place: Path) -> tuple[FoundBackup, ...]:
    """Return the backups in a folder that somebody chose, also when they chose a folder within one, or above it.

    Raises `BackupInvalidError` or `DriveRemovedError` for a folder in which there is none that can be used.
    """
    for outer in (place, *place.parents[:2]):
        if place == outer or (outer / SNAPSHOTS in {place, place.parent}):
            with contextlib.suppress(BackupInvalidError):
                return (FoundBackup(outer, inspect_backup(outer)),)
    found = _found_in(place)
    if not any(backup.facts for backup in found):
        if found and found[0].wrong:
            raise found[0].wrong
        inspect_backup(place)
    return found


def _found_in(place: Path) -> tuple[FoundBackup, ...]:
    found = [_looked_at(folder) for folder in _candidates(place)]
    return tuple(sorted(found, key=lambda backup: backup.facts is None))


def _looked_at(folder: Path) -> FoundBackup:
    try:
        return FoundBackup(folder, inspect_backup(folder))
    except AppError as wrong:
        return FoundBackup(folder, wrong=wrong)


def _candidates(place: Path) -> Iterator[Path]:
    """Yield the folders that look like backups, breadth first; what cannot be read is passed over."""
    level, seen = [place], 0
    for depth in range(_DEPTH + 1):
        below: list[Path] = []
        for folder in level:
            if (folder / SNAPSHOTS).is_dir():
                yield folder
            elif depth < _DEPTH:
                below += _folders_in(folder)
        seen += len(level)
        level = below[: max(0, _MOST_FOLDERS - seen)]


def _folders_in(folder: Path) -> list[Path]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        return sorted(Path(e.path) for e in entries if not e.name.startswith(".") and e.is_dir(follow_symlinks=False))
    return []
