"""Two texts compared word by word: what was removed is struck out, what was added is underlined."""

from collections.abc import Iterable

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from app.models.difference import Change, Run
from app.ui.theme import tokens


class DifferenceView(QTextEdit):
    """Shows the runs of a comparison; read only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName("内容比对")
        self._runs: tuple[Run, ...] = ()

    def show_runs(self, runs: Iterable[Run]) -> None:
        """Show a comparison."""
        self._runs = tuple(runs)
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for run in self._runs:
            cursor.insertText(run.text, _format(run.change))
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    @property
    def changes(self) -> int:
        """How many runs differ."""
        return sum(run.change is not Change.SAME for run in self._runs)


def _format(change: Change) -> QTextCharFormat:
    look, shape = tokens(), QTextCharFormat()
    shape.setForeground(QColor(look.text))
    if change is Change.REMOVED:
        shape.setForeground(QColor(look.danger))
        shape.setBackground(QColor(look.danger_soft))
        shape.setFontStrikeOut(True)
    elif change is Change.ADDED:
        shape.setForeground(QColor(look.good))
        shape.setBackground(QColor(look.good_soft))
        shape.setFontUnderline(True)
    return shape
