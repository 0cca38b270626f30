"""The shape of a backup folder: dated snapshots, each with its facts beside it, over one shared attachment store.

DIR/snapshots/0007-2026-12-01-161500/xianshen.db and backup.json; DIR/attachments as in the data folder.
A snapshot that is not finished is called .partial; it counts for nothing.
"""

import json
import re
import shutil
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from app.errors import BackupInvalidError, DriveRemovedError, TargetInsideSourceError
from app.models.archive_package import Progress, ProgressReport
from app.models.backup import BackupFacts, BackupSnapshot
from app.models.clock import beijing, from_text, to_text
from app.storage.attachments import FOLDER, AttachmentStore

SNAPSHOTS, MANIFEST, PARTIAL = "snapshots", "backup.json", ".partial"
_FORMAT = 1
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


def manifest_text(snapshot: BackupSnapshot) -> str:
    """Write the facts of a snapshot as they lie beside it."""
    told = asdict(snapshot) | {"taken_at": to_text(snapshot.taken_at), "format": _FORMAT}
    return json.dumps(told, ensure_ascii=False, indent=1)


def inspect_backup(folder: Path) -> BackupFacts:
    """Say which snapshots a backup folder holds; nothing is changed and no database is opened.

    Raises `BackupInvalidError`: `missing`, `not_a_backup`, `incomplete`, `damaged`, `newer`.
    """
    try:
        if not folder.is_dir():
            raise BackupInvalidError("missing")
        names = [path.name for path in (folder / SNAPSHOTS).iterdir()]
    except FileNotFoundError:
        raise BackupInvalidError("not_a_backup") from None
    except NotADirectoryError:
        raise BackupInvalidError("not_a_backup") from None
    except OSError as gone:
        raise DriveRemovedError from gone
    found = {name: _read(folder / SNAPSHOTS / name) for name in names if _NAME.fullmatch(name)}
    good = sorted((s for s in found.values() if isinstance(s, BackupSnapshot)), key=lambda s: s.ordinal, reverse=True)
    damaged = tuple(sorted(name for name, snapshot in found.items() if snapshot == "damaged"))
    newer = tuple(sorted(name for name, snapshot in found.items() if snapshot == "newer"))
    if not good:
        unfinished = any(name.endswith(PARTIAL) for name in names)
        without = "incomplete" if unfinished else "not_a_backup"
        raise BackupInvalidError("newer" if newer else "damaged" if damaged else without)
    return BackupFacts(folder, tuple(good), damaged, newer)


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


def _read(path: Path) -> BackupSnapshot | str:
    """Read the facts beside a snapshot, or say why they are not to be used: `damaged` or `newer`."""
    try:
        told = json.loads((path / MANIFEST).read_text("utf-8"))
        written = told.pop("format")
        if isinstance(written, int) and written > _FORMAT:
            return "newer"
        if written != _FORMAT or told["name"] != path.name:
            return "damaged"
        told["taken_at"], told["missing"] = from_text(told["taken_at"]), tuple(told["missing"])
        snapshot = BackupSnapshot(**told)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return "damaged"
    numbers = (snapshot.ordinal, snapshot.audit_seq, snapshot.database_size, snapshot.attachments)
    return snapshot if all(isinstance(number, int) for number in numbers) else "damaged"
