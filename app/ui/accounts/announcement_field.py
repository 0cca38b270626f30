"""What the public is told of a change or an end: the text, the days it stands, and where (国办发〔2018〕123号)."""

from datetime import date

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.models.account_application import Announcement
from app.ui.theme import px
from app.ui.widgets.day_or_none import DayOrNone
from app.ui.widgets.form_grid import FormGrid


class AnnouncementField(QWidget):
    """All four parts; each may be empty."""

    def __init__(self, told: Announcement, today: date) -> None:
        super().__init__()
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(px(76))
        self.from_on, self.to_on = DayOrNone("已定", None, today), DayOrNone("已定", None, today)
        self.link = QLineEdit()
        self.link.setMaxLength(2000)
        self.form = FormGrid()
        self.form.add("公告文本", self.text)
        self.form.add("公告开始", self.from_on)
        self.form.add("公告结束", self.to_on)
        self.form.add("公告链接", self.link)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self.show_typed(told)

    @property
    def told(self) -> Announcement:
        """What stands in the fields."""
        return Announcement(self.text.toPlainText().strip(), self.from_on.day, self.to_on.day, self.link.text().strip())

    def typed_state(self) -> Announcement:
        """Return what stands in the fields."""
        return self.told

    def show_typed(self, state: Announcement) -> None:
        """Show an announcement."""
        self.text.setPlainText(state.text)
        self.link.setText(state.link)
        for field, day in ((self.from_on, state.from_on), (self.to_on, state.to_on)):
            field.show_typed((day is not None, day or field.field.day))
