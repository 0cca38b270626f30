"""Sealed months, and the written explanations of what they lack."""

from datetime import date, datetime

from sqlite_utils.db import Database

from app.errors import NotFoundError
from app.models.clock import from_text, to_text
from app.models.month import Month
from app.models.monthly import ArchiveRecord
from app.storage.bound_words import bound_row, fresh_key
from app.storage.rows import Row, change, reader, select, select_one, write

LIGHT_ARCHIVE = """SELECT id, month, version, number, folder_name, written_at, written_by, sha256_manifest_digest,
    sm3_manifest_digest, files, size, audit_seq, audit_head, reason, handed_over_on, handover_scan_sha256
    FROM archive"""


class MonthRecords:
    """One row a sealed version of a month; what it froze stays."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def explain(self, month: Month, gap_key: str, text: str, written_by: str, at: datetime) -> dict[str, str]:
        """Keep the latest words on a gap; return their place and keyed hash, for the audit entry."""
        row: Row = {
            "month": str(month),
            "gap_key": gap_key,
            "text": text,
            "written_by": written_by,
            "written_at": to_text(at),
            "audit_key": fresh_key(),
        }
        write(self._db, "month_explanation", row, replace=True)
        return bound_row("explanation", row)

    def explanations(self, month: Month) -> tuple[tuple[str, str], ...]:
        """Return (gap key, text) pairs."""
        sql = "SELECT gap_key, text FROM month_explanation WHERE month = ? ORDER BY gap_key"
        return tuple((row["gap_key"], row["text"]) for row in select(self._db, sql, (str(month),)))

    def add_archive(self, record: ArchiveRecord, contents: str) -> None:
        """Seal a version of a month with its frozen contents list (JSON)."""
        row: Row = {
            "id": record.id,
            "month": str(record.month),
            "version": record.version,
            "number": record.number,
            "folder_name": record.folder_name,
            "written_at": to_text(record.written_at),
            "written_by": record.written_by,
            "sha256_manifest_digest": record.sha256_manifest_digest,
            "sm3_manifest_digest": record.sm3_manifest_digest,
            "files": record.files,
            "size": record.size,
            "audit_seq": record.audit_seq,
            "audit_head": record.audit_head,
            "reason": record.reason,
            "handed_over_on": record.handed_over_on,
            "handover_scan_sha256": record.handover_scan_sha256,
            "contents": contents,
        }
        write(self._db, "archive", row)

    def archives(self, month: Month) -> tuple[ArchiveRecord, ...]:
        """Return every sealed version of a month, oldest first."""
        rows = select(self._db, f"{LIGHT_ARCHIVE} WHERE month = ? ORDER BY version", (str(month),))
        return tuple(map(read_archive, rows))

    def all_archives(self) -> tuple[ArchiveRecord, ...]:
        """Return every sealed version of every month, oldest first."""
        return tuple(map(read_archive, select(self._db, f"{LIGHT_ARCHIVE} ORDER BY month, version")))

    def contents(self, archive_id: str) -> str:
        """Return the contents list that a version froze."""
        row = select_one(self._db, "SELECT contents FROM archive WHERE id = ?", (archive_id,))
        if row is None:
            raise NotFoundError("archive", archive_id)
        return str(row["contents"])

    def save_handover(self, archive_id: str, on: date, scan_sha256: str) -> None:
        row: Row = {"handed_over_on": on.isoformat(), "handover_scan_sha256": scan_sha256}
        if not change(self._db, "archive", row, {"id": archive_id}):
            raise NotFoundError("archive", archive_id)


@reader("archive")
def read_archive(row: Row) -> ArchiveRecord:
    """Read a row of `archive`; raises as `reader` says."""
    return ArchiveRecord(**row | {"month": Month.parse(row["month"]), "written_at": from_text(row["written_at"])})
