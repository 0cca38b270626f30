from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.enter_key import EnterKey
from app.ui.question_dialog import QuestionDialog


@pytest.fixture(autouse=True)
def enter_key(qapp: QApplication) -> Iterator[None]:
    enter_key = EnterKey()
    qapp.installEventFilter(enter_key)
    yield
    qapp.removeEventFilter(enter_key)


class Recorder(QDialog):
    """A dialog like that of 登记发布: a field, a way out, and the main button."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.cancel, self.record = QPushButton("取消"), QPushButton("登记发布")
        self.cancel.setAutoDefault(False)
        self.record.setDefault(True)
        self.pressed: list[str] = []
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        for button in (self.cancel, self.record):
            button.clicked.connect(self._press)
            layout.addWidget(button)

    def _press(self) -> None:
        pressed = self.sender()
        assert isinstance(pressed, QPushButton)
        self.pressed.append(pressed.text())


@pytest.fixture
def recorder(qtbot: QtBot) -> Recorder:
    dialog = Recorder()
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_on_cancel_cancels(qtbot: QtBot, recorder: Recorder, key: Qt.Key) -> None:
    recorder.cancel.setFocus()
    qtbot.keyClick(recorder.cancel, key)
    assert recorder.pressed == ["取消"]


def test_enter_in_a_field_still_presses_the_main_button(qtbot: QtBot, recorder: Recorder) -> None:
    recorder.field.setFocus()
    qtbot.keyClick(recorder.field, Qt.Key.Key_Return)
    assert recorder.pressed == ["登记发布"]


def test_enter_on_the_main_button_presses_it_once(qtbot: QtBot, recorder: Recorder) -> None:
    recorder.record.setFocus()
    qtbot.keyClick(recorder.record, Qt.Key.Key_Return)
    assert recorder.pressed == ["登记发布"]


def test_a_held_enter_presses_once_and_nothing_else(recorder: Recorder) -> None:
    recorder.cancel.setFocus()
    none = Qt.KeyboardModifier.NoModifier
    for again in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, none, "\r", again)
        QApplication.sendEvent(recorder.cancel, event)
    assert recorder.pressed == ["取消"]


def test_a_disabled_button_is_not_pressed(qtbot: QtBot, recorder: Recorder) -> None:
    recorder.cancel.setEnabled(False)
    qtbot.keyClick(recorder.cancel, Qt.Key.Key_Return)
    assert "取消" not in recorder.pressed


def test_enter_presses_a_button_outside_of_dialogs_too(qtbot: QtBot) -> None:
    page, pressed = QWidget(), []
    qtbot.addWidget(page)
    button = QPushButton("取用发布包", page)
    button.clicked.connect(lambda _checked=False: pressed.append(1))
    page.show()
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert pressed == [1]


def test_enter_never_does_what_cannot_be_undone(qtbot: QtBot) -> None:
    dialog = QuestionDialog(None, "口令单还没有打印", "", "仍然离开", "回去打印", danger=True)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.yes_button.setFocus()
    qtbot.keyClick(dialog.yes_button, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert not dialog.isVisible()
