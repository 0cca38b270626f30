"""A day to type or to pick from a calendar."""

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QDateEdit, QDateTimeEdit, QWidget

from app.ui.theme import px, tokens


class DayField(QDateEdit):
    """Shows a day as 2026年11月24日; `first` and `last` are the days that can be chosen at all."""

    def __init__(
        self, day: date, *, first: date | None = None, last: date | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        open_calendar(self)
        self.setDisplayFormat("yyyy年M月d日")
        if first is not None:
            self.setMinimumDate(_shown(first))
        if last is not None:
            self.setMaximumDate(_shown(last))
        self.setDate(_shown(day))

    def begin(self, first: date) -> None:
        """Show the first day that can be chosen from now on."""
        self.setMinimumDate(_shown(first))
        self.setDate(_shown(first))

    def show_day(self, day: date) -> None:
        """Show a day."""
        self.setDate(_shown(day))

    @property
    def day(self) -> date:
        """The day that stands in the field."""
        picked = self.date()
        return date(picked.year(), picked.month(), picked.day())


def open_calendar(field: QDateTimeEdit) -> None:
    """Let a field open a calendar with weekends in the red of the theme and room for the last week."""
    field.setCalendarPopup(True)
    calendar, red = field.calendarWidget(), QTextCharFormat()
    red.setForeground(QColor(tokens().danger))
    for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(weekday, red)
    calendar.setMinimumHeight(px(240))


def _shown(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
