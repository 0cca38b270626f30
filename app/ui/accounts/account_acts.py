"""What the buttons of an account and of its papers do: each opens its dialog, or does it and tells the pages."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from app.models.account_application import Application, ApplicationKind, FilingType
from app.services.account_desk import AccountChoices, AccountView
from app.services.account_steps import AccountOffer, AccountStep, PaperStep, filing_type
from app.ui.accounts.account_step_words import paper_word
from app.ui.desk import Desk


class AccountActs:
    """The acts on one account, for whichever page shows it."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        self._desk, self._owner = desk, owner

    def act(self, offer: AccountOffer, view: AccountView) -> None:
        """Do what a button says."""
        if isinstance(offer.step, PaperStep):
            paper = next((one for one in view.applications if one.id == offer.application_id), None)
            if paper is not None:
                self._act_on_paper(offer.step, view, paper)
            return
        acts: dict[AccountStep, Callable[[], None]] = {
            AccountStep.OPEN: lambda: self._open_account(view),
            AccountStep.APPLY_OPENING: lambda: self._filing(view, FilingType.OPENING),
            AccountStep.APPLY_FILING: lambda: self._filing(view, filing_type(view.account)),
            AccountStep.EDIT: lambda: self.edit(view),
            AccountStep.APPLY_CHANGE: lambda: self._change(view),
            AccountStep.APPLY_YEARLY: lambda: self._filing(view, FilingType.YEARLY),
            AccountStep.APPLY_CLOSING: lambda: self._closing(view),
        }
        acts[offer.step]()

    def _act_on_paper(self, step: PaperStep, view: AccountView, paper: Application) -> None:
        acts: dict[PaperStep, Callable[[], None]] = {
            PaperStep.SIGN: lambda: self._sign(view, paper, refused=False),
            PaperStep.REFUSE: lambda: self._sign(view, paper, refused=True),
            PaperStep.PRESENT: lambda: self._present(view, paper),
            PaperStep.FILE: lambda: self._file(view, paper),
            PaperStep.ANNOUNCE: lambda: self._announce(view, paper),
            PaperStep.PRINT: lambda: self._print(paper),
            PaperStep.REVISE: lambda: self._revise(view, paper),
            PaperStep.WITHDRAW: lambda: self._withdraw(paper),
            PaperStep.SCANS: lambda: self._scans(paper),
        }
        if step in acts:
            acts[step]()
        else:
            self._day(view, paper, step)

    def register(self, *, planned: bool) -> None:
        """Put an account on file: one that runs, or one that the unit means to open."""
        self._choosing(lambda choices: self._particulars(choices, planned=planned))

    def edit(self, view: AccountView) -> None:
        """Change what is on file of an account."""
        self._choosing(lambda choices: self._particulars(choices, view))

    def import_earlier(self) -> None:
        """补录 posts from before the first day of use from a list."""
        from app.ui.accounts.earlier_dialog import LISTS, EarlierDialog

        path = self._desk.dialogs.open_file(self._owner, "选择以前发布的清单", LISTS)
        if path is not None:
            self._show(EarlierDialog(self._desk, self._owner, path))

    def import_ledger(self) -> None:
        """Put the accounts of an existing ledger on file, after every row was shown."""
        from app.ui.accounts.ledger_dialog import LEDGERS, LedgerDialog

        path = self._desk.dialogs.open_file(self._owner, "选择账号台账", LEDGERS)
        if path is not None:
            self._show(LedgerDialog(self._desk, self._owner, path))

    def export_ledger(self) -> None:
        """Write the register out as a ledger."""
        path = self._desk.dialogs.save_file(self._owner, "导出账号台账", "账号台账.xlsx", "表格 (*.xlsx)")
        if path is None:
            return
        if path.suffix.lower() != ".xlsx":
            # The system asked about the name as it was typed only: a free one is taken.
            names = (path.with_name(f"{path.name}{more}.xlsx") for more in ("", *(f"（{n}）" for n in range(2, 100))))
            path = next((name for name in names if not name.exists()), path)
        book, told = self._desk.services.account_ledger_book, f"账号台账在“{path}”。里面有联系电话，用完请妥善保管。"
        self._desk.tasks.run(
            self._owner,
            lambda: book.write(path),
            lambda _done: self._desk.dialogs.tell(self._owner, "已导出", told),
            lane="files",
        )

    def print_responsibilities(self) -> None:
        """Preview 责任清单 (article 3)."""
        from app.ui.papers.preview_dialog import PreviewDialog

        papers = self._desk.services.account_papers
        self._show(PreviewDialog(self._desk, self._owner, papers.responsibility_list, papers.note_list_printed))

    def _particulars(self, choices: AccountChoices, view: AccountView | None = None, *, planned: bool = False) -> None:
        from app.ui.accounts.particulars_dialog import ParticularsDialog

        account = view.account if view is not None else None
        dialog = ParticularsDialog(self._desk, self._owner, choices, account, planned=planned)
        if view is not None:
            dialog.change_asked.connect(lambda: self._change(view))
        self._show(dialog)

    def _open_account(self, view: AccountView) -> None:
        from app.ui.accounts.open_account_dialog import OpenAccountDialog

        self._show(OpenAccountDialog(self._desk, self._owner, view))

    def _filing(self, view: AccountView, kind: FilingType, paper: Application | None = None) -> None:
        from app.ui.accounts.filing_dialog import FilingDialog

        self._show(FilingDialog(self._desk, self._owner, view, kind, paper))

    def _change(self, view: AccountView, paper: Application | None = None) -> None:
        from app.ui.accounts.change_dialog import ChangeDialog

        self._choosing(lambda choices: self._show(ChangeDialog(self._desk, self._owner, view, choices, paper)))

    def _closing(self, view: AccountView, paper: Application | None = None) -> None:
        from app.ui.accounts.closing_dialog import ClosingDialog

        self._show(ClosingDialog(self._desk, self._owner, view, paper))

    def _revise(self, view: AccountView, paper: Application) -> None:
        if paper.kind is ApplicationKind.CHANGE:
            self._change(view, paper)
        elif paper.kind is ApplicationKind.CLOSING:
            self._closing(view, paper)
        elif paper.text.filing_type is not None:
            self._filing(view, paper.text.filing_type, paper)

    def _present(self, view: AccountView, paper: Application) -> None:
        sure = self._desk.dialogs.ask(
            self._owner,
            f"提请签批：{paper_word(paper)}",
            f"{view.account.caption}的申请表取号以后不能再改，可以打印出来请主要领导签字、盖章。",
            "提请签批",
        )
        if sure:
            self._do(lambda: self._desk.services.applications.present(paper.id))

    def _sign(self, view: AccountView, paper: Application, *, refused: bool) -> None:
        from app.ui.accounts.signing_dialog import SigningDialog

        self._show(SigningDialog(self._desk, self._owner, view, paper, refused=refused))

    def _file(self, view: AccountView, paper: Application) -> None:
        from app.ui.accounts.filing_number_dialog import FilingNumberDialog

        self._show(FilingNumberDialog(self._desk, self._owner, view, paper))

    def _announce(self, view: AccountView, paper: Application) -> None:
        from app.ui.accounts.paper_day_dialog import AnnounceDialog

        self._show(AnnounceDialog(self._desk, self._owner, view, paper))

    def _day(self, view: AccountView, paper: Application, step: PaperStep) -> None:
        from app.ui.accounts.paper_day_dialog import PaperDayDialog

        self._show(PaperDayDialog(self._desk, self._owner, view, paper, step))

    def _print(self, paper: Application) -> None:
        from app.ui.papers.preview_dialog import PreviewDialog

        papers = self._desk.services.account_papers
        self._show(
            PreviewDialog(
                self._desk,
                self._owner,
                lambda: papers.form(paper.id),
                printed=lambda where: papers.note_printed(paper, where),
            )
        )

    def _withdraw(self, paper: Application) -> None:
        keeps = "编号留在台账中记为作废，不再使用。" if paper.number is not None else "撤回以后可以重新起草。"
        reason = self._desk.dialogs.ask_text(
            self._owner, f"撤回申请表：{paper_word(paper)}", "理由", about=paper.id, text=keeps, yes="撤回"
        )
        if reason:
            self._do(lambda: self._desk.services.applications.withdraw(paper.id, reason))

    def _scans(self, paper: Application) -> None:
        from app.ui.accounts.paper_scans_dialog import PaperScansDialog

        self._desk.tasks.run(
            self._owner,
            lambda: self._desk.services.account_desk.scans(paper.id),
            lambda scans: self._show(PaperScansDialog(self._desk, self._owner, paper, scans)),
        )

    def _choosing(self, then: Callable[[AccountChoices], None]) -> None:
        """Read what a form offers, and go on."""
        self._desk.tasks.run(self._owner, self._desk.services.account_desk.choices, then)

    def _do(self, job: Callable[[], Application]) -> None:
        self._desk.tasks.run(self._owner, job, lambda _paper: self._desk.changes.tell("accounts"))

    @staticmethod
    def _show(dialog: QDialog) -> None:
        """Open a dialog over the window; it lets itself go when closed."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
