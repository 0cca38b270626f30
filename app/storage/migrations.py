"""From any earlier version of the file to this one; a newer file is refused and never touched."""

from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils.db import Database
from sqlite_utils.migrations import Migrations

from app.errors import DatabaseDamagedError, NewerDatabaseError
from app.storage import m0001_foundation
from app.storage.database import connect, copy_database, is_whole, transaction, translated
from app.storage.guards import set_guards

APPLICATION_ID = 0x58534831  # "XSH1"

MIGRATIONS = Migrations("xianshen")


@MIGRATIONS(name="m0001_foundation", transactional=False)
def _m0001(db: Database) -> None:
    with transaction(db, immediate=True):
        m0001_foundation.apply(db)


def bring_up_to_date(path: Path) -> None:
    """Create or migrate the file and set the guards.

    Foreign keys are off while tables change and checked afterwards; an existing file is copied beside itself first.
    """
    fresh = not path.exists() or path.stat().st_size == 0
    db = connect(path)
    try:
        with translated(path):
            _refuse_foreign(db, fresh=fresh)
            pending = MIGRATIONS.pending(db)
            if pending:
                if not fresh:
                    if not is_whole(db):
                        raise DatabaseDamagedError
                    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
                    copy_database(path, path.with_name(f"{path.stem}-before-{pending[0].name}-{stamp}.db"))
                db.execute("PRAGMA foreign_keys = OFF")
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                MIGRATIONS.apply(db)
                if db.execute("PRAGMA foreign_key_check").fetchall():
                    raise DatabaseDamagedError
                db.execute("PRAGMA foreign_keys = ON")
            with transaction(db, immediate=True):
                set_guards(db)
    finally:
        db.close()


def _refuse_foreign(db: Database, *, fresh: bool) -> None:
    """Refuse a file of another program, and one that knows migrations this program does not."""
    if fresh:
        return
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise DatabaseDamagedError
    known = {migration.name for migration in MIGRATIONS.pending(db)} | {m.name for m in MIGRATIONS.applied(db)}
    registered = {"m0001_foundation"}
    if known - registered:
        raise NewerDatabaseError
