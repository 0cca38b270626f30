from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.models.content import Block, BlockKind, Content
from app.ui.desk import Desk
from app.ui.search.search_dialog import HINT, SearchDialog

WRITER = "信息员乙"


@pytest.fixture
def dialog(desk: Desk, sign_in: Any, qtbot: QtBot) -> Iterator[SearchDialog]:
    sign_in(WRITER)
    for title, body in (
        ("关于冬季用电用气安全的提示", "请及时检查燃气管道。"),
        ("<img src='file:///etc/passwd'>", "标题里的尖括号照样显示。"),
        ("社区义诊活动回顾", "本周末在河边广场。"),
    ):
        desk.services.drafts.start(Content(title=title, blocks=(Block(BlockKind.PARAGRAPH, body),)))
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = SearchDialog(desk, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.open()
    yield dialog
    window.close()


def search(dialog: SearchDialog, words: str) -> list[str]:
    dialog.field.setText(words)
    dialog.find_words()
    assert dialog._desk.tasks.wait_idle()
    items = [dialog.list.item(row) for row in range(dialog.list.count())]
    return [item.data(Qt.ItemDataRole.UserRole).title for item in items]


@pytest.mark.parametrize(
    ("words", "title"), [("燃", "关于冬季用电用气安全的提示"), ("义诊", "社区义诊活动回顾"), ("尖括号", "<img src=")]
)
def test_one_character_finds_a_draft(dialog: SearchDialog, words: str, title: str) -> None:
    found = search(dialog, words)
    assert len(found) == 1
    assert found[0].startswith(title)
    dialog.grab()


def test_nothing_found_says_so_and_an_empty_line_explains(dialog: SearchDialog) -> None:
    assert search(dialog, "没有这个词") == []
    assert "没有这个词" in dialog.note.text()
    assert search(dialog, "  ") == []
    assert dialog.note.text() == HINT


def test_the_arrows_choose_and_enter_opens(dialog: SearchDialog, desk: Desk, qtbot: QtBot) -> None:
    opened: list[str] = []
    desk.open = opened.append
    assert len(search(dialog, "的")) == 2
    dialog._pause.stop()
    chosen = dialog.list.item(1).data(Qt.ItemDataRole.UserRole)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(dialog.field, key)
    assert opened == [f"draft:{chosen.subject_id}"]
    assert not dialog.isVisible()


def test_escape_closes(dialog: SearchDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_enter_right_after_typing_opens_nothing_stale(dialog: SearchDialog, desk: Desk, qtbot: QtBot) -> None:
    opened: list[str] = []
    desk.open = opened.append
    search(dialog, "义诊")
    dialog.field.setText("燃气")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert opened == []
    assert desk.tasks.wait_idle()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert len(opened) == 1
