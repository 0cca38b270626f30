"""忘记口令: who draws a new code, and the slip from the safe for the administrator's own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.errors import AppError
from app.messages import explain
from app.services.code_desk import OneTimeCode
from app.ui.desk import Desk
from app.ui.start.door_card import DoorCard, door_label
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner


class ForgottenPage(DoorCard):
    """Explains the ways in; with the recovery slip an administrator gets a new code at once."""

    back = Signal()
    recovered = Signal(str, tuple)

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__("忘记口令", "口令只存校验值，谁也查不出来，只能重新设定。", 520, parent)
        self._desk = desk
        rows = self.rows
        rows.addWidget(
            door_label(
                "请系统管理员登录，在“设置—人员”里为您重发一次性口令，并写明原因。"
                "拿到口令单后回到登录页，输入单上的口令，再设定自己的新口令。"
            )
        )
        rows.addWidget(door_label("系统管理员自己忘记口令，有两个办法：", "strong"))
        rows.addWidget(
            door_label(
                "一、请另一位系统管理员，或设置时指定的第二人登录后重发。\n二、取出封存的恢复口令单，在这里输入："
            )
        )
        self.name_field = QLineEdit(name)
        self.name_field.setMaxLength(100)
        self.code_field = QLineEdit()
        self.code_field.setMaxLength(40)
        self.code_field.setPlaceholderText("例如 ABCD-EFGH-2345")
        for caption, field in (("系统管理员姓名", self.name_field), ("恢复口令", self.code_field)):
            label = door_label(caption, "muted")
            label.setBuddy(field)
            field.setAccessibleName(caption)
            field.textChanged.connect(self._check)
            rows.addWidget(label)
            rows.addWidget(field)
        self.code_field.returnPressed.connect(self.recover)
        self.note = Banner()
        rows.addWidget(self.note)
        rows.addSpacing(px(4))
        self.button = QPushButton("用恢复口令重新设定")
        set_role(self.button, kind="primary")
        self.button.clicked.connect(self.recover)
        back = QPushButton("返回登录")
        set_role(back, kind="plain")
        back.clicked.connect(self.back)
        foot = QHBoxLayout()
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(self.button)
        rows.addLayout(foot)
        self._check()

    def recover(self) -> None:
        """Try the recovery code; it counts once, and a new one is drawn for the safe."""
        if not self.button.isEnabled():
            return
        name, code = self.name_field.text().strip(), self.code_field.text()
        self.button.setEnabled(False)
        self._desk.tasks.run(
            self,
            lambda: self._desk.services.codes.recover(name, code),
            lambda drawn: self._recovered(name, drawn),
            self._refused,
        )

    def _recovered(self, name: str, drawn: tuple[OneTimeCode, OneTimeCode]) -> None:
        self.code_field.clear()
        self.recovered.emit(name, drawn)

    def _refused(self, error: AppError) -> None:
        self.button.setEnabled(True)
        self.note.say(str(explain(error)), Tone.DANGER)
        self.code_field.setFocus()
        self.code_field.selectAll()

    def _check(self) -> None:
        self.button.setEnabled(bool(self.name_field.text().strip() and self.code_field.text().strip()))
