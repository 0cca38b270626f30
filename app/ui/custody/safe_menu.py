"""更多 of 密码保管: hand-overs, and the two lists that are printed (article 6)."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMenu

from app.models.papercode import PaperKind
from app.services.custody import CredentialLine
from app.services.papers import PaperBytes
from app.ui.custody.custodians_dialog import CustodiansDialog
from app.ui.custody.handover_list import HandoverListDialog
from app.ui.page import Page


class SafeMenu(QMenu):
    """Stands under one button of the page."""

    def __init__(self, page: Page, chosen: Callable[[], CredentialLine | None]) -> None:
        super().__init__(page)
        self._page, self._chosen = page, chosen
        loans = page.desk.services.loans
        self.button = page.add_button("", lambda: None, icon="ellipsis")
        self.button.setAccessibleName("更多")
        self.button.setToolTip("更多")
        self.button.setMenu(self)
        self.addAction("密码交接……", self.hand_over)
        self.custodians_action = self.addAction("换保管人……", self.change_custodians)
        self.aboutToShow.connect(lambda: self.custodians_action.setEnabled(self._chosen() is not None))
        self.addAction("打印密码变更记录……", lambda: self._print(PaperKind.PASSWORD_CHANGES, loans.changes_paper))
        self.addAction("打印启封、借用登记……", lambda: self._print(PaperKind.PASSWORD_LOANS, loans.loans_paper))

    def hand_over(self) -> None:
        """Show the hand-overs of custody."""
        self._open(HandoverListDialog(self._page.desk, self._page))

    def change_custodians(self) -> None:
        """Seal the chosen password to others."""
        line, desk = self._chosen(), self._page.desk
        if line is not None:
            caption, credential = line.account.caption, line.credential
            desk.tasks.run(
                self._page,
                desk.services.handovers.receivers,
                lambda people: self._open(CustodiansDialog(desk, self._page, caption, credential, people)),
                topic="receivers",
            )

    def _print(self, kind: PaperKind, load: Callable[[], PaperBytes]) -> None:
        from app.ui.papers.preview_dialog import PreviewDialog

        papers = self._page.desk.services.papers

        def noted(where: str) -> None:
            papers.note_paper_printed(kind, "unit:passwords", where)

        self._open(PreviewDialog(self._page.desk, self._page, load, noted))

    @staticmethod
    def _open(dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
