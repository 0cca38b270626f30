from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from app.bootstrap import open_services
from app.models.right import Role
from app.services.code_desk import OneTimeCode
from app.services.papers import PaperBytes
from app.ui.desk import Desk
from app.ui.start.setup_wizard import SetupWizard
from app.ui.start.slips_page import SlipsPage, _save
from app.ui.tasks import Tasks

SUPERVISOR = "福州市晋安区人民政府办公室"


@pytest.fixture
def empty_desk(desk: Desk, tmp_path: Path) -> Desk:
    from argon2 import PasswordHasher

    from app.vault.passcode_hash import PasscodeHasher

    cheap = PasscodeHasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    desk.services = open_services(tmp_path / "empty", hasher=cheap)
    return desk


@pytest.fixture
def wizard(empty_desk: Desk, show: Any) -> SetupWizard:
    wizard = SetupWizard(empty_desk, SUPERVISOR)
    show(wizard)
    return wizard


def fill_unit(wizard: SetupWizard) -> None:
    step = wizard.unit_step
    step.name_field.setText("福州市晋安区示例局")
    step.code_field.setText("11350111test00001x")
    step.word_field.setText("晋示")


def fill_people(wizard: SetupWizard) -> None:
    step = wizard.people_step
    step.name_field.setText("管理员甲")
    for name, role, signs_in in (
        ("审核丙", Role.REVIEWER, True),
        ("保密丁", Role.SECRECY_REVIEWER, True),
        ("主任戊", Role.PRINCIPAL_LEADER, False),
    ):
        step.add_person()
        step.name_field.setText(name)
        step.role_boxes[role].setChecked(True)
        step.signs_in_box.setChecked(signs_in)


def fill_accounts(wizard: SetupWizard) -> None:
    step = wizard.accounts_step
    step.add_account()
    step.platform_box.setCurrentText("微博")
    step.name_field.setText("晋安示例发布")


def test_the_whole_set_up_is_written_and_gives_codes(wizard: SetupWizard, empty_desk: Desk, tasks: Tasks) -> None:
    codes: list[tuple[OneTimeCode, ...]] = []
    wizard.written.connect(codes.append)
    fill_unit(wizard)
    wizard.go_on()
    fill_people(wizard)
    wizard.people_step.second_box.setCurrentIndex(1)
    wizard.people_step.second_box.activated.emit(1)
    wizard.go_on()
    fill_accounts(wizard)
    wizard.go_on()
    assert "11350111TEST00001X" in wizard.check_step.shown
    assert "重发的人：审核丙" in wizard.check_step.shown
    wizard.go_on()
    assert tasks.wait_idle()
    assert [code.person for code in codes[0]][:3] == ["管理员甲", "审核丙", "保密丁"]
    services = empty_desk.services
    assert services.settings.unit().supervisor == SUPERVISOR
    assert services.sign_in.names() == ("管理员甲", "审核丙", "保密丁")
    account = services.accounts.list()[0]
    assert (account.platform, account.name, account.needs_variant) == ("微博", "晋安示例发布", True)
    assert not wizard.unsaved


def test_namesakes_of_two_departments_are_told_apart_down_to_their_slips(
    wizard: SetupWizard, empty_desk: Desk, show: Any, dialogs: Any, tasks: Tasks, tmp_path: Path
) -> None:
    codes: list[tuple[OneTimeCode, ...]] = []
    wizard.written.connect(codes.append)
    fill_unit(wizard)
    wizard.go_on()
    fill_people(wizard)
    step = wizard.people_step
    for department in ("综合科/一", "宣传科"):
        step.add_person()
        step.name_field.setText("林晓")
        step.department_field.setText(department)
        step.role_boxes[Role.INFORMATION_OFFICER].setChecked(True)
    apart = ["林晓（综合科/一）", "林晓（宣传科）"]
    assert [step.list.list.item(row).text().partition("：")[0] for row in (4, 5)] == apart
    offered = [step.second_box.itemText(row) for row in range(step.second_box.count())]
    assert offered[-2:] == apart
    last = step.second_box.count() - 1
    step.second_box.setCurrentIndex(last)
    step.second_box.activated.emit(last)
    wizard.go_on()
    wizard.go_on()
    assert "重发的人：林晓（宣传科）" in wizard.check_step.shown
    wizard.go_on()
    assert tasks.wait_idle()
    services = empty_desk.services
    assert [code.person for code in codes[0]][-3:-1] == apart
    assert codes[0][-2].person_id == services.codes.second_person()
    assert services.sign_in.names()[-2:] == tuple(apart)
    show(page := SlipsPage(empty_desk, codes[0]))
    assert tasks.wait_idle(20_000)
    assert [page.list.item(row).text() for row in range(page.list.count())][-3:-1] == apart
    dialogs.answers.append(folder := tmp_path / "slips")
    folder.mkdir()
    page.save_all()
    assert tasks.wait_idle(20_000)
    assert len(list(folder.glob("*.pdf"))) == len(codes[0])


