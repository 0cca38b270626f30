from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.errors import LockedOutError
from app.models.right import Role
from app.services.sign_in import SignedIn
from app.ui.desk import Desk
from app.ui.start.passcode_page import PasscodePage
from app.ui.start.sign_in_page import SAMPLE_PASSCODE, SignInPage
from app.ui.tasks import Tasks

MANAGER, ADMINISTRATOR = "管理员甲", "系统己"
PASSCODE = "晋安-河边-散步-7"


@pytest.fixture
def page(desk: Desk, show: Any) -> SignInPage:
    page = SignInPage(desk, "晋安区示例局办公室", desk.services.sign_in.names())
    show(page)
    return page


def test_a_name_and_the_right_passcode_come_in(page: SignInPage, qtbot: QtBot, tasks: Tasks) -> None:
    came: list[SignedIn] = []
    page.signed_in.connect(came.append)
    page.name_box.setCurrentText(MANAGER)
    qtbot.keyClicks(page.passcode_field, "x")
    page.passcode_field.setText(PASSCODE)
    qtbot.keyClick(page.passcode_field, Qt.Key.Key_Return)
    assert tasks.wait_idle()
    assert [result.actor.name for result in came] == [MANAGER]
    assert page.passcode_field.text() == ""


def test_namesakes_are_chosen_by_their_departments_and_a_typed_name_stays_as_it_is(
    desk: Desk, show: Any, tasks: Tasks
) -> None:
    admin = desk.services
    admin.sign_in.sign_in(ADMINISTRATOR, PASSCODE)
    other = admin.staff.add(MANAGER, "宣传科", "", signs_in=True, roles=frozenset(), passcode=PASSCODE).id
    code = admin.codes.issue(other, "新来的", PASSCODE)
    admin.sign_in.sign_out()
    show(page := SignInPage(desk, "晋安区示例局办公室", admin.sign_in.names()))
    page.activateWindow()
    page.name_box.setFocus()
    typed = QInputMethodEvent()
    typed.setCommitString(MANAGER)
    line, completer = page.name_box.lineEdit(), page.name_box.completer()
    assert line is not None
    assert completer is not None
    QApplication.sendEvent(line, typed)
    assert page.name == MANAGER
    assert completer.completionCount() == 2
    popup = completer.popup()
    assert popup is not None
    popup.hide()
    chosen: list[tuple[str, str, bool]] = []
    page.choice_needed.connect(lambda *what: chosen.append(what))
    page.name_box.setCurrentIndex(page.name_box.findText(f"{MANAGER}（宣传科）"))
    page.passcode_field.setText(code.code)
    page.try_in()
    assert tasks.wait_idle()
    assert chosen == [(f"{MANAGER}（宣传科）", code.code, False)]


def test_a_wrong_passcode_and_an_unknown_name_are_refused_in_the_same_words(page: SignInPage, tasks: Tasks) -> None:
    said = []
    for name in (MANAGER, "没有这个人"):
        page.name_box.setCurrentText(name)
        page.passcode_field.setText("猜一猜")
        page.try_in()
        assert tasks.wait_idle()
        said.append(page.note.text)
        assert page.passcode_field.text() == ""
        assert page.button.isEnabled()
    assert said[0] == said[1] != ""


def test_nothing_typed_is_asked_for_and_never_tried(page: SignInPage, desk: Desk) -> None:
    page.try_in()
    assert desk.tasks.idle
    assert "请选择姓名" in page.note.text


def test_the_fifth_wrong_try_counts_down(page: SignInPage, tasks: Tasks) -> None:
    page.name_box.setCurrentText(MANAGER)
    for _try in range(5):
        page.passcode_field.setText("猜一猜")
        page.try_in()
        assert tasks.wait_idle()
    assert "1 分钟" in page.note.text or "59 秒" in page.note.text
    assert not page.button.isEnabled()
    page._wait = 1
    page._tick()
    assert page.button.isEnabled()
    assert "现在可以再试" in page.note.text


def test_a_long_wait_is_said_in_minutes(page: SignInPage) -> None:
    page._refused(LockedOutError(252), MANAGER, "")
    assert "4 分 12 秒" in page.note.text
    page._countdown.stop()


def test_the_cursor_stands_where_the_next_key_belongs(page: SignInPage, qtbot: QtBot) -> None:
    page.activateWindow()
    page.welcome(MANAGER)
    assert page.passcode_field.hasFocus()
    page.name_box.setCurrentIndex(-1)
    page.name_box.setCurrentText("")
    page.take_focus()
    assert page.name_box.hasFocus()


def test_keys_before_the_records_are_open_are_not_lost(desk: Desk, show: Any, tasks: Tasks) -> None:
    came: list[SignedIn] = []
    page = SignInPage(desk, "示例局", (MANAGER,))
    page.wait_for_records()
    show(page)
    page.welcome(MANAGER)
    page.signed_in.connect(came.append)
    page.passcode_field.setText(PASSCODE)
    page.try_in()
    assert tasks.idle
    assert not page.forgotten_button.isEnabled()
    page.records_open("晋安区示例局办公室", desk.services.sign_in.names())
    assert tasks.wait_idle()
    assert [result.actor.name for result in came] == [MANAGER]
    assert page.line_label.text() == "晋安区示例局办公室"


