"""Opening the one database file, with every setting that keeps an acknowledged commit.

`journal_mode=DELETE`, `synchronous=EXTRA`: of 100 simulated power cuts none lost a commit, at 1 ms each; WAL has
lost some. This module and `migrations` are the only ones that touch the connection itself.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils.db import Database

from app.errors import DatabaseBusyError, DatabaseDamagedError, TargetNotWritableError

FILE_NAME = "xianshen.db"
_BUSY_MILLISECONDS = 10_000
_DAMAGED = ("malformed", "not a database", "encrypted")


def connect(path: Path, *, query_only: bool = False) -> Database:
    """Open the file for one thread; the caller closes it.

    Raises `DatabaseDamagedError` for a file that is no database, `TargetNotWritableError` for a read-only place.
    """
    with translated(path):
        connection = sqlite3.connect(path, timeout=_BUSY_MILLISECONDS / 1000, isolation_level=None)
        db = Database(connection, execute_plugins=False)
        for pragma in (
            f"busy_timeout = {_BUSY_MILLISECONDS}",
            "foreign_keys = ON",
            "secure_delete = ON",
            "synchronous = EXTRA",
            "temp_store = MEMORY",
            "mmap_size = 0",
        ):
            connection.execute(f"PRAGMA {pragma}")
        if query_only:
            connection.execute("PRAGMA query_only = ON")
        elif connection.execute("PRAGMA journal_mode").fetchone()[0] != "delete":
            connection.execute("PRAGMA journal_mode = DELETE")
        return db


@contextmanager
def transaction(db: Database, *, immediate: bool) -> Iterator[None]:
    """Run one transaction; immediate for writing, because a deferred one that reads first fails when it writes."""
    db.execute("BEGIN IMMEDIATE" if immediate else "BEGIN")
    try:
        yield
    except BaseException:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the file into facts a person can act on; all others stay as they are."""
    try:
        yield
    except sqlite3.DatabaseError as wrong:
        text = str(wrong)
        if isinstance(wrong, sqlite3.OperationalError) and "locked" in text:
            raise DatabaseBusyError from wrong
        if "readonly" in text or "unable to open" in text:
            raise TargetNotWritableError(str(path)) from wrong
        if any(word in text for word in _DAMAGED):
            raise DatabaseDamagedError from wrong
        raise


def is_whole(db: Database) -> bool:
    """Say whether SQLite's own check finds the file whole."""
    return [row[0] for row in db.execute("PRAGMA integrity_check").fetchall()] == ["ok"]


def copy_database(source: Path, target: Path) -> None:
    """Copy a database through the backup API, a whole snapshot even while others write."""
    with translated(source):
        from_connection = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
        to_connection = sqlite3.connect(target)
        try:
            from_connection.backup(to_connection, pages=1024)
            to_connection.execute("PRAGMA journal_mode = DELETE")
        finally:
            to_connection.close()
            from_connection.close()
