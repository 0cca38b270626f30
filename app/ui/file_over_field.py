"""A file dragged over a field for words goes to what the field lies in: Qt would take it as text, and as moved."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.ui.widgets.drop_zone import dropped_paths


class FileOverField(QObject):
    """Filters the application's events; words that are dragged are still taken."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep files off fields that hold words only."""
        if event.type() != QEvent.Type.DragEnter or not isinstance(event, QDragEnterEvent):
            return False
        if not isinstance(watched, QLineEdit) and not isinstance(watched.parent(), QPlainTextEdit):
            return False
        if not dropped_paths(event.mimeData()):
            return False
        # Ignored and yet filtered, it is offered to the parents.
        event.ignore()
        return True
