"""Beginning a paper of an account's life, or writing one anew that nobody has been asked to sign (articles 4, 5, 7)."""

from PySide6.QtWidgets import QCheckBox, QWidget

from app.models.account_application import Application, ApplicationKind, ApplicationText
from app.services.account_desk import AccountView
from app.ui.accounts.particulars_form import line_field, text_field
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog


class ApplicationDialog(FormDialog):
    """What all three papers share: reason, basis, and whether the district's own form is used instead of ours."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None,
        view: AccountView,
        kind: ApplicationKind,
        title: str,
        paper: Application | None = None,
        *,
        width: int = 600,
    ) -> None:
        act = "保存申请表" if paper is not None else "起草申请表"
        super().__init__(desk, parent, title, f"{title}：{view.account.caption}", act, width=width)
        self.view, self.kind, self.paper = view, kind, paper
        self.before = paper.text if paper is not None else ApplicationText()
        self.today = desk.services.today.day()
        self.reason, self.basis = text_field(self.before.reason), line_field(self.before.basis)
        self.own_form = QCheckBox("用区里统一的 Word 表，不从这里打印")
        self.own_form.setToolTip("这里只登记编号、日期和签字盖章以后的扫描件")
        self.own_form.setChecked(self.before.own_form)
        self.act_button.clicked.connect(self.save)

    @property
    def about(self) -> str:
        """What unfinished input belongs to."""
        return self.paper.id if self.paper is not None else self.view.account.id

    def text(self) -> ApplicationText:
        """Return what the fields say."""
        raise NotImplementedError

    def save(self) -> None:
        """Put the paper on file, or save it as it was written anew."""
        text, papers, paper = self.text(), self._desk.services.applications, self.paper
        account_id, kind = self.view.account.id, self.kind

        def job() -> Application:
            return papers.begin(account_id, kind, text) if paper is None else papers.revise(paper, text)

        self.act(job, lambda _paper: self.done_with("accounts"))
