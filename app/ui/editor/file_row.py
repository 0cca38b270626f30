"""One file on a line: its name, its size, and a button that takes it away."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from app.labels import size_text
from app.ui.icons import put_icon
from app.ui.theme import px, set_role
from app.ui.widgets.elided_label import ElidedLabel


class FileRow(QWidget):
    """A file that goes with the draft."""

    def __init__(self, name: str, size: int, remove: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ElidedLabel(name)
        amount = QLabel(size_text(size) if size else "")
        set_role(amount, role="small")
        self.button = QToolButton()
        self.button.setAccessibleName(f"移除{name}")
        self.button.setToolTip("移除")
        put_icon(self.button, "x", "muted", 16)
        self.button.clicked.connect(lambda _checked=False: remove())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self.name, 1)
        row.addWidget(amount)
        row.addWidget(self.button)
