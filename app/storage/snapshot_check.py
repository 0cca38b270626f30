"""Whether a copy of the database is one to rely on, and what it holds."""

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.errors import AuditBrokenError, DatabaseDamagedError, RecordAlteredError
from app.models.audit import GENESIS, AuditHead, first_break
from app.models.records import StoredFile
from app.storage.audit_records import AuditRecords
from app.storage.database import connect, is_whole, transaction, translated
from app.storage.file_records import FileRecords
from app.storage.migrations import refuse_foreign
from app.storage.people_records import UnitRecords


@dataclass(frozen=True)
class SnapshotContents:
    """Whose records they are, the newest audit entry, and every file they refer to."""

    unit_id: str
    unit_name: str
    head: AuditHead
    files: tuple[StoredFile, ...]


def checked_snapshot(path: Path) -> SnapshotContents:
    """Check a copy that nobody else has open and say what it holds; nothing is written.

    Raises `DatabaseDamagedError`, `NewerDatabaseError`, `AuditBrokenError`.
    """
    refuse_foreign(path)
    with closing(connect(path, query_only=True)) as db, translated(path), transaction(db, immediate=False):
        if not is_whole(db):
            raise DatabaseDamagedError
        chain = AuditRecords(db, no_clock)
        try:
            broken = first_break(chain.entries(), AuditHead(0, GENESIS))
        except (ValueError, RecordAlteredError) as unreadable:
            # A time or a hash that is none.
            raise DatabaseDamagedError from unreadable
        if broken is not None:
            raise AuditBrokenError(broken)
        unit = UnitRecords(db).find()
        own = (unit.id, unit.name) if unit else ("", "")
        return SnapshotContents(*own, chain.head(), FileRecords(db).list())


def no_clock() -> datetime:
    """Return the PC's time; nothing that only reads the chain asks for it."""
    return datetime.now(UTC)
