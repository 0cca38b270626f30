"""After a restore: what was lost since the backup, told by the paper, and numbers that continue beyond it."""

import json
import unicodedata
from datetime import date

from app.errors import (
    ChangedMeanwhileError,
    FieldInvalidError,
    HeadMismatchError,
    MissingFieldError,
    NumberImplausibleError,
    SignedOutError,
)
from app.models.backup import RESTORED, LostSpanReport, NumberSeries, RestoredFacts, SeriesTop
from app.models.clock import beijing_day, from_text
from app.models.month import Month
from app.models.policy import NUMBERS
from app.models.right import Right
from app.models.staff import Actor
from app.services.month_contents import first_archived_month
from app.services.record_room import RecordRoom
from app.storage.rows import as_written
from app.storage.unit_of_work import UnitOfWork

_OF_EARLIER_YEARS = frozenset({"review_sheet", "archive_cover"})
LOST = "lost"
"""Kind of subject of a number that was given after the backup; its draft is not on record."""
_MOST_NUMBERS, _MOST_ENTRIES = 5_000, 200_000
"""More cannot have been lost between two backups; a slip of the pen would burn the numbers for good."""
_SHORTEST_HEAD, _LONGEST_HEAD = 32, 64
"""Papers print 32 digits; their code holds all 64."""


