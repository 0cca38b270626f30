"""密码交接: every hand-over, the running ones to go on with, and a new one to begin (article 6)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QTableView, QWidget

from app.labels import label, long_date
from app.models.right import Right
from app.models.staff import Person
from app.services.handover_checks import HandoverLine
from app.services.record_room import roles_needed
from app.ui.custody.begin_handover_dialog import BeginHandoverDialog
from app.ui.custody.custody_handover_dialog import CustodyHandoverDialog
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.theme import px
from app.ui.widgets.plain_tooltip import plain_tooltip
from app.ui.widgets.quiet_table import FittedColumns, quiet_table

HEADINGS = ("编号", "移交人", "接收人", "监交人", "账号", "状态")
_HERE = "保管密码的人离岗、换岗以前，先把密码交给别人：改密码，封给接收人，三方在交接单上签字（第六条）。"
_Read = tuple[tuple[HandoverLine, ...], tuple[Person, ...], tuple[Person, ...]]


class HandoverListDialog(FormDialog):
    """Opened from 人员与角色 and from the safe; with `giver_id` it goes on to that person's hand-over at once."""

    def __init__(self, desk: Desk, parent: QWidget, giver_id: str = "") -> None:
        super().__init__(desk, parent, "密码交接", "密码交接", "新开交接……", width=720, turn_away="关闭")
        self.lines: tuple[HandoverLine, ...] = ()
        self._people: tuple[Person, ...] = ()
        self._receivers: tuple[Person, ...] = ()
        self._giver_id = giver_id
        self.words = QLabel(_HERE)
        self.words.setWordWrap(True)
        self.model = QStandardItemModel(0, len(HEADINGS), self)
        self.model.setHorizontalHeaderLabels(list(HEADINGS))
        self.table = QTableView()
        self.table.setModel(self.model)
        quiet_table(self.table, "密码交接", wide=4)
        FittedColumns(self.table, {0: 150, 1: 84, 2: 84, 3: 84, 5: 84}, least=120, rigid=(5,))
        self.table.setMinimumHeight(px(220))
        self.table.activated.connect(lambda _index: self.go_on())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._ready())
        self.open_button = QPushButton("打开……")
        self.open_button.setAutoDefault(False)
        self.open_button.clicked.connect(self.go_on)
        self.foot.insertWidget(2, self.open_button)
        may = Right.REGISTER_PAPER in desk.actor.rights
        self.act_button.setEnabled(may)
        who = "、".join(label(role) for role in roles_needed(Right.REGISTER_PAPER))
        self.act_button.setToolTip("" if may else f"由{who}办理。")
        self.act_button.clicked.connect(lambda _checked=False: self.begin())
        self.lay_out(self.words, self.table, self.notice, tall=self.table)
        self._may = may
        desk.changes.changed.connect(self._told)
        self.refresh()

    def _told(self, _kinds: object) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Read the hand-overs again."""
        handovers, staff = self._desk.services.handovers, self._desk.services.staff

        def read() -> _Read:
            people = tuple(line.person for line in staff.list())
            return handovers.lines(), people, handovers.receivers()

        self._desk.tasks.run(self, read, self._show, self.refused, topic="handovers")

    def _show(self, found: _Read) -> None:
        kept = self.chosen.handover.id if self.chosen else ""
        self.lines, self._people, self._receivers = found
        self.model.setRowCount(0)
        for line in self.lines:
            one, names = line.handover, line.names
            accounts = "、".join(line.captions.values())
            state = f"{long_date(one.signed_on)}办结" if one.signed_on else label(one.state)
            cells = (
                str(one.number or "（未取号）"),
                *(names[each] for each in (one.from_person_id, one.to_person_id, one.witness_id)),
                accounts,
                label(one.state),
            )
            items = [QStandardItem(" ".join(cell.split())) for cell in cells]
            for item, told in zip(items, (*cells[:5], state), strict=True):
                item.setToolTip(plain_tooltip(told))
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.model.appendRow(items)
        if self.lines:
            ids = [line.handover.id for line in self.lines]
            self.table.selectRow(ids.index(kept) if kept in ids else 0)
        self._ready()
        if giver := self._giver_id:
            self._giver_id = ""
            self._go_on_for(giver)

    @property
    def chosen(self) -> HandoverLine | None:
        """The hand-over whose row is chosen."""
        row = self.table.currentIndex().row()
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def _ready(self) -> None:
        self.open_button.setEnabled(self.chosen is not None)

    def _go_on_for(self, giver_id: str) -> None:
        running = [line for line in self.lines if line.handover.runs and line.handover.from_person_id == giver_id]
        if running:
            self.table.selectRow(self.lines.index(running[0]))
            self.go_on()
        elif self._may:
            self.begin(giver_id)

    def begin(self, giver_id: str = "") -> None:
        """Begin a hand-over."""
        self._open(BeginHandoverDialog(self._desk, self, self._people, self._receivers, giver_id))

    def go_on(self) -> None:
        """Open the chosen hand-over."""
        if self.chosen is not None:
            self._open(CustodyHandoverDialog(self._desk, self, self.chosen))

    @staticmethod
    def _open(dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
