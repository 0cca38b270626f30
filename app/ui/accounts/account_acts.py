"""What the buttons of an account do: each opens its dialog."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from app.services.account_desk import AccountChoices, AccountView
from app.services.account_steps import AccountOffer, AccountStep
from app.ui.accounts.earlier_dialog import LISTS, EarlierDialog
from app.ui.desk import Desk


class AccountActs:
    """The acts on one account, for whichever page shows it."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        self._desk, self._owner = desk, owner

    def act(self, offer: AccountOffer, view: AccountView) -> None:
        """Do what a button says."""
        if offer.step is AccountStep.EDIT:
            self.edit(view)

    def register(self, *, planned: bool) -> None:
        """Put an account on file: one that runs, or one that the unit means to open."""
        self._choosing(lambda choices: self._particulars(choices, planned=planned))

    def edit(self, view: AccountView) -> None:
        """Change what is on file of an account."""
        self._choosing(lambda choices: self._particulars(choices, view))

    def import_earlier(self) -> None:
        """补录 posts from before the first day of use from a list."""
        path = self._desk.dialogs.open_file(self._owner, "选择以前发布的清单", LISTS)
        if path is not None:
            self._show(EarlierDialog(self._desk, self._owner, path))

    def _particulars(self, choices: AccountChoices, view: AccountView | None = None, *, planned: bool = False) -> None:
        from app.ui.accounts.particulars_dialog import ParticularsDialog

        account = view.account if view is not None else None
        self._show(ParticularsDialog(self._desk, self._owner, choices, account, planned=planned))

    def _choosing(self, then: Callable[[AccountChoices], None]) -> None:
        """Read what a form offers, and go on."""
        self._desk.tasks.run(self._owner, self._desk.services.account_desk.choices, then)

    @staticmethod
    def _show(dialog: QDialog) -> None:
        """Open a dialog over the window; it lets itself go when closed."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
