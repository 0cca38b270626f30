"""Keys under which what people wrote beside an act is bound to the audit chain; rows from before have none."""

from sqlite_utils.db import Database

_BOUND = ("revision", "decision", "publication", "month_explanation")


def apply(db: Database) -> None:
    """Give each of these tables the key that is kept in, and removed with, its record."""
    for table in _BOUND:
        db.execute(f"ALTER TABLE {table} ADD COLUMN audit_key BLOB NOT NULL DEFAULT x''")
