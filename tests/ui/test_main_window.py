import importlib.util
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from app.bootstrap import open_services
from app.errors import AlreadyRunningError, DatabaseDamagedError
from app.models.archive_package import ProgressReport
from app.models.staff import Actor
from app.paths import DATABASE
from app.services.office import Services
from app.ui.accounts.particulars_dialog import ParticularsDialog
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.opening import Opening
from app.ui.pages import PAGES, PageEntry
from app.ui.start.sign_in_page import SignInPage
from app.ui.start.welcome_page import TroublePage, WelcomePage
from app.ui.theme import px, tokens
from app.ui.tokens import DARK
from app.ui.window_memory import WindowMemory, recall

MANAGER, WRITER, ADMINISTRATOR = "管理员甲", "信息员乙", "系统己"
PASSCODE = "晋安-河边-散步-7"


@pytest.fixture(scope="module", autouse=True)
def _fakes() -> None:
    place = Path(__file__).with_name("fake_pages.py")
    spec = importlib.util.spec_from_file_location("fake_pages", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fake_pages"] = module
    spec.loader.exec_module(module)


ENTRIES = (
    PageEntry("today", "", "今日", "house", "fake_pages:FakePage", ("returned",)),
    PageEntry("drafts", "发布", "稿件", "file-text", "fake_pages:SearchedPage", (), ("draft", "draft-editor")),
    PageEntry("settings", "foot", "设置", "settings", "fake_pages:FakePage"),
)


@pytest.fixture
def opening(office: Services, tmp_path: Path) -> Opening:
    def sample(folder: Path) -> None:
        (tmp_path / "made").touch()
        import shutil

        shutil.copytree(office.folder, folder)

    return Opening(open_services, sample, office.folder, tmp_path / "records-sample")


@pytest.fixture
def make(qtbot: QtBot, desk: Desk) -> Callable[..., MainWindow]:
    def made(opening: Opening, memory: WindowMemory | None = None) -> MainWindow:
        window = MainWindow(desk, opening, ENTRIES, memory=memory)
        qtbot.addWidget(window)
        window.begin()
        window.show()
        qtbot.waitUntil(lambda: window.door.threshold is not None or isinstance(window.door.step, TroublePage))
        return window

    return made


@pytest.fixture
def window(make: Any, opening: Opening) -> Any:
    return make(opening)


def come_in(window: Any, name: str = MANAGER) -> None:
    page = window.door.step
    assert isinstance(page, SignInPage)
    page.name_box.setCurrentText(name)
    page.passcode_field.setText(PASSCODE)
    page.try_in()
    assert window.desk.tasks.wait_idle()
    assert window.workplace is not None


def test_the_pages_are_registered_once_and_say_what_they_show() -> None:
    keys = [entry.key for entry in PAGES]
    assert len(set(keys)) == len(keys)
    subjects = [subject for entry in PAGES for subject in entry.subjects]
    assert len(set(subjects)) == len(subjects)
    assert {"draft", "draft-editor", "account", "month"} <= set(subjects)


def test_the_door_opens_and_somebody_works(window: Any) -> None:
    # Qt puts the name of the program behind it on the screen.
    assert window.windowTitle() == "晋安区示例局办公室"
    come_in(window)
    place = window.workplace
    assert place is not None
    assert window.stack.currentWidget() is place
    assert place.sidebar.name_label.text() == MANAGER
    assert place.sidebar.roles_label.text() == "账号管理员、档案员"
    assert place.page is not None
    assert place.page.calls.count("refresh") == 1
    assert place.ribbon.isHidden()
    assert window.idle.watching


def test_the_places_of_the_left_bar_open_pages_and_keep_what_is_typed(window: Any) -> None:
    come_in(window)
    place = window.workplace
    first = place.page
    place.sidebar.places["drafts"].click()
    assert first.calls[-1] == "keep"
    assert place.current_key == "drafts"
    assert place.sidebar.places["drafts"].isChecked()
    place.sidebar.places["drafts"].click()
    assert place.sidebar.places["drafts"].isChecked(), "the open place stays marked"
    assert not place.sidebar.places["today"].isChecked()


def test_a_subject_opens_on_its_page(window: Any) -> None:
    come_in(window)
    window.desk.open("draft:0b5e")
    assert window.workplace.current_key == "drafts"
    assert window.workplace.page.calls[-1] == "draft:0b5e"
    window.desk.open("page:settings")
    assert window.workplace.current_key == "settings"
    with pytest.raises(LookupError):
        window.desk.open("moon:1")


def test_the_keys_work_everywhere(window: Any, qtbot: QtBot) -> None:
    come_in(window)
    place = window.workplace
    place.show_page("drafts")
    window.activateWindow()
    place.page.field.setFocus()
    qtbot.waitUntil(window.isActiveWindow)
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_N, Qt.Key.Key_P, Qt.Key.Key_F):
        qtbot.keyClick(window, key, control)
    assert [call for call in place.page.calls if call in {"new", "printing"}] == ["new", "printing"]
    assert place.page.search is not None
    assert place.page.search.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert place.page.calls[-1] == "back"
    qtbot.keyClick(window, Qt.Key.Key_1, control)
    assert place.current_key == "today"
    qtbot.keyClick(window, Qt.Key.Key_L, control)
    assert window.locked


