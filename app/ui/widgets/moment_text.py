"""Times as people say them: 今天 10:42, 昨天 17:20, 11-21, 2025-11-21; the full time goes into the tooltip."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.labels import long_date, long_moment
from app.models.clock import beijing, beijing_day


def moment_text(moment: datetime, now: datetime) -> str:
    """Say an aware moment as seen from `now`."""
    day, today = beijing_day(moment), beijing_day(now)
    clock = f"{beijing(moment):%H:%M}"
    if day == today:
        return f"今天 {clock}"
    if day == today - timedelta(days=1):
        return f"昨天 {clock}"
    return day_text(day, today)


def day_text(day: date, today: date) -> str:
    """Say a day as seen from today: 今天, 昨天, 明天, 11-21, 2025-11-21."""
    near = {0: "今天", -1: "昨天", 1: "明天"}.get((day - today).days)
    if near is not None:
        return near
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


class MomentLabel(QLabel):
    """A label with a time as people say it and the full time as its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def show_moment(self, moment: datetime, now: datetime) -> None:
        """Show an aware moment."""
        self.setText(moment_text(moment, now))
        self.setToolTip(long_moment(moment))

    def show_day(self, day: date, today: date) -> None:
        """Show a day."""
        self.setText(day_text(day, today))
        self.setToolTip(long_date(day))
