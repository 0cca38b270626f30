"""Removing for good what is over: its basis, the own passcode, and a second person with theirs."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.errors import AppError, CancelledError, MissingFieldError
from app.labels import label, long_date
from app.models.expiry import Expiry
from app.services.retention_desk import Removed
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.theme import set_role
from app.ui.tokens import Tone
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.fitting_size import grow_to_words
from app.ui.widgets.form_grid import FormGrid
from app.ui.widgets.passcode_field import PasscodeField


class RemovalDialog(FormDialog):
    """Says what goes and that it cannot be brought back; `removed` carries what went."""

    removed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, expiry: Expiry, others: tuple[str, ...]) -> None:
        """`others` is how those are called who sign in besides."""
        heading = f"清除{expiry.through}年和更早的{label(expiry.group)}"
        super().__init__(desk, parent, "保管期限", heading, "清除")
        self._expiry = expiry
        set_role(self.act_button, kind="danger")
        today = long_date(desk.services.retention.today())
        words = QLabel(
            f"今天是{today}，请先核对电脑的日期。共 {expiry.due} 项，清除后本机上再也找不回来；"
            "已写出的存档和备份不受影响，要另行处理。"
        )
        words.setWordWrap(True)
        self.basis, self.passcode = QLineEdit(), PasscodeField("您的口令")
        self.basis.setMaxLength(200)
        self.second, self.second_passcode = ElidedCombo(), PasscodeField("监督人的口令")
        self.second.addItems(list(others))
        form = FormGrid()
        form.add("清除依据", self.basis, "鉴定意见或批准文件的文号。", needed=True)
        form.add("您的口令", self.passcode, needed=True)
        form.add("监督人", self.second, "在场的另一个人，用自己的口令确认。", needed=True)
        form.add("监督人的口令", self.second_passcode, needed=True)
        self.act_button.clicked.connect(self.remove)
        self.lay_out(words, form, self.notice)
        self.remember(expiry.group.value, self.basis, self.second)

    def remove(self) -> None:
        """Remove what is over, once both have confirmed."""
        retention, group = self._desk.services.retention, self._expiry.group
        basis, passcode = self.basis.text(), self.passcode.text()
        second, second_passcode = self.second.currentText(), self.second_passcode.text()
        for field, value in (("basis", basis), ("passcode", passcode), ("witness", second_passcode and second)):
            if not value.strip():
                self.refused(MissingFieldError(field))
                return
        self.act_button.setEnabled(False)
        self._desk.tasks.run_with_progress(
            self,
            "正在清除",
            lambda report: retention.remove(group, basis, passcode, second, second_passcode, report),
            self._done,
            self.refused,
        )

    def refused(self, error: AppError) -> bool:
        """Say what is wrong, and let both type their passcodes again."""
        self.act_button.setEnabled(True)
        self.passcode.clear()
        self.second_passcode.clear()
        if isinstance(error, CancelledError):
            self.notice.say("已按您的要求取消，什么也没有清除。", Tone.GOOD)
            grow_to_words(self)
            return True
        return super().refused(error)

    def _done(self, removed: Removed) -> None:
        self.removed.emit(removed)
        self.done_with("drafts", "publications", "months", "people")
