"""账号: the accounts on file; the whole register comes with the filing papers."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStackedWidget, QTableView, QWidget

from app.labels import label
from app.models.account import Account, FilingState
from app.models.right import Right
from app.services.record_room import roles_needed
from app.ui.accounts.account_dialog import AccountDialog
from app.ui.desk import Desk
from app.ui.page import Page
from app.ui.theme import px
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.empty_notice import EmptyNotice
from app.ui.widgets.quiet_table import quiet_table

HEADINGS = ("平台", "账号名称", "账号标识", "状态", "备案", "单独文案", "链接")
_WIDTHS = (120, 200, 140, 90, 100, 90, 200)


class AccountPage(Page):
    """The list of accounts; a double click or Enter changes one."""

    name = "accounts"
    heading = "账号"
    interests = frozenset({"accounts"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.accounts: tuple[Account, ...] = ()
        self._wanted = ""
        self.earlier_button = self.add_button("补录以前的发布", self.import_earlier, icon="import")
        self.new_button = self.add_button("登记账号", self.new, primary=True)
        self.notice = Banner()
        self.model = QStandardItemModel(0, len(HEADINGS), self)
        self.model.setHorizontalHeaderLabels(list(HEADINGS))
        self.table = QTableView()
        self.table.setModel(self.model)
        quiet_table(self.table, "账号列表", wide=len(HEADINGS) - 1)
        for column, width in enumerate(_WIDTHS[:-1]):
            self.table.setColumnWidth(column, px(width))
        self.table.doubleClicked.connect(self._activated)
        self.table.activated.connect(self._activated)
        self.empty = EmptyNotice(
            "at-sign", "还没有账号。把单位正在用的账号登记进来，稿件才有地方发。", "登记账号", self.new
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.stack, 1)

    def refresh(self) -> None:
        """Read the accounts again."""
        may = Right.REGISTER_PAPER in self.desk.actor.rights
        why = "" if may else f"由{'、'.join(label(role) for role in roles_needed(Right.REGISTER_PAPER))}办理。"
        for button in (self.new_button, self.earlier_button, self.empty.button):
            button.setEnabled(may)
            button.setToolTip(why)
        self.desk.tasks.run(self, self.desk.services.accounts.list, self._show, topic="accounts")

    def show_subject(self, subject: str) -> None:
        """Show one account."""
        self._wanted = subject.partition(":")[2]
        self.refresh()

    def _show(self, accounts: tuple[Account, ...]) -> None:
        self.accounts = accounts
        self.model.setRowCount(0)
        for account in accounts:
            cells = (
                account.platform,
                account.name,
                account.handle,
                label(account.state),
                label(account.filing),
                "需要" if account.needs_variant else "",
                account.link,
            )
            items = [QStandardItem(" ".join(cell.split())) for cell in cells]
            for item, cell in zip(items, cells, strict=True):
                item.setToolTip(cell)
                item.setEditable(False)
            self.model.appendRow(items)
        for row, account in enumerate(accounts):
            if account.id == self._wanted:
                self.table.selectRow(row)
        unfiled = sum(1 for account in accounts if account.filing is FilingState.NOT_FILED)
        words = f"有 {unfiled} 个账号还没有备案（第五条），现按“未备案（补录）”使用。" if unfiled else ""
        self.notice.say(words, Tone.WARNING)
        self.stack.setCurrentWidget(self.table if accounts else self.empty)

    def _activated(self, index: QModelIndex) -> None:
        if Right.REGISTER_PAPER in self.desk.actor.rights:
            self._open(AccountDialog(self.desk, self, self.accounts[index.row()]))

    def new(self) -> None:
        """Register an account that already runs."""
        if self.new_button.isEnabled():
            self._open(AccountDialog(self.desk, self))

    def import_earlier(self) -> None:
        """补录 posts from before the first day of use from a list."""
        from app.ui.accounts.earlier_dialog import LISTS, EarlierDialog

        path = self.desk.dialogs.open_file(self, "选择以前发布的清单", LISTS)
        if path is not None:
            self._open(EarlierDialog(self.desk, self, path))

    @staticmethod
    def _open(dialog: AccountDialog | QWidget) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()  # type: ignore[union-attr]
