"""Reading the audit chain: page by page, whole, or a head typed from a signed paper."""

from dataclasses import dataclass

from app.models.audit import GENESIS, AuditEntry, AuditHead, first_break
from app.services.record_room import RecordRoom


@dataclass(frozen=True)
class ChainReport:
    """The result of checking the whole chain; `broken_at` is 0 when it holds."""

    entries: int
    head: AuditHead
    broken_at: int


class AuditDesk:
    """The auditor's desk; nobody edits here."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def check(self) -> ChainReport:
        """Verify every entry against the one before it."""
        with self._room.store.reading() as unit:
            broken = first_break(unit.audit.entries(), AuditHead(0, GENESIS))
            return ChainReport(unit.audit.count(), unit.audit.head(), broken or 0)

    def page(self, offset: int, limit: int) -> tuple[AuditEntry, ...]:
        """Return entries, newest first."""
        with self._room.store.reading() as unit:
            return unit.audit.page(offset, limit)

    def count(self) -> int:
        """Return how many entries there are."""
        with self._room.store.reading() as unit:
            return unit.audit.count()

    def witnesses(self, seq: int, head: str) -> bool:
        """Say whether a number and head (at least 16 digits of it) read from a paper are in this chain."""
        typed = "".join(head.split()).lower()
        with self._room.store.reading() as unit:
            entry = unit.audit.find(seq)
        return entry is not None and len(typed) >= 16 and entry.hash.startswith(typed)
