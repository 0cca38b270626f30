"""Whether a data folder holds records, told without making or changing anything."""

from contextlib import closing
from pathlib import Path

from app.errors import DatabaseDamagedError, DatabaseMissingError, NewerDatabaseError
from app.storage.database import FILE_NAME, connect, translated
from app.storage.migrations import refuse_foreign


def holds_records(folder: Path) -> bool:
    """Say whether records were begun in a folder; a damaged or newer database counts, whoever opens it says so.

    Raises `DatabaseMissingError` for stored files beside no database, an empty one or one without a unit: starting
    anew there would give numbers a second time and look like a unit that never was.
    """
    if _is_begun(folder / FILE_NAME):
        return True
    if next((folder / "attachments").glob("*/*"), None) is not None:
        raise DatabaseMissingError(str(folder))
    return False


def _is_begun(path: Path) -> bool:
    # SQLite takes a file of no bytes for a database, and would throw its journal away to read it.
    if not path.is_file() or path.stat().st_size == 0:
        return False
    try:
        refuse_foreign(path)
        with translated(path), closing(connect(path, query_only=True)) as db:
            tables = {str(row[0]) for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "unit" not in tables:
                return bool(tables)
            return db.execute("SELECT 1 FROM unit LIMIT 1").fetchone() is not None
    except (DatabaseDamagedError, NewerDatabaseError):
        return True
