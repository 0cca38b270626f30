"""The field for the published text: a pasted screenshot or a dropped file goes where it belongs."""

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.ui.publishing.screenshot_strip import has_picture
from app.ui.widgets.drop_zone import dropped_paths


class PublishedField(QPlainTextEdit):
    """Takes words; `handed_on` carries pasted files and pictures that are no words.

    Dragged ones are left to what lies around: the field would take a file as moved, and its program might remove it.
    """

    handed_on = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAccessibleName("发布内容")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take dragged words only."""
        if _is_no_words(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take files and pictures as well, to hand them on."""
        return bool(dropped_paths(source)) or has_picture(source) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert words; hand on what is a file, or a picture without words."""
        if _is_no_words(source):
            self.handed_on.emit(source)
        else:
            super().insertFromMimeData(source)


def _is_no_words(offer: QMimeData) -> bool:
    return bool(dropped_paths(offer)) or (has_picture(offer) and not offer.hasText())
