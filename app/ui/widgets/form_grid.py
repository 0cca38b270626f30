"""Rows of label and field, with what is wrong said below the field."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLayout, QVBoxLayout, QWidget

from app.ui.theme import px, set_role


class FormGrid(QWidget):
    """A column of labels beside a column of fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(12))
        self._grid.setColumnStretch(1, 1)
        self._notes: dict[QWidget, QLabel] = {}
        self._hints: dict[QWidget, str] = {}
        self._labels: dict[QWidget, QLabel] = {}

    def add(self, label: str, field: QWidget | QLayout, hint: str = "", *, needed: bool = False) -> None:
        """Add a row; `hint` stands small below the field, `needed` marks a field that must be filled."""
        row = self._grid.rowCount()
        caption = QLabel(f"{label} *" if needed else label)
        caption.setTextFormat(Qt.TextFormat.PlainText)
        set_role(caption, role="muted")
        note = QLabel(hint)
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setWordWrap(True)
        note.setVisible(bool(hint))
        set_role(note, role="small")
        cell = QVBoxLayout()
        cell.setSpacing(px(4))
        if isinstance(field, QLayout):
            cell.addLayout(field)
        else:
            cell.addWidget(field)
            caption.setBuddy(field)
            if not field.accessibleName():
                field.setAccessibleName(label)
            self._notes[field], self._hints[field], self._labels[field] = note, hint, caption
        cell.addWidget(note)
        caption.setContentsMargins(0, px(7), 0, 0)
        self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(cell, row, 1)

    def add_wide(self, widget: QWidget) -> None:
        """Add a widget over both columns."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def show_row(self, field: QWidget, *, shown: bool) -> None:
        """Show or hide a row with its label."""
        for part in (field, self._labels[field]):
            part.setVisible(shown)
        self._notes[field].setVisible(shown and bool(self._notes[field].text()))

    def complain(self, field: QWidget, problem: str) -> None:
        """Say below a field what is wrong with it; an empty problem brings the hint back."""
        note = self._notes[field]
        note.setText(problem or self._hints[field])
        note.setVisible(bool(note.text()))
        set_role(note, role="" if problem else "small", tone="danger" if problem else "")
        set_role(field, wrong="true" if problem else "false")

    def calm(self) -> None:
        """Take every complaint back."""
        for field in self._notes:
            self.complain(field, "")
