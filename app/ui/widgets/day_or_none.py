"""A day that may not be known."""

from datetime import date

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from app.ui.theme import px
from app.ui.widgets.day_field import DayField


class DayOrNone(QWidget):
    """A tick that says there is a day, and the day."""

    def __init__(self, words: str, day: date | None, today: date, *, last: date | None = None) -> None:
        super().__init__()
        self.known, self.field = QCheckBox(words), DayField(day or today, last=last)
        self.field.setAccessibleName(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(self.known)
        row.addWidget(self.field, 1)
        self.known.toggled.connect(self.field.setEnabled)
        self.known.setChecked(day is not None)
        self.field.setEnabled(day is not None)

    @property
    def day(self) -> date | None:
        """The day, or None."""
        return self.field.day if self.known.isChecked() else None

    def typed_state(self) -> tuple[bool, date]:
        """Return both."""
        return self.known.isChecked(), self.field.day

    def show_typed(self, state: tuple[bool, date]) -> None:
        """Show both."""
        self.known.setChecked(state[0])
        self.field.show_day(state[1])
