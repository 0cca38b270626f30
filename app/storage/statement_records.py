"""What people stated in writing beside an act, and the keys under which the audit chain knows it."""

from sqlite_utils.db import Database

from app.models.clock import from_text, to_text
from app.models.records import Statement, StatementKind
from app.storage.bound_words import bound_row, fresh_key
from app.storage.rows import Row, reader, select, write


class StatementRecords:
    """Statements, oldest first; removing one removes its key, so that its hash tells nothing any more."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, statement: Statement) -> dict[str, str]:
        """Keep a statement; return its place and the keyed hash that stands for it in the audit chain."""
        row: Row = {
            "id": statement.id,
            "subject": statement.subject,
            "kind": str(statement.kind),
            "text": statement.text,
            "about": statement.about,
            "stated_by": statement.stated_by,
            "stated_at": to_text(statement.stated_at),
            "audit_key": fresh_key(),
        }
        write(self._db, "statement", row)
        return bound_row("statement", row)

    def of_subject(self, subject: str, kind: StatementKind) -> tuple[Statement, ...]:
        sql = "SELECT * FROM statement WHERE subject = ? AND kind = ? ORDER BY stated_at, rowid"
        return tuple(map(read_statement, select(self._db, sql, (subject, str(kind)))))


@reader("statement")
def read_statement(row: Row) -> Statement:
    """Read a row of `statement`; raises as `reader` says."""
    return Statement(
        id=row["id"],
        subject=row["subject"],
        kind=StatementKind(row["kind"]),
        text=row["text"],
        stated_by=row["stated_by"],
        stated_at=from_text(row["stated_at"]),
        about=row["about"],
    )
