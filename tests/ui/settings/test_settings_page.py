"""设置 in the window: each section reads, changes, refuses in place, and opens only to who may."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QApplication, QDialog

from app.models.policy import read_policy
from app.models.records import UseKind
from app.models.right import Role
from app.paths import POLICY_FILE
from app.ui.desk import Desk
from app.ui.papers.preview_dialog import PreviewDialog
from app.ui.settings.audit_section import AuditSection
from app.ui.settings.authorization_dialog import AuthorizationDialog
from app.ui.settings.backup_section import BackupSection
from app.ui.settings.people_section import PeopleSection
from app.ui.settings.person_dialog import PersonDialog
from app.ui.settings.policy_section import PolicySection, policy_rows
from app.ui.settings.settings_page import SettingsPage
from app.ui.settings.this_pc_section import ThisPcSection
from app.ui.settings.unit_section import UnitSection
from app.ui.settings.workday_section import WorkdaySection
from app.ui.theme import scale, tokens
from app.ui.tokens import DARK, Tone
from tests.services.office import signed_page
from tests.storage.putting import put
from tests.ui.conftest import ADMINISTRATOR, LEADER, MANAGER, PASSCODE, WRITER, Script

Show = Callable[..., None]
Window = TypeVar("Window", bound=QDialog)


def dialog_of(kind: type[Window]) -> Window:
    [found] = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    return found


@pytest.fixture
def page(desk: Desk, sign_in: Callable[..., object], show: Show) -> SettingsPage:
    sign_in(ADMINISTRATOR)
    shown = SettingsPage(desk)
    show(shown)
    return shown


def section(page: SettingsPage, key: str) -> object:
    page.show_subject(f"settings:{key}")
    page.desk.tasks.wait_idle()
    return page.sections[key]


def test_every_section_opens(page: SettingsPage) -> None:
    for key, shown in page.sections.items():
        section(page, key)
        assert shown.isVisible(), key
    assert not page.notice.isVisible()


def test_who_does_not_administer_may_look(desk: Desk, sign_in: Callable[..., object], show: Show) -> None:
    sign_in(MANAGER)
    page = SettingsPage(desk)
    show(page)
    assert "系统管理员" in page.notice.text
    unit = section(page, "unit")
    assert isinstance(unit, UnitSection)
    assert unit.name.isReadOnly()
    assert not unit.save_button.isEnabled()


def test_looks_change_at_once(page: SettingsPage) -> None:
    this_pc = section(page, "this_pc")
    assert isinstance(this_pc, ThisPcSection)
    this_pc.theme.setCurrentIndex(this_pc.theme.findData("dark"))
    this_pc.scale.setCurrentIndex(this_pc.scale.findData(150))
    this_pc.save()
    page.desk.tasks.wait_idle()
    assert (tokens(), scale()) == (DARK, 150)
    assert page.desk.services.settings.load().theme == "dark"


def test_a_unit_code_that_papers_cannot_carry_is_refused_in_place(page: SettingsPage) -> None:
    unit = section(page, "unit")
    assert isinstance(unit, UnitSection)
    unit.code.setText("单位代码")
    unit.save()
    page.desk.tasks.wait_idle()
    assert "单位代码" in unit.notice.text
    unit.code.setText("ja-02")
    unit.save()
    page.desk.tasks.wait_idle()
    assert unit.code.text() == "JA-02"


def test_a_person_is_added_changed_and_leaves(page: SettingsPage, dialogs: Script) -> None:
    people = section(page, "person")
    assert isinstance(people, PeopleSection)
    before = len(people.lines)
    people.add()
    dialog = dialog_of(PersonDialog)
    dialog.name.setText("孙新")
    dialog.roles[Role.REVIEWER].setChecked(True)
    # Roles are given with the own passcode; turning away from it, or a wrong one, gives none.
    dialogs.answers += [None, "not-my-passcode", PASSCODE]
    for told in ("", "口令不对"):
        dialog.save()
        page.desk.tasks.wait_idle()
        assert told in dialog.notice.text
    assert len(people.lines) == before
    dialog.save()
    page.desk.tasks.wait_idle()
    assert len(people.lines) == before + 1
    row = next(number for number, line in enumerate(people.lines) if line.person.name == "孙新")
    people.table.selectRow(row)
    people.change()
    dialog = dialog_of(PersonDialog)
    dialog.roles[Role.SECRECY_REVIEWER].setChecked(True)
    dialog.save()
    page.desk.tasks.wait_idle()
    # A change of roles needs its basis.
    assert "依据" in dialog.notice.text
    dialog.basis.setText("分工文件")
    dialogs.answers.append(PASSCODE)
    dialog.save()
    page.desk.tasks.wait_idle()
    people.table.selectRow(row)
    people.change()
    dialog = dialog_of(PersonDialog)
    dialog.leave_button.click()
    assert "依据" in dialog.notice.text
    assert dialog.focusWidget() is dialog.basis
    dialog.basis.setText("调动通知")
    dialogs.answers += [None, "not-my-passcode", PASSCODE]
    for told in ("", "口令不对"):
        dialog.leave_button.click()
        page.desk.tasks.wait_idle()
        assert told in dialog.notice.text
    assert len(people.lines) == before + 1
    dialog.leave_button.click()
    page.desk.tasks.wait_idle()
    assert len(people.lines) == before
    assert people.notice.text.startswith("已登记孙新离岗：担任的审核人、保密审查员到")
    assert "没有人担任" not in people.notice.text
    # Whoever left is shown on request, and comes back on the same record with roles given anew.
    people.left_tick.setChecked(True)
    page.desk.tasks.wait_idle()
    assert people.lines[-1].person.name == "孙新"
    assert people.model.item(before, 4).text() == "已离岗"
    assert "离岗" in people.model.item(before, 4).toolTip()
    people.table.selectRow(before)
    people.change()
    dialog = dialog_of(PersonDialog)
    assert not dialog.leave_button.isVisible()
    assert not dialog.wanted
    dialog.roles[Role.REVIEWER].setChecked(True)
    dialog.duty.setText("科员")
    dialog.save()
    assert "依据" in dialog.notice.text
    dialog.basis.setText("借调期满")
    dialogs.answers.append(PASSCODE)
    dialog.act_button.click()
    page.desk.tasks.wait_idle()
    people.left_tick.setChecked(False)
    page.desk.tasks.wait_idle()
    [line] = [line for line in people.lines if line.person.name == "孙新"]
    assert (line.roles, line.person.duty) == (frozenset({Role.REVIEWER}), "科员")


def test_a_new_code_is_drawn_with_a_reason_and_its_slip_shown(
    page: SettingsPage, dialogs: Script, tmp_path: Path
) -> None:
    people = section(page, "person")
    assert isinstance(people, PeopleSection)
    row = next(n for n, line in enumerate(people.lines) if line.person.name == WRITER)
    people.table.selectRow(row)
    page.desk.tasks.wait_idle()
    assert people.code_button.isEnabled()
    before = page.desk.services.audit.count()
    dialogs.answers += ["忘记口令", None]
    people.code_button.click()
    page.desk.tasks.wait_idle()
    assert page.desk.services.audit.count() == before
    dialogs.answers += ["忘记口令", "not-my-passcode"]
    people.code_button.click()
    page.desk.tasks.wait_idle()
    assert "口令不对" in people.notice.text
    person_id = people.lines[row].person.id
    assert dialogs.unfinished.take(f"给{WRITER}重发一次性口令", person_id) == "忘记口令"
    dialogs.answers += ["忘记口令", PASSCODE]
    people.code_button.click()
    page.desk.tasks.wait_idle()
    assert dialogs.unfinished.take(f"给{WRITER}重发一次性口令", person_id) is None
    preview = dialog_of(PreviewDialog)
    assert preview.paper is not None
    dialogs.answers.append(tmp_path / "slip.pdf")
    preview.save_button.click()
    page.desk.tasks.wait_idle()
    preview.reject()
    [printed] = page.desk.services.audit.page(0, 1)
    assert (printed.action, printed.subject) == ("paper.print", f"person:{people.lines[row].person.id}")


def test_the_second_person_and_the_slip_in_the_safe_are_changed_with_the_own_passcode(
    page: SettingsPage, dialogs: Script
) -> None:
    people = section(page, "person")
    assert isinstance(people, PeopleSection)
    people.table.selectRow(next(n for n, line in enumerate(people.lines) if line.person.name == WRITER))
    services = page.desk.services
    before, named = services.audit.count(), services.codes.second_person()
    dialogs.answers += [None, True, None]
    people.name_second()
    people.renew_recovery()
    page.desk.tasks.wait_idle()
    assert (services.audit.count(), services.codes.second_person()) == (before, named)
    dialogs.answers += [PASSCODE, True, PASSCODE]
    people.name_second()
    page.desk.tasks.wait_idle()
    assert services.codes.second_person() == people.lines[people.table.currentIndex().row()].person.id
    people.renew_recovery()
    page.desk.tasks.wait_idle()
    preview = dialog_of(PreviewDialog)
    page.desk.tasks.wait_idle()
    preview.reject()
    assert "passcode.recovery_renew" in [entry.action for entry in services.audit.page(0, 3)]


def test_who_does_not_sign_in_gets_no_code(page: SettingsPage) -> None:
    people = section(page, "person")
    assert isinstance(people, PeopleSection)
    people.table.selectRow(next(n for n, line in enumerate(people.lines) if line.person.name == LEADER))
    page.desk.tasks.wait_idle()
    assert not people.code_button.isEnabled()
    assert "不登录" in people.code_button.toolTip()


def test_an_authorization_needs_its_scan(
    desk: Desk, sign_in: Callable[..., object], show: Show, dialogs: Script, tmp_path: Path
) -> None:
    sign_in(MANAGER)
    page = SettingsPage(desk)
    show(page)
    people = section(page, "person")
    assert isinstance(people, PeopleSection)
    people.authorize_button.click()
    dialog = dialog_of(AuthorizationDialog)
    assert not dialog.act_button.isEnabled()
    scan = tmp_path / "授权书.pdf"
    scan.write_bytes(signed_page("授权书"))
    dialog.take(scan)
    dialog.giver.setCurrentIndex(dialog.giver.findText(LEADER))
    dialog.taker.setCurrentIndex(dialog.taker.findText(WRITER))
    dialog.role.setCurrentIndex(dialog.role.findData(Role.PRINCIPAL_LEADER.value))
    dialogs.answers += [None, "not-my-passcode", PASSCODE]
    for told in ("", "口令不对"):
        dialog.act_button.click()
        page.desk.tasks.wait_idle()
        assert told in dialog.notice.text
        assert dialog.isVisible()
    dialog.act_button.click()
    page.desk.tasks.wait_idle()
    today = page.desk.services.today.day()
    names = [person.name for person in page.desk.services.staff.holders(Role.PRINCIPAL_LEADER, today)]
    assert WRITER in names


def test_a_policy_is_exported_edited_and_adopted(page: SettingsPage, dialogs: Script, tmp_path: Path) -> None:
    policy = section(page, "policy")
    assert isinstance(policy, PolicySection)
    path = tmp_path / "参数.toml"
    dialogs.answers.append(path)
    policy.export()
    page.desk.tasks.wait_idle()
    [entry] = page.desk.services.audit.page(0, 1)
    assert (entry.action, entry.subject) == ("policy.export", "policy:1")
    path.write_text(path.read_text("utf-8").replace("value = 10,", "value = 8,"), "utf-8-sig")
    policy.adopt(path)
    page.desk.tasks.wait_idle()
    assert "批准人" in policy.notice.text
    policy.approved_by.setText("办公会")
    dialogs.answers += [None, "not-my-passcode", PASSCODE]
    for told in ("", "口令不对"):
        policy.adopt(path)
        page.desk.tasks.wait_idle()
        assert told in policy.notice.text
        assert len(policy.versions) == 1
    policy.adopt(path)
    page.desk.tasks.wait_idle()
    assert [version.version for version in policy.versions] == [2, 1]
    assert policy.versions[0].policy.limits["update_limit_days"].value == "8"


def test_a_broken_policy_names_its_place(page: SettingsPage, dialogs: Script, tmp_path: Path) -> None:
    policy = section(page, "policy")
    assert isinstance(policy, PolicySection)
    path = tmp_path / "坏.toml"
    path.write_text("format = 1\n[[[", "utf-8")
    policy.approved_by.setText("办公会")
    dialogs.answers.append(PASSCODE)
    policy.adopt(path)
    page.desk.tasks.wait_idle()
    assert "第 2 行" in policy.notice.text


def test_every_value_of_the_policy_is_shown_with_words(page: SettingsPage) -> None:
    rows = policy_rows(page.desk.services.settings.current_policy().policy)
    assert all(name and value for name, value, _ in rows)
    assert any("初审→保密审查→主要领导签批" in value for _, value, _ in rows)


def test_a_name_that_an_older_version_does_not_say_is_shown_as_the_program_brings_it() -> None:
    shipped = POLICY_FILE.read_text("utf-8")
    older = "\n".join(line for line in shipped.splitlines() if not line.startswith("account_"))
    rows = {name: (value, basis) for name, value, basis in policy_rows(read_policy(older, adopted=True))}
    assert rows["备案登记表名称"] == ("福州市晋安区政务新媒体备案登记表", "第五条（这一版没有写，按先审自带的）")
    assert rows["变更申请表代字的末字"][0] == "变"
    assert rows["待签清单名称"] == ("待签清单", "设计默认值")


def test_a_day_off_is_entered_and_taken_out(page: SettingsPage, dialogs: Script) -> None:
    days = section(page, "workday")
    assert isinstance(days, WorkdaySection)
    days.year.setValue(2031)
    page.desk.tasks.wait_idle()
    assert "尚未公布" in days.notice.text
    days.day.setDate(QDate(2031, 5, 1))
    days.note.setText("劳动节")
    days.set_day()
    page.desk.tasks.wait_idle()
    assert days.model.rowCount() == 1
    assert not page.desk.services.working_days.calendar().works(date(2031, 5, 1))
    days.table.selectRow(0)
    days.remove_day()
    page.desk.tasks.wait_idle()
    assert days.model.rowCount() == 0
    dialogs.answers.append("国办发明电〔2030〕7号")
    days.announce()
    page.desk.tasks.wait_idle()
    assert "尚未公布" not in days.notice.text
    assert dialogs.unfinished.take("2031年的安排", "") is None


def test_a_backup_is_made_to_a_folder(page: SettingsPage, tmp_path: Path) -> None:
    backup = section(page, "backup")
    assert isinstance(backup, BackupSection)
    assert "还没有备份过" in backup.last.text()
    target = tmp_path / "other drive"
    target.mkdir()
    backup.back_up(target)
    page.desk.tasks.wait_idle(20_000)
    assert "上次备份" in backup.last.text()
    assert any(target.iterdir())


def test_a_backup_beside_a_damaged_one_is_made_and_names_it(
    page: SettingsPage, dialogs: Script, tmp_path: Path
) -> None:
    backup = section(page, "backup")
    assert isinstance(backup, BackupSection)
    target = tmp_path / "other drive"
    target.mkdir()
    backup.back_up(target)
    page.desk.tasks.wait_idle(20_000)
    assert not dialogs.asked
    [first] = (target / "snapshots").iterdir()
    (first / "backup.json").write_text("x", "utf-8")
    backup.back_up(target)
    page.desk.tasks.wait_idle(20_000)
    [told] = dialogs.asked
    assert f"以前的备份“{first.name}”的说明读不出来" in told
    assert len(list((target / "snapshots").iterdir())) == 2


def test_a_backup_that_lacks_files_names_them(page: SettingsPage, dialogs: Script, tmp_path: Path) -> None:
    backup = section(page, "backup")
    assert isinstance(backup, BackupSection)
    room = page.desk.services.backups._room
    with room.store.writing() as unit:
        for number in range(1, 13):
            stored = put(room.files, f"picture {number}".encode())
            unit.files.register(stored, room.now())
            unit.files.use(stored.sha256, UseKind.SCAN, "draft:gone", f"扫描{number:02d}.pdf", room.now())
            room.files.path(stored.sha256).unlink()
    target = tmp_path / "other drive"
    target.mkdir()
    backup.back_up(target)
    page.desk.tasks.wait_idle(20_000)
    [told] = dialogs.asked
    assert "有 12 个附件不在数据文件夹里" in told
    assert told.count("扫描件“扫描") == 10
    assert "等 12 个" in told
    assert "上次备份" in backup.last.text()


def test_the_chain_is_read_checked_and_witnessed(page: SettingsPage) -> None:
    audit = section(page, "audit")
    assert isinstance(audit, AuditSection)
    assert audit.model.rowCount() > 3
    audit.check()
    page.desk.tasks.wait_idle()
    assert "前后相接" in audit.notice.text
    entry = page.desk.services.audit.page(0, 1)[0]
    audit.seq.setValue(entry.seq)
    audit.head.setText(entry.hash[:32].upper())
    audit.witness()
    page.desk.tasks.wait_idle()
    assert "对得上" in audit.notice.text
    audit.head.setText("0" * 32)
    audit.witness()
    page.desk.tasks.wait_idle()
    assert "对不上" in audit.notice.text
    assert audit.notice.property("tone") == Tone.DANGER


def test_a_paper_of_a_lost_span_is_a_witness_and_no_alarm(page: SettingsPage) -> None:
    audit = section(page, "audit")
    assert isinstance(audit, AuditSection)
    services = page.desk.services
    head = services.audit.check().head
    detail = {"numbers": (), "audit_from": head.seq + 1, "audit_to": head.seq + 9, "audit_head": "ab" * 16}
    with services.lost_span._room.store.writing() as unit:
        unit.audit.add("", "", "backup.settle", "backup:0001", detail)
    audit.seq.setValue(head.seq + 9)
    for typed, words, tone in (("AB" * 16, "凭证", Tone.WARNING), ("cd" * 16, "对不上", Tone.DANGER)):
        audit.head.setText(typed)
        audit.witness()
        page.desk.tasks.wait_idle()
        assert words in audit.notice.text
        assert audit.notice.property("tone") == tone
