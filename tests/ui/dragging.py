"""Files and pictures dragged over a widget and let go, as the window system would."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget


def files(paths: Sequence[Path]) -> QMimeData:
    """Return files as a file manager offers them."""
    offer = QMimeData()
    offer.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return offer


def hover(target: QWidget, offer: QMimeData, place: QPoint = QPoint(5, 5)) -> bool:  # noqa: B008
    """Drag something over a widget; say whether it would be taken."""
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(place), action, offer, button, key)
    enter.ignore()
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        QApplication.sendEvent(target, QDragMoveEvent(QPointF(place), action, offer, button, key))
    return enter.isAccepted()


def drop(target: QWidget, offer: QMimeData, place: QPoint = QPoint(5, 5)) -> bool:  # noqa: B008
    """Drag something over a widget and let it go there; say whether it was taken."""
    if not hover(target, offer, place):
        return False
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(place), action, offer, button, key)
    event.ignore()
    QApplication.sendEvent(target, event)
    return event.isAccepted()
