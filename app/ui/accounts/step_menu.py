"""The small menu with the steps that are no button of their own."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton

from app.models.account import Account
from app.services.account_steps import AccountOffer
from app.ui.accounts.account_step_words import step_word
from app.ui.icons import put_icon
from app.ui.widgets.plain_tooltip import plain_tooltip


def step_menu(
    offers: Sequence[AccountOffer], account: Account, chosen: Callable[[AccountOffer], object], name: str = "更多操作"
) -> QPushButton:
    """Return a button with the steps; a closed one says why."""
    button = QPushButton()
    put_icon(button, "ellipsis", "text", 16)
    button.setAccessibleName(name)
    button.setToolTip(name)
    menu = QMenu(button)
    menu.setToolTipsVisible(True)
    for offer in offers:
        words = step_word(offer, account)
        action = menu.addAction(words)
        action.setEnabled(offer.is_open)
        action.setToolTip(plain_tooltip(offer.closed_because or words))
        action.triggered.connect(partial(_take, chosen, offer))
    button.setMenu(menu)
    return button


def _take(chosen: Callable[[AccountOffer], object], offer: AccountOffer, _checked: bool = False) -> None:
    chosen(offer)
