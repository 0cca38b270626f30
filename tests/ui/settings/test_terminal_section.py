"""终端 in the window: whether this PC is registered, the list, and every act on one of them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from app.models.terminal import TerminalKind
from app.ui.desk import Desk
from app.ui.settings.settings_page import SettingsPage
from app.ui.settings.terminal_check_dialog import TerminalCheckDialog
from app.ui.settings.terminal_dialog import TerminalDialog
from app.ui.settings.terminal_leave_dialog import TerminalLeaveDialog, TerminalReturnDialog
from app.ui.settings.terminal_section import TerminalSection
from app.ui.tokens import Tone
from tests.services.office import signed_page
from tests.ui.conftest import ADMINISTRATOR, LEADER, MANAGER, PASSCODE, WRITER, Script

Window = TypeVar("Window", bound=QDialog)
Show = Callable[..., None]
MARK = "a" * 64


def dialog_of(kind: type[Window]) -> Window:
    [found] = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    return found


@pytest.fixture
def mark(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what sets the mark of this PC."""

    def put(text: str) -> None:
        monkeypatch.setattr("app.vault.machine_mark.machine_mark", lambda: text)

    put(MARK)
    return put


@pytest.fixture
def open_section(
    desk: Desk, sign_in: Callable[..., object], show: Show, mark: Callable[[str], None]
) -> Callable[[str], TerminalSection]:
    pages: list[SettingsPage] = []

    def opened(person: str) -> TerminalSection:
        sign_in(person)
        page = SettingsPage(desk)
        pages.append(page)
        show(page)
        page.show_subject("settings:terminal")
        desk.tasks.wait_idle()
        section = page.sections["terminal"]
        assert isinstance(section, TerminalSection)
        return section

    return opened


def cells(section: TerminalSection, row: int) -> list[str]:
    return [section.model.index(row, column).data() for column in range(section.model.columnCount())]


def register(section: TerminalSection, number: str, *, person: str = MANAGER, here: bool | None = None) -> None:
    """Register a terminal through its dialog."""
    section.add_button.click()
    dialog = dialog_of(TerminalDialog)
    for field, text in ((dialog.number, number), (dialog.name, "办公室一号机"), (dialog.place, "三楼")):
        field.setText(text)
    dialog.person.setCurrentIndex(dialog.person.findText(person))
    if here is not None:
        dialog.here.setChecked(here)
    dialog.act_button.click()
    section.desk.tasks.wait_idle()


def test_an_unregistered_pc_is_told_and_the_first_terminal_is_proposed_to_be_this_one(
    open_section: Callable[[str], TerminalSection],
) -> None:
    section = open_section(MANAGER)
    assert "没有登记为终端" in section.here.text
    assert section.empty.isVisible()
    assert not section.table.isVisible()
    assert not section.change_button.isVisible()
    register(section, "01")
    assert section.here.text == f"这台电脑是已登记的终端 01（办公室一号机），责任人{MANAGER}。"
    assert cells(section, 0) == ["01", "办公室一号机", MANAGER, "三楼", "这台电脑，防护没有检查"]
    assert "可以登录：全部账号" in section.detail.text()
    # The next one is another machine: this one stands on file already.
    section.add_button.click()
    dialog = dialog_of(TerminalDialog)
    assert not dialog.here.isEnabled()
    assert dialog.here.toolTip() == "这台电脑已经登记为终端 01。"
    dialog.reject()


def test_a_pc_without_a_mark_is_told_and_cannot_be_ticked(
    open_section: Callable[[str], TerminalSection], mark: Callable[[str], None]
) -> None:
    mark("")
    section = open_section(MANAGER)
    assert "认不出" in section.here.text
    section.add_button.click()
    dialog = dialog_of(TerminalDialog)
    assert not dialog.here.isEnabled()
    assert not dialog.here.isChecked()
    dialog.reject()


def test_a_phone_is_never_this_pc(open_section: Callable[[str], TerminalSection]) -> None:
    section = open_section(MANAGER)
    section.add_button.click()
    dialog = dialog_of(TerminalDialog)
    assert dialog.here.isChecked()
    dialog.kind.setCurrentIndex(dialog.kind.findData(TerminalKind.PHONE.value))
    assert not dialog.here.isEnabled()
    for field in (dialog.number, dialog.name, dialog.place):
        field.setText("手机")
    dialog.act_button.click()
    section.desk.tasks.wait_idle()
    assert section.lines[0].terminal.machine_id == ""


def test_what_is_refused_is_said_in_the_form_and_nothing_typed_is_lost(
    open_section: Callable[[str], TerminalSection],
) -> None:
    section = open_section(MANAGER)
    register(section, "01")
    section.add_button.click()
    dialog = dialog_of(TerminalDialog)
    dialog.act_button.click()
    section.desk.tasks.wait_idle()
    assert "终端编号" in dialog.notice.text
    for field in (dialog.number, dialog.name, dialog.place):
        field.setText("01")
    dialog.some_accounts.setChecked(True)
    dialog.act_button.click()
    assert "请至少勾选一个账号" in dialog.notice.text
    next(iter(dialog.accounts.values())).setChecked(True)
    dialog.act_button.click()
    section.desk.tasks.wait_idle()
    assert "已经有别的终端在用" in dialog.notice.text
    dialog.number.setText("02")
    dialog.reject()
    section.add_button.click()
    dialog = dialog_of(TerminalDialog)
    assert (dialog.number.text(), dialog.some_accounts.isChecked()) == ("02", True)
    dialog.act_button.click()
    section.desk.tasks.wait_idle()
    assert [line.terminal.number for line in section.lines] == ["01", "02"]
    section.table.selectRow(1)
    assert "可以登录：微信公众号“晋安示例”" in section.detail.text()


