"""外出使用审批 of a terminal, and its return (article 6)."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.labels import long_date
from app.models.person_names import told_apart
from app.models.staff import Person
from app.models.terminal import TerminalLeave
from app.services.terminals import TerminalLine
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.signed_paper_dialog import SignedPaperDialog
from app.ui.theme import set_role
from app.ui.widgets.day_field import DayField
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.form_grid import FormGrid

_SHOWN = 3


class TerminalLeaveDialog(SignedPaperDialog):
    """Records a signed approval to take a terminal out; earlier ones stand below the fields."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        line: TerminalLine,
        earlier: tuple[TerminalLeave, ...],
        names: Mapping[str, str],
    ) -> None:
        terminal = line.terminal
        heading = f"终端 {terminal.number}（{terminal.name}）外出使用"
        super().__init__(desk, parent, "外出审批", heading, "登记审批", "外出使用审批单")
        self._terminal_id = terminal.id
        today = desk.services.today.day()
        self.from_on, self.to_on = DayField(today), DayField(today)
        self.reason, self.approver = QLineEdit(), ElidedCombo()
        self.reason.setMaxLength(100)
        self.from_on.dateChanged.connect(lambda _day: self._read_approvers())
        self.earlier = QLabel(_earlier_words(earlier, names))
        self.earlier.setTextFormat(Qt.TextFormat.PlainText)
        self.earlier.setWordWrap(True)
        self.earlier.setVisible(bool(earlier))
        set_role(self.earlier, role="small")
        form = FormGrid()
        form.add("从哪天", self.from_on)
        form.add("到哪天", self.to_on, "这两天都算在内。")
        form.add("事由", self.reason, needed=True)
        form.add("批准人", self.approver, "主要领导或分管领导，或者有授权书的人。")
        self.act_button.clicked.connect(self.record)
        self.lay_out(form, self.drop, self.chosen, self.earlier, self.notice)
        self.remember(terminal.id, self.from_on, self.to_on, self.reason)
        self._read_approvers()

    def _read_approvers(self) -> None:
        leaves, day = self._desk.services.terminal_leaves, self.from_on.day
        if self.to_on.day < day:
            self.to_on.show_day(day)
        self._desk.tasks.run(self, lambda: leaves.approvers(day), self._offer, self.refused, topic="approvers")

    def _offer(self, people: tuple[Person, ...]) -> None:
        kept = self.approver.currentData()
        self.approver.clear()
        for person_id, name in told_apart(people).items():
            self.approver.addItem(name, person_id)
        self.approver.setCurrentIndex(max(0, self.approver.findData(kept)) if people else -1)

    def record(self) -> None:
        """Record the approval."""
        scan = self.scan
        if scan is None:
            return
        begin, end, reason = self.from_on.day, self.to_on.day, self.reason.text()
        approver, leaves = self.approver.currentData() or "", self._desk.services.terminal_leaves
        self.act(
            lambda: leaves.take_out(self._terminal_id, begin, end, reason, approver, scan),
            lambda _leave: self.done_with("settings"),
        )


class TerminalReturnDialog(FormDialog):
    """Records on which day a terminal came back."""

    def __init__(self, desk: Desk, parent: QWidget, line: TerminalLine) -> None:
        terminal = line.terminal
        super().__init__(
            desk, parent, "登记归还", f"终端 {terminal.number}（{terminal.name}）归还", "登记归还", width=420
        )
        today = desk.services.today.day()
        self._terminal_id = terminal.id
        self.returned_on = DayField(today, last=today)
        form = FormGrid()
        until = f"外出审批到{long_date(line.leave.to_on)}为止。" if line.leave else ""
        form.add("哪天归还", self.returned_on, until)
        self.act_button.clicked.connect(self.record)
        self.lay_out(form, self.notice)

    def record(self) -> None:
        """Record the return."""
        on, leaves = self.returned_on.day, self._desk.services.terminal_leaves
        self.act(lambda: leaves.come_back(self._terminal_id, on), lambda _leave: self.done_with("settings"))


def _earlier_words(leaves: tuple[TerminalLeave, ...], names: Mapping[str, str]) -> str:
    lines = [
        f"{long_date(one.from_on)}至{long_date(one.to_on)}，{one.reason}，{names.get(one.approved_by, '')}批准"
        + (f"，{long_date(one.returned_on)}归还" if one.returned_on else "，还没有归还")
        for one in leaves[:_SHOWN]
    ]
    more = f"\n另有 {len(leaves) - _SHOWN} 次更早的。" if len(leaves) > _SHOWN else ""
    return "以前外出：\n" + "\n".join(lines) + more if lines else ""
