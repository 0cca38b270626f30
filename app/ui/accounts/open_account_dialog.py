"""登记开通: an approved account was opened on its platform (article 4)."""

from PySide6.QtWidgets import QWidget

from app.services.account_desk import AccountView
from app.ui.accounts.particulars_form import line_field
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.widgets.banner import Banner
from app.ui.widgets.day_field import DayField
from app.ui.widgets.form_grid import FormGrid


class OpenAccountDialog(FormDialog):
    """The day, and what the platform calls the account."""

    def __init__(self, desk: Desk, parent: QWidget | None, view: AccountView) -> None:
        title, account = "登记开通", view.account
        super().__init__(desk, parent, title, f"{title}：{account.caption}", title)
        self._account_id = account.id
        today = desk.services.today.day()
        self.day = DayField(today, last=today)
        self.handle, self.link = line_field(account.handle, 100), line_field(account.link, 2000)
        form = FormGrid()
        form.add("开通日期", self.day)
        form.add("账号标识", self.handle, "平台给的账号 ID 或微信号，没有可以不填。")
        form.add("主页链接", self.link)
        self.act_button.clicked.connect(self.record)
        self.lay_out(Banner("开通以后接着申请备案，报送以前还不能用来发稿（第五条）。"), form, self.notice)
        self.handle.setFocus()
        self.remember(account.id, self.day, self.handle, self.link)

    def record(self) -> None:
        """Record the opening."""
        accounts, account_id = self._desk.services.accounts, self._account_id
        day, handle, link = self.day.day, self.handle.text(), self.link.text()
        self.act(lambda: accounts.open(account_id, day, handle, link), lambda _account: self.done_with("accounts"))
