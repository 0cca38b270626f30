"""Typing a new password twice, or having one drawn; how strong it is stands below in words."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError, FieldInvalidError
from app.labels import label
from app.messages import explain
from app.models.secret import Secret
from app.services.password_choice import JudgedPassword
from app.ui.custody.secret_stage import SecretStage
from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.detail_section import wrapped
from app.ui.widgets.passcode_field import PasscodeField

_PAUSE = 250
_SCORES = ("一猜就中", "很弱", "较弱", "够强", "很强")


class SecretEntry(QWidget):
    """Two fields of dots that are never made readable; `changed` tells of every change."""

    changed = Signal()

    def __init__(self, desk: Desk, account_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._account_id = desk, account_id
        self._drawn: Secret | None = None
        self.first, self.second = PasscodeField("账号密码"), PasscodeField("再输一遍")
        self.first.setPlaceholderText("输入或粘贴平台上的密码")
        self.second.setPlaceholderText("再输一遍")
        self.draw_button = QPushButton("生成")
        self.show_button, self.copy_button = QPushButton("显示 20 秒"), QPushButton("复制")
        for button in (self.draw_button, self.show_button, self.copy_button):
            button.setAutoDefault(False)
        self.draw_button.setToolTip("按平台的规则生成一个密码，拿到平台上去改")
        self.draw_button.clicked.connect(lambda _checked=False: self.draw())
        self.show_button.clicked.connect(lambda _checked=False: self._present(copied=False))
        self.copy_button.clicked.connect(lambda _checked=False: self._present(copied=True))
        self.strength = wrapped("", "small")
        self.stage = SecretStage()
        top, drawn = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(self.first, 1)
        top.addWidget(self.draw_button)
        drawn.setSpacing(px(8))
        drawn.addWidget(self.show_button)
        drawn.addWidget(self.copy_button)
        drawn.addStretch(1)
        flow = QVBoxLayout(self)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(px(8))
        flow.addLayout(top)
        flow.addWidget(self.second)
        flow.addWidget(self.strength)
        flow.addLayout(drawn)
        flow.addWidget(self.stage)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.judge)
        self.first.textChanged.connect(lambda _text: self._typed())
        self.second.textChanged.connect(lambda _text: self._typed())
        self.setFocusProxy(self.first)
        self._offer_drawn()
        self._say("")

    def secret(self) -> Secret:
        """Return what was typed, or raise `MissingFieldError` or `FieldInvalidError`."""
        password = Secret(self.first.text())
        if self.first.text() != self.second.text():
            raise FieldInvalidError("account_password_again")
        return password

    def draw(self) -> None:
        """Draw a password that the platform takes."""
        custody, account_id = self._desk.services.custody, self._account_id
        self._desk.tasks.run(self, lambda: custody.draw(account_id), self._put, lane="files", topic="draw")

    def judge(self) -> None:
        """Ask how strong the typed password is."""
        try:
            password = Secret(self.first.text())
        except AppError as error:
            self._say(str(explain(error)) if self.first.text() else "", Tone.DANGER)
            return
        custody, account_id = self._desk.services.custody, self._account_id
        self._desk.tasks.run(
            self, lambda: custody.judge(account_id, password), self._judged, lane="files", topic="strength"
        )

    def forget(self) -> None:
        """Empty the fields with all they could undo, and take the label away."""
        self.stage.clear()
        self._drawn = None
        self._pause.stop()
        # `clear` would leave the letters in the history of the field.
        self.first.setText("")
        self.second.setText("")

    def _put(self, password: Secret) -> None:
        self.first.setText(password.reveal())
        self.second.setText(password.reveal())
        self._drawn = password
        self._offer_drawn()
        self.judge()

    def _typed(self) -> None:
        if self._drawn is not None:
            self._drawn = None
            self.stage.clear()
            self.stage.hide()
        self._offer_drawn()
        self._pause.start()
        self.changed.emit()

    def _offer_drawn(self) -> None:
        for button in (self.show_button, self.copy_button):
            button.setVisible(self._drawn is not None)

    def _present(self, *, copied: bool) -> None:
        if self._drawn is None:
            return
        if copied:
            self.stage.copy_secret(self._drawn)
        else:
            self.stage.show_secret(self._drawn)

    def _judged(self, judged: JudgedPassword) -> None:
        if not self.first.text():
            self._say("")
            return
        why = [label(one) for one in judged.strength.weaknesses]
        words = f"强度：{_SCORES[judged.strength.score]}" + (f"，里面有{'、'.join(why)}" if why else "")
        if judged.faults:
            words += f"；平台可能不收：{'、'.join(label(one) for one in judged.faults)}"
        self._say(f"{words}。", Tone.GOOD if judged.is_fine else Tone.WARNING)

    def _say(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        self.strength.setText(words)
        self.strength.setVisible(bool(words))
        set_role(self.strength, role="small", tone=tone.value if words else "")
