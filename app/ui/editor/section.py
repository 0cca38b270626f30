"""One card of the panel beside the text: a heading, its fields, and what is missing in it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.ui.theme import px, set_role


class Section(QFrame):
    """A heading over fields; `edited` tells that a person changed something in it."""

    edited = Signal()

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, role="card")
        self.heading = QLabel(heading)
        set_role(self.heading, role="strong")
        self.complaint = QLabel()
        self.complaint.setWordWrap(True)
        self.complaint.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.complaint, tone="danger")
        self.complaint.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(14), px(12), px(14), px(12))
        self.column.setSpacing(px(8))
        self.column.addWidget(self.heading)
        self.column.addWidget(self.complaint)

    def complain(self, problem: str) -> None:
        """Say what is missing; nothing takes the complaint back."""
        self.complaint.setText(problem)
        self.complaint.setVisible(bool(problem))

    def note(self, text: str) -> QLabel:
        """Add a small remark."""
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(label, role="small")
        self.column.addWidget(label)
        return label

    def set_read_only(self, read_only: bool) -> None:
        """Close the section for changes, or open it."""
        self.setEnabled(not read_only)

    def step_to(self) -> None:
        """Put the cursor on the first field that can take it."""
        for widget in self.findChildren(QWidget):
            if widget.isEnabled() and widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
