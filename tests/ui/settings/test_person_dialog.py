"""Roles given in the window: a tick is all accounts from today on; accounts and days are named where that is wanted."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.models.right import Role
from app.models.staff import RoleGrant, RoleLimit
from app.ui.desk import Desk
from app.ui.settings.authorization_dialog import AuthorizationDialog
from app.ui.settings.people_section import PeopleSection
from app.ui.settings.person_dialog import PersonDialog
from app.ui.settings.role_limit_dialog import RoleLimitDialog
from app.ui.settings.settings_page import SettingsPage
from tests.ui.conftest import ADMINISTRATOR, MANAGER, PASSCODE, WRITER, Script

Show = Callable[..., None]
Window = TypeVar("Window", bound=QDialog)


def open_one(kind: type[Window]) -> Window:
    [found] = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    return found


@pytest.fixture
def page(desk: Desk, sign_in: Callable[..., object], show: Show) -> SettingsPage:
    sign_in(ADMINISTRATOR)
    shown = SettingsPage(desk)
    show(shown)
    return shown


@pytest.fixture
def people(page: SettingsPage, desk: Desk) -> PeopleSection:
    page.show_subject("settings:person")
    desk.tasks.wait_idle()
    section = page.sections["person"]
    assert isinstance(section, PeopleSection)
    return section


def person(people: PeopleSection, name: str) -> PersonDialog:
    people.table.selectRow(next(n for n, line in enumerate(people.lines) if line.person.name == name))
    people.change()
    return open_one(PersonDialog)


def cell(people: PeopleSection, name: str) -> tuple[str, str]:
    """Return what the table says of somebody's roles, and its tooltip."""
    row = next(n for n, line in enumerate(people.lines) if line.person.name == name)
    item = people.model.item(row, 3)
    return item.text(), item.toolTip()


def limits(dialog: PersonDialog) -> RoleLimitDialog:
    dialog.limit_button.click()
    return open_one(RoleLimitDialog)


def grants(people: PeopleSection, name: str) -> tuple[RoleGrant, ...]:
    return next(line.grants for line in people.desk.services.staff.list() if line.person.name == name)


def save(dialog: PersonDialog, dialogs: Script, basis: str = "分工文件") -> None:
    dialog.basis.setText(basis)
    dialogs.answers.append(PASSCODE)
    dialog.save()
    dialog._desk.tasks.wait_idle()
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, PersonDialog) and w.isVisible()]
    assert not dialogs.answers


def test_the_plain_way_is_a_tick(people: PeopleSection, dialogs: Script) -> None:
    people.add()
    dialog = open_one(PersonDialog)
    assert not dialog.limit_button.isEnabled()
    dialog.name.setText("孙新")
    dialog.roles[Role.REVIEWER].setChecked(True)
    assert dialog.limit_words.text() == "勾选的角色管全部账号，从今天起，没有截止日期。"
    save(dialog, dialogs, "任命文件")
    [grant] = grants(people, "孙新")
    today = people.desk.services.today.day()
    assert (grant.account_ids, grant.from_on, grant.to_on, grant.basis) == ((), today, None, "任命文件")
    assert cell(people, "孙新")[0] == "审核人"


def test_a_role_is_limited_to_one_account_and_a_last_day(people: PeopleSection, dialogs: Script) -> None:
    dialog = person(people, WRITER)
    asked = limits(dialog)
    assert "已经担任" in asked.since.text()
    assert not asked.account_list.isEnabled()
    asked.some_accounts.click()
    asked.settle()
    assert "至少勾选一个账号" in asked.notice.text
    one, other = people.accounts
    asked.accounts[one.id].click()
    last = people.desk.services.today.day() + timedelta(days=30)
    asked.ends.click()
    asked.to_on.setDate(QDate(last.year, last.month, last.day))
    asked.settle()
    assert one.caption in dialog.limit_words.text()
    save(dialog, dialogs, "示办〔2026〕9号")
    words, tip = cell(people, WRITER)
    assert words == f"信息员（{one.caption}，至 {last:%Y-%m-%d}）"
    assert "示办〔2026〕9号" in tip
    assert [g.account_ids for g in grants(people, WRITER)] == [(one.id,)]
    # Opened again it stands as it was saved, and saving it again asks nothing.
    dialog = person(people, WRITER)
    asked = limits(dialog)
    assert asked.some_accounts.isChecked()
    assert [box.isChecked() for box in asked.accounts.values()] == [True, False]
    assert other.id in asked.accounts
    asked.settle()
    dialog.duty.setText("主任科员")
    dialog.save()
    people.desk.tasks.wait_idle()
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, PersonDialog) and w.isVisible()]
    assert len(people.desk.services.audit.page(0, 99)) > 0
    assert [e.action for e in people.desk.services.audit.page(0, 2)] == ["person.change", "person.roles"]


