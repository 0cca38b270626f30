"""Working days: the unit's table first, weekends where it is silent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class WorkCalendar:
    """Days off and make-up days as a table (True works); `years` are those the State Council has announced."""

    days: Mapping[date, bool]
    years: frozenset[int]

    def works(self, day: date) -> bool:
        """Say whether a day is worked."""
        known = self.days.get(day)
        return day.weekday() < 5 if known is None else known

    def announced(self, day: date) -> bool:
        """Say whether the year's arrangement is known; otherwise the screen shows 尚未公布，按周末推算."""
        return day.year in self.years

    def after(self, start: date, working_days: int) -> date:
        """Return the day on which a limit ends: the n-th working day after `start` (0 gives `start`)."""
        day = start
        while working_days > 0:
            day += timedelta(days=1)
            working_days -= self.works(day)
        return day