def test_going_back_loses_nothing(wizard: SetupWizard) -> None:
    fill_unit(wizard)
    wizard.go_on()
    fill_people(wizard)
    wizard.go_on()
    fill_accounts(wizard)
    before = wizard.plan()
    for _step in range(2):
        wizard.go_back()
    assert wizard.title_label.text() == "本单位"
    assert wizard.unit_step.name_field.text() == "福州市晋安区示例局"
    for _step in range(3):
        wizard.go_on()
    assert wizard.plan() == before
    assert wizard.unsaved


def test_what_is_missing_is_said_and_holds_the_step(wizard: SetupWizard) -> None:
    wizard.go_on()
    assert wizard.note.text == "还要填写：单位名称、单位代码、代字。"
    assert wizard.title_label.text() == "本单位"
    fill_unit(wizard)
    wizard.unit_step.code_field.setText("示例")
    wizard.go_on()
    assert "数字、大写字母和连字符" in wizard.note.text
    fill_unit(wizard)
    wizard.go_on()
    step = wizard.people_step
    step.name_field.setText("管理员甲")
    assert wizard.note.text == "还没有人担任：审核人、保密审查员、审批人（主要领导）。"
    step.signs_in_box.setChecked(False)
    assert "账号管理员（要能登录）" in wizard.note.text
    step.signs_in_box.setChecked(True)
    step.role_boxes[Role.AUDITOR].setChecked(True)
    assert "不能既是系统管理员又是审计员" in wizard.note.text
    step.role_boxes[Role.AUDITOR].setChecked(False)
    step.add_person()
    step.name_field.setText("管理员甲")
    assert "有两位“管理员甲”" in wizard.note.text
    step.department_field.setText("宣传科")
    assert "有两位" not in wizard.note.text
    step.remove_person(1)
    assert len(step.people) == 1
    step.remove_person(0)
    assert [person.name for person in step.people] == [""]


def test_the_second_person_is_never_the_administrator_and_goes_with_the_person(wizard: SetupWizard) -> None:
    fill_people(wizard)
    step = wizard.people_step
    offered = [step.second_box.itemText(row) for row in range(step.second_box.count())]
    assert offered[1:] == ["审核丙", "保密丁"]
    step.second_box.activated.emit(2)
    assert step.second_person() == 2
    step.remove_person(1)
    assert step.second_person() == 1
    step.remove_person(1)
    assert step.second_person() is None


def test_an_account_without_a_name_is_not_let_through(wizard: SetupWizard) -> None:
    step = wizard.accounts_step
    assert step.missing() == ""
    step.add_account()
    assert "没有填写名称" in step.missing()
    step.name_field.setText("晋安示例")
    step.platform_box.setCurrentText("")
    assert "没有选择平台" in step.missing()
    step.remove_account(0)
    assert step.plans() == ()


def test_a_refusal_is_shown_and_the_plan_stays(wizard: SetupWizard, empty_desk: Desk, tasks: Tasks) -> None:
    fill_unit(wizard)
    fill_people(wizard)
    for _step in range(3):
        wizard.go_on()
    wizard.go_on()
    assert tasks.wait_idle()
    wizard.go_on()
    assert tasks.wait_idle()
    assert wizard.note.text != ""
    assert wizard.next_button.isEnabled()
    assert wizard.unit_step.name_field.text() == "福州市晋安区示例局"


@pytest.fixture
def slips(empty_desk: Desk, show: Any, wizard: SetupWizard, tasks: Tasks) -> SlipsPage:
    codes: list[tuple[OneTimeCode, ...]] = []
    wizard.written.connect(codes.append)
    fill_unit(wizard)
    fill_people(wizard)
    for _step in range(4):
        wizard.go_on()
    assert tasks.wait_idle()
    page = SlipsPage(empty_desk, codes[0])
    show(page)
    assert tasks.wait_idle(20_000)
    return page


def noted(desk: Desk, tasks: Tasks) -> list[str]:
    """Return what the chain tells of printed slips."""
    assert tasks.wait_idle(20_000)
    return [entry.detail for entry in desk.services.audit.page(0, 20) if entry.action == "paper.print"]


