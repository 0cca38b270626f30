"""One part of a detail panel: a small heading, and below it what can be filled anew."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.ui.theme import px, set_role
from app.ui.widgets.plain_tooltip import plain_tooltip


class DetailSection(QWidget):
    """Hidden while there is nothing in it."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading_label = QLabel(heading)
        set_role(self.heading_label, role="strong")
        self.parts: list[QWidget] = []
        self._flow = QVBoxLayout(self)
        self._flow.setContentsMargins(0, px(4), 0, 0)
        self._flow.setSpacing(px(8))
        self._flow.addWidget(self.heading_label)
        self.hide()

    def empty(self) -> None:
        """Take everything out."""
        for part in self.parts:
            self._flow.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.parts = []
        self.hide()

    def put(self, part: QWidget, *, left: bool = False) -> None:
        """Add something at the end; `left` lets it be as narrow as it wants to be."""
        self._flow.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag(0))
        self.parts.append(part)
        self.show()


class QuietPairs(QWidget):
    """Two columns: what it is, in grey, and what it says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnMinimumWidth(0, px(84))
        self._grid.setColumnStretch(1, 1)
        self.pairs: list[tuple[str, str]] = []

    def add(self, name: str, value: str, tooltip: str = "") -> None:
        """Add a line."""
        row = len(self.pairs)
        self.pairs.append((name, value))
        self._grid.addWidget(wrapped(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
        shown = wrapped(value)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setToolTip(plain_tooltip(tooltip))
        self._grid.addWidget(shown, row, 1)


def wrapped(text: str, role: str = "") -> QLabel:
    """Return a label of plain text that goes on in the next line."""
    shown = QLabel(text)
    shown.setTextFormat(Qt.TextFormat.PlainText)
    shown.setWordWrap(True)
    set_role(shown, role=role)
    return shown
