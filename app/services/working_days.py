"""The unit's table of working days, seeded by chinesecalendar and edited by hand."""

from datetime import date, timedelta

from app.models.right import Right
from app.models.workday import WorkCalendar
from app.services.record_room import RecordRoom
from app.storage.unit_of_work import UnitOfWork


def seed_working_days(unit: UnitOfWork, year: int) -> None:
    """Copy the State Council's arrangement of the years around `year`, as far as it is known."""
    from chinese_calendar import Holiday, get_holiday_detail, is_workday  # only the first start pays for it

    names = {holiday.value: holiday.chinese for holiday in Holiday}
    for known in range(year - 1, year + 2):
        day, last = date(known, 1, 1), date(known, 12, 31)
        try:
            is_workday(last)
        except NotImplementedError:
            continue
        while day <= last:
            if is_workday(day) != (day.weekday() < 5):
                unit.workdays.set_day(day, is_workday(day), names.get(get_holiday_detail(day)[1], ""))
            day += timedelta(days=1)
        unit.workdays.announce(known, "国务院办公厅节假日安排")


class WorkingDays:
    """Looking up and editing the table."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def calendar(self) -> WorkCalendar:
        """Return the table as a calendar to count with."""
        with self._room.store.reading() as unit:
            return unit.workdays.calendar()

    def days(self, year: int) -> tuple[tuple[date, bool, str], ...]:
        """Return the days of a year that differ from the plain week: day, works, note."""
        with self._room.store.reading() as unit:
            return unit.workdays.days(year)

    def set_day(self, day: date, *, works: bool, note: str) -> None:
        """Enter a day off or a make-up day."""
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ADMINISTER)
            unit.workdays.set_day(day, works, note.strip())
            self._room.record(unit, actor, "workday.set", f"workday:{day.isoformat()}", {"works": works})

    def remove_day(self, day: date) -> None:
        """Take an entry out again, so that the plain week holds."""
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ADMINISTER)
            unit.workdays.remove_day(day)
            self._room.record(unit, actor, "workday.remove", f"workday:{day.isoformat()}")

    def announce(self, year: int, source: str) -> None:
        """Mark a year's arrangement as entered, with the paper it was taken from."""
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ADMINISTER)
            unit.workdays.announce(year, source.strip())
            self._room.record(unit, actor, "workday.announce", f"workday:{year}")