def test_every_code_has_a_slip_and_saving_says_to_delete_it(
    slips: SlipsPage, empty_desk: Desk, dialogs: Any, tasks: Tasks, tmp_path: Path
) -> None:
    assert slips.list.count() == len(slips.papers) == 4
    assert slips.document.pageCount() >= 1
    folder = tmp_path / "slips"
    folder.mkdir()
    dialogs.answers.append(folder)
    slips.save_all()
    assert tasks.wait_idle()
    assert len(list(folder.glob("*.pdf"))) == 4
    assert "删除存下的文件" in slips.note.text
    assert slips.note.folder_button.isVisible()
    [detail] = noted(empty_desk, tasks)
    assert '"where":"file"' in detail
    left: list[bool] = []
    slips.finished.connect(lambda: left.append(True))
    slips.finish()
    assert left == [True]


def test_all_slips_go_to_the_printer_as_one_job(
    slips: SlipsPage, empty_desk: Desk, dialogs: Any, tasks: Tasks, tmp_path: Path
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialogs.answers += [None, printer]
    slips.print_all()
    assert slips.unsaved
    slips.print_all()
    assert tasks.wait_idle(20_000)
    printed = QPdfDocument()
    printed.load(str(tmp_path / "printed.pdf"))
    assert printed.pageCount() == 4
    printed.close()
    [detail] = noted(empty_desk, tasks)
    assert '"where":"file"' in detail
    assert slips.note.text.startswith(f"已存为“printed.pdf”，在 {tmp_path}。")
    assert "口令不要留在电脑里" in slips.note.text
    assert slips.note.folder_button.isVisible()
    assert "recovery" in detail
    assert not slips.unsaved


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_or_a_folder_that_takes_nothing_is_said(
    slips: SlipsPage, dialogs: Any, tasks: Tasks, tmp_path: Path
) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "missing" / "printed.pdf"))
    dialogs.answers += [printer, QPrinter()]
    slips.print_all()
    assert tasks.wait_idle(20_000)
    assert "printed.pdf”写不进去" in slips.note.text
    slips.print_all()
    assert tasks.wait_idle(20_000)
    assert "打印机没有接收" in slips.note.text
    assert slips.unsaved


def test_no_slip_is_saved_over_another(tmp_path: Path) -> None:
    slips = tuple(PaperBytes("口令单", "口令单 林晓.pdf", data, 1) for data in (b"one", b"two"))
    _save(tmp_path, slips)
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.pdf")} == {
        "口令单 林晓.pdf": b"one",
        "口令单 林晓（2）.pdf": b"two",
    }


def test_leaving_without_a_print_is_asked_about(slips: SlipsPage, dialogs: Any) -> None:
    left: list[bool] = []
    slips.finished.connect(lambda: left.append(True))
    assert slips.unsaved
    dialogs.answers += [False, True]
    slips.finish()
    assert left == []
    slips.finish()
    assert left == [True]


def test_a_folder_that_refuses_is_said(slips: SlipsPage, dialogs: Any, tasks: Tasks, tmp_path: Path) -> None:
    dialogs.answers.append(tmp_path / "missing")
    slips.save_all()
    assert tasks.wait_idle()
    assert len(dialogs.errors) == 1
    assert not slips.taken


def test_every_text_of_the_wizard_wraps_or_fits(wizard: SetupWizard) -> None:
    wizard.resize(1024, 640)
    long = [
        w for w in wizard.findChildren(QLabel) if w.isVisible() and w.sizeHint().width() > 1024 and not w.wordWrap()
    ]
    assert long == []


def test_enter_goes_on_or_presses_the_button_that_has_the_focus(wizard: SetupWizard, qtbot: QtBot) -> None:
    fill_unit(wizard)
    qtbot.keyClick(wizard.unit_step.word_field, Qt.Key.Key_Return)
    assert wizard.title_label.text() == wizard.people_step.heading
    fill_people(wizard)
    qtbot.keyClick(wizard.people_step.duty_field, Qt.Key.Key_Enter)
    assert wizard.title_label.text() == wizard.accounts_step.heading
    qtbot.keyClick(wizard.accounts_step.list.add_button, Qt.Key.Key_Return)
    assert len(wizard.accounts_step.accounts) == 1
    assert wizard.title_label.text() == wizard.accounts_step.heading


def test_the_name_of_a_person_just_added_is_in_sight_on_a_low_screen(wizard: SetupWizard) -> None:
    wizard.resize(1024, 600)
    fill_unit(wizard)
    wizard.go_on()
    step, area = wizard.people_step, wizard.stack.currentWidget()
    assert isinstance(area, QScrollArea)
    QApplication.processEvents()
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.maximum() > 0
    assert step.name_field.visibleRegion().isEmpty()
    step.list.add_button.click()
    assert step.name_field.visibleRegion().boundingRect() == step.name_field.rect()
    bar.setValue(0)
    assert not step.list.add_button.visibleRegion().isEmpty()
