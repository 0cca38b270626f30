from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.desk import Desk
from app.ui.help_dialog import HelpDialog, about_text
from app.ui.page import Page


class Counting(Page):
    name = "drafts"
    heading = "稿件"
    interests = frozenset({"drafts"})
    read = 0

    def refresh(self) -> None:
        self.read += 1


@pytest.fixture
def page(desk: Desk, show: Any) -> Counting:
    page = Counting(desk)
    show(page)
    return page


def test_a_page_reads_when_shown_and_when_its_kind_changes(page: Counting, desk: Desk) -> None:
    assert page.read == 1
    desk.changes.tell("accounts")
    assert page.read == 1
    desk.changes.tell("drafts", "publications")
    assert page.read == 2
    page.hide()
    desk.changes.tell("drafts")
    assert page.read == 2
    page.show()
    assert page.read == 3


def test_search_waits_for_a_pause_and_is_told_once(page: Counting, qtbot: QtBot) -> None:
    told: list[str] = []
    field = page.add_search("搜索标题", told.append)
    for words in ("审", "审核", "审核表"):
        field.setText(words)
    qtbot.waitUntil(lambda: told == ["审核表"])
    page.find()
    assert field.selectedText() == "审核表"
    assert field.accessibleName() == "搜索标题"


def test_a_button_of_the_header_does_what_it_says(page: Counting) -> None:
    pressed: list[str] = []
    button = page.add_button("新建稿件", lambda: pressed.append("new"), primary=True, icon="plus")
    button.click()
    assert pressed == ["new"]
    assert button.property("kind") == "primary"


def test_a_page_without_search_does_not_mind_being_asked(page: Counting) -> None:
    page.find()
    page.new()
    page.printing()
    page.show_subject("draft:1")
    page.keep_input()
    assert not page.step_back()


def test_help_names_every_key_and_the_folder(desk: Desk, qtbot: QtBot, dialogs: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    help_dialog = HelpDialog(desk, window, "drafts")
    help_dialog.open()
    help_dialog._about()
    assert "先审 0." in dialogs.asked[0]
    assert str(desk.services.folder) in dialogs.asked[0]
    assert "不建立任何网络连接" in about_text("x")
    help_dialog.reject()
