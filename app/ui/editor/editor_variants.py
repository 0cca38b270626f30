"""Accounts that get a text of their own, because their platform needs one or a person asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.editor.editor_frame import TEXT

if TYPE_CHECKING:
    from app.ui.editor.editor_page import EditorPage


class EditorVariants(QObject):
    """Opens and closes the texts of single accounts as accounts are chosen."""

    def __init__(self, page: EditorPage) -> None:
        super().__init__(page)
        self._page = page

    def wire(self) -> None:
        """Listen to the list of accounts."""
        accounts = self._page.panel.accounts
        accounts.edited.connect(self.offer)
        accounts.unchecked.connect(self._account_dropped)
        accounts.variant_wanted.connect(self._variant_wanted)

    def show(self) -> None:
        """Say beside the accounts which of them have a text of their own."""
        self._page.panel.accounts.show_variants(frozenset(key for key in self._page.pane.sheets if key))

    def _account_dropped(self, account_id: str) -> None:
        sheet = self._page.pane.sheets.get(account_id)
        if sheet is None:
            return
        caption = self._page.facts.captions.get(account_id, "") if self._page.facts else ""
        if sheet.is_empty or self._page.desk.dialogs.ask(
            self._page, "单独文案也一并去掉？", f"不再发布到{caption}，为它单独写的文案也会去掉。", "去掉"
        ):
            self._page.pane.drop_variant(account_id)
        else:
            self._page.panel.accounts.check(account_id, checked=True)
        self.show()

    def offer(self) -> None:
        """Open a text of its own for every chosen account whose platform needs one."""
        if self._page.read_only:
            return
        chosen = self._page.panel.accounts.account_ids
        for account in self._page.facts.known if self._page.facts else ():
            if account.needs_variant and account.id in chosen:
                self._page.pane.add_variant(account.id)
        self.show()

    def _variant_wanted(self, account_id: str) -> None:
        self._page.pane.add_variant(account_id)
        self.show()
        self._page.show_part(TEXT)
        self._page.pane.show_text(account_id)
        self._page.pane.current.body.setFocus()