def test_what_is_missing_is_brought_into_sight(people: PeopleSection) -> None:
    dialog = person(people, WRITER)
    dialog.resize(560, 320)
    dialog.roles[Role.REVIEWER].setChecked(True)
    dialog.save()
    assert "依据" in dialog.notice.text
    assert dialog.focusWidget() is dialog.basis
    assert not dialog.basis.visibleRegion().isEmpty()


def test_turning_away_from_the_limits_changes_nothing(people: PeopleSection) -> None:
    dialog = person(people, WRITER)
    asked = limits(dialog)
    asked.ends.click()
    asked.reject()
    assert "没有截止日期" in dialog.limit_words.text()
    assert dialog.wanted == dialog._before


def test_a_later_first_day_and_each_role_its_own(people: PeopleSection, dialogs: Script) -> None:
    dialog = person(people, MANAGER)
    dialog.roles[Role.REVIEWER].setChecked(True)
    asked = limits(dialog)
    asked.role.setCurrentIndex(asked.role.findData(Role.ARCHIVIST.value))
    assert not asked.all_accounts.isVisible()
    assert asked.whole_unit.isVisible()
    asked.role.setCurrentIndex(asked.role.findData(Role.REVIEWER.value))
    assert asked.from_on.isVisible()
    today = people.desk.services.today.day()
    assert asked.from_on.minimumDate().toPython() == today
    first = today + timedelta(days=9)
    asked.from_on.setDate(QDate(first.year, first.month, first.day))
    asked.ends.click()
    asked.to_on.setDate(QDate(today.year, today.month, today.day))
    asked.role.setCurrentIndex(0)
    asked.settle()
    assert asked.chosen is Role.REVIEWER
    assert "早于开始日期" in asked.notice.text
    asked.ends.click()
    asked.settle()
    save(dialog, dialogs)
    assert cell(people, MANAGER)[0] == f"账号管理员、审核人（自 {first:%Y-%m-%d}）、档案员"
    # Brought forward to today.
    dialog = person(people, MANAGER)
    asked = limits(dialog)
    asked.role.setCurrentIndex(asked.role.findData(Role.REVIEWER.value))
    asked.from_on.setDate(QDate(today.year, today.month, today.day))
    asked.settle()
    save(dialog, dialogs)
    assert cell(people, MANAGER)[0] == "账号管理员、审核人、档案员"


def test_what_was_held_before_is_told_in_the_tooltip(people: PeopleSection, dialogs: Script) -> None:
    services = people.desk.services
    with services.staff._room.store.writing() as unit:
        person_id = next(p.id for p in unit.people.list() if p.name == WRITER)
        unit.roles.add(RoleGrant("old", person_id, Role.DUTY_OFFICER, date(2024, 1, 1), date(2024, 6, 30)))
    people.refresh()
    people.desk.tasks.wait_idle()
    assert "以前：值班员，全部账号，2024年1月1日至2024年6月30日" in cell(people, WRITER)[1]
    assert cell(people, WRITER)[0] == "信息员"


def test_two_people_of_one_name_are_told_apart_in_every_list(people: PeopleSection) -> None:
    staff = people.desk.services.staff
    for department in ("综合科", "宣传科", "宣传科"):
        staff.add("林晓", department, "科员", signs_in=False, roles=frozenset(), passcode=PASSCODE)
    people.refresh()
    people.desk.tasks.wait_idle()
    dialog = AuthorizationDialog(people.desk, people, people.lines)
    names = [dialog.giver.itemText(n) for n in range(dialog.giver.count())]
    assert names[-3:] == ["林晓（综合科 科员）", "林晓（宣传科 科员）　第 1 位", "林晓（宣传科 科员）　第 2 位"]
    assert WRITER in names
    assert len({dialog.giver.itemData(n) for n in range(dialog.giver.count())}) == len(names)
    dialog.deleteLater()


