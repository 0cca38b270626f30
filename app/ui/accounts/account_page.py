"""账号: the unit's register, and beside the list the account that is chosen."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from app.labels import label
from app.models.right import Right
from app.services.account_desk import AccountLine, AccountView
from app.services.account_steps import AccountOffer, AccountStep
from app.services.record_room import roles_needed
from app.ui.accounts.account_acts import AccountActs
from app.ui.accounts.account_detail import AccountDetail
from app.ui.accounts.account_list_view import AccountListView
from app.ui.accounts.account_table import FILTER_WORDS, AccountFilter, AccountTableModel
from app.ui.desk import Desk
from app.ui.page import Page
from app.ui.widgets.empty_notice import EmptyNotice
from app.ui.widgets.filter_bar import FilterBar
from app.ui.widgets.list_and_detail import ListAndDetail
from app.ui.widgets.plain_tooltip import plain_tooltip

_HERE = "还没有账号。把单位正在用的账号登记进来，稿件才有地方发。"
_PAUSE = 60
"""Milliseconds that a row stays chosen before its account is read: an arrow key runs through many."""


class AccountPage(Page):
    """The register of accounts with their papers (articles 3 to 7)."""

    name = "accounts"
    heading = "账号"
    interests = frozenset({"accounts", "publications", "people", "policy"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.acts = AccountActs(desk, self)
        self.chosen_id = ""
        self._words = ""
        self._edit_when_read = ""
        field = self.add_search("搜索平台、名称、标识", self._search)
        field.installEventFilter(self)
        self.more_button = self.add_button("", lambda: None, icon="ellipsis")
        self.more_button.setAccessibleName("更多")
        self.more_button.setToolTip("更多")
        self.more_menu = QMenu(self.more_button)
        self.more_menu.setToolTipsVisible(True)
        self.earlier_action = self.more_menu.addAction("补录以前的发布……", self.acts.import_earlier)
        self.import_action = self.more_menu.addAction("导入账号台账……", self.acts.import_ledger)
        self.export_action = self.more_menu.addAction("导出账号台账……", self.acts.export_ledger)
        self.more_menu.addAction("打印责任清单", self.acts.print_responsibilities)
        self.more_button.setMenu(self.more_menu)
        self.new_button = self.add_button("登记账号", self.new, primary=True)
        self.filters = FilterBar([(chip, FILTER_WORDS[chip]) for chip in AccountFilter])
        self.filters.chosen.connect(lambda _key: self._ask())
        self.body.addWidget(self.filters)
        self.model = AccountTableModel()
        self.model.setParent(self)
        self.table = AccountListView(self.model)
        self.table.selectionModel().selectionChanged.connect(lambda *_rows: self._follow())
        self.table.clicked.connect(lambda _index: self._clicked())
        self.table.activated.connect(lambda _index: self._activated())
        self.empty = EmptyNotice("at-sign", _HERE, "登记账号", self.new)
        self.list_stack = QStackedWidget()
        self.list_stack.addWidget(self.table)
        self.list_stack.addWidget(self.empty)
        self.detail = AccountDetail(desk)
        self.detail.chosen.connect(self._act)
        self.detail.back_asked.connect(self.step_back)
        self.parts = ListAndDetail(self.list_stack, self.detail)
        self.parts.narrowed.connect(self.detail.back_button.setVisible)
        self.body.addWidget(self.parts, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._read_detail)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the arrow keys move in the list at once."""
        super().showEvent(event)
        if not event.spontaneous() and self.focusWidget() is None:
            self.table.setFocus()

    def refresh(self) -> None:
        """Read the register and the chosen account again."""
        may = Right.REGISTER_PAPER in self.desk.actor.rights
        why = "" if may else f"由{'、'.join(label(role) for role in roles_needed(Right.REGISTER_PAPER))}办理。"
        for button in (self.new_button, self.empty.button):
            button.setEnabled(may)
            button.setToolTip(why)
        for action in (self.earlier_action, self.import_action, self.export_action):
            action.setEnabled(may)
            action.setToolTip(plain_tooltip(why))
        self.desk.tasks.run(self, self.desk.services.account_desk.lines, self._show_lines, topic="accounts")
        if self.chosen_id:
            self._read_detail()

    def new(self) -> None:
        """Put an account on file, after asking whether it is in use already."""
        if not self.new_button.isEnabled():
            return
        running = self.desk.dialogs.ask_which(
            self,
            "登记账号",
            "正在用的账号登记以后马上可以发稿，备案另补。拟开设的账号先登记，再提请主要领导批准，批准以后才开通（第四条）。",
            "正在用的账号",
            "拟开设的账号",
        )
        if running is not None:
            self.acts.register(planned=not running)

    def step_back(self) -> bool:
        """Go back from the account to the list, then from a search to all accounts."""
        if self.parts.close_detail():
            self.table.setFocus()
            return True
        if self.search is not None and self.search.text():
            self.search.clear()
            return True
        return False

    def show_subject(self, subject: str) -> None:
        """Show one account beside the list."""
        self._choose(subject.partition(":")[2])
        self.parts.open_detail()

    def _search(self, words: str) -> None:
        self._words = words
        self._ask()

    def _ask(self) -> None:
        chip = self.filters.current
        assert isinstance(chip, AccountFilter)
        self.parts.close_detail()
        self.model.ask(chip, self._words)
        self.table.scrollToTop()
        self._arranged()

    def _show_lines(self, lines: tuple[AccountLine, ...]) -> None:
        self.model.show_lines(lines)
        self.filters.show_counts(dict(self.model.counts().items()))
        if self.chosen_id and not self.model.knows(self.chosen_id):
            self.chosen_id = ""
            self.detail.clear()
        self._arranged()

    def _arranged(self) -> None:
        """Mark the chosen account among the rows, or say why there are none."""
        count, plain = self.model.rowCount(), not self._words and self.filters.current is AccountFilter.ALL
        self.empty.button.setVisible(plain)
        self.empty.say(
            _HERE if plain else "没有符合条件的账号。换个词，或者点“全部”。", "at-sign" if plain else "search"
        )
        self.list_stack.setCurrentWidget(self.table if count else self.empty)
        self._mark_chosen()
        if count and not self.chosen_id and not self.parts.narrow:
            self.table.selectRow(0)

    def _choose(self, account_id: str) -> None:
        self.chosen_id = account_id
        self.detail.wait_for(account_id)
        self._mark_chosen()
        self._read_detail()

    def _mark_chosen(self) -> None:
        """Mark the row of the chosen account; where it is not among the rows, mark none."""
        selection, row = self.table.selectionModel(), self.model.place_of(self.chosen_id)
        if row < 0:
            selection.clearSelection()
        elif not selection.isRowSelected(row):
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            selection.setCurrentIndex(self.model.index(row, 0), flags)

    def _follow(self) -> None:
        """Show the account of the row that a person chose."""
        rows = self.table.selectionModel().selectedRows()
        if self.model.replacing or not rows:
            return
        account_id = self.model.row(rows[0].row()).account.id
        if account_id != self.chosen_id:
            self.chosen_id = account_id
            self.detail.wait_for(account_id)
            self._pause.start()

    def _read_detail(self) -> None:
        self._pause.stop()
        account_id = self.chosen_id
        self.desk.tasks.run(
            self, lambda: self.desk.services.account_desk.view(account_id), self._show_detail, topic="detail"
        )

    def _show_detail(self, view: AccountView) -> None:
        if view.account.id != self.chosen_id:
            return
        held = self.detail.holds_focus
        self.detail.show_view(view)
        # Left to Qt, the focus of a button that is gone would go to the first place of the left bar.
        if held and not self.detail.take_focus():
            self.table.setFocus()
        if self._edit_when_read == self.chosen_id:
            self._edit(view)
        self._edit_when_read = ""

    def _act(self, offer: AccountOffer) -> None:
        if self.detail.view is not None:
            self.acts.act(offer, self.detail.view)

    def _edit(self, view: AccountView) -> None:
        for offer in self.detail.offers:
            if offer.step is AccountStep.EDIT and offer.is_open:
                self.acts.act(offer, view)

    def _clicked(self) -> None:
        if self.parts.narrow:
            self.parts.open_detail()

    def _activated(self) -> None:
        """Enter or a double click opens what is on file of the account."""
        if not self.parts.detail_open:
            self.parts.open_detail()
            return
        view = self.detail.view
        if view is not None and view.account.id == self.chosen_id:
            self._edit(view)
        else:
            self._edit_when_read = self.chosen_id

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the search field into the list with the down arrow or Enter."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            down = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if down and self.model.rowCount():
                self.table.setFocus()
                if not self.table.selectionModel().hasSelection():
                    self.table.selectRow(0)
                return True
        return super().eventFilter(watched, event)
