"""登记密码 and 更换密码: the password, who keeps it, why it was changed, and the own passcode (article 6)."""

from PySide6.QtWidgets import QLineEdit, QWidget

from app.errors import AppError, MissingFieldError, VaultLockedError
from app.labels import label
from app.models.account import Account
from app.models.credential import ChangeCause, Credential
from app.services.custody import CustodyTerms
from app.services.custody_list import SafeChoices, SafeRow
from app.ui.custody.secret_entry import SecretEntry
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.tokens import Tone
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.form_grid import FormGrid
from app.ui.widgets.passcode_field import PasscodeField

_NOBODY = "（没有）"


class KeepDialog(FormDialog):
    """Takes a password in; nothing of it is kept when the dialog closes, done or not."""

    def __init__(self, desk: Desk, parent: QWidget | None, row: SafeRow, choices: SafeChoices) -> None:
        self._credential = row.line.credential if row.line is not None else None
        act = "更换密码" if self._credential else "登记密码"
        super().__init__(desk, parent, act, f"{act}：{row.account.caption}", act, width=600)
        self._account: Account = row.account
        self._same_told = self._closed = False
        self.entry = SecretEntry(desk, row.account.id)
        self.entry.changed.connect(self._retyped)
        self.name, self.envelope = QLineEdit("登录密码"), QLineEdit()
        self.name.setMaxLength(40)
        self.envelope.setMaxLength(40)
        self.main, self.second, self.witness, self.cause = (ElidedCombo() for _ in range(4))
        self.passcode = PasscodeField("您的口令")
        self.second.addItem(_NOBODY, "")
        self.witness.addItem(_NOBODY, "")
        for person in choices.custodians:
            self.main.addItem(choices.names[person], person)
            self.second.addItem(choices.names[person], person)
        for person in choices.witnesses:
            if person != desk.actor.person_id:
                self.witness.addItem(choices.names[person], person)
        self.second.setCurrentIndex(min(2, self.second.count() - 1))
        for cause in ChangeCause:
            if (cause is ChangeCause.FIRST) is (self._credential is None):
                self.cause.addItem(label(cause), cause)
        form = FormGrid()
        form.add("账号密码", self.entry, "只封存在这台电脑的系统密码库里，别处都不留。", needed=True)
        if self._credential is None:
            form.add("用途", self.name, needed=True)
            form.add("主保管人", self.main, needed=True)
            form.add("备保管人", self.second, "主保管人不在时由他打开；没有的，口令忘了就只能到平台上找回。")
            form.add("信封号", self.envelope, "保险柜里另有密封信封的，填信封编号。")
        else:
            form.add("更换原因", self.cause, needed=True)
        form.add("见证人", self.witness)
        form.add("您的口令", self.passcode, needed=True)
        self.act_button.clicked.connect(lambda _checked=False: self.keep())
        self.lay_out(form, self.notice)
        kept = (self.witness, *((self.cause,) if self._credential else (self.name, self.second, self.envelope)))
        self.remember(self._credential.id if self._credential else row.account.id, *kept)
        self.entry.setFocus()

    def keep(self) -> None:
        """Look whether another account has the password, then take it in."""
        try:
            password, terms = self.entry.secret(), self._terms()
        except AppError as error:
            self.refused(error)
            return
        passcode, custody, own = self.passcode.text(), self._desk.services.custody, self._credential
        if not passcode:
            self.refused(MissingFieldError("passcode"))
            return
        self._wait("正在存入系统密码库，并读回核对……")
        told = self._same_told

        def job() -> Credential | tuple[Account, ...]:
            if not told and (same := custody.same_as(password, passcode, but=own.id if own else "")):
                return same
            if own is not None:
                return custody.change(own.id, password, terms.cause, passcode, witness_id=terms.witness_id)
            return custody.keep(terms, password, passcode)

        self._desk.tasks.run(self, job, self._answered, self.refused, lane="files")

    def refused(self, error: AppError) -> bool:
        """Say what is wrong; the password that was typed stands until the dialog closes."""
        self.act_button.setEnabled(True)
        super().refused(error)
        locked = isinstance(error, VaultLockedError)
        if locked and self.notice.button is None:
            self.notice.offer("解锁系统密码库", self._unlock).setAutoDefault(False)
        if self.notice.button is not None:
            self.notice.button.setVisible(locked)
        return True

    def done(self, result: int) -> None:
        """Leave nothing of the password in the fields."""
        self._closed = True
        self.entry.forget()
        self.passcode.setText("")
        super().done(result)

    def _terms(self) -> CustodyTerms:
        people = tuple(filter(None, (self.main.currentData(), self.second.currentData())))
        return CustodyTerms(
            self._account.id,
            self.name.text(),
            tuple(dict.fromkeys(people)),
            ChangeCause(self.cause.currentData()),
            self.witness.currentData() or "",
            self.envelope.text(),
        )

    def _answered(self, answer: "Credential | tuple[Account, ...]") -> None:
        if isinstance(answer, Credential):
            self._desk.changes.tell("passwords")
            if not self._closed:
                self.accept()
            return
        self.act_button.setEnabled(True)
        self._same_told = True
        others = "、".join(one.caption for one in answer)
        self.notice.say(
            f"和{others}的密码相同，一个泄露就全泄露。请在平台上换一个；暂时只能这样的，再点一次“{self.act_button.text()}”。",
            Tone.WARNING,
        )

    def _retyped(self) -> None:
        self._same_told = False

    def _unlock(self) -> None:
        self._wait("请在系统弹出的窗口里解锁……")

        def unlocked(_nothing: None) -> None:
            self.act_button.setEnabled(True)
            self.notice.say(f"系统密码库已解锁，请再点“{self.act_button.text()}”。", Tone.GOOD)

        self._desk.tasks.run(self, self._desk.services.custody.unlock, unlocked, self.refused, lane="files")

    def _wait(self, words: str) -> None:
        self.act_button.setEnabled(False)
        self.notice.say(words, Tone.NEUTRAL)
        if self.notice.button is not None:
            self.notice.button.hide()
