"""What is on file of an account: put there for the first time, filled up, or put right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.account import Account, AccountState, FilingState
from app.services.account_desk import AccountChoices
from app.ui.accounts.particulars_form import ParticularsForm
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.fitting_size import fit_to_screen

_RUNNING = "先按“未备案（补录）”登记，可以马上用来发稿；备案另外补办。知道多少填多少，以后可以补。"
_PLANNED = "先登记，再申请开设；主要领导批准以后才能在平台上开通（第四条）。"
_FILED = "备案过的内容不能直接改，要改请申请变更（第七条）；其余的可以在这里改。"


class ParticularsDialog(FormDialog):
    """All fields of an account; its state moves by papers, not here. `change_asked` asks for a change application."""

    change_asked = Signal()

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None,
        choices: AccountChoices,
        account: Account | None = None,
        *,
        planned: bool = False,
    ) -> None:
        if account is not None:
            title, heading, act = "账号资料", account.caption, "保存"
        else:
            title = heading = act = "登记账号"
            heading = "登记一个拟开设的账号" if planned else "登记一个正在用的账号"
        super().__init__(desk, parent, title, heading, act, width=640)
        self._account, self._planned = account, planned
        state = AccountState.PLANNED if planned else AccountState.RUNNING
        self.shown = account or Account("", "", "", state, FilingState.NOT_FILED)
        before_opening = self.shown.state in {
            AccountState.PLANNED,
            AccountState.AWAITING_APPROVAL,
            AccountState.APPROVED,
        }
        self.form = ParticularsForm(choices, self.shown, planned=before_opening)
        self.rule = Banner()
        if account is None:
            self.rule.say(_PLANNED if planned else _RUNNING, Tone.PRIMARY if planned else Tone.WARNING)
        elif account.filing is not FilingState.NOT_FILED:
            self.rule.say(_FILED)
            change = self.rule.offer("申请变更", self._ask_for_change)
            change.setAutoDefault(False)
            for field in self.form.bound:
                field.setEnabled(False)
                field.setToolTip("要改请申请变更。")
        self.act_button.clicked.connect(self.save)
        self.lay_out(self.rule, self.form, self.notice)
        fit_to_screen(self, 680, 720)
        if account is None:
            self.form.name.setFocus()
        self.remember(account.id if account else "planned" if planned else "", *self.form.fields)

    def save(self) -> None:
        """Put the account on file, or save what was changed."""
        filled, accounts, fresh, planned = (
            self.form.filled(),
            self._desk.services.accounts,
            not self._account,
            self._planned,
        )

        def job() -> Account:
            if fresh:
                return accounts.plan(filled) if planned else accounts.bring(filled)
            return accounts.change(filled)

        self.act(job, lambda _account: self.done_with("accounts"))

    def _ask_for_change(self) -> None:
        self.reject()
        self.change_asked.emit()
