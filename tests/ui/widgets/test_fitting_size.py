"""A dialog is as large as it would like to be and never larger than the screen."""

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from app.ui.theme import SCALES, apply_theme
from app.ui.widgets.fitting_size import fit_to_screen, grow_to_words


@pytest.mark.parametrize("scale", SCALES)
def test_a_dialog_fits_the_screen_at_every_scale(qapp: QApplication, qtbot: QtBot, scale: int) -> None:
    apply_theme(qapp, "light", scale)
    dialog = QDialog()
    qtbot.addWidget(dialog)
    fit_to_screen(dialog, 400, 300)
    assert (dialog.width(), dialog.height()) == (400 * scale // 100, 300 * scale // 100)
    fit_to_screen(dialog, 9000, 9000)
    room = dialog.screen().availableSize()
    assert dialog.width() < room.width()
    assert dialog.height() < room.height()


def test_a_dialog_grows_to_its_words_and_never_beyond_the_screen(qapp: QApplication, qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    words = QLabel("这一句话很长，要折成许多行。" * 20)
    words.setWordWrap(True)
    QVBoxLayout(dialog).addWidget(words)
    dialog.resize(300, 60)
    dialog.show()
    grow_to_words(dialog)
    assert words.heightForWidth(words.width()) <= words.height()
    words.setText("这一句话长得屏幕也放不下。" * 400)
    grow_to_words(dialog)
    assert dialog.height() < dialog.screen().availableSize().height()
