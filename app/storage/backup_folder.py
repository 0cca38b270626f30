"""The shape of a backup folder: dated snapshots, each with its facts beside it, over one shared attachment store.

DIR/snapshots/0007-2026-12-01-161500/xianshen.db and backup.json; DIR/attachments as in the data folder.
A snapshot that is not finished is called .partial; it counts for nothing.
"""

import re
import shutil
from datetime import datetime
from pathlib import Path

from app.errors import BackupInvalidError, DriveRemovedError, TargetInsideSourceError
from app.models.archive_package import Progress, ProgressReport
from app.models.backup import BackupFacts, BackupSnapshot
from app.models.clock import beijing
from app.storage.attachments import FOLDER, AttachmentStore
from app.storage.snapshot_facts import read_facts

SNAPSHOTS, PARTIAL = "snapshots", ".partial"
_NAME = re.compile(r"(\d{4,9})-\d{4}-\d\d-\d\d-\d{6}")


class Pace:
    """Counts the bytes of one long job; the total may still grow."""

    def __init__(self, report: ProgressReport | None, total: int = 0) -> None:
        self.total, self._report, self._done, self._stage = total, report, 0, "prepare"

    def begin(self, stage: str) -> None:
        """Say what is done now; whatever the report raises goes to the caller and stops the job."""
        self._stage = stage
        self.add(0)

    def add(self, count: int) -> None:
        """Count bytes that are done."""
        self._done += count
        if self._report is not None:
            self._report(Progress(self._stage, min(self._done, self.total), self.total))


def store_of(folder: Path) -> AttachmentStore:
    """Return the attachments of a backup folder or a data folder."""
    return AttachmentStore(folder / FOLDER)


def refuse_nested(inner: Path, outer: Path) -> None:
    """Refuse a folder that lies inside another (`TargetInsideSourceError`)."""
    if inner.resolve().is_relative_to(outer.resolve()):
        raise TargetInsideSourceError(str(inner))


def snapshot_name(ordinal: int, now: datetime) -> str:
    """Name a snapshot by its number and the Beijing time."""
    return f"{ordinal:04d}-{beijing(now):%Y-%m-%d-%H%M%S}"


def next_ordinal(folder: Path) -> int:
    """Return the number of the snapshot to come; damaged and unfinished ones keep theirs."""
    names = [path.name.removesuffix(PARTIAL) for path in (folder / SNAPSHOTS).glob("*")]
    return max((ordinal_of(name) for name in names), default=0) + 1


def inspect_backup(folder: Path) -> BackupFacts:
    """Say which snapshots a backup folder holds; nothing is changed and no database is opened.

    Raises `BackupInvalidError`: `missing`, `not_a_backup`, `incomplete`, `damaged`, `newer`.
    """
    names = _names(folder)
    found = {name: read_facts(folder / SNAPSHOTS / name, ordinal_of(name)) for name in names if _NAME.fullmatch(name)}
    good = sorted((s for s in found.values() if isinstance(s, BackupSnapshot)), key=lambda s: s.ordinal, reverse=True)
    damaged = tuple(sorted(name for name, snapshot in found.items() if snapshot == "damaged"))
    newer = tuple(sorted(name for name, snapshot in found.items() if snapshot == "newer"))
    if not good:
        unfinished = any(name.endswith(PARTIAL) for name in names)
        without = "incomplete" if unfinished else "not_a_backup"
        raise BackupInvalidError("newer" if newer else "damaged" if damaged else without)
    return BackupFacts(folder, tuple(good), damaged, newer)


def damaged_snapshots(folder: Path) -> tuple[str, ...]:
    """Return the names of the snapshots whose facts cannot be read; raises as `inspect_backup` for what is none."""
    names = sorted(name for name in _names(folder) if _NAME.fullmatch(name))
    return tuple(name for name in names if read_facts(folder / SNAPSHOTS / name, ordinal_of(name)) == "damaged")


def _names(folder: Path) -> list[str]:
    try:
        if not folder.is_dir():
            raise BackupInvalidError("missing")
        return [path.name for path in (folder / SNAPSHOTS).iterdir()]
    except FileNotFoundError:
        raise BackupInvalidError("not_a_backup") from None
    except NotADirectoryError:
        raise BackupInvalidError("not_a_backup") from None
    except OSError as gone:
        raise DriveRemovedError from gone


def chosen_snapshot(facts: BackupFacts, name: str) -> BackupSnapshot:
    """Return the named snapshot, or the newest; never an older one because the newest is damaged.

    Raises `BackupInvalidError`: `no_snapshot`, `damaged`, `newer`.
    """
    snapshot = facts.find(name)
    for reason, names in (("damaged", facts.damaged), ("newer", facts.newer)):
        if name in names or (not name and snapshot and any(ordinal_of(n) > snapshot.ordinal for n in names)):
            raise BackupInvalidError(reason)
    if snapshot is None:
        raise BackupInvalidError("no_snapshot")
    return snapshot


def remove_unfinished(folder: Path) -> None:
    """Remove what an interrupted backup left; nothing else is ever removed from a backup folder."""
    for path in (folder / SNAPSHOTS).glob(f"*{PARTIAL}"):
        if _NAME.fullmatch(path.name.removesuffix(PARTIAL)) and path.is_dir():
            shutil.rmtree(path)


def ordinal_of(name: str) -> int:
    """Return the number in a snapshot's name, or 0 when it is no such name."""
    match = _NAME.fullmatch(name)
    return int(match[1]) if match else 0
