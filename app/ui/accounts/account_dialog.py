"""Registering an account that already runs, or changing what is on file of it."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from app.models.account import Account
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.tokens import Tone
from app.ui.widgets.form_grid import FormGrid

PLATFORMS = ("微信公众号", "微信视频号", "微博", "今日头条", "抖音", "快手", "哔哩哔哩", "小程序", "移动客户端", "其他")


class AccountDialog(FormDialog):
    """The descriptive fields of one account; its state moves by papers, not here."""

    def __init__(self, desk: Desk, parent: QWidget, account: Account | None = None) -> None:
        title, act = ("账号资料", "保存") if account else ("登记账号", "登记账号")
        super().__init__(desk, parent, title, account.caption if account else "登记一个正在用的账号", act)
        self._account = account
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
        if account is None:
            self.notice.say("先按“未备案（补录）”登记，可以马上用来发稿；备案办好以后再补。", Tone.WARNING)
        self.act_button.clicked.connect(self.save)
        self.lay_out(form, self.notice)
        about = account.id if account is not None else ""
        self.remember(about, self.platform, self.name, self.handle, self.link, self.variant)

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

        self.act(job, lambda _account: self.done_with("accounts"))
