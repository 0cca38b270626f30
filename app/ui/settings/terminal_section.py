"""终端: the machines from which accounts may be entered, and whether this PC is one of them (article 6)."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QTableView, QWidget

from app.labels import label
from app.models.account import Account
from app.models.right import Right
from app.models.staff import Person
from app.models.terminal import Standing, TerminalLeave, ThisTerminal, Whereabouts
from app.services.record_room import roles_needed
from app.services.terminals import TerminalLine
from app.ui.desk import Desk
from app.ui.settings.settings_section import Section
from app.ui.settings.terminal_check_dialog import TerminalCheckDialog
from app.ui.settings.terminal_dialog import TerminalDialog
from app.ui.settings.terminal_leave_dialog import TerminalLeaveDialog, TerminalReturnDialog
from app.ui.settings.terminal_words import here_words, now_words, whole_words
from app.ui.theme import px, set_role
from app.ui.widgets.banner import Banner
from app.ui.widgets.empty_notice import EmptyNotice
from app.ui.widgets.plain_tooltip import plain_tooltip
from app.ui.widgets.quiet_table import FittedColumns, quiet_table

HEADINGS = ("编号", "终端", "责任人", "位置", "现在")
_UNKNOWN_MACHINE = "系统没有给出这台电脑的标识，不能认作这一台。"


@dataclass(frozen=True)
class _Read:
    lines: tuple[TerminalLine, ...]
    here: ThisTerminal
    people: tuple[Person, ...]
    names: dict[str, str]
    accounts: tuple[Account, ...]


class TerminalSection(Section):
    """Registered and given up here, never deleted; who registers papers does it."""

    heading = "终端"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.lines: tuple[TerminalLine, ...] = ()
        self.found: _Read | None = None
        self._captions: dict[str, str] = {}
        self.here = Banner()
        self.model = QStandardItemModel(0, len(HEADINGS), self)
        self.model.setHorizontalHeaderLabels(list(HEADINGS))
        self.table = QTableView()
        self.table.setModel(self.model)
        quiet_table(self.table, "终端", wide=1)
        FittedColumns(self.table, {0: 58, 2: 76, 3: 116, 4: 208}, least=120, rigid=(0, 2))
        self.table.setMinimumHeight(px(260))
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._ready())
        self.table.doubleClicked.connect(lambda _index: self.change())
        self.empty = EmptyNotice(
            "key-round", "还没有登记终端。账号只在登记过的电脑和手机上登录（第六条），先登记这台电脑。"
        )
        self.detail = QLabel()
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setWordWrap(True)
        set_role(self.detail, role="small")
        for part in (self.here, self.table, self.empty, self.detail):
            self.body.addWidget(part)
        self.retire_button, self.leave_button = QPushButton("停用……"), QPushButton("外出审批……")
        self.return_button, self.check_button = QPushButton("登记归还……"), QPushButton("检查防护……")
        self.change_button, self.add_button = QPushButton("修改……"), QPushButton("登记终端")
        set_role(self.add_button, kind="primary")
        for button, slot in (
            (self.retire_button, self.retire),
            (self.leave_button, self.take_out),
            (self.return_button, self.come_back),
            (self.check_button, self.check),
            (self.change_button, self.change),
            (self.add_button, self.add),
        ):
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
        self._chosen_buttons = (
            self.retire_button,
            self.leave_button,
            self.return_button,
            self.check_button,
            self.change_button,
        )
        self.add_buttons(*self._chosen_buttons, self.add_button)

    def refresh(self) -> None:
        """Read the register, and whether this PC stands in it."""
        services = self.desk.services

        def read() -> _Read:
            lines = services.staff.list()
            return _Read(
                services.terminals.lines(),
                services.terminals.this_terminal(),
                tuple(line.person for line in lines),
                services.staff.names(),
                services.accounts.list(),
            )

        self.desk.tasks.run(self, read, self._show, topic="terminals")

    def _show(self, found: _Read) -> None:
        kept = self.chosen.terminal.id if self.chosen else ""
        self.found, self.lines = found, found.lines
        mine = next((line for line in self.lines if line.here), None)
        words, tone = here_words(found.here, mine.person if mine else "", person_left=bool(mine and mine.person_left))
        self.here.say(words, tone)
        self._captions = {account.id: account.caption for account in found.accounts}
        self.model.setRowCount(0)
        for line in self.lines:
            one = line.terminal
            cells = (one.number, one.name, line.person, one.place, now_words(line))
            items = [QStandardItem(" ".join(cell.split())) for cell in cells]
            for item in items:
                item.setToolTip(plain_tooltip(whole_words(line, self._captions)))
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.model.appendRow(items)
        self.table.setVisible(bool(self.lines))
        self.empty.setVisible(not self.lines)
        if self.lines:
            ids = [line.terminal.id for line in self.lines]
            self.table.selectRow(ids.index(kept) if kept in ids else 0)
        self._ready()

    @property
    def chosen(self) -> TerminalLine | None:
        """The terminal whose row is chosen."""
        row = self.table.currentIndex().row()
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def _ready(self) -> None:
        line, may = self.chosen, Right.REGISTER_PAPER in self.desk.actor.rights
        who = f"由{'、'.join(label(role) for role in roles_needed(Right.REGISTER_PAPER))}办理。"
        why = "" if may else who
        retired = line is not None and line.terminal.retired_on is not None
        stopped = "" if line else "先选一台终端。"
        stopped = "这台终端已经停用，要重新使用的请再登记一次。" if retired else stopped
        out = line is not None and line.leave is not None
        self.detail.setText(whole_words(line, self._captions) if line else "")
        for button in self._chosen_buttons:
            button.setVisible(bool(self.lines))
            self._open_unless(button, why or stopped)
        self.leave_button.setVisible(bool(self.lines) and not out)
        self.return_button.setVisible(bool(self.lines) and out)
        if out:
            # What was given up while it was away comes back, too.
            self._open_unless(self.return_button, why)
        self._open_unless(self.add_button, why)

    @staticmethod
    def _open_unless(button: QPushButton, why: str) -> None:
        button.setEnabled(not why)
        button.setToolTip(why)

    def add(self) -> None:
        """Put a machine on file."""
        if self.found is not None:
            found, closed = self.found, self._not_here()
            here = not closed and not self.lines
            self._open(TerminalDialog(self.desk, self, found.people, found.accounts, None, closed, here=here))

    def change(self) -> None:
        """Change what is on file."""
        line, found = self.chosen, self.found
        if line is None or found is None or not self.change_button.isEnabled():
            return
        closed = "" if line.here else self._not_here()
        self._open(TerminalDialog(self.desk, self, found.people, found.accounts, line, closed))

    def _not_here(self) -> str:
        """Say why no further terminal can be this PC, or return ''."""
        here = self.found.here if self.found else ThisTerminal(Standing.UNKNOWN)
        if here.standing is Standing.UNKNOWN:
            return _UNKNOWN_MACHINE
        number = here.terminal.number if here.terminal and here.is_registered else ""
        return f"这台电脑已经登记为终端 {number}。" if number else ""

    def check(self) -> None:
        """Record a check of what protects it."""
        if self.chosen is not None:
            self._open(TerminalCheckDialog(self.desk, self, self.chosen))

    def take_out(self) -> None:
        """Record a signed approval to take it out."""
        line, found = self.chosen, self.found
        if line is None or found is None:
            return
        leaves, names = self.desk.services.terminal_leaves, found.names

        def ask(earlier: tuple[TerminalLeave, ...]) -> None:
            self._open(TerminalLeaveDialog(self.desk, self, line, earlier, names))

        self.desk.tasks.run(self, lambda: leaves.list(line.terminal.id), ask)

    def come_back(self) -> None:
        """Record that it is in the office again."""
        if self.chosen is not None:
            self._open(TerminalReturnDialog(self.desk, self, self.chosen))

    def retire(self) -> None:
        """Give it up from today."""
        line = self.chosen
        if line is None:
            return
        away = "它还在外面，归还以后请补登记归还。" if line.where is not Whereabouts.IN_OFFICE else ""
        sure = self.desk.dialogs.ask(
            self,
            f"停用终端 {line.terminal.number}？",
            f"从今天起不再从它登录账号，登记一直留着。请先在这台机器上退出各账号的登录。{away}",
            "停用",
        )
        if sure:
            terminals, key = self.desk.services.terminals, line.terminal.id
            self.desk.tasks.run(self, lambda: terminals.retire(key), lambda _done: self._changed(), self.refused)

    def _changed(self) -> None:
        self.notice.say("")
        self.desk.changes.tell("settings")

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
