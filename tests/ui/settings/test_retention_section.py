"""保管期限 in the window: what is kept how long, and removing what is over with a basis and the own passcode."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from shiboken6 import isValid

from app.bootstrap import open_services
from app.models.archive_package import Progress
from app.models.clock import BEIJING
from app.models.draft_list import DraftFilter, DraftQuery
from app.ui.changes import Changes
from app.ui.desk import Desk
from app.ui.progress_dialog import ProgressDialog
from app.ui.settings.removal_dialog import RemovalDialog
from app.ui.settings.retention_section import RetentionSection
from app.ui.tasks import Tasks
from tests.services.office import PASSCODE, SetClock
from tests.ui.conftest import Script, cheap_hasher

AT = {"now": datetime(2027, 1, 5, 9, 0, tzinfo=BEIJING), "over": datetime(2037, 1, 5, 9, 0, tzinfo=BEIJING)}


@pytest.fixture
def open_section(
    worked_model: Path, tmp_path: Path, tasks: Tasks, dialogs: Script, show: Callable[..., None]
) -> Callable[[str, str], RetentionSection]:
    """Return what opens the section over a month of work, at a time, with a person at the desk."""

    def opened(when: str, name: str) -> RetentionSection:
        folder = tmp_path / "kept"
        shutil.copytree(worked_model, folder)
        clock = SetClock(AT[when] - timedelta(days=1))
        services = open_services(folder, clock, hasher=cheap_hasher())
        services.sign_in.sign_in("许管", PASSCODE)
        services.sign_in.sign_out()
        clock.now = AT[when]
        desk = Desk(services=services, tasks=tasks, changes=Changes(), dialogs=dialogs)
        desk.actor = services.sign_in.sign_in(name, PASSCODE).actor
        section = RetentionSection(desk)
        show(section)
        section.refresh()
        tasks.wait_idle()
        return section

    return opened


def cells(section: RetentionSection, row: int) -> list[str]:
    return [section.model.index(row, column).data() for column in range(section.model.columnCount())]


def test_it_says_from_when_on_the_oldest_may_go(open_section: Callable[[str, str], RetentionSection]) -> None:
    section = open_section("now", "陈账")
    assert cells(section, 1) == ["审核表、发布记录和存档", "10年", "2026年", "2037年1月1日起"]
    section.table.selectRow(1)
    assert not section.remove_button.isEnabled()
    assert section.remove_button.toolTip() == "选中的这一类现在没有到期的记录。"


def test_who_does_not_archive_may_look(open_section: Callable[[str, str], RetentionSection]) -> None:
    section = open_section("over", "林晓")
    section.table.selectRow(1)
    assert cells(section, 1)[3].startswith("已到期")
    assert not section.remove_button.isEnabled()
    assert section.remove_button.toolTip() == "由档案员或账号管理员办理。"


def asked(section: RetentionSection) -> RemovalDialog:
    section.table.selectRow(1)
    section.remove_button.click()
    section.desk.tasks.wait_idle()
    [dialog] = [w for w in QApplication.topLevelWidgets() if isinstance(w, RemovalDialog) and w.isVisible()]
    return dialog


def fill(dialog: RemovalDialog, basis: str, passcode: str, second: str, who: str = "周计") -> None:
    dialog.basis.setText(basis)
    dialog.passcode.setText(passcode)
    dialog.second.setCurrentText(who)
    dialog.second_passcode.setText(second)
    dialog.act_button.click()
    dialog._desk.tasks.wait_idle()


def test_what_is_over_is_removed_with_a_basis_and_two_passcodes(
    open_section: Callable[[str, str], RetentionSection],
) -> None:
    section = open_section("over", "陈账")
    dialog = asked(section)
    assert dialog.heading.text() == "清除2026年和更早的审核表、发布记录和存档"
    assert "2037年1月5日" in words(dialog)
    assert "陈账" not in [dialog.second.itemText(n) for n in range(dialog.second.count())]
    fill(dialog, "晋示鉴〔2037〕1号", PASSCODE, PASSCODE)
    section.desk.tasks.wait_idle()
    assert not isValid(dialog)
    assert "清除了" in section.notice.text
    assert cells(section, 1)[2:] == ["—", "还没有记录"]
    assert section.desk.services.publications.count() == 0


def test_a_wrong_passcode_or_no_basis_removes_nothing_and_no_passcode_stays(
    open_section: Callable[[str, str], RetentionSection],
) -> None:
    section = open_section("over", "陈账")
    dialog = asked(section)
    for basis, own, second in (
        ("", PASSCODE, PASSCODE),
        ("晋示鉴〔2037〕1号", "", PASSCODE),
        ("晋示鉴〔2037〕1号", PASSCODE, ""),
        ("晋示鉴〔2037〕1号", "wrong-passcode", PASSCODE),
        ("晋示鉴〔2037〕1号", PASSCODE, "wrong-passcode"),
    ):
        fill(dialog, basis, own, second)
        assert dialog.notice.text
        assert (dialog.passcode.text(), dialog.second_passcode.text()) == ("", "")
        assert dialog.act_button.isEnabled()
        layout = dialog.layout()
        assert layout is not None
        # The words of the notice have room of their own and push no field over its hint.
        assert dialog.height() >= layout.totalHeightForWidth(dialog.width())
    dialog.reject()
    assert section.desk.services.drafts.count(DraftQuery(DraftFilter.ALL)) > 0


def test_cancelled_in_time_nothing_is_removed_and_the_form_says_so(
    open_section: Callable[[str, str], RetentionSection], monkeypatch: pytest.MonkeyPatch
) -> None:
    section = open_section("over", "陈账")
    before = section.desk.services.publications.count()
    report = ProgressDialog.report

    def cancelling(progress: ProgressDialog, told: Progress) -> None:
        progress.cancelled = True
        progress._stop.set()
        report(progress, told)

    dialog = asked(section)
    monkeypatch.setattr(ProgressDialog, "report", cancelling)
    fill(dialog, "晋示鉴〔2037〕1号", PASSCODE, PASSCODE)
    assert dialog.notice.text == "已按您的要求取消，什么也没有清除。"
    layout = dialog.layout()
    assert layout is not None
    assert dialog.height() >= layout.totalHeightForWidth(dialog.width())
    assert dialog.act_button.isEnabled()
    assert section.desk.services.publications.count() == before
    monkeypatch.undo()
    fill(dialog, "晋示鉴〔2037〕1号", PASSCODE, PASSCODE)
    section.desk.tasks.wait_idle()
    assert section.desk.services.publications.count() == 0


def test_cancelled_too_late_it_says_what_is_gone_and_what_goes_later(
    open_section: Callable[[str, str], RetentionSection], monkeypatch: pytest.MonkeyPatch
) -> None:
    section = open_section("over", "陈账")
    report = ProgressDialog.report

    def cancelling(progress: ProgressDialog, told: Progress) -> None:
        if told.stage == "erase":
            progress._stop.set()
        report(progress, told)

    monkeypatch.setattr(ProgressDialog, "report", cancelling)
    fill(asked(section), "晋示鉴〔2037〕1号", PASSCODE, PASSCODE)
    section.desk.tasks.wait_idle()
    assert section.desk.services.publications.count() == 0
    assert "个文件还没有删完，下次启动时接着删除。" in section.notice.text


def test_a_witness_with_a_namesake_is_chosen_by_the_department(
    open_section: Callable[[str, str], RetentionSection],
) -> None:
    section = open_section("over", "陈账")
    services = section.desk.services
    with services.staff._room.store.writing() as unit:
        twin = next(p for p in unit.people.list() if p.name == "林晓")
        unit.people.save(replace(twin, name="周计", department="宣传科"), AT["over"])
    dialog = asked(section)
    offered = [dialog.second.itemText(n) for n in range(dialog.second.count())]
    assert {"周计（办公室）", "周计（宣传科）"} < set(offered)
    assert "周计" not in offered
    fill(dialog, "鉴定意见3号", PASSCODE, PASSCODE, "周计（宣传科）")
    assert any(twin.id in entry.detail for entry in services.audit.page(0, 9) if "witness" in entry.detail)


def words(dialog: RemovalDialog) -> str:
    return "".join(part.text() for part in dialog.findChildren(QLabel))
