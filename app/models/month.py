"""A calendar month in Beijing time, the unit in which everything is filed (article 15(4))."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from app.errors import MonthTextError
from app.models.clock import BEIJING, beijing_day


@dataclass(frozen=True, order=True)
class Month:
    """One month of one year; `str()` gives 2026-10, `chinese` gives 2026年10月."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 12 and 2000 <= self.year <= 2199):
            raise MonthTextError(f"{self.year}-{self.number}")

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def chinese(self) -> str:
        """The month as papers write it, 2026年9月."""
        return f"{self.year}年{self.number}月"

    @property
    def first_day(self) -> date:
        """The first calendar day."""
        return date(self.year, self.number, 1)

    @property
    def starts_at(self) -> datetime:
        """The first moment, at Beijing midnight."""
        return datetime(self.year, self.number, 1, tzinfo=BEIJING)

    @property
    def ends_at(self) -> datetime:
        """The first moment that no longer belongs to the month."""
        return self.next.starts_at

    @property
    def next(self) -> "Month":
        """The month after this one."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> "Month":
        """The month before this one."""
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    def holds(self, moment: datetime) -> bool:
        """Say whether an aware moment falls into the month."""
        return self.starts_at <= moment < self.ends_at

    @staticmethod
    def of(moment: datetime) -> "Month":
        """Return the Beijing month in which an aware moment falls."""
        day = beijing_day(moment)
        return Month(day.year, day.month)

    @staticmethod
    def parse(text: str) -> "Month":
        """Read YYYY-MM, or refuse with `MonthTextError`."""
        match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
        if match is None:
            raise MonthTextError(text)
        return Month(int(match[1]), int(match[2]))
