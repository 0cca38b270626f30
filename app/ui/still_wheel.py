"""The wheel scrolls the page: it never changes a choice, a date or a number that lies under the pointer."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox


class StillWheel(QObject):
    """Filters the application's events; a wheel over a field goes to what the field lies in."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the wheel from fields that would turn with it: a signer or a day must not change unseen."""
        if not isinstance(watched, QAbstractSpinBox | QComboBox):
            return False
        if event.type() == QEvent.Type.Polish and watched.focusPolicy() == Qt.FocusPolicy.WheelFocus:
            # Passed by the wheel it would have the focus, and the next arrow key would change it.
            watched.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if event.type() != QEvent.Type.Wheel:
            return False
        # Ignored and yet filtered, it is offered to the parents, which scroll.
        event.ignore()
        return True
