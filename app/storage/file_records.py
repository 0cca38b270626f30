"""Stored files with every use of them, and issued papers."""

from datetime import datetime

from sqlite_utils.db import Database

from app.errors import NotFoundError
from app.models.clock import from_text, to_text
from app.models.papercode import PaperKind
from app.models.records import FileUse, IssuedPaper, StoredFile, UseKind
from app.models.storable import storable
from app.storage.rows import Row, reader, select, select_one, write


class FileRecords:
    """Which files the attachment store must hold, and what each is used as."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def register(self, stored: StoredFile, at: datetime) -> None:
        """Put a stored file on record; a file on record already stays as it is."""
        sql = "INSERT INTO attachment (sha256, size, stored_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        self._db.execute(sql, (stored.sha256, stored.size, to_text(at)))

    def find(self, sha256: str) -> StoredFile | None:
        row = select_one(self._db, "SELECT sha256, size FROM attachment WHERE sha256 = ?", (sha256,))
        return StoredFile(row["sha256"], row["size"]) if row else None

    def list(self) -> tuple[StoredFile, ...]:
        rows = select(self._db, "SELECT sha256, size FROM attachment ORDER BY sha256")
        return tuple(StoredFile(row["sha256"], row["size"]) for row in rows)

    def use(self, sha256: str, kind: UseKind, subject: str, name: str, at: datetime) -> None:
        """Record one use of a file on record; the same use again changes nothing."""
        sql = """INSERT INTO attachment_use (sha256, kind, subject, name, added_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING"""
        self._db.execute(sql, (sha256, str(kind), subject, storable(name) or "文件", to_text(at)))

    def uses(self, subject: str, kind: UseKind) -> tuple[FileUse, ...]:
        """Return what is kept with a subject as one kind, oldest first."""
        sql = """SELECT attachment_use.*, size FROM attachment_use JOIN attachment USING (sha256)
            WHERE subject = ? AND kind = ? ORDER BY added_at, name, sha256"""
        return tuple(map(read_use, select(self._db, sql, (subject, str(kind)))))

    def uses_of(self, sha256: str) -> tuple[FileUse, ...]:
        """Return everything that one file is kept with."""
        sql = """SELECT attachment_use.*, size FROM attachment_use JOIN attachment USING (sha256)
            WHERE sha256 = ? ORDER BY subject, kind"""
        return tuple(map(read_use, select(self._db, sql, (sha256,))))

    def release(self, subject: str, kind: UseKind, sha256: str) -> None:
        """Take one use away; a file that nothing uses any more goes off record."""
        sql = "DELETE FROM attachment_use WHERE subject = ? AND kind = ? AND sha256 = ?"
        self._db.execute(sql, (subject, str(kind), sha256))
        if not self.used(sha256):
            self._db.execute("DELETE FROM attachment WHERE sha256 = ?", (sha256,))

    def unused(self) -> tuple[str, ...]:
        """Return the digests of what was kept for a draft that was not saved with it yet, or never."""
        sql = """SELECT sha256 FROM attachment WHERE sha256 NOT IN (SELECT sha256 FROM attachment_use)
            AND sha256 NOT IN (SELECT pdf_sha256 FROM paper)"""
        return tuple(row["sha256"] for row in select(self._db, sql))

    def forget_unused(self, but: frozenset[str]) -> tuple[str, ...]:
        """Take what is unused off record and return the digests."""
        found = tuple(digest for digest in self.unused() if digest not in but)
        for digest in found:
            self._db.execute("DELETE FROM attachment WHERE sha256 = ?", (digest,))
        return found

    def used(self, sha256: str) -> bool:
        """Say whether anything uses a file."""
        sql = """SELECT 1 FROM attachment_use WHERE sha256 = ?
            UNION ALL SELECT 1 FROM paper WHERE pdf_sha256 = ? LIMIT 1"""
        return select_one(self._db, sql, (sha256, sha256)) is not None


class PaperRecords:
    """Papers as issued; none is ever changed."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, paper: IssuedPaper) -> None:
        row: Row = {
            "id": paper.id,
            "kind": str(paper.kind),
            "subject_id": paper.subject_id,
            "revision": paper.revision,
            "number": paper.number,
            "policy_version": paper.policy_version,
            "audit_seq": paper.audit_seq,
            "audit_head": paper.audit_head,
            "pdf_sha256": paper.pdf_sha256,
            "pages": paper.pages,
            "issued_at": to_text(paper.issued_at),
            "issued_by": paper.issued_by,
            "data": paper.data,
        }
        write(self._db, "paper", row)

    def get(self, paper_id: str) -> IssuedPaper:
        row = select_one(self._db, "SELECT * FROM paper WHERE id = ?", (paper_id,))
        if row is None:
            raise NotFoundError("paper", paper_id)
        return read_paper(row)

    def latest(self, kind: PaperKind, subject_id: str, revision: int) -> IssuedPaper | None:
        """Return the paper issued last about one revision."""
        sql = """SELECT * FROM paper WHERE subject_id = ? AND revision = ? AND kind = ?
            ORDER BY audit_seq DESC, rowid DESC LIMIT 1"""
        row = select_one(self._db, sql, (subject_id, revision, str(kind)))
        return read_paper(row) if row else None

    def newest(self) -> IssuedPaper | None:
        """Return the paper issued last of all, or None."""
        row = select_one(self._db, "SELECT * FROM paper ORDER BY audit_seq DESC, rowid DESC LIMIT 1")
        return read_paper(row) if row else None

    def with_pdf(self, sha256: str) -> tuple[IssuedPaper, ...]:
        """Return the papers issued as one file."""
        return tuple(
            map(read_paper, select(self._db, "SELECT * FROM paper WHERE pdf_sha256 = ? ORDER BY id", (sha256,)))
        )

    def of_subject(self, subject_id: str) -> tuple[IssuedPaper, ...]:
        """Return every paper about a subject as they were issued, oldest first."""
        rows = select(self._db, "SELECT * FROM paper WHERE subject_id = ? ORDER BY audit_seq, rowid", (subject_id,))
        return tuple(map(read_paper, rows))


@reader("attachment_use")
def read_use(row: Row) -> FileUse:
    """Read a row of `attachment_use`; raises as `reader` says."""
    at = from_text(row["added_at"])
    return FileUse(row["sha256"], UseKind(row["kind"]), row["subject"], row["name"], at, row["size"])


@reader("paper")
def read_paper(row: Row) -> IssuedPaper:
    """Read a row of `paper`; raises as `reader` says."""
    return IssuedPaper(
        id=row["id"],
        kind=PaperKind(row["kind"]),
        subject_id=row["subject_id"],
        revision=row["revision"],
        number=row["number"],
        data=row["data"],
        policy_version=row["policy_version"],
        audit_seq=row["audit_seq"],
        audit_head=row["audit_head"],
        pdf_sha256=row["pdf_sha256"],
        pages=row["pages"],
        issued_at=from_text(row["issued_at"]),
        issued_by=row["issued_by"],
    )
