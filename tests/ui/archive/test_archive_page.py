"""月度归档 in the window: gaps explained, written to a drive, verified, handed over."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.archive.bag_writer import write_package
from app.archive.volumes import list_volumes
from app.models.archive_package import Package, PackageFile, WrittenPackage
from app.ui.archive import archive_page as archive_page_module
from app.ui.archive.archive_page import ArchivePage
from app.ui.archive.handover_dialog import HandoverDialog
from app.ui.archive.target_dialog import TargetDialog
from app.ui.archive.verify_dialog import VerifyDialog
from app.ui.archive.written_dialog import WrittenDialog, verdict
from app.ui.desk import Desk
from app.ui.papers.preview_dialog import PreviewDialog
from app.ui.tokens import Tone
from tests.services.office import PASSCODE, Office
from tests.ui.conftest import Script

Worked = tuple[Office, Desk]
Show = Callable[..., None]
Window = TypeVar("Window", bound=QDialog)
WITH_A_VOLUME = pytest.mark.skipif(not list_volumes(), reason="no volume is mounted here, as in a chroot")


def dialog_of(kind: type[Window]) -> Window:
    [found] = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    return found


@pytest.fixture
def page(worked: Worked, show: Show) -> Iterator[ArchivePage]:
    office, desk = worked
    desk.actor = office.services.sign_in.sign_in("陈账", PASSCODE).actor
    shown = ArchivePage(desk)
    show(shown)
    yield shown
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog):
            window.reject()


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Choose a folder wherever the target is asked for."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(archive_page_module.ArchivePage, "_target", lambda _page, _size: folder)
    return folder


def explain_all(page: ArchivePage, dialogs: Script) -> None:
    def unexplained() -> QPushButton | None:
        return next((b for b in page.panel.findChildren(QPushButton) if b.text() == "写明原因"), None)

    while (button := unexplained()) is not None:
        dialogs.answers.append("平台后台不能生成链接")
        button.click()
        page.desk.tasks.wait_idle()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def write(page: ArchivePage, dialogs: Script, qtbot: QtBot) -> WrittenDialog:
    explain_all(page, dialogs)
    page.panel.write_button.click()
    qtbot.waitUntil(lambda: any(isinstance(w, WrittenDialog) for w in QApplication.topLevelWidgets()), timeout=20_000)
    return dialog_of(WrittenDialog)


def test_a_gap_must_be_explained_before_the_month_is_written(page: ArchivePage, dialogs: Script) -> None:
    assert page.months.count() == 1
    assert not page.panel.write_button.isEnabled()
    assert "缺项" in page.panel.notice.text
    explain_all(page, dialogs)
    assert page.panel.write_button.isEnabled()
    assert "都已写明" in page.panel.notice.text


def test_a_month_is_written_and_the_drive_may_be_pulled(
    page: ArchivePage, dialogs: Script, target: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.archive.bag_writer.can_be_taken_out", lambda _path: True)
    written = write(page, dialogs, qtbot)
    assert "可以拔出" in written.verdict.text
    [folder] = list(target.iterdir())
    assert page.desk.services.archives.verify(folder).valid
    page.desk.tasks.wait_idle()
    assert "第1版" in page.panel.sealed.text


def test_what_the_system_does_not_confirm_is_not_called_safe(
    page: ArchivePage, dialogs: Script, target: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.archive.bag_writer.can_be_taken_out", lambda _path: True)
    monkeypatch.setattr("app.archive.bag_writer.flush_volume", lambda _path: False)
    written = write(page, dialogs, qtbot)
    assert "可以拔出" not in written.verdict.text
    assert "安全弹出" in written.verdict.text


def test_nobody_is_told_to_pull_out_the_disk_of_the_pc(
    page: ArchivePage, dialogs: Script, target: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.archive.bag_writer.can_be_taken_out", lambda _path: False)
    written = write(page, dialogs, qtbot)
    assert "读回核对一致" in written.verdict.text
    assert "拔" not in written.verdict.text
    for read_back, flushed in ((True, False), (False, True), (False, False)):
        words, tone = verdict(WrittenPackage(target, "", "", 1, 1, read_back, flushed, on_removable=False))
        assert "拔" not in words
        assert tone is Tone.WARNING


def test_without_a_drive_the_way_on_is_named(page: ArchivePage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.archives.list_volumes", lambda: ())
    dialog = TargetDialog(page.desk, page, size=1)
    dialog.show()
    page.desk.tasks.wait_idle()
    assert "选择一个文件夹" in dialog.drives.item(0).text()
    dialog.drives.setCurrentRow(0)
    assert not dialog.act_button.isEnabled()
    dialog.reject()


def test_an_archive_is_said_to_be_as_it_was_sealed_or_another_one(
    page: ArchivePage, dialogs: Script, target: Path, qtbot: QtBot
) -> None:
    write(page, dialogs, qtbot).accept()
    [folder] = list(target.iterdir())
    page.verify_folder(folder)
    qtbot.waitUntil(lambda: any(isinstance(w, VerifyDialog) for w in QApplication.topLevelWidgets()))
    found = dialog_of(VerifyDialog)
    assert "全部完好。清单与封存时记录的摘要一致（晋示档〔" in found.verdict.text
    found.accept()
    info = [line.split(": ", 1) for line in (folder / "bag-info.txt").read_text("utf-8").splitlines()]
    lines = tuple((label, value) for label, value in info if label.startswith("Xianshen"))
    other = write_package(Package("other", (PackageFile("a.txt", "甲", data=b"one"),), lines), target).folder
    page.verify_folder(other)
    qtbot.waitUntil(lambda: any(w.isVisible() for w in QApplication.topLevelWidgets() if isinstance(w, VerifyDialog)))
    shown = dialog_of(VerifyDialog)
    assert "不能当作完好" in shown.verdict.text
    assert "封存时记下的摘要不一致" in shown.lines.toPlainText()


def test_a_damaged_archive_is_shown_with_its_file(
    page: ArchivePage, dialogs: Script, target: Path, qtbot: QtBot
) -> None:
    write(page, dialogs, qtbot).accept()
    [folder] = list(target.iterdir())
    (folder / "data" / "ledger.xlsx").write_bytes(b"damaged")
    page.verify_folder(folder)
    qtbot.waitUntil(lambda: any(isinstance(w, VerifyDialog) for w in QApplication.topLevelWidgets()))
    found = dialog_of(VerifyDialog)
    assert "不能当作完好" in found.verdict.text
    assert "ledger.xlsx" in found.lines.toPlainText()


def test_a_folder_that_is_no_archive_is_said_to_be_none(page: ArchivePage, dialogs: Script, tmp_path: Path) -> None:
    page.verify_folder(tmp_path)
    page.desk.tasks.wait_idle()
    assert [type(error).__name__ for error in dialogs.errors] == ["NotABagError"]


def test_a_target_that_has_gone_seals_nothing(page: ArchivePage, dialogs: Script, target: Path, qtbot: QtBot) -> None:
    target.rmdir()
    explain_all(page, dialogs)
    page.panel.write_button.click()
    page.desk.tasks.wait_idle()
    assert [type(error).__name__ for error in dialogs.errors] == ["FolderMissingError"]
    assert page.desk.services.archives.history() == ()


def test_sealing_again_asks_for_a_reason(page: ArchivePage, dialogs: Script, target: Path, qtbot: QtBot) -> None:
    write(page, dialogs, qtbot).accept()
    page.desk.tasks.wait_idle()
    assert page.panel.write_button.text() == "重新封存……"
    dialogs.answers.append(None)
    page.panel.write_button.click()
    assert dialogs.asked[-1] == "重新封存"
    dialogs.answers.append("补了一份扫描件")
    page.panel.write_button.click()
    qtbot.waitUntil(lambda: len(list(target.iterdir())) == 2, timeout=20_000)
    page.desk.tasks.wait_idle()
    assert dialogs.unfinished.take("重新封存", str(page._month)) is None


def test_the_reason_for_sealing_again_stays_when_it_is_not_written(
    page: ArchivePage, dialogs: Script, target: Path, qtbot: QtBot
) -> None:
    write(page, dialogs, qtbot).accept()
    page.desk.tasks.wait_idle()
    shutil.rmtree(target)
    dialogs.answers.append("补了一份扫描件")
    page.panel.write_button.click()
    page.desk.tasks.wait_idle()
    assert [type(error).__name__ for error in dialogs.errors] == ["FolderMissingError"]
    assert dialogs.unfinished.take("重新封存", str(page._month)) == "补了一份扫描件"


def test_an_explanation_stays_until_it_is_recorded(page: ArchivePage, dialogs: Script) -> None:
    facts = page.panel.facts
    assert facts is not None
    gap = facts.overview.unexplained[0]
    for words, kept in (("机密★5年", "机密★5年"), ("平台后台不能生成链接", None)):
        dialogs.answers.append(words)
        page.panel._ask(gap, "")
        page.desk.tasks.wait_idle()
        assert dialogs.unfinished.take("写明原因", f"{page._month}:{gap.key}") == kept


def test_the_slip_is_previewed_and_its_scan_marks_the_month_handed_over(
    page: ArchivePage, dialogs: Script, target: Path, qtbot: QtBot, worked: Worked
) -> None:
    write(page, dialogs, qtbot).accept()
    page.desk.tasks.wait_idle()
    page.panel.slip_button.click()
    page.desk.tasks.wait_idle()
    preview = dialog_of(PreviewDialog)
    assert preview.paper is not None
    dialogs.answers.append(target / "slip.pdf")
    preview.save_button.click()
    page.desk.tasks.wait_idle()
    preview.reject()
    assert page.desk.services.audit.page(0, 1)[0].action == "paper.print"
    page.panel.hand_over_button.click()
    handover = dialog_of(HandoverDialog)
    assert not handover.act_button.isEnabled()
    handover.take(worked[0].scan("handover.pdf"))
    handover.act_button.click()
    page.desk.tasks.wait_idle()
    assert "已移交" in page.panel.sealed.text
    assert not page.panel.write_button.isVisible()


def test_a_sealed_month_is_exported_again(page: ArchivePage, dialogs: Script, target: Path, qtbot: QtBot) -> None:
    write(page, dialogs, qtbot).accept()
    page.desk.tasks.wait_idle()
    [first] = list(target.iterdir())
    first.rename(target / "moved away")
    page.panel.again_button.click()
    qtbot.waitUntil(first.exists, timeout=20_000)
    page.desk.tasks.wait_idle()
    assert page.desk.services.archives.verify(first).valid


@WITH_A_VOLUME
def test_a_drive_without_room_cannot_be_chosen(page: ArchivePage) -> None:
    dialog = TargetDialog(page.desk, page, size=10**15)
    dialog.show()
    page.desk.tasks.wait_idle()
    assert dialog.drives.count() > 0
    assert not dialog.act_button.isEnabled()
    assert "空间不够" in dialog.drives.item(0).text()
    dialog.reject()


@WITH_A_VOLUME
def test_a_drive_with_room_is_chosen_by_a_click(page: ArchivePage) -> None:
    dialog = TargetDialog(page.desk, page, size=1)
    dialog.show()
    page.desk.tasks.wait_idle()
    if not dialog.drives.selectedItems():
        dialog.drives.setCurrentRow(0, QItemSelectionModel.SelectionFlag.NoUpdate)
        assert not dialog.act_button.isEnabled(), "what has the focus is not chosen yet"
    dialog.drives.setCurrentRow(0)
    dialog.act_button.click()
    assert dialog.target is not None
    assert dialog.target.is_dir()


def test_no_month_is_asked_for_before_anything_was_filed(
    desk: Desk, sign_in: Callable[..., object], show: Show
) -> None:
    sign_in()
    page = ArchivePage(desk)
    show(page)
    page.show_subject("month:2026-10")
    assert page.desk.tasks.wait_idle(20_000)
    assert page.months.count() == 0
    assert page.empty.isVisible()
    assert page.panel.isHidden()
