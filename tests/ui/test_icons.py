import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

import app.ui
from app.paths import ICONS
from app.ui.icons import icon, picture, put_icon
from app.ui.theme import apply_theme
from app.ui.tokens import DARK, LIGHT


def colours(image: QImage) -> set[str]:
    found = set()
    for x in range(image.width()):
        for y in range(image.height()):
            colour = QColor(image.pixelColor(x, y))
            if colour.alpha() == 255:
                found.add(colour.name().upper())
    return found


def test_an_icon_wears_a_token_and_follows_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    put_icon(button, "printer", "text", 18)
    assert LIGHT.text in colours(button.icon().pixmap(18, 18).toImage())
    apply_theme(qapp, "dark", 150)
    assert button.iconSize().width() == 27
    assert DARK.text in colours(button.icon().pixmap(27, 27).toImage())


def test_a_picture_is_sharp_on_a_dense_screen(qapp: QApplication) -> None:
    drawn = picture("stamp", "primary", 20)
    assert (drawn.width(), drawn.devicePixelRatio()) == (40, 2.0)


def test_an_unknown_icon_is_a_bug(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_every_icon_the_window_names_is_there() -> None:
    named: set[str] = set()
    for module in Path(next(iter(app.ui.__path__))).rglob("*.py"):
        named |= set(
            re.findall(
                r'(?:put_icon\([\w.]+, |\bicon\(|picture\(|EmptyNotice\(\s*)"([a-z0-9-]+)"', module.read_text("utf-8")
            )
        )
    assert len(named) > 5
    assert {name for name in named if not (ICONS / f"{name}.svg").is_file()} == set()
