"""从备份恢复 in the window: every step, what goes wrong on the way, and what stands there afterwards."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import hold_window, open_restoring, open_services
from app.errors import AlreadyRunningError
from app.models.archive_package import Volume
from app.models.expiry import Expiry, RecordGroup
from app.models.staff import Actor
from app.models.stated_words import WordsReport
from app.services import found_backups
from app.services.office import Services
from app.services.restoring import RestoreReport
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.opening import Opening
from app.ui.progress_dialog import ProgressDialog
from app.ui.start.restore_wizard import RestoreWizard
from app.ui.start.restored_page import PaperNumbersPage, RestoredPage
from app.ui.start.setup_wizard import SetupWizard
from app.ui.start.sign_in_page import SignInPage
from app.ui.start.welcome_page import TroublePage, WelcomePage
from tests.services.office import PASSCODE, cheap_hasher
from tests.services.restored_office import Restored
from tests.storage.backed_up import tree
from tests.storage.small_disk import remount_read_only, small_disk
from tests.ui.conftest import Script

T = TypeVar("T", bound=QWidget)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Restored:
    return Restored(tmp_path_factory.mktemp("built"))


class Start:
    """A first start of a window beside a stick with a backup."""

    def __init__(self, own: Restored, desk: Desk, qtbot: QtBot, drives: list[Path], dialogs: Script) -> None:
        self.own, self.desk, self.qtbot, self.drives, self.dialogs = own, desk, qtbot, drives, dialogs
        self.folder = own.target
        self.window: MainWindow | None = None

    def open(self) -> "Start":
        clock = self.own.clock

        def records(folder: Path) -> Services:
            return open_services(folder, clock, hasher=cheap_hasher())

        sample = self.folder.with_name("sample")
        opening = Opening(
            records, records, self.folder, sample, hold_window, lambda: open_restoring(clock, cheap_hasher())
        )
        self.window = MainWindow(self.desk, opening)
        self.qtbot.addWidget(self.window)
        self.window.begin()
        self.window.show()
        self.settle()
        return self

    def settle(self) -> None:
        for _round in range(8):
            assert self.desk.tasks.wait_idle(20_000)
            QApplication.processEvents()

    def step(self, kind: type[T]) -> T:
        self.settle()
        assert self.window is not None
        step = self.window.door.step
        assert isinstance(step, kind), type(step)
        return step

    def wizard(self) -> RestoreWizard:
        self.step(WelcomePage).restore_button.click()
        return self.step(RestoreWizard)

    def at_witnesses(self) -> RestoreWizard:
        wizard = self.wizard()
        wizard.go_on()
        self.settle()
        wizard.go_on()
        assert wizard.title_label.text() == "两个人确认"
        self.settle()
        return wizard

    def confirm(
        self, wizard: RestoreWizard, first: tuple[str, str] = ("许管", PASSCODE), second: str = PASSCODE
    ) -> None:
        fields = wizard.witness_step
        for field, text in zip(
            (fields.names[0], fields.passcodes[0], fields.names[1], fields.passcodes[1]),
            (*first, "林晓", second),
            strict=True,
        ):
            field.setText(text)
        wizard.go_on()
        self.settle()

    def nothing_came(self) -> bool:
        """Say whether the folder of this start holds what the start itself laid down, and no half is left."""
        assert open_services(self.folder).door.look().unit is None
        return not list(self.folder.parent.glob("*.partial"))


@pytest.fixture
def start(
    built: Restored, tmp_path: Path, desk: Desk, qtbot: QtBot, dialogs: Script, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Start]:
    own = built.apart(tmp_path)
    drives = [own.stick]
    monkeypatch.setattr(
        found_backups,
        "list_volumes",
        lambda: tuple(Volume(place, "", "vfat", 10**9, 10**9, removable=True) for place in drives),
    )
    begun = Start(own, desk, qtbot, drives, dialogs)
    yield begun
    if begun.window is not None:
        dialogs.answers += [True]
        begun.window.close()


def rows_of(view: Any) -> list[str]:
    return [view.item(row).text() for row in range(view.count())]


def test_an_office_comes_back_and_goes_on_with_its_numbers(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    before = tree(start.own.stick)
    wizard = start.open().wizard()
    [line] = rows_of(wizard.place_step.list)
    assert "福州市晋安区示例局，最近 2026年10月12日" in line
    assert str(start.own.stick) in line
    wizard.go_on()
    start.settle()
    [line] = rows_of(wizard.snapshot_step.list)
    assert f"审计记录 {start.own.saved.audit_seq} 条" in line
    assert "完好" in wizard.snapshot_step.state.text()
    wizard.go_on()
    start.settle()
    assert wizard.witness_step.target == start.folder
    start.confirm(wizard)
    result = start.step(RestoredPage)
    result.button.click()
    numbers = start.step(PaperNumbersPage)
    numbers.form.boxes[0].setValue(5)
    numbers.form.seq.setValue(start.own.head.seq)
    numbers.form.head.setText(start.own.head.hash[:32])
    numbers.button.click()
    page = start.step(SignInPage)
    assert page.name == "许管"
    assert start.desk.services.lost_span.pending() is None
    with start.own.room().store.reading() as unit:
        newest = unit.audit.find(unit.audit.head().seq)
        assert newest is not None
        assert (newest.action, newest.actor) == ("backup.settle", unit.people.named("许管")[0].id)
    assert tree(start.own.stick) == before
    assert PASSCODE not in caplog.text
    assert not [name for name, data in tree(start.folder).items() if PASSCODE.encode() in data]
    with pytest.raises(AlreadyRunningError):
        hold_window(start.folder)
    page.passcode_field.setText(PASSCODE)
    page.try_in()
    start.settle()
    assert start.desk.actor.name == "许管"


def test_the_numbers_may_be_put_off_and_today_leads_there(start: Start) -> None:
    wizard = start.open().at_witnesses()
    start.confirm(wizard)
    start.step(RestoredPage).button.click()
    numbers = start.step(PaperNumbersPage)
    numbers.form.boxes[0].setValue(0)
    numbers.button.click()
    start.settle()
    assert "小于记录中已有的" in numbers.note.text
    numbers.later_button.click()
    window = start.window
    assert window is not None
    for person, offered in (("林晓", False), ("许管", True)):
        page = start.step(SignInPage)
        page.name_box.setCurrentText(person)
        page.passcode_field.setText(PASSCODE)
        page.try_in()
        start.settle()
        assert window.workplace is not None
        today: Any = window.workplace.page
        assert "2026年10月12日" in today.restored.text
        assert today.settle_button.isVisible() is offered
        assert ("请系统管理员登录" in today.restored.text) is not offered
        assert not (offered and today.empty.isVisible())
        window.lock()
        start.settle()


@pytest.mark.parametrize("words", [WordsReport(), WordsReport(("decision:1", "decision:2"), ("statement:3",))])
def test_words_that_came_back_altered_are_told_and_nothing_is_called_faultless(
    start: Start, qtbot: QtBot, words: WordsReport
) -> None:
    report = RestoreReport(start.own.saved.snapshot, start.folder, Actor("id", "许管", frozenset()), words)
    page = RestoredPage(report, (), start.folder)
    qtbot.addWidget(page)
    page.show()
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    told = any("有 2 处文字与记录时不同" in text and "请与审计员一起用纸面核对" in text for text in shown)
    faultless = any("全部核对无误" in text for text in shown)
    assert (told, faultless) == (bool(words.altered), not words.altered)


@pytest.mark.parametrize("due", [0, 3])
def test_what_may_have_been_removed_before_and_is_there_again_is_told(start: Start, qtbot: QtBot, due: int) -> None:
    over = (Expiry(RecordGroup.FILED, (), 10, 2016, 2016, due),) if due else ()
    administrator = Actor("id", "许管", frozenset())
    page = RestoredPage(
        RestoreReport(start.own.saved.snapshot, start.folder, administrator, over=over), (), start.folder
    )
    qtbot.addWidget(page)
    page.show()
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    told = any("审核表、发布记录和存档 3 项（2016年和更早）已过保管期限" in text for text in shown)
    assert told is bool(due)
    assert any("又在了" in text for text in shown) is bool(due)


def test_every_step_goes_back_and_the_first_to_the_welcome(start: Start) -> None:
    wizard = start.open().at_witnesses()
    wizard.witness_step.names[0].setText("许管")
    wizard.go_back()
    wizard.go_back()
    wizard.go_on()
    start.settle()
    wizard.go_on()
    assert wizard.witness_step.names[0].text() == "许管"
    for _step in range(3):
        wizard.go_back()
    start.step(WelcomePage).setup_button.click()
    # The set-up that was looked into and left does not stand in the way of a restore.
    start.step(SetupWizard).go_back()
    wizard = start.at_witnesses()
    start.confirm(wizard)
    start.step(RestoredPage)


def test_a_wrong_passcode_is_told_beside_its_field_counts_and_waits(start: Start) -> None:
    wizard = start.open().at_witnesses()
    step = wizard.witness_step
    start.confirm(wizard, second="falsch-falsch-1")
    assert wizard.note.text.startswith("第二人的姓名或口令与备份里的不符。")
    assert "做这份备份那天用的口令" in wizard.note.text
    assert [field.text() for field in step.passcodes] == ["", ""]
    assert [field.property("wrong") for field in step.passcodes] == ["false", "true"]
    assert start.nothing_came()
    start.confirm(wizard, ("林晓", PASSCODE))
    assert "两次都是同一个人" in wizard.note.text
    start.confirm(wizard, ("周计", PASSCODE))
    assert "都不是系统管理员" in wizard.note.text
    for _try in range(4):
        start.confirm(wizard, second="falsch-falsch-1")
    assert wizard.note.text.startswith("连续输错多次，请等 ")
    start.confirm(wizard)
    assert wizard.note.text.startswith("连续输错多次")
    assert start.nothing_came()
    start.own.clock.forward(minutes=2)
    step._wait = 1
    step._tick()
    start.confirm(wizard)
    start.step(RestoredPage)
    with start.own.room().store.reading() as unit:
        newest = unit.audit.find(unit.audit.head().seq)
        assert newest is not None
        assert json.loads(newest.detail)["refused"] == 5


def test_what_is_missing_holds_the_step(start: Start) -> None:
    start.drives.clear()
    wizard = start.open().wizard()
    wizard.go_on()
    assert wizard.note.text == "请选中一份备份。"
    assert "现在没有找到盘" in rows_of(wizard.place_step.list)[0]
    start.drives.append(start.own.stick)
    wizard.place_step.again_button.click()
    start.settle()
    wizard.go_on()
    start.settle()
    wizard.go_on()
    wizard.go_on()
    assert wizard.note.text == "还要填写：第一人的姓名、第一人的口令、第二人的姓名、第二人的口令。"


def test_a_stick_without_a_backup_and_a_chosen_folder(start: Start, tmp_path: Path) -> None:
    empty, moved = tmp_path / "empty", tmp_path / "shelf" / "2026" / "copies"
    empty.mkdir()
    moved.parent.mkdir(parents=True)
    start.own.stick.rename(moved)
    start.drives[:] = [empty]
    wizard = start.open().wizard()
    assert rows_of(wizard.place_step.list) == [f"移动盘　{empty}　没有找到备份"]
    for chosen, found in ((empty, ""), (tmp_path / "shelf", str(moved)), (moved / "snapshots", str(moved))):
        start.dialogs.answers.append(chosen)
        wizard.place_step.folder_button.click()
        start.settle()
        if found:
            assert found in rows_of(wizard.place_step.list)[0]
            assert wizard.place_step.missing() == ""
        else:
            assert "不是本程序的备份" in wizard.note.text
    start.dialogs.answers.append(None)
    wizard.place_step.folder_button.click()
    start.settle()
    assert wizard.place_step.facts is not None


@pytest.mark.parametrize("damage", ["facts", "database", "attachment"])
def test_a_damaged_snapshot_is_told_and_nothing_comes(start: Start, damage: str) -> None:
    stick = start.own.stick
    snapshot = stick / "snapshots" / start.own.saved.snapshot.name
    if damage == "facts":
        (snapshot / "backup.json").write_text("{")
    elif damage == "database":
        with (snapshot / "xianshen.db").open("r+b") as file:
            file.seek(9000)
            file.write(b"!")
    else:
        next((stick / "attachments").glob("??/*")).write_bytes(b"other")
    wizard = start.open().wizard()
    if damage == "facts":
        assert "备份已损坏" in rows_of(wizard.place_step.list)[0]
        assert wizard.place_step.facts is None
        return
    wizard.go_on()
    start.settle()
    wizard.go_on()
    if damage == "database":
        assert wizard.title_label.text() == "恢复到哪一天"
        assert "数据库备份已损坏" in wizard.note.text
        return
    start.confirm(wizard)
    assert "附件被改动" in wizard.note.text
    assert start.nothing_came()


def test_an_older_snapshot_is_taken_when_the_newest_is_damaged(start: Start) -> None:
    newest = start.own.stick / "snapshots" / "0002-2026-10-14-090000"
    newest.mkdir()
    (newest / "backup.json").write_text("{")
    newer = start.own.stick / "snapshots" / "0003-2026-10-15-090000"
    newer.mkdir()
    (newer / "backup.json").write_text(json.dumps({"format": 2}))
    wizard = start.open().wizard()
    wizard.go_on()
    start.settle()
    lines = rows_of(wizard.snapshot_step.list)
    assert ["新版程序" in lines[0], "已损坏" in lines[1], "审计记录" in lines[2]] == [True] * 3
    assert "后面还有 2 份" in wizard.snapshot_step.older.text()
    wizard.go_on()
    start.confirm(wizard)
    start.step(RestoredPage)


def test_a_backup_of_a_newer_version_asks_for_the_newer_program(start: Start) -> None:
    manifest = start.own.stick / "snapshots" / start.own.saved.snapshot.name / "backup.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text("utf-8")) | {"format": 2}), "utf-8")
    wizard = start.open().wizard()
    assert "由新版程序写成" in rows_of(wizard.place_step.list)[0]
    start.dialogs.answers.append(start.own.stick)
    wizard.place_step.folder_button.click()
    start.settle()
    assert "请先安装新版程序" in wizard.note.text


def at_the_first_report(monkeypatch: pytest.MonkeyPatch, act: Callable[[ProgressDialog], object]) -> None:
    """Let something happen while the files are being copied."""
    whole = ProgressDialog.report
    done: list[bool] = []

    def report(self: ProgressDialog, progress: Any) -> None:
        if progress.done and not done:
            done.append(True)
            act(self)
        whole(self, progress)

    monkeypatch.setattr(ProgressDialog, "report", report)


def test_cancelling_leaves_nothing_and_it_can_be_done_again(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard = start.open().at_witnesses()
    at_the_first_report(monkeypatch, lambda dialog: dialog._stop.set())
    start.confirm(wizard)
    assert "已按您的要求取消" in wizard.note.text
    assert start.nothing_came()
    start.confirm(wizard)
    start.step(RestoredPage)


def test_closing_the_window_cancels_the_restore_after_a_question(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard = start.open().at_witnesses()
    window = start.window
    assert window is not None
    at_the_first_report(monkeypatch, lambda dialog: dialog._stop.wait(20))
    for field, text in zip(wizard.witness_step.names, ("许管", "林晓"), strict=True):
        field.setText(text)
    for passcode in wizard.witness_step.passcodes:
        passcode.setText(PASSCODE)
    wizard.go_on()
    start.dialogs.answers += [False, True]
    window.close()
    assert window.isVisible()
    window.close()
    assert not window.isVisible()
    assert start.dialogs.asked == ["还有任务没有完成"] * 2
    assert start.nothing_came()


def test_a_stick_pulled_while_it_is_read(start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wizard = start.open().at_witnesses()
    away = tmp_path / "pulled"
    at_the_first_report(monkeypatch, lambda _dialog: start.own.stick.rename(away))
    start.confirm(wizard)
    assert "盘被拔出或断开了" in wizard.note.text
    assert start.nothing_came()
    away.rename(start.own.stick)
    start.confirm(wizard)
    start.step(RestoredPage)


def test_a_full_disk_and_a_read_only_one_are_told(start: Start, tmp_path: Path) -> None:
    wizard = start.open().at_witnesses()
    with small_disk(tmp_path / "disk", 1 << 20) as disk:
        start.dialogs.answers.append(disk)
        wizard.witness_step.target_button.click()
        start.settle()
        assert wizard.witness_step.target == disk / "Xianshen"
        start.confirm(wizard)
        assert "目标盘的空间不够" in wizard.note.text
        assert list(disk.iterdir()) == []
        remount_read_only(disk)
        wizard.witness_step.use_target(disk / "Xianshen")
        start.settle()
        start.confirm(wizard)
        assert "写不进去" in wizard.note.text
    assert start.nothing_came()


def test_records_that_are_there_are_never_overwritten(start: Start) -> None:
    shutil.copytree(start.own.office.folder, start.folder)
    (start.folder / "xianshen.db").write_bytes(b"no database any more" * 50)
    before = tree(start.folder)
    start.open()
    trouble = start.step(TroublePage)
    trouble.restore_button.click()
    wizard = start.step(RestoreWizard)
    target = start.folder.with_name("new-restored")
    wizard.go_on()
    start.settle()
    wizard.go_on()
    start.settle()
    assert wizard.witness_step.target == target
    assert "绝不覆盖" in wizard.witness_step.target_note.text()
    wizard.witness_step.use_target(start.folder)
    start.settle()
    start.confirm(wizard)
    assert "已经有东西" in wizard.note.text
    assert tree(start.folder) == before
    wizard.witness_step.use_target(target)
    start.settle()
    start.confirm(wizard)
    result = start.step(RestoredPage)
    words = " ".join(label.text() for label in result.findChildren(type(result.title_label)))
    assert f"先把 {start.folder} 改名留存" in words
    assert tree(start.folder) == before
    assert start.desk.services.folder == target
    result.go_on.emit()
    start.step(PaperNumbersPage).later_button.click()
    start.step(SignInPage)


def test_the_wizard_left_from_trouble_comes_back_to_it(start: Start) -> None:
    start.folder.mkdir()
    (start.folder / "xianshen.db").write_bytes(b"no database any more" * 50)
    start.open()
    start.step(TroublePage).restore_button.click()
    start.step(RestoreWizard).go_back()
    start.step(TroublePage)


def test_a_file_lost_before_the_backup_is_named(start: Start, tmp_path: Path) -> None:
    office = start.own.office.folder
    copied = tmp_path / "office"
    shutil.copytree(office, copied)
    from tests.services.office import Office

    services = Office(copied, start.own.clock).sign_in("许管")
    digest = next((start.own.stick / "attachments").glob("??/*")).name
    for place in (copied, start.own.stick):
        (place / "attachments" / digest[:2] / digest).unlink()
    services.backups.back_up(start.own.stick)
    wizard = start.open().at_witnesses()
    start.confirm(wizard)
    result = start.step(RestoredPage)
    words = " ".join(label.text() for label in result.findChildren(type(result.title_label)))
    assert "有 1 个附件在做备份以前就已经不在" in words
    assert "扫描件“" in words
    with start.own.room().store.reading() as unit:
        newest = unit.audit.find(unit.audit.head().seq)
        assert newest is not None
        assert json.loads(newest.detail)["missing"] == [digest]


def test_the_settings_lead_to_a_restore_beside_the_records(start: Start) -> None:
    shutil.copytree(start.own.office.folder, start.folder)
    start.open()
    window = start.window
    assert window is not None

    def at_the_backup() -> Any:
        page = start.step(SignInPage)
        page.name_box.setCurrentText("许管")
        page.passcode_field.setText(PASSCODE)
        page.try_in()
        start.settle()
        start.desk.open("settings:backup")
        start.settle()
        assert window.workplace is not None
        settings: Any = window.workplace.page
        return settings.sections["backup"]

    backup = at_the_backup()
    start.dialogs.answers += [False]
    backup.restore_button.click()
    assert not window.locked
    for _turn in range(2):
        start.dialogs.answers += [True]
        backup.restore_button.click()
        start.step(RestoreWizard).go_back()
        backup = at_the_backup()
    start.dialogs.answers += [True]
    backup.restore_button.click()
    wizard = start.step(RestoreWizard)
    assert start.desk.services.session.person_id == ""
    wizard.go_on()
    start.settle()
    wizard.go_on()
    start.settle()
    assert wizard.witness_step.target == start.folder.with_name("new-restored")
    start.confirm(wizard, second="falsch-falsch-1")
    with pytest.raises(AlreadyRunningError):
        hold_window(start.folder)
    before = tree(start.folder)
    start.confirm(wizard)
    start.step(RestoredPage)
    assert {name: data for name, data in tree(start.folder).items() if name != "window.ini"} == before
    assert start.desk.services.folder == start.folder.with_name("new-restored")
    assert window.workplace is None
    hold_window(start.folder).release()
