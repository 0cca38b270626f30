"""Enter presses the button that has the focus: on 取消 it must not do what the dialog was opened for."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton


class EnterKey(QObject):
    """Filters the application's events; Qt alone hands Enter on most buttons to the dialog's main button."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Press the button that has the focus, except one that cannot be undone and those that Qt presses itself."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(watched, QPushButton):
            return False
        if not isinstance(event, QKeyEvent) or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if watched.autoDefault() or watched.isDefault() or watched.property("kind") == "danger":
            return False
        event.accept()
        # A key held down presses once.
        if not event.isAutoRepeat():
            watched.click()
        return True
