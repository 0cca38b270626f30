"""检查防护: when somebody looked at what protects a terminal, and what was found (article 6)."""

from PySide6.QtWidgets import QLineEdit, QWidget

from app.services.terminals import TerminalLine
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.widgets.day_field import DayField
from app.ui.widgets.form_grid import FormGrid


class TerminalCheckDialog(FormDialog):
    """Records the last check; the one before stands in the audit chain."""

    def __init__(self, desk: Desk, parent: QWidget, line: TerminalLine) -> None:
        terminal = line.terminal
        super().__init__(desk, parent, "检查防护", f"检查终端 {terminal.number}（{terminal.name}）的防护", "登记检查")
        self._terminal_id = terminal.id
        today = desk.services.today.day()
        self.checked_on = DayField(today, last=today)
        self.protection = QLineEdit(terminal.protection)
        self.protection.setMaxLength(200)
        form = FormGrid()
        form.add("哪天检查", self.checked_on)
        form.add(
            "防护情况",
            self.protection,
            "例如：杀毒软件病毒库、系统补丁、锁屏口令、有没有装来历不明的软件。",
            needed=True,
        )
        self.act_button.clicked.connect(self.record)
        self.lay_out(form, self.notice)
        self.remember(terminal.id, self.checked_on, self.protection)

    def record(self) -> None:
        """Record the check."""
        on, words, terminals = self.checked_on.day, self.protection.text(), self._desk.services.terminals
        self.act(lambda: terminals.note_check(self._terminal_id, on, words), lambda _saved: self.done_with("settings"))