def test_the_sample_shows_its_passcode_and_the_way_out(desk: Desk, show: Any) -> None:
    page = SignInPage(desk, "示例局", (MANAGER,), sample=True)
    show(page)
    words = " ".join(label.text() for label in page.findChildren(QLabel))
    assert SAMPLE_PASSCODE in words
    left: list[bool] = []
    page.leave_sample.connect(lambda: left.append(True))
    next(b for b in page.findChildren(QPushButton) if b.text() == "退出示例").click()
    assert left == [True]


def test_the_own_unit_shows_no_passcode(page: SignInPage) -> None:
    assert all(SAMPLE_PASSCODE not in label.text() for label in page.findChildren(QLabel))


def test_a_one_time_code_leads_to_choosing(page: SignInPage, desk: Desk, sign_in: Any, tasks: Tasks) -> None:
    sign_in(ADMINISTRATOR)
    person = next(line.person for line in desk.services.staff.list() if line.person.name == MANAGER)
    code = desk.services.codes.issue(person.id, "忘记口令", PASSCODE).code
    asked: list[tuple[str, str]] = []
    page.choice_needed.connect(lambda name, typed, _longer: asked.append((name, typed)))
    page.name_box.setCurrentText(MANAGER)
    page.passcode_field.setText(code.lower().replace("-", " "))
    page.try_in()
    assert tasks.wait_idle()
    assert asked == [(MANAGER, code.lower().replace("-", " "))]


@pytest.fixture
def choosing(desk: Desk, sign_in: Any, show: Any) -> PasscodePage:
    sign_in(ADMINISTRATOR)
    person = next(line.person for line in desk.services.staff.list() if line.person.name == MANAGER)
    page = PasscodePage(desk, MANAGER, desk.services.codes.issue(person.id, "忘记口令", PASSCODE).code)
    show(page)
    return page


def test_a_passcode_is_chosen_and_lets_in(choosing: PasscodePage, tasks: Tasks) -> None:
    came: list[SignedIn] = []
    choosing.signed_in.connect(came.append)
    assert not choosing.button.isEnabled()
    choosing.first_field.setText("茶杯-扳手-七里香")
    assert not choosing.button.isEnabled()
    choosing.again_field.setText("茶杯-扳手-七里香")
    choosing.choose()
    assert tasks.wait_idle()
    assert came[0].actor.name == MANAGER
    assert came[0].notice == "忘记口令"
    assert choosing.first_field.text() == ""


def test_who_came_to_keep_the_passwords_is_led_to_a_longer_passcode(
    page: SignInPage, desk: Desk, sign_in: Any, tasks: Tasks, show: Any
) -> None:
    sign_in(ADMINISTRATOR)
    desk.services.staff.set_roles(
        next(line.person.id for line in desk.services.staff.list() if line.person.name == MANAGER),
        frozenset({Role.ACCOUNT_MANAGER, Role.PASSWORD_CUSTODIAN}),
        "分工文件",
        PASSCODE,
    )
    asked: list[tuple[str, str, bool]] = []
    page.choice_needed.connect(lambda *told: asked.append(told))
    page.name_box.setCurrentText(MANAGER)
    page.passcode_field.setText(PASSCODE)
    page.try_in()
    assert tasks.wait_idle()
    assert asked == [(MANAGER, PASSCODE, True)]
    choosing = PasscodePage(desk, MANAGER, PASSCODE, longer=True)
    show(choosing)
    assert any("密码保管人" in label.text() and "不够长" in label.text() for label in choosing.findChildren(QLabel))
    came: list[SignedIn] = []
    choosing.signed_in.connect(came.append)
    for typed, open_ in (("茶杯-扳手-七里香", False), ("茶杯-扳手-七里香-石桥", True)):
        choosing.first_field.setText(typed)
        choosing.again_field.setText(typed)
        assert choosing.button.isEnabled() is open_
    choosing.choose()
    assert tasks.wait_idle()
    assert [result.actor.name for result in came] == [MANAGER]


@pytest.mark.parametrize("typed", ["short-1", "12345678901", "aaaaaaaaaaaa"])
def test_what_is_plainly_weak_cannot_be_sent(choosing: PasscodePage, typed: str) -> None:
    choosing.first_field.setText(typed)
    choosing.again_field.setText(typed)
    assert not choosing.button.isEnabled()


def test_what_is_easily_guessed_is_refused_in_words(choosing: PasscodePage, tasks: Tasks) -> None:
    choosing.first_field.setText("password1")
    choosing.again_field.setText("password1")
    choosing.choose()
    assert tasks.wait_idle()
    assert "容易被猜到" in choosing.note.text
