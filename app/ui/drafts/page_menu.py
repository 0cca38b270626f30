"""What the drafts page offers besides its two buttons, in a small menu."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from app.labels import label
from app.models.right import Right
from app.services.record_room import roles_needed
from app.ui.widgets.plain_tooltip import plain_tooltip

if TYPE_CHECKING:
    from app.ui.drafts.draft_page import DraftPage


def page_menu(button: QPushButton, page: "DraftPage") -> QMenu:
    """Give a button the menu; what a person may not do says who may."""
    menu = QMenu(button)
    menu.setToolTipsVisible(True)
    entries: tuple[tuple[str, Right, Callable[[], None]], ...] = (
        ("导入 Word 或文本……", Right.WRITE, page.choose_file),
        ("登记签字扫描件……", Right.REGISTER_PAPER, page.choose_scans),
        ("打印待签清单", Right.READ, page.acts.print_waiting_list),
        ("登记没有稿件的未审发布……", Right.PUBLISH, page.acts.record),
    )
    found: list[tuple[QAction, Right]] = []
    for words, right, act in entries:
        action = menu.addAction(words)
        action.triggered.connect(lambda _checked=False, act=act: act())
        found.append((action, right))

    def open_what_may_be() -> None:
        for action, right in found:
            may = right in page.desk.actor.rights
            who = "、".join(label(role) for role in roles_needed(right))
            action.setEnabled(may)
            action.setToolTip("" if may else plain_tooltip(f"由{who}办理。"))

    menu.aboutToShow.connect(open_what_may_be)
    button.setMenu(menu)
    button.setAccessibleName("更多")
    button.setToolTip("更多")
    return menu
