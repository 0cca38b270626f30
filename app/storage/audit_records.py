"""The audit chain as stored: added to, read, never changed."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlite_utils.db import Database

from app.models.audit import GENESIS, AuditEntry, AuditHead, chained
from app.models.clock import from_text, to_text
from app.storage.rows import Row, as_written, reader, select, select_one, stream, write

CLOCK_SET_BACK = "clock_set_back_from"
"""时钟回拨: the fact under which an entry keeps the time of the entry before it when that is later than its own."""


class AuditRecords:
    """Entries by number; a clock that was set back changes neither their order nor the chain."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db, self._clock = db, clock

    def add(self, actor: str, role: str, action: str, subject: str, facts: dict[str, object]) -> AuditEntry:
        """Write the entry that follows the last one, at the clock's time."""
        last = select_one(self._db, "SELECT seq, at, hash FROM audit ORDER BY seq DESC LIMIT 1")
        head = AuditHead(last["seq"], last["hash"]) if last else AuditHead(0, GENESIS)
        at = self._clock()
        if last and to_text(at) < last["at"]:
            facts = facts | {CLOCK_SET_BACK: last["at"]}
        with as_written("audit", str(head.seq)):
            entry = chained(head, at, actor, role, action, subject, facts)
        row: Row = {
            "seq": entry.seq,
            "at": to_text(at),
            "actor": actor,
            "role": role,
            "action": action,
            "subject": subject,
            "detail": entry.detail,
            "prev": entry.prev,
            "hash": entry.hash,
        }
        write(self._db, "audit", row)
        return entry

    def head(self) -> AuditHead:
        row = select_one(self._db, "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
        return AuditHead(row["seq"], row["hash"]) if row else AuditHead(0, GENESIS)

    def last_before(self, moment: datetime) -> AuditEntry | None:
        """Return the newest entry that was written before a moment."""
        row = select_one(self._db, "SELECT * FROM audit WHERE at < ? ORDER BY seq DESC LIMIT 1", (to_text(moment),))
        return _entry(row) if row else None

    def find(self, seq: int) -> AuditEntry | None:
        row = select_one(self._db, "SELECT * FROM audit WHERE seq = ?", (seq,))
        return _entry(row) if row else None

    def set_back_since(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the times of entries after a moment that came under a clock set back, each with the one before it."""
        sql = f"""SELECT at, json_extract(detail, '$.{CLOCK_SET_BACK}') AS earlier FROM audit
            WHERE at >= ? AND earlier IS NOT NULL ORDER BY seq DESC"""  # noqa: S608 - a constant of this module
        for row in select(self._db, sql, (to_text(moment),)):
            yield from_text(row["at"]), from_text(row["earlier"])

    def entries(self) -> Iterator[AuditEntry]:
        """Read the whole chain from its first entry, a few at a time."""
        return map(_entry, stream(self._db, "SELECT * FROM audit ORDER BY seq"))

    def page(self, offset: int, limit: int) -> tuple[AuditEntry, ...]:
        """Return some entries, newest first; numbers have no gap, so that no page is further away than another."""
        sql = "SELECT * FROM audit WHERE seq <= ? ORDER BY seq DESC LIMIT ?"
        return tuple(map(_entry, select(self._db, sql, (self.head().seq - offset, limit))))

    def of_action(self, action: str) -> tuple[AuditEntry, ...]:
        """Return every entry of one kind of act, oldest first."""
        return tuple(map(_entry, select(self._db, "SELECT * FROM audit WHERE action = ? ORDER BY seq", (action,))))

    def of_subjects(self, subjects: tuple[str, ...], most: int = 200) -> tuple[AuditEntry, ...]:
        """Return the last entries about some subjects (kind:id), newest first."""
        marks = ", ".join("?" * len(subjects))
        sql = f"SELECT * FROM audit WHERE subject IN ({marks}) ORDER BY seq DESC LIMIT ?"  # noqa: S608
        return tuple(map(_entry, select(self._db, sql, (*subjects, most))))

    def acts(self, actions: tuple[str, ...], after: int, before: datetime) -> tuple[AuditEntry, ...]:
        """Return the entries of some kinds of act that follow a number and stand before a moment, oldest first."""
        marks = ", ".join("?" * len(actions))
        sql = f"SELECT * FROM audit WHERE seq > ? AND at < ? AND action IN ({marks}) ORDER BY seq"  # noqa: S608
        return tuple(map(_entry, select(self._db, sql, (after, to_text(before), *actions))))

    def count(self) -> int:
        return self.head().seq


@reader("audit")
def _entry(row: Row) -> AuditEntry:
    return AuditEntry(
        row["seq"],
        from_text(row["at"]),
        row["actor"],
        row["role"],
        row["action"],
        row["subject"],
        row["detail"],
        row["prev"],
        row["hash"],
    )
