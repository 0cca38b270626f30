"""保管期限: what is kept how long, and removing for good what is kept no longer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from app.errors import CancelledError, ClockDoubtfulError, NothingExpiredError, ReasonNeededError
from app.models.archive_package import Progress, ProgressReport
from app.models.clock import beijing_day, start_of_day
from app.models.expiry import ROWS, Expiry, RecordGroup, kept_years, last_year_over
from app.models.records import StatementKind
from app.models.right import Right
from app.models.storable import storable
from app.services.file_removal import count_given_up, give_up, give_up_copies, remove_given_up
from app.services.late_material import REMOVED_THROUGH
from app.services.record_room import RecordRoom
from app.services.sign_in import SignIn
from app.services.written_words import refuse_marked_words
from app.storage.unit_of_work import UnitOfWork

_LONGEST_PAUSE = timedelta(days=60)


@dataclass(frozen=True)
class Removed:
    """What an act of removal took away; `left` files could not be removed yet and go at the next start."""

    records: int
    files: int
    left: int = 0


class RetentionDesk:
    """The archivist's desk for the end of a record's life; nothing goes by itself."""

    def __init__(self, room: RecordRoom, sign_in: SignIn) -> None:
        self._room, self._sign_in = room, sign_in

    def expiries(self) -> tuple[Expiry, ...]:
        """Return for each group how long it is kept by the policy in force, and what of it is over."""
        with self._room.store.reading() as unit:
            return expiries_on(unit, self._room.today())

    def remove(
        self,
        group: RecordGroup,
        basis: str,
        passcode: str,
        second: str,
        second_passcode: str,
        report: ProgressReport | None = None,
    ) -> Removed:
        """Remove every record of a group whose time is over, on a written basis, before a second person.

        Both confirm with their own passcodes; `second` is the other's name.

        Numbers stay in the ledger, entries in the chain, and what was written to sticks and backups stays there.
        Cancelled while records are removed, nothing was done; later, the files that are left go at the next start.
        Raises `NothingExpiredError` with the day from which the oldest may go, `ReasonNeededError`.
        """
        basis = storable(basis).strip()
        if not basis:
            raise ReasonNeededError
        self._room.require(Right.ARCHIVE)
        refuse_marked_words(self._room, "removal", basis)
        self._sign_in.confirm(passcode)
        witness = self._sign_in.witness(second, second_passcode)
        now = self._room.now()
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ARCHIVE)
            expiry = _expiry(unit, group, self._room.today())
            if not expiry.due:
                raise NothingExpiredError(expiry.first_on)
            self._check_clock(unit)
            orphans = unit.expired.remove(group, expiry.through, now, _counting(report, expiry.due))
            unit.expired.forget_attempts(now.replace(year=now.year - 1, day=min(now.day, 28)))
            give_up(unit, orphans)
            give_up_copies(unit, self._room)
            if group is RecordGroup.FILED:
                unit.settings.set(REMOVED_THROUGH, str(expiry.through))
            stated = self._room.state(unit, actor, f"retention:{group}", StatementKind.REMOVAL, basis)
            facts: dict[str, object] = {
                "group": group,
                "through": expiry.through,
                "records": expiry.due,
                "files": len(orphans),
                "words": stated,
                "witness": witness.id,
            }
            self._room.record(unit, actor, "retention.remove", f"retention:{group}", facts)
        return Removed(expiry.due, len(orphans), self._remove_files(report))

    def _remove_files(self, report: ProgressReport | None) -> int:
        try:
            return remove_given_up(self._room, report)
        except CancelledError:
            return count_given_up(self._room)

    def today(self) -> date:
        """Return the Beijing day by which everything here is judged."""
        return self._room.today()

    def _check_clock(self, unit: UnitOfWork) -> None:
        """Refuse under a clock that has jumped: what it has removed, nobody brings back.

        Somebody must have worked by this clock before today, and not long ago.
        """
        today = self._room.today()
        last = unit.audit.last_before(start_of_day(today))
        if last is None or today - beijing_day(last.at) > _LONGEST_PAUSE:
            raise ClockDoubtfulError(today, beijing_day(last.at) if last else unit.units.first_day())


def _counting(report: ProgressReport | None, total: int) -> Callable[[], None]:
    """Return what counts the removed things one by one and tells them."""
    done = count(1)

    def tick() -> None:
        number = next(done)
        if report is not None:
            report(Progress("remove", number, total))

    return tick


def expiries_on(unit: UnitOfWork, day: date) -> tuple[Expiry, ...]:
    """Return for each group how long it is kept by the policy of a day, and what of it is over then."""
    return tuple(_expiry(unit, group, day) for group in RecordGroup)


def _expiry(unit: UnitOfWork, group: RecordGroup, day: date) -> Expiry:
    retention = unit.policies.current(day).policy.retention
    years, held = kept_years(retention, group), unit.expired.years(group)
    through = last_year_over(day, years)
    over = [year for year in held if year <= through]
    due = sum(held[year] for year in over)
    stated = tuple(retention[name] for name in ROWS[group] if name in retention)
    return Expiry(group, stated, years, min(held, default=None), max(over, default=0), due)
