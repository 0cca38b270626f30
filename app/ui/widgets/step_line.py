"""The line of review steps: each step's chip, and beside it who did what and when."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.chip import Chip
from app.ui.widgets.plain_tooltip import plain_tooltip


@dataclass(frozen=True)
class ShownStep:
    """One step: its word, its tone, what is said beside it, and the full facts as a tooltip."""

    word: str
    tone: Tone
    text: str
    tooltip: str = ""


class StepLine(QWidget):
    """Steps from top to bottom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(8))
        self._grid.setColumnStretch(1, 1)
        self.steps: tuple[ShownStep, ...] = ()

    def show_steps(self, steps: Iterable[ShownStep]) -> None:
        """Show these steps instead of the earlier ones."""
        self.steps = tuple(steps)
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for row, step in enumerate(self.steps):
            text = QLabel(step.text)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
            text.setToolTip(plain_tooltip(step.tooltip))
            set_role(text, role="muted")
            self._grid.addWidget(Chip(step.word, step.tone), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, row, 1, Qt.AlignmentFlag.AlignVCenter)
