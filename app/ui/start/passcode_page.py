"""Choosing the own passcode with a one-time code (nobody sets another's; article 6)."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from app.errors import AppError
from app.messages import explain
from app.models.passcode import CUSTODIAN_PASSCODE_LENGTH, PASSCODE_LENGTH
from app.services.sign_in import SignedIn
from app.ui.desk import Desk
from app.ui.icons import put_icon
from app.ui.start.door_card import DoorCard, door_label
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.passcode_field import PasscodeField

RULES = f"可以用一句容易记的话，汉字也行。密码保管人的口令至少 {CUSTODIAN_PASSCODE_LENGTH} 个字符。"


_WHY = "一次性口令只能用一次，请设定自己的口令。"
_WHY_LONGER = "您现在是密码保管人，原来的口令不够长，请换一个更长的。"


class PasscodePage(DoorCard):
    """Asks for a passcode twice; what is wrong with it is said while it is typed and judged when it is sent.

    `longer` asks for one in place of a passcode that became too short.
    """

    signed_in = Signal(object)
    cancelled = Signal()

    def __init__(
        self, desk: Desk, name: str, code: str, parent: QWidget | None = None, *, longer: bool = False
    ) -> None:
        super().__init__("设定口令", f"{name}，您好。{_WHY_LONGER if longer else _WHY}", parent=parent)
        self._desk, self._name, self._code = desk, name, code
        self._least = CUSTODIAN_PASSCODE_LENGTH if longer else PASSCODE_LENGTH
        self.first_field = PasscodeField("新口令")
        self.again_field = PasscodeField("再输一遍")
        self.caps_label = door_label("大写锁定已打开。", "small")
        set_role(self.caps_label, tone="warning")
        self.caps_label.hide()
        self.note = Banner()
        self.button = QPushButton("设定并登录")
        self.button.setDefault(True)
        set_role(self.button, kind="primary")
        self.button.clicked.connect(self.choose)
        back = QPushButton("返回")
        set_role(back, kind="plain")
        back.clicked.connect(self.cancelled)
        self._hints = [_Hint(text) for text in (f"至少 {self._least} 个字符", "不只是数字，也不是同一个字", "两遍一样")]
        rows = self.rows
        rows.addWidget(door_label(RULES, "small"))
        for caption, field in (("新口令", self.first_field), ("再输一遍", self.again_field)):
            label = door_label(caption, "muted")
            label.setBuddy(field)
            rows.addWidget(label)
            rows.addWidget(field)
            field.textChanged.connect(self._judge)
            field.caps_lock.connect(self.caps_label.setVisible)
        self.first_field.returnPressed.connect(self.again_field.setFocus)
        self.again_field.returnPressed.connect(self.choose)
        rows.addWidget(self.caps_label)
        for hint in self._hints:
            rows.addWidget(hint)
        rows.addWidget(self.note)
        rows.addSpacing(px(4))
        rows.addWidget(self.button)
        foot = QHBoxLayout()
        foot.addWidget(back)
        foot.addStretch(1)
        rows.addLayout(foot)
        self._judge()

    def choose(self) -> None:
        """Send the choice; the service judges it."""
        passcode = self.first_field.text()
        if not self.button.isEnabled():
            return
        self.button.setEnabled(False)
        self._desk.tasks.run(
            self,
            lambda: self._desk.services.sign_in.choose(self._name, self._code, passcode),
            self._chosen,
            self._refused,
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Be ready for a key at once."""
        super().showEvent(event)
        self.first_field.setFocus()

    def _judge(self) -> None:
        typed, again = self.first_field.text(), self.again_field.text()
        met = (len(typed) >= self._least, bool(typed) and not _plain(typed), bool(typed) and typed == again)
        for hint, good in zip(self._hints, met, strict=True):
            hint.show_met(good)
        self.button.setEnabled(all(met))
        self.note.say("")

    def _chosen(self, result: SignedIn) -> None:
        for field in (self.first_field, self.again_field):
            field.clear()
        self.signed_in.emit(result)

    def _refused(self, error: AppError) -> None:
        self.again_field.clear()
        self.first_field.setFocus()
        self.first_field.selectAll()
        self.note.say(str(explain(error)), Tone.DANGER)


class _Hint(QWidget):
    """One rule, ticked as soon as it is met."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._sign, self._label = QLabel(), door_label(text, "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        row.addWidget(self._sign)
        row.addWidget(self._label, 1)

    def show_met(self, met: bool) -> None:
        """Show whether the rule is met."""
        put_icon(self._sign, "check" if met else "minus", "good" if met else "muted", 14)
        set_role(self._label, tone="good" if met else "")
        self._label.setAccessibleName(f"{self._label.text()}：{'已满足' if met else '还没有满足'}")


def _plain(text: str) -> bool:
    """Say whether a text is digits alone or one character again and again."""
    return text.isdigit() or len(set(text)) < 2
