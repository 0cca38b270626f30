"""What does not fit side by side goes on below or gives way, and what must be read stays whole."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme import px
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.quiet_table import FittedColumns, quiet_table


def buttons(qtbot: QtBot, width: int, *, right: bool) -> list[QRect]:
    box = QWidget()
    flow = FlowLayout(box, right=right)
    found = [QPushButton(word) for word in ("更多", "重发一次性口令", "新增人员")]
    for button in found:
        flow.addWidget(button)
    qtbot.addWidget(box)
    box.resize(width, 200)
    box.show()
    return [button.geometry() for button in found]


def test_buttons_stand_in_one_row_at_the_right_while_they_fit(qtbot: QtBot) -> None:
    places = buttons(qtbot, 900, right=True)
    assert len({place.y() for place in places}) == 1
    assert places[-1].right() == 899
    assert buttons(qtbot, 900, right=False)[0].x() == 0


def test_what_does_not_fit_goes_into_the_next_row_and_ends_at_the_right_too(qtbot: QtBot) -> None:
    places = buttons(qtbot, 260, right=True)
    assert len({place.y() for place in places}) > 1
    assert all(place.x() >= 0 and place.right() <= 259 for place in places)
    assert places[-1].right() == 259


def fitted(qtbot: QtBot, width: int) -> tuple[list[int], int]:
    view = QTableView()
    view.setModel(QStandardItemModel(1, 4, view))
    quiet_table(view, "人员", wide=2)
    FittedColumns(view, {0: 100, 1: 200, 3: 100}, least=200, rigid=(0,))
    qtbot.addWidget(view)
    view.resize(width, 200)
    view.show()
    return [view.columnWidth(column) for column in range(4)], view.viewport().width()


def test_with_room_enough_every_column_has_its_width(qtbot: QtBot) -> None:
    widths, room = fitted(qtbot, 900)
    assert widths == [px(100), px(200), room - px(400), px(100)]


def test_the_others_give_way_before_the_wide_column_is_squeezed_and_a_rigid_one_never(qtbot: QtBot) -> None:
    widths, room = fitted(qtbot, 520)
    assert widths[0] == px(100)
    assert widths[1] < px(200)
    assert abs(widths[2] - px(200)) <= 2
    assert sum(widths) <= room + 2


def test_no_column_is_narrowed_to_less_than_half(qtbot: QtBot) -> None:
    widths, _room = fitted(qtbot, 240)
    assert widths[0] == px(100)
    assert widths[1] == px(100)
    assert widths[3] == px(50)
