"""查看密码: a reason and the own passcode, then the password for 20 seconds or on the clipboard for 15 (article 6)."""

from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget

from app.errors import AppError, VaultLockedError
from app.models.credential import UsageKind
from app.models.secret import Secret
from app.services.custody_list import SafeRow
from app.ui.custody.secret_stage import SecretStage
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.tokens import Tone
from app.ui.widgets.detail_section import wrapped
from app.ui.widgets.form_grid import FormGrid
from app.ui.widgets.passcode_field import PasscodeField


class RevealDialog(FormDialog):
    """Every look is on record before anything is shown; closing it, as the lock does, takes the password away."""

    def __init__(self, desk: Desk, parent: QWidget | None, row: SafeRow) -> None:
        assert row.line is not None
        credential = row.line.credential
        super().__init__(
            desk, parent, "查看密码", f"{row.account.caption}的{credential.label}", "查看", turn_away="关闭"
        )
        self._id = credential.id
        self._closed = self._looked = False
        self.told = wrapped("每次查看都记入审计记录和账号的经过。请看好四周，不要让别人看见屏幕。", "muted")
        self.reason, self.passcode = QLineEdit(), PasscodeField("您的口令")
        self.reason.setMaxLength(200)
        self.form = FormGrid()
        self.form.add("事由", self.reason, "例如：登录后台发布通知。不要写密码。", needed=True)
        self.form.add("您的口令", self.passcode, needed=True)
        self.stage = SecretStage()
        self.stage.over.connect(self._over)
        self.copy_button = QPushButton("复制")
        self.copy_button.setAutoDefault(False)
        self.copy_button.setToolTip("不显示密码，只放到剪贴板上 15 秒")
        self.foot.insertWidget(2, self.copy_button)
        self.act_button.clicked.connect(lambda _checked=False: self.look(UsageKind.REVEAL))
        self.copy_button.clicked.connect(lambda _checked=False: self.look(UsageKind.COPY))
        self.lay_out(self.told, self.form, self.stage, self.notice)
        self.remember(credential.id, self.reason)

    def look(self, usage: UsageKind) -> None:
        """Take the password out, to show or to copy it."""
        reason, passcode = self.reason.text(), self.passcode.text()
        self.passcode.setText("")
        self._wait("正在打开系统密码库……")
        self._desk.tasks.run(
            self,
            lambda: self._desk.services.custody.reveal(self._id, usage, reason, passcode),
            lambda password: self._taken(usage, password),
            self.refused,
            lane="files",
        )

    def refused(self, error: AppError) -> bool:
        """Say in place what is wrong; a locked store of secrets can be unlocked from here."""
        self._ready(ready=True)
        super().refused(error)
        if isinstance(error, VaultLockedError) and self.notice.button is None:
            self.notice.offer("解锁系统密码库", self._unlock).setAutoDefault(False)
        if self.notice.button is not None:
            self.notice.button.setVisible(isinstance(error, VaultLockedError))
        self.passcode.setFocus()
        return True

    def done(self, result: int) -> None:
        """Take the password off the screen before anything else."""
        self._closed = True
        self.stage.clear()
        self.passcode.setText("")
        # What was typed has done its work once the password was there.
        super().done(int(QDialog.DialogCode.Accepted.value) if self._looked else result)

    def _taken(self, usage: UsageKind, password: Secret) -> None:
        if self._closed:
            # The window was locked while the store was being asked.
            return
        self._looked = True
        self.notice.say("")
        self.kept_notice.say("")
        self.form.hide()
        self.act_button.hide()
        self.copy_button.hide()
        if usage is UsageKind.COPY:
            self.stage.copy_secret(password)
        else:
            self.stage.show_secret(password)
        self.cancel_button.setFocus()
        self._desk.changes.tell("passwords")

    def _over(self) -> None:
        if not self._closed:
            self.accept()

    def _unlock(self) -> None:
        self._wait("请在系统弹出的窗口里解锁……")

        def unlocked(_nothing: None) -> None:
            self._ready(ready=True)
            self.notice.say("系统密码库已解锁，请再输入一次口令。", Tone.GOOD)
            self.passcode.setFocus()

        self._desk.tasks.run(self, self._desk.services.custody.unlock, unlocked, self.refused, lane="files")

    def _wait(self, words: str) -> None:
        self._ready(ready=False)
        self.notice.say(words, Tone.NEUTRAL)
        if self.notice.button is not None:
            self.notice.button.hide()

    def _ready(self, *, ready: bool) -> None:
        self.act_button.setEnabled(ready)
        self.copy_button.setEnabled(ready)
