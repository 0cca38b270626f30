"""A short list beside a form: add, remove, choose one to edit."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from app.ui.icons import put_icon
from app.ui.theme import px
from app.ui.widgets.plain_tooltip import plain_tooltip


class PlanList(QWidget):
    """Shows one line a row; `chosen` carries the index, `add_asked` and `remove_asked` what is wanted."""

    chosen = Signal(int)
    add_asked = Signal()
    remove_asked = Signal(int)

    def __init__(self, name: str, add: str, remove: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setMinimumWidth(px(220))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self.chosen)
        self.add_button = QPushButton(add)
        put_icon(self.add_button, "plus", "text", 16)
        self.add_button.clicked.connect(self.add_asked)
        self.remove_button = QPushButton(remove)
        self.remove_button.clicked.connect(lambda: self.remove_asked.emit(self.list.currentRow()))
        # Above the list: below a long form nobody would see them on a small screen.
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.add_button)
        head.addWidget(self.remove_button)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addLayout(head)
        layout.addWidget(self.list, 1)

    def show_lines(self, lines: Sequence[str], current: int) -> None:
        """Show these lines and mark one; nothing is told."""
        self.list.blockSignals(True)
        if self.list.count() != len(lines):
            self.list.clear()
            for _line in lines:
                self.list.addItem(QListWidgetItem())
        for index, line in enumerate(lines):
            item = self.list.item(index)
            if item.text() != line:
                item.setText(line)
                item.setToolTip(plain_tooltip(line))
        self.list.setCurrentRow(current)
        self.list.blockSignals(False)
        self.remove_button.setEnabled(bool(lines))
