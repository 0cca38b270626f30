"""Boxes beside long names in a narrow form."""

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme import apply_theme
from app.ui.widgets.elided_check import ElidedCheck
from app.ui.widgets.plain_tooltip import plain_tooltip

LONG = "微信公众号“福州市晋安区人民政府办公室&政务公开科”"


def test_a_long_name_is_elided_beside_its_box_and_whole_in_the_tooltip(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, "dark", 150)
    outer, check = QWidget(), ElidedCheck(LONG.replace("&", "&&"))
    QVBoxLayout(outer).addWidget(check)
    qtbot.addWidget(outer)
    outer.resize(300, 90)
    outer.show()
    assert outer.width() == 300
    assert check.shown_text.endswith("…")
    assert not check.grab().isNull()
    assert check.toolTip() == plain_tooltip(LONG)
    outer.resize(1200, 90)
    QApplication.processEvents()
    assert check.shown_text == check.text()
    assert not check.grab().isNull()
    assert check.toolTip() == ""
    apply_theme(qapp, "light", 100)
