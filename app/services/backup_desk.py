"""Backup and restore: a snapshot to a folder, and back into an empty one by two people."""

from pathlib import Path

from app.models.archive_package import ProgressReport
from app.models.backup import BackupFacts, BackupReport
from app.models.right import Right
from app.services.record_room import RecordRoom
from app.storage.backups import back_up, inspect_backup


class BackupDesk:
    """Copies of the data, and where the last one lies."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def back_up(self, target: Path, report: ProgressReport | None = None) -> BackupReport:
        """Write a dated snapshot and the attachments it needs to a folder, verified."""
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ADMINISTER)
            self._room.record(unit, actor, "backup.begin", "backup:folder")
        done = back_up(self._room.store.folder, target, self._room.now(), report)
        with self._room.store.writing() as unit:
            unit.settings.set("last_backup_at", self._room.now().isoformat())
            self._room.record(unit, actor, "backup.done", "backup:folder", {"entries": done.audit_seq})
        return done

    def last(self) -> str:
        """Return when the last backup was made (ISO text), or '' when there was none."""
        with self._room.store.reading() as unit:
            return unit.settings.get("last_backup_at") or ""

    @staticmethod
    def inspect(folder: Path) -> BackupFacts:
        """Say what a backup folder holds; nothing is changed."""
        return inspect_backup(folder)
