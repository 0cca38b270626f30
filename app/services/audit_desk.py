"""Reading the audit chain: page by page, whole, or a head typed from a signed paper."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from app.models.audit import GENESIS, AuditEntry, AuditHead, first_break
from app.models.stated_words import StatedWords, WordsReport
from app.services.lost_span import lies_in_lost_span
from app.services.record_room import RecordRoom
from app.storage.unit_of_work import UnitOfWork

_SHORTEST = 16


class Witness(StrEnum):
    """How a signed paper stands to the chain."""

    MATCHES = "matches"
    LOST = "lost"
    """Its number lies in a span that a restore lost: the paper is what is left of it."""
    DIFFERS = "differs"


@dataclass(frozen=True)
class ChainReport:
    """The result of checking the whole chain; `broken_at` is 0 when it holds.

    `words` names the records whose words are not those that the chain was told of, or that are gone.
    """

    entries: int
    head: AuditHead
    broken_at: int
    words: WordsReport


class AuditDesk:
    """The auditor's desk; nobody edits here."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def check(self) -> ChainReport:
        """Verify every entry against the one before it, and what people wrote against its entry."""
        with self._room.store.reading() as unit:
            return checked_chain(unit)

    def page(self, offset: int, limit: int) -> tuple[AuditEntry, ...]:
        """Return entries, newest first."""
        with self._room.store.reading() as unit:
            return unit.audit.page(offset, limit)

    def count(self) -> int:
        """Return how many entries there are."""
        with self._room.store.reading() as unit:
            return unit.audit.count()

    def witnesses(self, seq: int, head: str) -> Witness:
        """Say how a number and head (at least 16 digits of it) read from a paper stand to this chain.

        After a restore the chain goes on from the backup, so that numbers of the lost span are given again.
        """
        typed = _typed(head)
        if len(typed) < _SHORTEST:
            return Witness.DIFFERS
        with self._room.store.reading() as unit:
            entry = unit.audit.find(seq)
            if entry is not None and entry.hash.startswith(typed):
                return Witness.MATCHES
            return Witness.LOST if lies_in_lost_span(unit, seq, typed) else Witness.DIFFERS


def checked_chain(unit: UnitOfWork) -> ChainReport:
    """Check the chain entry by entry, then the words of every record that is bound to it."""
    words = StatedWords()
    broken = first_break(words.reading(unit.audit.entries()), AuditHead(0, GENESIS)) or 0
    compared = WordsReport() if broken else words.compared(unit.bound.standing(), unit.row_check.strange())
    return ChainReport(unit.audit.count(), unit.audit.head(), broken, compared)


def _typed(head: str) -> str:
    """Return a head as typed, in small half-width digits without what groups them; '' when it is none."""
    folded = unicodedata.normalize("NFKC", head).lower()
    typed = "".join(c for c in folded if c.isalnum())
    return "" if set(typed) - set("0123456789abcdef") else typed
