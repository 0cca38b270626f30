"""Files dragged over a part of the window: it says what letting go would do, and hands them over."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from app.ui.widgets.drop_hint import DropHint
from app.ui.widgets.drop_zone import dropped_paths, take_copies

Paths = tuple[Path, ...]


class FileDrop(QObject):
    """Watches a widget, which itself knows nothing of it.

    `words` says what letting go of files at a place would do, nothing leaves them to what lies around; `land` does it.
    Without `land` the widget takes them its own way, and only the frame and the words come from here.
    """

    def __init__(
        self,
        watched: QWidget,
        words: Callable[[Paths, QPoint], str],
        land: Callable[[Paths, QPoint], object] | None = None,
    ) -> None:
        super().__init__(watched)
        self._watched, self._words, self._land = watched, words, land
        self.hint = DropHint(watched)
        # What scrolls is dragged over by its inner part, which answers first.
        inner = watched.viewport() if isinstance(watched, QAbstractScrollArea) else watched
        inner.setAcceptDrops(True)
        inner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the words while files hang over the widget, and take them when they are let go."""
        if event.type() == QEvent.Type.DragLeave:
            self.hint.hide()
            return self._land is not None
        if not isinstance(event, QDropEvent):
            return False
        paths, place = dropped_paths(event.mimeData()), event.position().toPoint()
        words = self._words(paths, place) if paths and not self._behind_a_dialog() else ""
        self.hint.show_words("" if event.type() == QEvent.Type.Drop else words)
        if self._land is None:
            return False
        if not words:
            event.ignore()
            return True
        take_copies(event)
        if event.type() == QEvent.Type.Drop:
            land = self._land
            # The other program waits until this returns: a question comes after it.
            QTimer.singleShot(0, self, lambda: land(paths, place))
        return True

    def _behind_a_dialog(self) -> bool:
        dialog = QApplication.activeModalWidget()
        return dialog is not None and dialog is not self._watched.window()
