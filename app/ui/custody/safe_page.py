"""密码保管: who keeps which password; those who keep none see only whom to ask (article 6)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from app.errors import AppError, VaultLockedError
from app.messages import explain
from app.models.credential import Credential
from app.models.envelope_address import EnvelopeAddress
from app.services.custody_list import SafeChoices, SafeRow, SafeView
from app.ui.custody.safe_detail import SafeDetail
from app.ui.custody.safe_list_view import SafeListView
from app.ui.custody.safe_menu import SafeMenu
from app.ui.custody.safe_table import SafeTableModel
from app.ui.custody.secret_clipboard import secret_clipboard
from app.ui.desk import Desk
from app.ui.page import Page
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.empty_notice import EmptyNotice
from app.ui.widgets.list_and_detail import ListAndDetail

_NOTHING = "还没有账号。账号登记以后，密码在这里登记。"


class SafePage(Page):
    """The safe's page: the records at once, then, off the window's thread, what this PC's store has of them."""

    name = "passwords"
    heading = "密码保管"
    interests = frozenset({"passwords", "accounts", "people", "policy"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.view: SafeView | None = None
        self.chosen = ""
        field = self.add_search("搜索账号、用途、保管人", self._search)
        field.setVisible(False)
        self.more = SafeMenu(self, lambda: self.detail.row.line if self.detail.row else None)
        self.clip = Banner(tone=Tone.WARNING)
        self._clipboard = secret_clipboard()
        self.clip.offer("立即清除", self._clipboard.clear)
        self._clipboard.left.connect(self._clipboard_left)
        self.store = Banner()
        self.unlock_button = self.store.offer("解锁系统密码库", self._unlock)
        self.again_button = self.store.offer("再试一次", self._look_here)
        self.model = SafeTableModel()
        self.model.setParent(self)
        self.table = SafeListView(self.model)
        self.table.selectionModel().selectionChanged.connect(lambda *_rows: self._follow())
        self.table.activated.connect(lambda _index: self._open_detail())
        self.empty = EmptyNotice("key-round", _NOTHING)
        self.list_stack = QStackedWidget()
        self.list_stack.addWidget(self.table)
        self.list_stack.addWidget(self.empty)
        self.detail = SafeDetail(desk)
        self.detail.asked.connect(self._act)
        self.detail.back_asked.connect(self.step_back)
        self.parts = ListAndDetail(self.list_stack, self.detail)
        self.parts.narrowed.connect(self.detail.back_button.setVisible)
        self.closed = EmptyNotice("lock", "")
        self.whole = QStackedWidget()
        self.whole.addWidget(self.closed)
        self.whole.addWidget(self.parts)
        self.body.addWidget(self.clip)
        self.body.addWidget(self.store)
        self.body.addWidget(self.whole, 1)

    def refresh(self) -> None:
        """Read the records of the safe again."""
        self.desk.tasks.run(self, self.desk.services.custody_list.view, self._show, topic="safe")

    def step_back(self) -> bool:
        """Go back from the detail to the list, then from a search to everything."""
        if self.parts.close_detail():
            self.table.setFocus()
            return True
        if self.search is not None and self.search.text():
            self.search.clear()
            return True
        return False

    def show_subject(self, subject: str) -> None:
        """Show one kept password beside the list."""
        self.chosen = subject
        self.parts.open_detail()
        self._mark()

    def _search(self, words: str) -> None:
        self.model.search(words)
        self._arranged()

    def _show(self, view: SafeView) -> None:
        self.view = view
        self.whole.setCurrentWidget(self.parts if view.may else self.closed)
        if self.search is not None:
            self.search.setVisible(view.may)
        if not view.may:
            who = "、".join(view.keepers)
            self.closed.say(
                f"密码由{who}保管，只有保管人看得到。要用密码，请找保管人。"
                if who
                else "还没有人保管密码。请系统管理员在“设置”的“人员与角色”里指定密码保管人。"
            )
            self.store.say("")
            return
        self.model.show_rows(view.rows, view.names)
        self._arranged()
        self._look_here()

    def _arranged(self) -> None:
        found = self.model.rowCount()
        self.empty.say("没有符合条件的。换个词再找。" if self.view and self.view.rows else _NOTHING)
        self.list_stack.setCurrentWidget(self.table if found else self.empty)
        self._mark()
        if not found:
            self.detail.clear()

    def _open_detail(self) -> None:
        self.parts.open_detail()

    def _mark(self) -> None:
        place = max(self.model.place_of(self.chosen), 0)
        if self.model.rowCount():
            self.table.selectRow(place)

    def _follow(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        if not rows or self.view is None:
            return
        row, names = self.model.row(rows[0].row()), self.view.names
        self.chosen = row.key
        self.detail.show_row(row, names, self.model.missing)
        if row.line is not None:
            key, listed = row.line.credential.id, self.desk.services.custody_list
            self.desk.tasks.run(
                self, lambda: listed.history(key), lambda events: self.detail.show_history(events, names), topic="past"
            )

    def _look_here(self) -> None:
        """Ask the store of secrets which of the kept passwords it has."""
        kept: list[Credential] = [row.line.credential for row in self.view.rows if row.line] if self.view else []
        if not kept:
            self.store.say("")
            return
        self._say_store("正在查看系统密码库……", Tone.NEUTRAL)
        self.desk.tasks.run(
            self,
            lambda: self.desk.services.custody.missing_here(kept),
            self._looked,
            self._unreachable,
            lane="files",
            topic="store",
        )

    def _looked(self, missing: frozenset[EnvelopeAddress]) -> None:
        self._say_store("")
        self.model.show_missing(frozenset(one.credential_id for one in missing))
        self._follow()

    def _unreachable(self, error: AppError) -> bool:
        self._say_store(str(explain(error)), Tone.DANGER)
        # Nothing claims to be kept that cannot be read back.
        self.model.show_missing(None)
        self._follow()
        self.unlock_button.setVisible(isinstance(error, VaultLockedError))
        self.again_button.setVisible(not isinstance(error, VaultLockedError))
        return True

    def _say_store(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        self.store.say(words, tone)
        self.unlock_button.hide()
        self.again_button.hide()

    def _unlock(self) -> None:
        self._say_store("请在系统弹出的窗口里解锁……", Tone.NEUTRAL)
        self.desk.tasks.run(
            self,
            self.desk.services.custody.unlock,
            lambda _done: self._look_here(),
            self._unreachable,
            lane="files",
            topic="store",
        )

    def _act(self, act: str) -> None:
        row = self.detail.row
        if row is None:
            return
        if act == "look":
            from app.ui.custody.reveal_dialog import RevealDialog

            self._open(RevealDialog(self.desk, self, row))
        elif act == "keep":
            listed, account_id = self.desk.services.custody_list, row.account.id
            self.desk.tasks.run(self, lambda: listed.choices(account_id), lambda choices: self._keep(row, choices))
        elif row.line is not None:
            self._seal(row.line.credential)

    def _keep(self, row: SafeRow, choices: SafeChoices) -> None:
        from app.ui.custody.keep_dialog import KeepDialog

        self._open(KeepDialog(self.desk, self, row, choices))

    def _seal(self, credential: Credential) -> None:
        text = "用您自己的那一份打开密码，再封给每位保管人。密码本身不变，也不显示。"
        passcode = self.desk.dialogs.ask_passcode(self, "重新封装", "您的口令", text=text, yes="重新封装")
        if passcode is None:
            return
        people = tuple(one.person_id for one in credential.envelopes)
        self._say_store("正在重新封装……", Tone.NEUTRAL)

        def failed(error: AppError) -> bool:
            self._say_store(str(explain(error)), Tone.DANGER)
            self.unlock_button.setVisible(isinstance(error, VaultLockedError))
            return True

        self.desk.tasks.run(
            self,
            lambda: self.desk.services.custody.seal_again(credential.id, people, passcode),
            lambda _credential: self.desk.changes.tell("passwords"),
            failed,
            lane="files",
        )

    def _clipboard_left(self, seconds: int) -> None:
        self.clip.say(f"密码在剪贴板上，还有 {seconds} 秒自动清除。" if seconds else "", Tone.WARNING)

    @staticmethod
    def _open(dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
