"""本机安全自检: the PC is looked at, and each finding is judged by its row in `app.models.self_check`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from app.errors import AppError
from app.labels import label, long_date, long_moment
from app.messages import explain
from app.models.clock import beijing_day
from app.models.month import Month
from app.models.self_check import (
    PRINTED_SOON,
    CheckSubject,
    Colour,
    Look,
    Told,
    backup_state,
    clock_state,
    file_system_state,
    judge,
    sqlite_state,
    was_set_back,
)
from app.models.terminal import ThisTerminal, Whereabouts
from app.services.month_contents import first_filed_month
from app.services.record_room import RecordRoom
from app.services.terminals import Terminals
from app.storage.database import SQLITE_VERSION
from app.storage.drive_facts import is_network
from app.storage.unit_of_work import UnitOfWork

_FINE = {Colour.GREEN: True, Colour.AMBER: None, Colour.RED: False}
_REMEMBERED = timedelta(days=90)
"""For how long a clock that was set back is told."""


@dataclass(frozen=True)
class PcView:
    """What looks at the system: the store of secrets, the login program, the disk under a folder."""

    secret_store: Callable[[], str]
    automatic_login: Callable[[], Told]
    disk_encryption: Callable[[Path], Told]
    file_system: Callable[[Path], str]
    sqlite_version: tuple[int, ...] = SQLITE_VERSION


class SelfCheck:
    """Looks one thing over after the other; nothing is changed, and one that fails never hides the next."""

    def __init__(self, room: RecordRoom, terminals: Terminals, pc: PcView) -> None:
        self._room, self._terminals, self._pc = room, terminals, pc

    def looks(self) -> Iterator[Look]:
        """Look at everything, in the order of `CheckSubject`."""
        for subject, look in (
            (CheckSubject.TERMINAL, self._terminal),
            (CheckSubject.SECRET_STORE, self._secret_store),
            (CheckSubject.AUTOMATIC_LOGIN, self._pc.automatic_login),
            (CheckSubject.ENCRYPTION, self._encryption),
            (CheckSubject.FILE_SYSTEM, self._file_system),
            (CheckSubject.SQLITE, self._sqlite),
            (CheckSubject.CLOCK, self._clock),
            (CheckSubject.BACKUP, self._backup),
            (CheckSubject.ARCHIVE, self._archive),
            (CheckSubject.PRINTED_HEAD, self._printed_head),
        ):
            try:
                judged = judge(subject, look())
            except AppError as error:
                sentence = explain(error)
                yield Look(label(subject), False, sentence.what, sentence.todo)
            else:
                yield Look(label(subject), _FINE[judged.colour], judged.sentence, judged.todo)

    def _terminal(self) -> Told:
        return _terminal_told(self._terminals.this_terminal())

    def _secret_store(self) -> Told:
        if name := self._pc.secret_store():
            return Told("there", {"name": name})
        with self._room.store.reading() as unit:
            kept = sum(bool(one.envelopes) for one in unit.credentials.list())
        return Told("missing_though_needed", {"count": str(kept)}) if kept else Told("missing")

    def _encryption(self) -> Told:
        return self._pc.disk_encryption(self._room.store.folder)

    def _file_system(self) -> Told:
        name = self._pc.file_system(self._room.store.folder)
        return Told(file_system_state(name, network=is_network(name)), {"name": name})

    def _sqlite(self) -> Told:
        version = self._pc.sqlite_version
        return Told(sqlite_state(version), {"version": "SQLite " + ".".join(map(str, version[:3]))})

    def _clock(self) -> Told:
        now = self._room.now()
        with self._room.store.reading() as unit:
            last = unit.audit.find(unit.audit.head().seq)
            jumps = unit.audit.set_back_since(now - _REMEMBERED)
            jump = next(((at, before) for at, before in jumps if was_set_back(at, before)), None)
        at, before = jump or (now, now)
        words = {"now": long_moment(now), "at": long_moment(at), "before": long_moment(before)}
        if last is not None:
            words |= {"last": long_moment(last.at), "days": str((now - last.at).days)}
        return Told(clock_state(now, last.at if last else None, set_back=jump is not None), words)

    def _backup(self) -> Told:
        today = self._room.today()
        with self._room.store.reading() as unit:
            told, first, sample = unit.settings.get("last_backup_at"), unit.units.first_day(), _is_sample(unit)
        last = _day_of(told or "")
        if told and last is None:
            return Told("unreadable")
        if last is None and sample:
            return Told("sample")
        days = (today - (last or first)).days
        words = {"day": long_date(last) if last else "", "days": str(days)}
        return Told(backup_state(last, today, first), words)

    def _archive(self) -> Told:
        today = self._room.today()
        with self._room.store.reading() as unit:
            waiting, done = _months(unit, today)
            due_day = unit.policies.current(today).policy.limit("archive_due_day").number
            sample = _is_sample(unit)
        if not waiting:
            return Told("done", {"month": done[-1].chinese}) if done else Told("nothing_due")
        due = date(waiting[0].next.year, waiting[0].next.number, due_day)
        words = {"month": waiting[0].chinese, "day": long_date(due), "count": str(len(waiting))}
        if today <= due:
            return Told("waiting", words)
        if sample:
            return Told("sample")
        return Told("several_late" if len(waiting) > 1 else "late", words)

    def _printed_head(self) -> Told:
        with self._room.store.reading() as unit:
            paper = unit.papers.newest()
            if paper is None:
                return Told("never")
            entry, head = unit.audit.find(paper.audit_seq), unit.audit.head()
        printed = beijing_day(paper.issued_at)
        since = head.seq - paper.audit_seq
        words = {"day": long_date(printed), "seq": str(paper.audit_seq), "since": str(since)}
        if entry is None or entry.hash != paper.audit_head:
            return Told("differs", words)
        fresh = (self._room.today() - printed).days <= PRINTED_SOON
        return Told("recent" if fresh else "old", words)


def _terminal_told(found: ThisTerminal) -> Told:
    words = {"number": found.terminal.number if found.terminal else ""}
    if found.is_registered and found.where is Whereabouts.OVERDUE and found.leave is not None:
        return Told("overdue", words | {"day": long_date(found.leave.to_on)})
    return Told(found.standing.value, words)


def _months(unit: UnitOfWork, today: date) -> tuple[tuple[Month, ...], tuple[Month, ...]]:
    """Return the months that are over and have something to archive: those that wait, and those that are sealed."""
    archived = {record.month for record in unit.months.all_archives()}
    month, last = first_filed_month(unit), Month(today.year, today.month).previous
    over: list[Month] = []
    while month is not None and month <= last:
        over.append(month)
        month = month.next
    waiting = tuple(one for one in over if one not in archived)
    return waiting, tuple(one for one in over if one in archived)


def _is_sample(unit: UnitOfWork) -> bool:
    own = unit.units.find()
    return own is not None and own.sample


def _day_of(text: str) -> date | None:
    try:
        return beijing_day(datetime.fromisoformat(text))
    except ValueError:
        return None
