"""工作日: the days that differ from the plain week, and whether a year's arrangement is known."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QSpinBox, QTableView, QWidget

from app.labels import long_date
from app.models.workday import WorkCalendar
from app.ui.desk import Desk
from app.ui.settings.settings_section import Section
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.day_field import DayField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.quiet_table import FittedColumns, quiet_table

HEADINGS = ("日期", "上班还是休息", "说明")
_WEEKDAYS = "一二三四五六日"


class WorkdaySection(Section):
    """The table of working days, edited by hand when the State Council announces a year."""

    heading = "工作日"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._days: list[date] = []
        self.year = QSpinBox()
        self.year.setRange(2000, 2199)
        self.year.setSuffix(" 年")
        self.year.setAccessibleName("年份")
        self.year.valueChanged.connect(lambda _year: self.refresh())
        self.announce_button = QPushButton("登记这一年的安排已公布……")
        self.announce_button.clicked.connect(self.announce)
        top = FlowLayout()
        top.addWidget(self.year)
        top.addWidget(self.announce_button)
        self.body.addLayout(top)
        self.model = QStandardItemModel(0, len(HEADINGS), self)
        self.model.setHorizontalHeaderLabels(list(HEADINGS))
        self.table = QTableView()
        self.table.setModel(self.model)
        quiet_table(self.table, "与平常的一周不同的日子", wide=2)
        FittedColumns(self.table, {0: 176, 1: 140}, least=120, rigid=(0,))
        self.table.setMinimumHeight(px(280))
        self.body.addWidget(self.table, 1)
        self.day, self.works, self.note = DayField(desk.services.today.day()), QComboBox(), QLineEdit()
        self.day.setAccessibleName("日期")
        self.works.addItem("休息", False)
        self.works.addItem("上班（调休）", True)
        self.works.setAccessibleName("上班还是休息")
        self.note.setPlaceholderText("说明，例如春节")
        self.note.setAccessibleName("说明")
        self.note.setMaxLength(60)
        self.set_button, self.remove_button = QPushButton("加入"), QPushButton("删去选中的一天")
        set_role(self.set_button, kind="primary")
        self.set_button.clicked.connect(self.set_day)
        self.remove_button.clicked.connect(self.remove_day)
        # In one row they would be wider than the smallest window at 150 %.
        which = FlowLayout()
        which.addWidget(self.day)
        which.addWidget(self.works)
        self.body.addLayout(which)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.note, 1)
        row.addWidget(self.set_button)
        self.body.addLayout(row)
        self.add_buttons(self.remove_button)
        self.year.blockSignals(True)
        self.year.setValue(self.day.day.year)
        self.year.blockSignals(False)

    def refresh(self) -> None:
        """Read the days of the year."""
        year, days = self.year.value(), self.desk.services.working_days
        self.desk.tasks.run(self, lambda: (days.days(year), days.calendar()), self._show, topic="days")

    def _show(self, found: tuple[tuple[tuple[date, bool, str], ...], WorkCalendar]) -> None:
        days, calendar = found
        self._days = [day for day, _, _ in days]
        self.model.setRowCount(0)
        for day, works, note in days:
            cells = (f"{long_date(day)} 星期{_WEEKDAYS[day.weekday()]}", "上班（调休）" if works else "休息", note)
            items = [QStandardItem(cell) for cell in cells]
            for item in items:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.model.appendRow(items)
        known = calendar.announced(date(self.year.value(), 1, 1))
        self.notice.say(
            "" if known else "这一年的放假安排尚未公布，期限先按周末推算。公布后请照通知填入。", Tone.WARNING
        )
        self.announce_button.setVisible(not known)
        self.allow(self.set_button, self.remove_button, self.announce_button)

    def set_day(self) -> None:
        """Enter a day off or a make-up day."""
        day, works, note = self.day.day, bool(self.works.currentData()), self.note.text()
        days = self.desk.services.working_days
        self.desk.tasks.run(
            self, lambda: days.set_day(day, works=works, note=note), lambda _done: self._changed(), self.refused
        )

    def remove_day(self) -> None:
        """Take the chosen day out again."""
        row = self.table.currentIndex().row()
        if 0 <= row < len(self._days):
            day, days = self._days[row], self.desk.services.working_days
            self.desk.tasks.run(self, lambda: days.remove_day(day), lambda _done: self._changed(), self.refused)

    def announce(self) -> None:
        """Mark the year's arrangement as entered."""
        title = f"{self.year.value()}年的安排"
        source = self.desk.dialogs.ask_text(
            self,
            title,
            "通知文号",
            about="",
            text="请先照通知把休息和调休的日子都填入。",
            multiline=False,
        )

        def announced(_done: None) -> None:
            self.desk.dialogs.text_taken(title, "")
            self._changed()

        if source:
            year, days = self.year.value(), self.desk.services.working_days
            self.desk.tasks.run(self, lambda: days.announce(year, source), announced, self.refused)

    def _changed(self) -> None:
        self.refresh()
        self.desk.changes.tell("settings")