def test_a_change_shows_what_is_on_file_and_keeps_the_row(open_section: Callable[[str], TerminalSection]) -> None:
    section = open_section(MANAGER)
    register(section, "01")
    register(section, "02", person=WRITER)
    section.table.selectRow(1)
    section.change_button.click()
    dialog = dialog_of(TerminalDialog)
    assert (dialog.number.text(), dialog.person.currentText(), dialog.here.isChecked()) == ("02", WRITER, False)
    assert (dialog.all_accounts.isChecked(), dialog.some_accounts.isChecked()) == (True, False)
    dialog.some_accounts.setChecked(True)
    assert not dialog.all_accounts.isChecked()
    dialog.all_accounts.setChecked(True)
    dialog.place.setText("四楼")
    dialog.dedicated.setChecked(True)
    dialog.act_button.click()
    section.desk.tasks.wait_idle()
    assert (section.chosen and section.chosen.terminal.place) == "四楼"
    assert "专用" in section.detail.text()


def test_a_check_is_recorded_with_its_day_and_words(open_section: Callable[[str], TerminalSection]) -> None:
    section = open_section(MANAGER)
    register(section, "01")
    section.check_button.click()
    dialog = dialog_of(TerminalCheckDialog)
    dialog.protection.setText("杀毒软件已更新")
    dialog.act_button.click()
    section.desk.tasks.wait_idle()
    assert cells(section, 0)[4] == "这台电脑"
    assert "检查：杀毒软件已更新" in section.detail.text()


def test_a_terminal_goes_out_with_its_paper_and_comes_back(
    open_section: Callable[[str], TerminalSection], tmp_path: Path
) -> None:
    section = open_section(MANAGER)
    register(section, "01")
    assert (section.leave_button.isVisible(), section.return_button.isVisible()) == (True, False)
    section.leave_button.click()
    section.desk.tasks.wait_idle()
    dialog = dialog_of(TerminalLeaveDialog)
    assert not dialog.act_button.isEnabled()
    assert dialog.approver.currentText() == LEADER
    scan = tmp_path / "审批.pdf"
    scan.write_bytes(signed_page("审批"))
    dialog.take(scan)
    today = section.desk.services.today.day()
    dialog.from_on.show_day(today + timedelta(days=2))
    # The last day follows a first day beyond it.
    assert dialog.to_on.day == today + timedelta(days=2)
    dialog.from_on.show_day(today)
    dialog.act_button.click()
    section.desk.tasks.wait_idle()
    assert "事由" in dialog.notice.text
    dialog.reason.setText("外出采访")
    dialog.act_button.click()
    section.desk.tasks.wait_idle()
    until = today + timedelta(days=2)
    assert f"外出至{until.month}月{until.day}日" in cells(section, 0)[4]
    assert "外出审批到" in section.here.text
    assert (section.leave_button.isVisible(), section.return_button.isVisible()) == (False, True)
    section.return_button.click()
    dialog_of(TerminalReturnDialog).act_button.click()
    section.desk.tasks.wait_idle()
    assert "外出" not in cells(section, 0)[4]
    section.leave_button.click()
    section.desk.tasks.wait_idle()
    again = dialog_of(TerminalLeaveDialog)
    assert f"外出采访，{LEADER}批准" in again.earlier.text()
    again.reject()


def test_a_terminal_that_is_given_up_stays_on_the_list(
    open_section: Callable[[str], TerminalSection], dialogs: Script
) -> None:
    section = open_section(MANAGER)
    register(section, "01")
    dialogs.answers += [False, True]
    section.retire_button.click()
    assert section.here.label.text().startswith("这台电脑是已登记")
    section.retire_button.click()
    section.desk.tasks.wait_idle()
    assert cells(section, 0)[4] == "已停用"
    assert "已经停用" in section.here.text
    assert not section.change_button.isEnabled()
    assert "再登记一次" in section.change_button.toolTip()
    # The same PC may be registered anew.
    register(section, "01", here=True)
    assert [line.here for line in section.lines] == [True, False]


def test_who_does_not_register_papers_may_look(open_section: Callable[[str], TerminalSection]) -> None:
    section = open_section(MANAGER)
    register(section, "01")
    section = open_section(ADMINISTRATOR)
    assert cells(section, 0)[0] == "01"
    for button in (section.add_button, section.change_button, section.retire_button, section.leave_button):
        assert not button.isEnabled()
        assert button.toolTip() == "由账号管理员办理。"
    section.table.doubleClicked.emit(section.model.index(0, 0))
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, TerminalDialog) and w.isVisible()]


def test_a_holder_who_left_is_told_and_stays_chosen_until_somebody_else_is(
    open_section: Callable[[str], TerminalSection], sign_in: Callable[..., object]
) -> None:
    section = open_section(MANAGER)
    register(section, "01", person=WRITER)
    services = section.desk.services
    writer = next(line.person for line in services.staff.list() if line.person.name == WRITER)
    sign_in(ADMINISTRATOR)
    services.staff.leave(writer.id, services.today.day(), "调离", PASSCODE)
    section = open_section(MANAGER)
    assert "责任人已离岗" in cells(section, 0)[4]
    assert "请改由别人负责" in section.here.text
    section.change_button.click()
    dialog = dialog_of(TerminalDialog)
    assert dialog.person.currentText() == f"{WRITER}（已离岗）"
    dialog.person.setCurrentIndex(dialog.person.findText(MANAGER))
    dialog.act_button.click()
    section.desk.tasks.wait_idle()
    assert cells(section, 0)[2] == MANAGER
    assert section.here.property("tone") == Tone.GOOD.value
