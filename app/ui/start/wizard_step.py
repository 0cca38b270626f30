"""One step of the first set-up: what it asks, and what it still lacks."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme import px


class WizardStep(QWidget):
    """A step stays alive while the others are shown, so that going back loses nothing."""

    changed = Signal()
    came_to = Signal(QWidget)
    """A field was gone to that may be scrolled out of sight."""
    label = ""
    heading = ""
    explanation = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(px(12))

    def missing(self) -> str:
        """Say in one sentence what is still missing, or nothing."""
        return ""

    def take_focus(self) -> None:
        """Put the cursor into the first field that wants something."""

    def arrive(self) -> None:
        """Get ready to be shown."""
