"""Registering an account that already runs, or changing what is on file of it."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError
from app.messages import explain
from app.models.account import Account
from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.fitting_size import grow_to_words
from app.ui.widgets.form_grid import FormGrid

PLATFORMS = ("微信公众号", "微信视频号", "微博", "今日头条", "抖音", "快手", "哔哩哔哩", "小程序", "移动客户端", "其他")


class AccountDialog(QDialog):
    """The descriptive fields of one account; its state moves by papers, not here."""

    def __init__(self, desk: Desk, parent: QWidget, account: Account | None = None) -> None:
        super().__init__(parent.window())
        self._desk, self._account = desk, account
        self.setWindowTitle("账号资料" if account else "登记账号")
        self.setMinimumWidth(px(520))
        heading = QLabel(account.caption if account else "登记一个正在用的账号")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setWordWrap(True)
        set_role(heading, role="subtitle")
        self.platform = QComboBox()
        self.platform.setEditable(True)
        self.platform.addItems(PLATFORMS)
        self.name, self.handle, self.link = QLineEdit(), QLineEdit(), QLineEdit()
        for field, limit in ((self.name, 100), (self.handle, 100), (self.link, 2000)):
            field.setMaxLength(limit)
        self.variant = QCheckBox("这个平台要另写一份文案（如微博字数少）")
        if account is not None:
            self.platform.setCurrentText(account.platform)
            self.name.setText(account.name)
            self.handle.setText(account.handle)
            self.link.setText(account.link)
            self.variant.setChecked(account.needs_variant)
        form = FormGrid()
        form.add("平台", self.platform, needed=True)
        form.add("账号名称", self.name, needed=True)
        form.add("账号标识", self.handle, "平台给的账号 ID 或微信号，没有可以不填。")
        form.add("主页链接", self.link)
        form.add_wide(self.variant)
        self.notice = Banner()
        if account is None:
            self.notice.say("先按“未备案（补录）”登记，可以马上用来发稿；备案办好以后再补。", Tone.WARNING)
        save, cancel = QPushButton("保存" if account else "登记账号"), QPushButton("取消")
        set_role(save, kind="primary")
        save.clicked.connect(self.save)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(14))
        for widget in (heading, form, self.notice):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Have room for every line: Qt gives a window two thirds of the screen at first."""
        super().showEvent(event)
        grow_to_words(self)

    def save(self) -> None:
        """Register or change the account."""
        platform, name = self.platform.currentText(), self.name.text()
        handle, link, variant = self.handle.text(), self.link.text(), self.variant.isChecked()
        accounts, before = self._desk.services.accounts, self._account

        def job() -> Account:
            if before is None:
                return accounts.register(platform, name, handle=handle, link=link, needs_variant=variant)
            return accounts.change(
                replace(
                    before,
                    platform=platform.strip(),
                    name=name.strip(),
                    handle=handle.strip(),
                    link=link.strip(),
                    needs_variant=variant,
                )
            )

        self._desk.tasks.run(self, job, self._saved, self._refused)

    def _saved(self, _account: Account) -> None:
        self._desk.changes.tell("accounts")
        self.accept()

    def _refused(self, error: AppError) -> bool:
        self.notice.say(str(explain(error)), Tone.DANGER)
        return True
