"""The quiet card in the middle of the window that every step at the door stands on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.theme import px, set_role
from app.ui.widgets.upright_scroll import upright_scroll


class DoorCard(QWidget):
    """A card with a title, a line below it, and `rows` for the rest."""

    def __init__(self, title: str, line: str = "", width: int = 420, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, role="page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.card = QFrame()
        set_role(self.card, role="card")
        self.card.setMinimumWidth(px(min(width, 420)))
        self.card.setMaximumWidth(px(width))
        self.title_label = door_label(title, "title")
        self.line_label = door_label(line, "muted")
        self.line_label.setVisible(bool(line))
        self.rows = QVBoxLayout(self.card)
        self.rows.setContentsMargins(px(32), px(28), px(32), px(28))
        self.rows.setSpacing(px(10))
        self.rows.addWidget(self.title_label)
        self.rows.addWidget(self.line_label)
        self.rows.addSpacing(px(6))
        middle = QWidget()
        across = QHBoxLayout(middle)
        across.setContentsMargins(px(24), px(24), px(24), px(24))
        across.addStretch(1)
        column = QVBoxLayout()
        column.addStretch(2)
        column.addWidget(self.card)
        column.addStretch(3)
        across.addLayout(column, 100)
        across.addStretch(1)
        area = upright_scroll(middle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)


def door_label(text: str, role: str = "") -> QLabel:
    """Return a label that wraps and shows text as it is."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        set_role(label, role=role)
    return label
