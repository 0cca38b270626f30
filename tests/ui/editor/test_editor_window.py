"""The editor in the real window: opened, locked, unlocked, closed."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import open_services
from app.models.content import Content
from app.services.office import Services
from app.ui.desk import Desk
from app.ui.editor.editor_page import EditorPage
from app.ui.main_window import MainWindow
from app.ui.opening import Opening
from app.ui.start.sign_in_page import SignInPage
from tests.ui.work_office import next_by_tab

WRITER, PASSCODE = "信息员乙", "晋安-河边-散步-7"


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, office: Services, tmp_path: Path) -> MainWindow:
    opening = Opening(open_services, lambda _folder: None, office.folder, tmp_path / "sample")
    made = MainWindow(desk, opening)
    qtbot.addWidget(made)
    made.begin()
    made.show()
    qtbot.waitUntil(lambda: made.door.threshold is not None)
    come_in(made)
    return made


def come_in(window: MainWindow) -> None:
    page = window.door.step
    assert isinstance(page, SignInPage)
    page.name_box.setCurrentText(WRITER)
    page.passcode_field.setText(PASSCODE)
    page.try_in()
    assert window.desk.tasks.wait_idle(20_000)


def edited(window: MainWindow, words: str) -> tuple[EditorPage, str]:
    services = window.desk.services
    draft = services.drafts.start(Content(title="标题"))
    window.desk.open(f"draft-editor:{draft.id}")
    assert window.desk.tasks.wait_idle(20_000)
    assert window.workplace is not None
    page = window.workplace.page
    assert isinstance(page, EditorPage)
    cursor = page.pane.main.body.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText(words)
    return page, draft.id


def test_the_editor_stands_within_the_drafts(window: MainWindow) -> None:
    page, draft_id = edited(window, "甲")
    assert window.workplace is not None
    assert window.workplace.sidebar.places["drafts"].isChecked()
    assert "editor" not in window.workplace.sidebar.places
    window.workplace.sidebar.places["drafts"].click()
    assert window.desk.tasks.wait_idle(20_000)
    assert window.workplace.current_key == "drafts"
    assert not page.isVisible()
    assert window.desk.services.drafts.view(draft_id).draft.content.plain_body == "甲"


def test_a_lock_in_the_middle_of_a_word_loses_nothing(window: MainWindow, dialogs: Any) -> None:
    page, draft_id = edited(window, "写到一半")
    window.lock()
    assert window.desk.tasks.wait_idle(20_000)
    assert window.desk.services.session.person_id == ""
    come_in(window)
    assert window.workplace is not None
    assert window.workplace.page is page
    page.pane.main.body.moveCursor(QTextCursor.MoveOperation.End)
    page.pane.main.body.textCursor().insertText("，接着写")
    page.keep_input()
    assert window.desk.tasks.wait_idle(20_000)
    assert window.desk.services.drafts.view(draft_id).draft.content.plain_body == "写到一半，接着写"
    assert dialogs.errors == []


def test_closing_saves_the_last_word(window: MainWindow) -> None:
    _page, draft_id = edited(window, "最后一句")
    window.close()
    assert not window.isVisible()
    services = window.desk.services
    services.sign_in.sign_in(WRITER, PASSCODE)
    assert services.drafts.view(draft_id).draft.content.plain_body == "最后一句"


def test_closing_over_a_secrecy_mark_is_asked_and_saves_nothing(window: MainWindow, dialogs: Any) -> None:
    edited(window, "机密★10年 某某部署情况纪要")
    dialogs.answers += [False, True]
    window.close()
    assert window.isVisible()
    window.close()
    assert not window.isVisible()
    assert dialogs.asked == ["有内容没有保存"] * 2
    raw = b"".join(p.read_bytes() for p in window.desk.services.folder.rglob("*") if p.is_file())
    assert "某某部署情况纪要".encode() not in raw


def test_tab_leads_from_the_text_to_the_accounts_first(window: MainWindow) -> None:
    page, _draft_id = edited(window, "甲")
    accounts, form = page.panel.accounts, page.panel.handling.form
    boxes = list(accounts.checks.values())
    assert len(boxes) > 1
    boxes[0].setChecked(True)

    def reached() -> list[QWidget]:
        found, place = list[QWidget](), next_by_tab(page.pane.main.body)
        while place is not form:
            found.append(place)
            assert len(found) < 60, "Tab never comes to 形式"
            place = next_by_tab(place)
        return found

    own = next(iter(accounts.variants.values()))
    assert reached()[-len(boxes) - 1 :] == [boxes[0], own, *boxes[1:]]
    # Shown again, the boxes are made anew.
    window.desk.open(f"draft-editor:{window.desk.services.drafts.start(Content(title='另一件')).id}")
    assert window.desk.tasks.wait_idle(20_000)
    assert reached()[-len(boxes) :] == list(accounts.checks.values())
