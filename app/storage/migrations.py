"""From any earlier version of the file to this one; a newer file is refused and never touched."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils.db import Database
from sqlite_utils.migrations import Migrations

from app.errors import DatabaseDamagedError, NewerDatabaseError, OlderDatabaseError, TargetNotWritableError
from app.storage import m0001_foundation, m0002_bound_words, m0003_accounts
from app.storage.database import connect, copy_database, is_whole, transaction, translated
from app.storage.former_copies import copy_name
from app.storage.guards import set_guards

APPLICATION_ID = 0x58534831  # "XSH1"

MIGRATIONS = Migrations("xianshen")
MIGRATIONS(name="m0001_foundation")(m0001_foundation.apply)
MIGRATIONS(name="m0002_bound_words")(m0002_bound_words.apply)
MIGRATIONS(name="m0003_accounts")(m0003_accounts.apply)

_KNOWN = frozenset({"m0001_foundation", "m0002_bound_words", "m0003_accounts"})


def bring_up_to_date(path: Path) -> None:
    """Create or migrate the file and set the guards, all in one transaction.

    Foreign keys are off while tables change and checked before the commit; a file with something in it is first
    copied beside itself. Raises `DatabaseDamagedError`, `NewerDatabaseError`, and what `translated` raises.
    """
    with translated(path), complete(path):
        refuse_foreign(path)
        with closing(connect(path, create=True)) as db:
            db.execute("PRAGMA foreign_keys = OFF")
            with transaction(db, immediate=True):
                pending = [migration.name for migration in MIGRATIONS.pending(db)]
                if pending:
                    if not _is_empty(db):
                        _keep_copy(db, path, pending[0])
                    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    MIGRATIONS.apply(db)
                    if db.execute("PRAGMA foreign_key_check").fetchall():
                        raise DatabaseDamagedError
                set_guards(db)


def refuse_older(path: Path) -> None:
    """Refuse, without a touch, a file that `bring_up_to_date` would migrate (`OlderDatabaseError`); raises as that."""
    with translated(path), complete(path):
        refuse_foreign(path)
        with closing(connect(path, query_only=True)) as db:
            if _KNOWN - {migration.name for migration in MIGRATIONS.applied(db)}:
                raise OlderDatabaseError


def _keep_copy(db: Database, path: Path, before: str) -> None:
    """Copy the file beside itself before a migration, unless SQLite finds it damaged."""
    if not is_whole(db):
        raise DatabaseDamagedError
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    kept = path.with_name(copy_name(before, stamp))
    unfinished = kept.with_suffix(".partial")
    unfinished.unlink(missing_ok=True)
    copy_database(path, unfinished)
    unfinished.replace(kept)


def refuse_foreign(path: Path) -> None:
    """Refuse a file of another program, and one that knows migrations this program does not, without a touch."""
    if not path.exists():
        return
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as wrong:
        raise TargetNotWritableError(str(path)) from wrong
    write_ahead, owner = header[18:20] == b"\x02\x02", header[68:72]
    if write_ahead and owner != APPLICATION_ID.to_bytes(4, "big"):
        # Even to read such a file SQLite would write beside it and into it.
        raise DatabaseDamagedError
    with closing(connect(path, query_only=True)) as db:
        owned_by = db.execute("PRAGMA application_id").fetchone()[0]
        if owned_by != APPLICATION_ID and not (owned_by == 0 and _is_empty(db)):
            raise DatabaseDamagedError
        if {migration.name for migration in MIGRATIONS.applied(db)} - _KNOWN:
            raise NewerDatabaseError


@contextmanager
def complete(path: Path) -> Iterator[None]:
    """Turn an error about a table or column into `DatabaseDamagedError` where the file lacks one that it should have.

    E.g. one that was written while this version was being made. Otherwise the statement is wrong: a bug stays one.
    """
    try:
        yield
    except sqlite3.OperationalError as wrong:
        if getattr(wrong, "sqlite_errorcode", 0) != sqlite3.SQLITE_ERROR or not _lacks_columns(path):
            raise
        raise DatabaseDamagedError from wrong


def _lacks_columns(path: Path) -> bool:
    fresh = Database(sqlite3.connect(":memory:", isolation_level=None), execute_plugins=False)
    with closing(fresh), closing(connect(path, query_only=True)) as db:
        MIGRATIONS.apply(fresh)
        return bool(_columns(fresh) - _columns(db))


def _columns(db: Database) -> set[tuple[str, str]]:
    sql = """SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table'"""
    return {(str(table), str(column)) for table, column in db.execute(sql).fetchall()}


def _is_empty(db: Database) -> bool:
    """Say whether nothing has been created in the file yet: a crash at the first start leaves such a file."""
    return db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
