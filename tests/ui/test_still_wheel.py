from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDateEdit, QSpinBox, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.still_wheel import StillWheel


@pytest.fixture
def still(qapp: QApplication) -> Iterator[StillWheel]:
    still = StillWheel()
    qapp.installEventFilter(still)
    yield still
    qapp.removeEventFilter(still)


def turn(target: QWidget) -> bool:
    """Turn the wheel over a widget; return whether it kept the turn from what it lies in."""
    inside = QPointF(10, 10)
    none, begun = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    place, by = target.mapToGlobal(inside), QPoint(0, -120)
    event = QWheelEvent(inside, place, QPoint(), by, none, Qt.KeyboardModifier.NoModifier, begun, False)
    QApplication.sendEvent(target, event)
    return event.isAccepted()


@pytest.mark.usefixtures("still")
def test_the_wheel_changes_no_field_and_goes_to_what_it_lies_in(qtbot: QtBot) -> None:
    names, day, number = QComboBox(), QDateEdit(QDate(2026, 11, 24)), QSpinBox()
    names.addItems(["李国强", "张敏"])
    number.setValue(5)
    for field in (names, day, number):
        qtbot.addWidget(field)
        field.show()
        field.setFocus()
        assert not turn(field)
    assert (names.currentIndex(), day.date(), number.value()) == (0, QDate(2026, 11, 24), 5)


@pytest.mark.usefixtures("still")
def test_the_wheel_still_scrolls_a_text(qtbot: QtBot) -> None:
    text = QTextEdit()
    qtbot.addWidget(text)
    text.setPlainText("正文\n" * 500)
    text.resize(200, 100)
    text.show()
    turn(text.viewport())
    assert text.verticalScrollBar().value() > 0


@pytest.mark.usefixtures("still")
def test_the_wheel_takes_no_focus_to_the_field_it_passes(qtbot: QtBot) -> None:
    for field in (QComboBox(), QDateEdit(), QSpinBox()):
        qtbot.addWidget(field)
        field.show()
        assert field.focusPolicy() == Qt.FocusPolicy.StrongFocus
