"""What stands in the fields of a form: what a person changed in it, and putting that back another time."""

from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDateTimeEdit, QLineEdit, QPlainTextEdit, QSpinBox, QWidget


@runtime_checkable
class KeepsTyped(Protocol):
    """A field made of several: it tells what stands in it, and can show that again."""

    def typed_state(self) -> Any:
        """Return what stands in it."""

    def show_typed(self, state: Any) -> None:
        """Show what stood in it."""


class TypedFields:
    """Watches fields from now on: as they stand at this moment nobody has typed anything.

    A field for a passcode is a bug (`ValueError`): what it holds is kept nowhere.
    """

    def __init__(self, *fields: QWidget) -> None:
        if any(isinstance(field, QLineEdit) and field.echoMode() is not QLineEdit.EchoMode.Normal for field in fields):
            raise ValueError("a passcode is never kept")
        self._fields = fields
        self._before = [_state(field) for field in fields]

    @property
    def typed(self) -> dict[int, Any]:
        """What was changed, by the place of its field."""
        now = [_state(field) for field in self._fields]
        pairs = enumerate(zip(self._before, now, strict=True))
        return {place: after for place, (before, after) in pairs if after != before}

    def put_back(self, typed: dict[int, Any]) -> None:
        """Fill in what was changed before; the other fields stay as they are now."""
        for place, state in typed.items():
            _show(self._fields[place], state)

    def start_over(self) -> None:
        """Put every field back to what stood in it at first."""
        self.put_back(dict(enumerate(self._before)))


def _state(field: QWidget) -> Any:
    if isinstance(field, KeepsTyped):
        return field.typed_state()
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QAbstractButton):
        return field.isChecked()
    if isinstance(field, QSpinBox):
        return field.value()
    if isinstance(field, QDateTimeEdit):
        return field.dateTime()
    if isinstance(field, QComboBox):
        return field.currentText() if field.isEditable() else field.currentData() or field.currentText()
    raise TypeError(type(field).__name__)


def _show(field: QWidget, state: Any) -> None:
    if isinstance(field, KeepsTyped):
        field.show_typed(state)
    elif isinstance(field, QLineEdit):
        field.setText(state)
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(state)
    elif isinstance(field, QAbstractButton):
        field.setChecked(state)
    elif isinstance(field, QSpinBox):
        field.setValue(state)
    elif isinstance(field, QDateTimeEdit):
        field.setDateTime(QDateTime(state))
    elif isinstance(field, QComboBox):
        _choose(field, state)


def _choose(field: QComboBox, state: str) -> None:
    place = field.findData(state)
    place = place if place >= 0 else field.findText(state)
    if field.isEditable():
        field.setCurrentText(state)
    elif place >= 0:
        # A choice that is not offered any more is no choice.
        field.setCurrentIndex(place)