def test_a_person_that_was_not_saved_yet_is_there_again_with_the_limits_of_the_roles(
    people: PeopleSection, qtbot: QtBot
) -> None:
    dialog = person(people, WRITER)
    dialog.duty.setText("主任科员")
    dialog.roles[Role.REVIEWER].setChecked(True)
    asked = limits(dialog)
    asked.role.setCurrentIndex(asked.role.findData(Role.REVIEWER.value))
    asked.some_accounts.click()
    account = next(iter(asked.accounts))
    asked.accounts[account].setChecked(True)
    asked.act_button.click()
    wanted = dialog.wanted
    assert wanted[Role.REVIEWER].account_ids == (account,)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert person(people, MANAGER).duty.text() != "主任科员"
    open_one(PersonDialog).reject()
    again = person(people, WRITER)
    assert (again.duty.text(), again.wanted) == ("主任科员", wanted)
    assert "只限" in again.limit_words.text() or "晋安" in again.limit_words.text()
    again.reject()


def test_limits_that_were_not_settled_yet_are_there_again(people: PeopleSection, qtbot: QtBot) -> None:
    dialog = person(people, WRITER)
    for role in (Role.REVIEWER, Role.ACCOUNT_MANAGER):
        dialog.roles[role].setChecked(True)
    asked = limits(dialog)
    accounts = list(asked.accounts)
    asked.role.setCurrentIndex(asked.role.findData(Role.REVIEWER.value))
    asked.some_accounts.click()
    asked.accounts[accounts[1]].setChecked(True)
    asked.role.setCurrentIndex(asked.role.findData(Role.ACCOUNT_MANAGER.value))
    asked.ends.setChecked(True)
    asked.some_accounts.click()
    assert not asked.kept_notice.isVisible()
    # As the lock closes them: the upper one first.
    asked.reject()
    dialog.reject()
    dialog = person(people, WRITER)
    assert dialog.wanted[Role.REVIEWER].account_ids == ()
    again = limits(dialog)
    assert "上次没有填完" in again.kept_notice.text
    assert again.chosen is Role.ACCOUNT_MANAGER
    assert again.focusWidget() is again.role
    assert again.ends.isChecked()
    assert again.some_accounts.isChecked()
    again.role.setCurrentIndex(again.role.findData(Role.REVIEWER.value))
    assert again.accounts[accounts[1]].isChecked()
    again.reject()
    once_more = limits(dialog)
    assert once_more.kept_notice.button is not None
    once_more.kept_notice.button.click()
    assert all(limit == RoleLimit(role) for role, limit in once_more.limits.items())
    once_more.reject()
    assert limits(dialog).kept_notice.text == ""
    open_one(RoleLimitDialog).reject()
    dialog.reject()
    # Another person's form knows nothing of it.
    other = person(people, MANAGER)
    other.roles[Role.REVIEWER].setChecked(True)
    assert limits(other).kept_notice.text == ""
    open_one(RoleLimitDialog).reject()
    other.reject()


def test_started_over_or_saved_a_form_brings_no_old_limits(people: PeopleSection, dialogs: Script) -> None:
    def settled() -> PersonDialog:
        dialog = person(people, WRITER)
        dialog.roles[Role.REVIEWER].setChecked(True)
        asked = limits(dialog)
        asked.role.setCurrentIndex(asked.role.findData(Role.REVIEWER.value))
        asked.ends.setChecked(True)
        asked.act_button.click()
        return dialog

    settled().reject()
    dialog = person(people, WRITER)
    assert dialog.wanted[Role.REVIEWER].to_on is not None
    assert dialog.kept_notice.button is not None
    dialog.kept_notice.button.click()
    dialog.roles[Role.REVIEWER].setChecked(True)
    assert dialog.wanted[Role.REVIEWER] == RoleLimit(Role.REVIEWER)
    dialog.reject()
    dialog = settled()
    unsettled = limits(dialog)
    unsettled.ends.setChecked(not unsettled.ends.isChecked())
    unsettled.reject()
    save(dialog, dialogs)
    assert limits(person(people, WRITER)).kept_notice.text == ""
    open_one(RoleLimitDialog).reject()
    open_one(PersonDialog).reject()


def test_an_authorization_that_was_not_recorded_yet_is_there_again_with_its_scan(
    people: PeopleSection, tmp_path: Path
) -> None:
    scan = tmp_path / "授权书.pdf"
    scan.write_bytes(b"%PDF-1.7")
    lines = people.lines

    def opened() -> AuthorizationDialog:
        dialog = AuthorizationDialog(people.desk, people, tuple(lines))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    dialog = opened()
    dialog.taker.setCurrentIndex(2)
    dialog.to_on.setDate(QDate(2030, 1, 2))
    dialog.take(scan)
    dialog.reject()
    again = opened()
    assert (again.taker.currentIndex(), again.to_on.day, again.scan) == (2, date(2030, 1, 2), scan)
    assert again.act_button.isEnabled()
    again.reject()
    scan.unlink()
    last = opened()
    assert last.scan is None
    last.reject()
