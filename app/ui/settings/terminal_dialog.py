"""登记终端: what is on file of a machine from which accounts may be entered (article 6)."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from app.labels import label
from app.models.account import Account
from app.models.person_names import told_apart
from app.models.staff import Person
from app.models.terminal import Terminal, TerminalKind
from app.services.terminals import TerminalLine
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.theme import px
from app.ui.tokens import Tone
from app.ui.widgets.elided_check import ElidedCheck
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.form_grid import FormGrid
from app.ui.widgets.upright_scroll import upright_scroll

_MANY = 4


class TerminalDialog(FormDialog):
    """Puts a machine on file, or changes one; `here` says that it is the very PC the program runs on.

    `may_be_here` is '' or says why it cannot be this one; `here` proposes it for a new one.
    """

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        people: tuple[Person, ...],
        accounts: tuple[Account, ...],
        line: TerminalLine | None = None,
        may_be_here: str = "",
        *,
        here: bool = False,
    ) -> None:
        super().__init__(desk, parent, "终端", f"修改终端 {line.terminal.number}" if line else "登记终端", "保存")
        self._line, self._closed_because = line, may_be_here
        before = line.terminal if line else None
        self.number, self.name, self.place = QLineEdit(), QLineEdit(), QLineEdit()
        for field, limit in ((self.number, 20), (self.name, 40), (self.place, 60)):
            field.setMaxLength(limit)
        self.kind, self.person = QComboBox(), ElidedCombo()
        for kind in TerminalKind:
            self.kind.addItem(label(kind), kind.value)
        for person_id, name in told_apart(people).items():
            self.person.addItem(name, person_id)
        self.dedicated = QCheckBox("只用来登录账号，不作他用")
        self.here = QCheckBox("就是现在这台电脑")
        self.all_accounts, self.some_accounts = QRadioButton("全部账号"), QRadioButton("只限下面勾选的账号")
        self.accounts = {account.id: ElidedCheck(account.caption.replace("&", "&&")) for account in accounts}
        # Only side by side in one form do the two exclude each other.
        self.lay_out(self._form(), self.notice)
        self.all_accounts.setChecked(True)
        if before is not None:
            self._show(before, line.person if line else "")
        self.here.setChecked(line.here if line else here)
        for changing in (self.all_accounts, self.some_accounts):
            changing.toggled.connect(lambda _on: self._ready())
        self.kind.currentIndexChanged.connect(lambda _index: self._ready())
        self.act_button.clicked.connect(self.save)
        ticks = (self.dedicated, self.here, self.all_accounts, self.some_accounts, *self.accounts.values())
        about = before.id if before else ""
        self.remember(about, self.number, self.name, self.place, self.kind, self.person, *ticks)
        self._ready()

    def _show(self, terminal: Terminal, person: str) -> None:
        for field, text in ((self.number, terminal.number), (self.name, terminal.name), (self.place, terminal.place)):
            field.setText(text)
        self.kind.setCurrentIndex(self.kind.findData(terminal.kind.value))
        if self.person.findData(terminal.person_id) < 0:
            # Who has left still answers for it on paper, until somebody else is chosen.
            self.person.insertItem(0, f"{person}（已离岗）", terminal.person_id)
        self.person.setCurrentIndex(self.person.findData(terminal.person_id))
        self.dedicated.setChecked(terminal.dedicated)
        (self.some_accounts if terminal.account_ids else self.all_accounts).setChecked(True)
        for account_id, box in self.accounts.items():
            box.setChecked(account_id in terminal.account_ids)

    def _form(self) -> FormGrid:
        boxes = QWidget()
        column = QVBoxLayout(boxes)
        column.setContentsMargins(px(24), 0, 0, 0)
        column.setSpacing(px(2))
        for box in self.accounts.values():
            column.addWidget(box)
        self.account_list: QWidget = boxes
        if len(self.accounts) > _MANY:
            self.account_list = upright_scroll(boxes, frame=True)
            self.account_list.setMinimumHeight(px(96))
        which = QVBoxLayout()
        which.setSpacing(px(6))
        for part in (self.all_accounts, self.some_accounts, self.account_list):
            which.addWidget(part)
        form = FormGrid()
        form.add("编号", self.number, "与贴在机身上的标签一致。", needed=True)
        form.add("名称", self.name, needed=True)
        form.add("类型", self.kind)
        form.add("责任人", self.person)
        form.add("存放位置", self.place, needed=True)
        form.add_wide(self.dedicated)
        form.add_wide(self.here)
        form.add("可以登录", which)
        return form

    def _ready(self) -> None:
        self.account_list.setEnabled(self.some_accounts.isChecked())
        phone = TerminalKind(self.kind.currentData()) is TerminalKind.PHONE
        closed = "手机按编号登记，程序不在手机上运行。" if phone else self._closed_because
        self.here.setEnabled(not closed)
        self.here.setToolTip(closed)

    def save(self) -> None:
        """Put the machine on file, or change it."""
        named = tuple(account_id for account_id, box in self.accounts.items() if box.isChecked())
        some = self.some_accounts.isChecked()
        if some and not named:
            self.notice.say("请至少勾选一个账号，或者选“全部账号”。", Tone.WARNING)
            return
        before = self._line.terminal if self._line else None
        empty = Terminal("", "", "", TerminalKind.COMPUTER, "", "")
        terminal = replace(
            before or empty,
            number=self.number.text(),
            name=self.name.text(),
            kind=TerminalKind(self.kind.currentData()),
            person_id=self.person.currentData() or "",
            place=self.place.text(),
            dedicated=self.dedicated.isChecked(),
            account_ids=named if some else (),
        )
        here = self.here.isChecked() and self.here.isEnabled()
        terminals = self._desk.services.terminals
        write = terminals.change if before else terminals.register
        self.act(lambda: write(terminal, here=here), lambda _saved: self.done_with("settings"))
