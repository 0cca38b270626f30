"""The left bar on low screens."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.staff import Unit
from app.ui.pages import PAGES
from app.ui.sidebar import Sidebar
from app.ui.theme import apply_theme


@pytest.fixture
def bar(qtbot: QtBot, qapp: QApplication) -> Iterator[Sidebar]:
    apply_theme(qapp, "light", 150)
    unit = Unit("id", "JA", "晋安区示例局", "示例局", "", "晋示", sample=False)
    made = Sidebar(unit, [entry for entry in PAGES if not entry.within])
    qtbot.addWidget(made)
    made.resize(made.width(), 900)
    made.show()
    yield made
    apply_theme(qapp, "light", 100)


def seen(bar: Sidebar, key: str) -> bool:
    place = bar.places[key]
    return place.visibleRegion().boundingRect() == place.rect()


def test_on_a_screen_of_720_pixels_every_place_is_seen_at_150_percent(bar: Sidebar, qtbot: QtBot) -> None:
    bar.resize(bar.width(), 641)
    assert bar.height() == 641
    qtbot.waitUntil(lambda: all(seen(bar, key) for key in bar.places))
    assert bar.product.isHidden()
    bar.resize(bar.width(), 900)
    assert not bar.product.isHidden()
    assert not [heading for heading in bar.headings if heading.isHidden()]


def test_on_a_lower_screen_the_places_scroll_and_the_open_one_is_seen(bar: Sidebar, qtbot: QtBot) -> None:
    bar.resize(bar.width(), 500)
    assert bar.height() == 500
    assert not seen(bar, "archive")
    bar.mark("archive")
    qtbot.waitUntil(lambda: seen(bar, "archive"))
    assert seen(bar, "settings")
