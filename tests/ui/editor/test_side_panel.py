from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.editor.section import Section
from app.ui.editor.side_panel import scrolling_cards


def test_bringing_a_card_into_view_never_moves_the_cards_sideways(qtbot: QtBot) -> None:
    cards = [Section("发布账号"), Section("作者声明")]
    for card in cards:
        wide = QWidget()
        wide.setFixedSize(320, 400)
        card.column.addWidget(wide)
    area = scrolling_cards(*cards)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    assert area.horizontalScrollBar().maximum() > 0
    area.ensureWidgetVisible(cards[1], 400, 50)
    assert area.verticalScrollBar().value() > 0
    assert area.horizontalScrollBar().value() == 0
