"""Choices among long names in a narrow form."""

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme import apply_theme
from app.ui.widgets.elided_combo import ElidedCombo

LONG = "欧阳阿依古丽（晋安区人民政府办公室副主任兼信息公开科科长）"


def test_a_long_name_is_elided_in_its_field_and_whole_in_the_list_and_the_tooltip(
    qapp: QApplication, qtbot: QtBot
) -> None:
    apply_theme(qapp, "dark", 150)
    outer, combo = QWidget(), ElidedCombo()
    QVBoxLayout(outer).addWidget(combo)
    combo.setPlaceholderText("谁签的")
    combo.addItems([LONG, "林晓"])
    combo.setCurrentIndex(0)
    outer.resize(380, 90)
    qtbot.addWidget(outer)
    outer.show()
    assert outer.width() == 380
    assert combo.shown_text.endswith("…")
    assert LONG.startswith(combo.shown_text[:-1])
    assert LONG in combo.toolTip()
    assert not combo.grab().isNull()
    combo.setCurrentIndex(1)
    assert combo.shown_text == "林晓"
    combo.showPopup()
    room = combo.view().viewport().width()
    assert room >= combo.fontMetrics().horizontalAdvance(LONG)
    combo.hidePopup()
    apply_theme(qapp, "light", 100)
