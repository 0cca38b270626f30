"""人员与角色: who is on file, what each may do, and new one-time codes (articles 3, 5 and 7)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QTableView, QWidget

from app.labels import long_date
from app.models.account import Account
from app.models.papercode import PaperKind
from app.models.person_names import told_apart
from app.models.right import Right
from app.services.code_desk import RECOVERY, OneTimeCode
from app.services.departure import Departure
from app.services.staff_list import StaffLine
from app.ui.desk import Desk
from app.ui.settings.authorization_dialog import AuthorizationDialog
from app.ui.settings.departure_words import departure_words
from app.ui.settings.person_dialog import PersonDialog
from app.ui.settings.role_words import short_words, whole_words
from app.ui.settings.settings_section import Section
from app.ui.theme import px, set_role
from app.ui.widgets.plain_tooltip import plain_tooltip
from app.ui.widgets.quiet_table import FittedColumns, quiet_table

HEADINGS = ("姓名", "部门", "职务", "角色", "登录")
Read = tuple[tuple[StaffLine, ...], str, tuple[Account, ...]]
_SECOND = "系统管理员的第二人"
_OWN = "您的口令"


class PeopleSection(Section):
    """People are added, changed and ended here; nobody is ever deleted."""

    heading = "人员与角色"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.lines: tuple[StaffLine, ...] = ()
        self.accounts: tuple[Account, ...] = ()
        self._second = ""
        self._called: dict[str, str] = {}
        self.model = QStandardItemModel(0, len(HEADINGS), self)
        self.model.setHorizontalHeaderLabels(list(HEADINGS))
        self.table = QTableView()
        self.table.setModel(self.model)
        quiet_table(self.table, "人员", wide=3)
        FittedColumns(self.table, {0: 92, 1: 120, 2: 130, 4: 92}, least=180, rigid=(0, 4))
        self.table.setMinimumHeight(px(320))
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._ready())
        self.table.doubleClicked.connect(lambda _index: self.change())
        self.body.addWidget(self.table, 1)
        self.more_button = QPushButton("更多")
        self.menu = QMenu(self.more_button)
        self._administering: list[QAction] = []
        self.menu.setToolTipsVisible(True)
        self.more_button.setMenu(self.menu)
        self.code_button, self.change_button = QPushButton("重发一次性口令"), QPushButton("修改……")
        self.add_button = QPushButton("新增人员")
        set_role(self.add_button, kind="primary")
        self.code_button.clicked.connect(self.issue_code)
        self.change_button.clicked.connect(self.change)
        self.add_button.clicked.connect(self.add)
        self.authorize_button = QPushButton("登记授权书……")
        self.authorize_button.clicked.connect(self.authorize)
        self.add_buttons(self.more_button, self.authorize_button, self.code_button, self.change_button, self.add_button)
        for words, slot in (
            ("指定为系统管理员的第二人", self.name_second),
            ("更换系统管理员恢复口令单……", self.renew_recovery),
        ):
            action = self.menu.addAction(words)
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
            self._administering.append(action)
        self.menu.addAction("密码交接……", self.hand_over)
        self.left_tick = self.menu.addAction("显示已离岗的人员")
        self.left_tick.setCheckable(True)
        self.left_tick.toggled.connect(lambda _on: self.refresh())

    def refresh(self) -> None:
        """Read the people."""
        staff, codes = self.desk.services.staff, self.desk.services.codes
        accounts, left = self.desk.services.accounts, self.left_tick.isChecked()

        def read() -> Read:
            return staff.list(include_left=left), codes.second_person(), accounts.list()

        self.desk.tasks.run(self, read, self._show, topic="people")

    def _show(self, found: Read) -> None:
        kept = self.table.currentIndex().row()
        self.lines, self._second, self.accounts = found
        self._called = told_apart([line.person for line in self.lines])
        today, captions = self.desk.services.today.day(), {account.id: account.caption for account in self.accounts}
        self.model.setRowCount(0)
        for line in self.lines:
            roles = short_words(line.grants, captions, today)
            whole = whole_words(line.grants, line.past, captions, today)
            if line.person.id == self._second:
                roles = "；".join(part for part in (roles, _SECOND) if part)
                whole = "\n".join(part for part in (whole, _SECOND) if part)
            signs = "不登录" if not line.person.signs_in else "可以登录" if line.has_passcode else "等设口令"
            signs = "已离岗" if line.person.left_on else signs
            cells = (line.person.name, line.person.department, line.person.duty, roles, signs)
            items = [QStandardItem(" ".join(cell.split())) for cell in cells]
            for item, told in zip(items, (*cells[:3], whole, _left_words(line) or signs), strict=True):
                item.setToolTip(plain_tooltip(told))
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.model.appendRow(items)
        if self.lines:
            self.table.selectRow(min(max(kept, 0), len(self.lines) - 1))
        self._ready()

    @property
    def chosen(self) -> StaffLine | None:
        """The person whose row is chosen."""
        row = self.table.currentIndex().row()
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def _ready(self) -> None:
        self.allow(self.add_button, self.change_button)
        for action in self._administering:
            action.setEnabled(self.administers)
        registers = Right.REGISTER_PAPER in self.desk.actor.rights
        self.authorize_button.setEnabled(registers)
        self.authorize_button.setToolTip("" if registers else "由账号管理员办理。")
        line, codes = self.chosen, self.desk.services.codes
        self.code_button.setEnabled(False)
        if line is None or not line.person.signs_in:
            self.code_button.setToolTip(
                "这个人已离岗，先登记返岗。" if line and line.person.left_on else "这个人不登录本程序。"
            )
            return
        self.code_button.setToolTip("系统管理员自己的口令由第二人或恢复口令单办理。")
        self.desk.tasks.run(self, lambda: codes.may_issue(line.person.id), self.code_button.setEnabled, topic="may")

    def add(self) -> None:
        """Put a person on file."""
        self._open(PersonDialog(self.desk, self, accounts=self.accounts))

    def change(self) -> None:
        """Change a person, their roles, or mark that they left or came back."""
        if self.chosen is not None and self.administers:
            dialog = PersonDialog(self.desk, self, self.chosen, self.accounts)
            dialog.left.connect(self._say_left)
            self._open(dialog)

    def _say_left(self, departure: Departure) -> None:
        called = self._called.get(departure.person.id, departure.person.name)
        self.notice.say(*departure_words(departure, called))

    def issue_code(self) -> None:
        """Draw a new one-time code with a reason, and show its slip."""
        line = self.chosen
        if line is None:
            return
        title = f"给{self._called[line.person.id]}重发一次性口令"
        reason = self.desk.dialogs.ask_text(
            self,
            title,
            "理由",
            about=line.person.id,
            text="原来的口令马上失效；本人下次登录会看到这个理由。",
            multiline=False,
            yes="重发",
        )
        passcode = reason and self.desk.dialogs.ask_passcode(self, title, _OWN)

        def issued(code: OneTimeCode) -> None:
            self.desk.dialogs.text_taken(title, line.person.id)
            self._show_slip(code)

        if reason and passcode:
            codes, person_id = self.desk.services.codes, line.person.id
            self.desk.tasks.run(self, lambda: codes.issue(person_id, reason, passcode), issued, self.refused)

    def renew_recovery(self) -> None:
        """Draw a new recovery code for the safe."""
        sure = self.desk.dialogs.ask(
            self, "更换恢复口令单？", "保险柜里原来的那张马上失效。请把新印的一张装进信封封好，放回保险柜。", "更换"
        )
        passcode = self.desk.dialogs.ask_passcode(self, "更换恢复口令单", _OWN) if sure else None
        if passcode:
            codes = self.desk.services.codes
            self.desk.tasks.run(self, lambda: codes.renew_recovery(passcode), self._show_slip, self.refused)

    def name_second(self) -> None:
        """Name who may draw the administrator a new code."""
        line = self.chosen
        if line is None:
            return
        text = f"{self._called[line.person.id]}以后可以给系统管理员重发一次性口令。"
        passcode = self.desk.dialogs.ask_passcode(self, "指定第二人", _OWN, text=text)
        if passcode:
            codes, person_id = self.desk.services.codes, line.person.id
            self.desk.tasks.run(
                self, lambda: codes.name_second_person(person_id, passcode), lambda _done: self._changed(), self.refused
            )

    def authorize(self) -> None:
        """Record a signed 授权."""
        present = tuple(line for line in self.lines if line.person.left_on is None)
        self._open(AuthorizationDialog(self.desk, self, present))

    def hand_over(self) -> None:
        """Show the hand-overs of custody."""
        from app.ui.custody.handover_list import HandoverListDialog

        self._open(HandoverListDialog(self.desk, self))

    def _show_slip(self, code: OneTimeCode) -> None:
        from app.ui.papers.preview_dialog import PreviewDialog

        self._changed()
        papers = self.desk.services.papers
        subject = "unit:recovery" if code.person_id == RECOVERY else f"person:{code.person_id}"
        self._open(
            PreviewDialog(
                self.desk,
                self,
                lambda: papers.code_slip(code),
                lambda where: papers.note_paper_printed(PaperKind.CODE_SLIP, subject, where),
            )
        )

    def _changed(self) -> None:
        self.refresh()
        self.desk.changes.tell("people")

    @staticmethod
    def _open(dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _left_words(line: StaffLine) -> str:
    return f"{long_date(line.person.left_on)}离岗。可以在“修改”里登记返岗。" if line.person.left_on else ""