class LostSpan:
    """The confirmation that opens the number series again."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def pending(self) -> RestoredFacts | None:
        """Return what was restored as long as its numbers are to be confirmed, or None."""
        with self._room.store.reading() as unit:
            return self._pending(unit)

    def settle(
        self, tops: tuple[SeriesTop, ...], audit_seq: int, audit_head: str, confirmed: Actor | None = None
    ) -> LostSpanReport:
        """Record the highest number of each series and the newest audit entry found on paper, and what is lost.

        A series of which paper holds no more is given with the number that is known; an audit number of 0 says that
        no paper is at hand. Raises `MissingFieldError` or `FieldInvalidError` (`lost_serial`, `audit_head`),
        `NumberImplausibleError`, `HeadMismatchError` for a paper that contradicts the records, and
        `ChangedMeanwhileError` when nothing waits any more; nothing is recorded then.

        `confirmed` is the administrator who has just confirmed the restore and need not sign in once more for this.
        """
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ADMINISTER) if confirmed is None else _restorer(unit, confirmed)
            facts = self._pending(unit)
            if facts is None:
                raise ChangedMeanwhileError
            lost = _lost_numbers(facts, tops)
            span = self._lost_entries(unit, facts, audit_seq, audit_head)
            subject = f"{LOST}:{facts.snapshot}"
            for series, last in lost:
                unit.numbers.note_lost(series.kind, series.year, series.word, last, subject, self._room.now())
            unit.settings.set(RESTORED, "")
            numbers = tuple((series.kind, series.year, series.last + 1, last) for series, last in lost)
            told: dict[str, object] = {"numbers": numbers, "audit_from": span[0], "audit_to": span[1]}
            if span[1]:
                told["audit_head"] = _tidy_head(audit_head)
            self._room.record(unit, actor, "backup.settle", f"backup:{facts.snapshot}", told)
        return LostSpanReport(numbers, *span)

    def _pending(self, unit: UnitOfWork) -> RestoredFacts | None:
        told = unit.settings.get(RESTORED)
        if not told:
            return None
        with as_written("setting", RESTORED):
            known = dict(json.loads(told))
            seq, head, snapshot = int(known["audit_seq"]), str(known["audit_head"]), str(known["snapshot"])
            restored_at = from_text(known["restored_at"])
        entry = unit.audit.find(seq)
        taken_at = entry.at if entry else restored_at
        return RestoredFacts(
            snapshot=snapshot,
            taken_at=taken_at,
            restored_at=restored_at,
            audit_seq=seq,
            audit_head=head,
            series=self._series(unit, beijing_day(taken_at)),
        )

    def _series(self, unit: UnitOfWork, taken_on: date) -> tuple[NumberSeries, ...]:
        """Return every series in which numbers may have been given since the backup, those of the newest year first.

        A cover counts in the year of its month, so the year before belongs to them, and that of every open month.
        Papers about accounts and passwords count in the year in which they are presented.
        """
        own, today = unit.units.get(), self._room.today()
        policy = unit.policies.current(today).policy
        first, last = min(taken_on.year - 1, self._first_open_year(unit)), max(taken_on.year, today.year)
        found = []
        for year in range(last, first - 1, -1):
            for kind in NUMBERS:
                if year < taken_on.year and kind not in _OF_EARLIER_YEARS:
                    continue
                given = unit.numbers.list(kind, year)
                known = given[-1].number if given else None
                word = known.word if known else own.code_word + policy.number_word(kind).value
                found.append(NumberSeries(kind, year, word, known.serial if known else 0))
        return tuple(found)

    def _first_open_year(self, unit: UnitOfWork) -> int:
        """Return the year of the first month whose cover has no number yet, or this year."""
        month, this = first_archived_month(unit), Month.of(self._room.now())
        while month is not None and month < this:
            if unit.numbers.of_subject("archive_cover", f"month:{month}") is None:
                return month.year
            month = month.next
        return this.year

    @staticmethod
    def _lost_entries(unit: UnitOfWork, facts: RestoredFacts, seq: int, head: str) -> tuple[int, int]:
        """Return the first and last number of the lost entries, zeros when paper knows of none."""
        if seq == 0:
            return 0, 0
        if not 0 < seq <= facts.audit_seq + _MOST_ENTRIES:
            raise NumberImplausibleError(seq, 0 if seq < 0 else facts.audit_seq, facts.audit_seq + _MOST_ENTRIES)
        typed = _tidy_head(head)
        entry = unit.audit.find(seq)
        if entry is not None and entry.hash.startswith(typed):
            return 0, 0
        if seq <= facts.audit_seq:
            raise HeadMismatchError(seq)
        return facts.audit_seq + 1, seq


def _restorer(unit: UnitOfWork, confirmed: Actor) -> Actor:
    """Return who confirmed the restore, as long as nothing was recorded after it."""
    head = unit.audit.head()
    newest = unit.audit.find(head.seq)
    if newest is None or (newest.action, newest.actor) != ("backup.restore", confirmed.person_id):
        raise SignedOutError
    return confirmed


def _lost_numbers(facts: RestoredFacts, tops: tuple[SeriesTop, ...]) -> list[tuple[NumberSeries, int]]:
    """Return each series that lost numbers, with the last of them."""
    given = {(top.kind, top.year): top.serial for top in tops}
    if len(given) != len(tops) or given.keys() - {(series.kind, series.year) for series in facts.series}:
        raise FieldInvalidError("lost_serial")
    lost = []
    for series in facts.series:
        serial = given.get((series.kind, series.year))
        if serial is None:
            raise MissingFieldError("lost_serial")
        if not series.last <= serial <= series.last + _MOST_NUMBERS:
            raise NumberImplausibleError(serial, series.last, series.last + _MOST_NUMBERS)
        if serial > series.last:
            lost.append((series, serial))
    return lost


def _tidy_head(head: str) -> str:
    """Return a typed head as small hexadecimal digits, or raise `FieldInvalidError`."""
    folded = unicodedata.normalize("NFKC", head).lower()
    typed = "".join(c for c in folded if c.isalnum())
    if not _SHORTEST_HEAD <= len(typed) <= _LONGEST_HEAD or set(typed) - set("0123456789abcdef"):
        raise FieldInvalidError("audit_head")
    return typed


def lies_in_lost_span(unit: UnitOfWork, seq: int, head: str) -> bool:
    """Say whether a paper with a number and head comes from a span that a restore lost.

    Of the last entry of a span the head is known from the newest paper, of those before it nothing.
    """
    spans = [settled.facts for settled in unit.audit.of_action("backup.settle")]
    for span in spans:
        if span["audit_to"] and span["audit_from"] <= seq <= span["audit_to"]:
            known = str(span["audit_head"])
            if seq != span["audit_to"] or known.startswith(head) or head.startswith(known):
                return True
    return False