def test_what_waits_stands_beside_its_place(window: Any) -> None:
    come_in(window, WRITER)
    place = window.workplace
    place.sidebar.show_counts({"drafts": 4, "today": 0})
    assert place.sidebar.places["drafts"].accessibleName() == "稿件，4 件待办"
    assert place.sidebar.places["today"].accessibleName() == "今日"


def test_a_page_reads_again_when_something_it_shows_changed(window: Any) -> None:
    come_in(window)
    place = window.workplace
    today = place.page
    place.show_page("drafts")
    before = (today.calls.count("refresh"), place.page.calls.count("refresh"))
    window.desk.changes.tell("accounts")
    window.desk.changes.tell("drafts")
    assert (today.calls.count("refresh"), place.page.calls.count("refresh")) == (before[0], before[1] + 1)
    window.desk.tasks.wait_idle()


def open_dialogs() -> list[QDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def test_the_lock_keeps_input_closes_dialogs_and_hides_the_pages(window: Any) -> None:
    come_in(window)
    place = window.workplace
    place.page.field.setText("还没有写完")
    place.show_help()
    place.search()
    assert len(open_dialogs()) == 2
    window.idle.due.emit()
    assert window.desk.tasks.wait_idle()
    assert open_dialogs() == []
    assert window.locked
    assert not place.isVisible()
    assert place.page.calls[-1] == "还没有写完", "what was typed was saved while the session still held"
    assert window.desk.services.session.person_id == ""
    assert not window.idle.watching


def test_the_same_person_goes_on_and_another_begins_anew(window: Any) -> None:
    come_in(window)
    place = window.workplace
    place.show_page("drafts")
    window.lock()
    window.desk.tasks.wait_idle()
    page = window.door.step
    assert isinstance(page, SignInPage)
    assert page.name == MANAGER
    come_in(window)
    assert window.workplace is place
    assert place.isVisible()
    assert place.current_key == "drafts"
    window.lock()
    window.desk.tasks.wait_idle()
    come_in(window, WRITER)
    assert window.workplace is not place
    assert window.workplace.current_key == "today"
    assert window.desk.actor.name == WRITER


def test_the_lock_asks_for_who_was_there_and_not_for_a_namesake(window: Any) -> None:
    come_in(window, ADMINISTRATOR)
    staff = window.desk.services.staff
    staff.add(WRITER, "宣传科", "科员", signs_in=True, roles=frozenset(), passcode=PASSCODE)
    window.desk.changes.tell("people")
    window.desk.tasks.wait_idle()
    window.lock()
    window.desk.tasks.wait_idle()
    come_in(window, WRITER)
    window.lock()
    window.desk.tasks.wait_idle()
    page = window.door.step
    assert page.name == f"{WRITER}（综合科 科员）"
    assert page.name_box.findText(page.name) >= 0
    come_in(window, page.name)
    assert window.desk.actor.name == WRITER


def test_a_long_job_outlives_the_lock_and_lets_nobody_else_in(window: Any, qtbot: QtBot) -> None:
    come_in(window)
    place, release = window.workplace, threading.Event()
    done: list[str] = []

    def job(report: ProgressReport) -> str:
        release.wait(20)
        return str(window.desk.services.staff.actor().name)

    window.desk.tasks.run_with_progress(place, "正在归档", job, done.append)
    window.lock()
    page = window.door.step
    assert isinstance(page, SignInPage)
    assert not page.name_box.isEnabled()
    assert "请由本人继续" in page.note.text
    assert open_dialogs() == []
    page.passcode_field.setText(PASSCODE)
    page.try_in()
    qtbot.waitUntil(lambda: not window.locked)
    assert len(open_dialogs()) == 1
    release.set()
    assert window.desk.tasks.wait_idle()
    assert done == [MANAGER]
    assert open_dialogs() == []


def test_closing_saves_signs_out_and_remembers(window: Any, office: Services) -> None:
    come_in(window)
    page = window.workplace.page
    page.field.setText("最后一句")
    window.close()
    assert not window.isVisible()
    assert page.calls[-1] == "最后一句"
    assert window.desk.services.session.person_id == ""
    memory = recall(office.folder)
    assert (memory.name, memory.unit, memory.sample) == (MANAGER, "晋安区示例局办公室", False)
    assert isinstance(memory.geometry, QByteArray)


def test_a_half_filled_wizard_is_not_thrown_away_unasked(
    make: Any, opening: Opening, tmp_path: Path, dialogs: Any
) -> None:
    window = make(Opening(opening.open_services, opening.create_sample, tmp_path / "new", opening.sample_folder))
    step = window.door.step
    assert isinstance(step, WelcomePage)
    step.setup_button.click()
    window.door.step.unit_step.name_field.setText("示例局")
    dialogs.answers += [False, True]
    window.close()
    assert window.isVisible()
    window.close()
    assert not window.isVisible()
    assert dialogs.asked == ["设置还没有完成"] * 2


def test_the_wizard_can_be_left_for_the_welcome(make: Any, opening: Opening, tmp_path: Path, dialogs: Any) -> None:
    window = make(Opening(opening.open_services, opening.create_sample, tmp_path / "new", opening.sample_folder))
    window.door.show_wizard()
    window.door.step.go_back()
    assert isinstance(window.door.step, WelcomePage)


def test_the_sample_is_made_once_and_left_again(make: Any, opening: Opening, tmp_path: Path, qtbot: QtBot) -> None:
    window = make(Opening(opening.open_services, opening.create_sample, tmp_path / "new", opening.sample_folder))
    window.door.step.sample_button.click()
    assert "正在准备示例数据" in window.door.step.note.text
    qtbot.waitUntil(lambda: isinstance(window.door.step, SignInPage))
    assert opening.sample_folder.is_dir()
    assert not opening.sample_folder.with_name("records-sample.partial").exists()
    window.door.step.leave_sample.emit()
    qtbot.waitUntil(lambda: isinstance(window.door.step, WelcomePage))
    (tmp_path / "made").unlink()
    window.door.step.sample_button.click()
    qtbot.waitUntil(lambda: isinstance(window.door.step, SignInPage))
    assert not (tmp_path / "made").exists(), "the sample is made only once"


def test_half_a_sample_is_made_anew(opening: Opening) -> None:
    from app.ui.start.door import make_sample

    half = opening.sample_folder.with_name("records-sample.partial")
    half.mkdir()
    (half / "rest").touch()
    make_sample(opening)
    assert opening.open_services(opening.sample_folder).door.look().unit is not None
    assert not (opening.sample_folder / "rest").exists()


def test_records_that_cannot_be_opened_are_explained(make: Any, opening: Opening) -> None:
    tries: list[Path] = []

    def refuse(folder: Path) -> Services:
        tries.append(folder)
        if len(tries) > 1:
            return opening.open_services(folder)
        raise DatabaseDamagedError

    window = make(Opening(refuse, opening.create_sample, opening.folder, opening.sample_folder))
    step = window.door.step
    assert isinstance(step, TroublePage)
    step.again_button.click()
    assert window.desk.tasks.wait_idle()
    assert isinstance(window.door.step, SignInPage)


def test_a_folder_that_another_window_holds_is_not_entered(make: Any, opening: Opening) -> None:
    from app.bootstrap import hold_window

    other = hold_window(opening.folder)
    window = make(Opening(opening.open_services, opening.create_sample, opening.folder, opening.folder, hold_window))
    assert isinstance(window.door.step, TroublePage)
    other.release()
    window.door.step.again_button.click()
    assert window.desk.tasks.wait_idle()
    assert isinstance(window.door.step, SignInPage)
    with pytest.raises(AlreadyRunningError):
        hold_window(opening.folder)
    window.close()
    hold_window(opening.folder).release()


def test_what_a_slot_raises_is_told_as_a_bug(window: Any, dialogs: Any) -> None:
    from app.ui.application import _tell_bug

    bug = ZeroDivisionError()
    _tell_bug(window, type(bug), bug, None)
    assert dialogs.bugs == [bug]
    dialogs.bugs.clear()
    _tell_bug(window, KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not window.isVisible()


def test_the_door_stands_before_the_records_are_open(qtbot: QtBot, desk: Desk, opening: Opening) -> None:
    gate = threading.Event()

    def slow(folder: Path) -> Services:
        gate.wait(20)
        return opening.open_services(folder)

    memory = WindowMemory(unit="晋安区示例局办公室", name=MANAGER)
    window = MainWindow(
        desk, Opening(slow, opening.create_sample, opening.folder, opening.sample_folder), ENTRIES, memory=memory
    )
    qtbot.addWidget(window)
    window.begin()
    window.show()
    page = window.door.step
    assert isinstance(page, SignInPage)
    assert page.name == MANAGER
    page.passcode_field.setText(PASSCODE)
    page.try_in()
    gate.set()
    qtbot.waitUntil(lambda: window.workplace is not None)
    assert window.desk.actor.name == MANAGER


def test_the_door_stands_over_records_from_elsewhere_too(
    qtbot: QtBot, desk: Desk, opening: Opening, office: Services
) -> None:
    gate = threading.Event()

    def slow(folder: Path) -> Services:
        gate.wait(20)
        return opening.open_services(folder)

    begun = replace(opening, open_services=slow, begun=lambda folder: (folder / DATABASE).is_file())
    window = MainWindow(desk, begun, ENTRIES)
    qtbot.addWidget(window)
    window.begin()
    window.show()
    page = window.door.step
    assert isinstance(page, SignInPage)
    assert (page.name, page.line_label.text()) == ("", "正在打开数据……")
    page.name_box.setCurrentText(WRITER)
    page.passcode_field.setText(PASSCODE)
    page.try_in()
    gate.set()
    qtbot.waitUntil(lambda: window.workplace is not None)
    assert window.windowTitle() == "晋安区示例局办公室"
    assert window.desk.actor.name == WRITER


@pytest.mark.parametrize("memory", [None, WindowMemory(geometry=QByteArray(b"x"))])
def test_before_the_set_up_no_sign_in_page_is_shown(
    qtbot: QtBot, desk: Desk, opening: Opening, tmp_path: Path, memory: WindowMemory | None
) -> None:
    folder = tmp_path / "new"
    if memory is not None:
        open_services(folder)
    begun = replace(opening, folder=folder, begun=lambda place: (place / DATABASE).is_file())
    window = MainWindow(desk, begun, ENTRIES, memory=memory)
    qtbot.addWidget(window)
    window.begin()
    assert window.door.step is None
    qtbot.waitUntil(lambda: isinstance(window.door.step, WelcomePage))


def test_a_reset_passcode_is_told_at_the_next_sign_in(window: Any, dialogs: Any) -> None:
    come_in(window, ADMINISTRATOR)
    services = window.desk.services
    person = next(line.person for line in services.staff.list() if line.person.name == WRITER)
    code = services.codes.issue(person.id, "忘记口令", PASSCODE).code
    window.lock()
    window.desk.tasks.wait_idle()
    page = window.door.step
    page.name_box.setCurrentText(WRITER)
    page.passcode_field.setText(code)
    page.try_in()
    window.desk.tasks.wait_idle()
    choosing = window.door.step
    choosing.first_field.setText("茶杯-扳手-七里香")
    choosing.again_field.setText("茶杯-扳手-七里香")
    choosing.choose()
    window.desk.tasks.wait_idle()
    assert window.desk.actor.name == WRITER
    assert any("忘记口令" in asked for asked in dialogs.asked)


def test_an_administrator_comes_back_with_the_slip_from_the_safe(window: Any, desk: Desk, qtbot: QtBot) -> None:
    services = desk.services
    services.sign_in.sign_in(ADMINISTRATOR, PASSCODE)
    slip = services.codes.renew_recovery(PASSCODE).code
    services.sign_in.sign_out()
    window.door.show_forgotten(ADMINISTRATOR)
    page = window.door.step
    page.code_field.setText("ABCD-EFGH-2345")
    page.recover()
    window.desk.tasks.wait_idle()
    assert page.note.text != ""
    page.code_field.setText(slip)
    page.recover()
    assert window.desk.tasks.wait_idle(20_000)
    slips = window.door.step
    assert slips.list.count() == 2
    slips.taken = True
    slips.finish()
    assert isinstance(window.door.step, SignInPage)
    assert window.door.step.name == ADMINISTRATOR


def test_theme_scale_and_lock_follow_the_settings(window: Any) -> None:
    come_in(window, ADMINISTRATOR)
    window.workplace.show_page("drafts")
    services = window.desk.services
    services.settings.store(replace(services.settings.load(), theme="dark", scale=150, lock_minutes=3))
    window.desk.changes.tell("settings")
    assert window.desk.tasks.wait_idle()
    assert tokens() is DARK
    assert px(10) == 15
    assert window.idle.minutes == 3
    assert window.workplace.current_key == "drafts"
    assert window.workplace.sidebar.width() == px(208)


def test_a_second_start_brings_the_window_to_the_front(window: Any) -> None:
    window.showMinimized()
    window.raise_up()
    assert not window.isMinimized()
    assert window.isVisible()


def test_the_sample_ribbon_is_on_every_page(qtbot: QtBot, desk: Desk, sign_in: Any) -> None:
    from app.ui.workplace import Workplace

    sign_in(MANAGER)
    place = Workplace(desk, replace(desk.services.settings.unit(), sample=True), ENTRIES)
    qtbot.addWidget(place)
    place.show()
    place.start()
    for entry in ENTRIES:
        place.show_page(entry.key)
        assert place.ribbon.isVisible()
    assert "示例数据" in place.ribbon.findChildren(QLabel)[0].text()


def test_every_icon_button_has_a_name(window: Any) -> None:
    from PySide6.QtWidgets import QAbstractButton

    come_in(window)
    window.workplace.show_page("drafts")
    nameless = [
        button for button in window.findChildren(QAbstractButton) if not button.text() and not button.accessibleName()
    ]
    # The button inside a search field that empties it belongs to Qt.
    assert [b for b in nameless if type(b.parent()).__name__ != "QLineEdit"] == []


def test_the_smallest_window_clips_nothing_of_the_bar(window: Any) -> None:
    come_in(window)
    window.resize(1024, 640)
    bar = window.workplace.sidebar
    assert bar.minimumSizeHint().height() <= 640


def test_a_window_larger_than_the_screen_covers_the_screen(make: Any, opening: Opening, qapp: QApplication) -> None:
    room = qapp.primaryScreen().availableSize()
    window = make(opening)
    window.setMinimumSize(100, 100)
    window.resize(room.width() - 100, room.height())
    window.appear()
    assert window.isMaximized()
    window.showNormal()
    window.resize(room.width() - 100, room.height() - 100)
    window.appear()
    assert not window.isMaximized()


def test_on_a_screen_of_911_by_470_the_window_hangs_over_no_edge(window: Any, qapp: QApplication) -> None:
    window.fit_least(QSize(911, 470))
    assert window.minimumSize() == QSize(911, 430)
    window.resize(911, 430)
    come_in(window)
    assert window.size() == QSize(911, 430)
    window.fit_least(QSize(1920, 1040))
    assert window.minimumSize() == QSize(1024, 640)
    window.appear()
    room = window.screen().availableSize()
    assert window.minimumWidth() == min(1024, room.width())
    window.windowHandle().screenChanged.emit(qapp.primaryScreen())
    assert window.minimumHeight() <= room.height() - 40


@pytest.mark.parametrize("held", [True, False])
def test_only_the_one_window_of_a_folder_tidies_it_before_anybody_writes(
    make: Any, opening: Opening, office: Services, sign_in: Callable[[str], Actor], held: bool
) -> None:
    sign_in(WRITER)
    office.drafts.keep_file(b"a picture that no draft names")
    office.sign_in.sign_out()
    files = office.folder / "attachments"
    before = {path.name for path in files.glob("??/*")}
    taken: list[Path] = []

    class Hold:
        def release(self) -> None:
            taken.clear()

    def hold(folder: Path) -> Hold:
        taken.append(folder)
        return Hold()

    make(replace(opening, hold=hold if held else None))
    left = {path.name for path in files.glob("??/*")}
    assert len(before - left) == int(held)
    assert taken == ([office.folder] if held else [])


def test_a_form_that_the_lock_closed_is_filled_in_again_for_the_same_person_only(window: Any) -> None:
    come_in(window)
    desk = window.desk

    def opened() -> ParticularsDialog:
        dialog = ParticularsDialog(desk, window.workplace, desk.services.account_desk.choices())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    opened().form.name.setText("晋安新号")
    window.lock()
    assert not open_dialogs()
    come_in(window)
    again = opened()
    assert again.form.name.text() == "晋安新号"
    assert "上次没有填完的内容还在" in again.kept_notice.text
    window.lock()
    come_in(window, WRITER)
    assert opened().form.name.text() == ""
    window.lock()
    come_in(window)
    assert opened().form.name.text() == ""
    window.lock()
