"""今日 shows what waits, and each line opens what it is about."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services.today import TaskKind
from app.ui.desk import Desk
from app.ui.papers.preview_dialog import PreviewDialog
from app.ui.today.task_words import GROUPS, chip_of, task_words
from app.ui.today.today_page import TaskLine, TodayPage
from app.ui.tokens import Tone
from tests.services.office import PASSCODE, Office
from tests.ui.conftest import Script

Worked = tuple[Office, Desk]
Show = Callable[..., None]


def page_for(worked: Worked, name: str, show: Show) -> tuple[TodayPage, list[str]]:
    office, desk = worked
    opened: list[str] = []
    desk.actor = office.services.sign_in.sign_in(name, PASSCODE).actor
    desk.open = opened.append
    page = TodayPage(desk)
    show(page)
    return page, opened


def lines(page: QWidget) -> list[TaskLine]:
    return [line for line in page.findChildren(TaskLine) if line.isVisible()]


def test_the_account_manager_sees_what_to_carry_publish_and_archive(worked: Worked, show: Show) -> None:
    page, _ = page_for(worked, "陈账", show)
    kinds = {task.kind for task in page.tasks}
    assert {TaskKind.SIGNATURE, TaskKind.ARCHIVE, TaskKind.UPDATE_GAP} <= kinds
    assert len(lines(page)) == len(page.tasks)


def test_a_line_opens_by_mouse_and_by_key(worked: Worked, show: Show, qtbot: QtBot) -> None:
    page, opened = page_for(worked, "陈账", show)
    archive = next(line for line in lines(page) if line.task.kind is TaskKind.ARCHIVE)
    qtbot.mouseClick(archive, Qt.MouseButton.LeftButton)
    qtbot.keyClick(archive, Qt.Key.Key_Return)
    assert opened == ["month:2026-10", "month:2026-10"]


def test_a_draft_without_its_author_is_told_and_opens_beside_the_list(worked: Worked, show: Show, qtbot: QtBot) -> None:
    office, _ = worked
    writing = office.sign_in("林晓").drafts.start(office.content("走之前写到一半的"))
    admin = office.sign_in("许管")
    admin.staff.leave(office.person("林晓").id, admin.today.day(), "免职通知", PASSCODE)
    page, opened = page_for(worked, "陈账", show)
    line = next(line for line in lines(page) if line.task.subject == f"draft:{writing.id}")
    assert chip_of(line.task) == ("作者已离岗", Tone.WARNING)
    assert task_words(line.task)[1] == "今天，可以代为作废"
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert opened == [f"draft:{writing.id}"]


def test_an_unfinished_draft_opens_in_the_editor(worked: Worked, show: Show, qtbot: QtBot) -> None:
    page, opened = page_for(worked, "林晓", show)
    unfinished = next(line for line in lines(page) if line.task.kind is TaskKind.UNFINISHED)
    qtbot.mouseClick(unfinished, Qt.MouseButton.LeftButton)
    assert opened[0].startswith("draft-editor:")


def test_whoever_has_nothing_to_do_is_told_so(worked: Worked, show: Show) -> None:
    page, _ = page_for(worked, "郑密", show)
    assert page.tasks == ()
    assert page.empty.isVisible()
    assert not page.new_button.isVisible()
    assert not page.restored.isVisible()


def test_what_happens_meanwhile_appears(worked: Worked, show: Show) -> None:
    office, desk = worked
    page, _ = page_for(worked, "吴审", show)
    before = len(page.tasks)
    office.submitted(office.content(title="刚提交的一件"))
    desk.actor = office.services.sign_in.sign_in("吴审", PASSCODE).actor
    desk.changes.tell("drafts")
    desk.tasks.wait_idle()
    assert len(page.tasks) == before + 1


def test_the_waiting_list_is_shown_before_it_prints(
    worked: Worked, show: Show, dialogs: Script, tmp_path: Path
) -> None:
    page, _ = page_for(worked, "陈账", show)
    page.print_button.click()
    page.desk.tasks.wait_idle()
    [preview] = [w for w in QApplication.topLevelWidgets() if isinstance(w, PreviewDialog) and w.isVisible()]
    assert preview.paper is not None
    assert preview.paper.pages == 1
    dialogs.answers.append(tmp_path / "list.pdf")
    preview.save_button.click()
    page.desk.tasks.wait_idle()
    preview.reject()
    assert page.desk.services.audit.page(0, 1)[0].action == "paper.print"


def test_every_kind_of_task_has_its_words_and_place(worked: Worked, show: Show) -> None:
    office, _ = worked
    office.clock.forward(days=9)
    seen = {task for name in ("陈账", "林晓", "吴审") for task in page_for(worked, name, show)[0].tasks}
    grouped = {kind for _, kinds in GROUPS for kind in kinds}
    assert grouped == set(TaskKind)
    for task in seen:
        title, _detail = task_words(task)
        assert title.strip()
        assert chip_of(task)[0].strip()
    signature = next(task for task in seen if task.kind is TaskKind.SIGNATURE)
    # A leader's delay is told without alarm.
    assert chip_of(signature)[1] is Tone.NEUTRAL
    own = next(task for task in seen if task.kind is TaskKind.DECIDE)
    assert chip_of(own)[1] is Tone.DANGER


def test_in_a_small_window_no_line_is_cut_and_the_year_gives_way(worked: Worked, show: Show) -> None:
    page, _ = page_for(worked, "林晓", show)
    assert page.day.text().startswith("2026年")
    signer = next(task for task in page.tasks if task.kind is TaskKind.SIGNATURE)
    page.show_tasks((replace(signer, kind=TaskKind.NO_SIGNER), signer))
    QApplication.processEvents()
    before = [line.height() for line in lines(page)]
    page.resize(460, 400)
    for _round in range(3):
        QApplication.processEvents()
    assert page.width() == 460
    assert not page.day.text().startswith("2026年")
    inner = page.list_area.widget()
    assert inner is not None
    assert inner.width() <= page.list_area.viewport().width()
    assert all(line.height() > low for line, low in zip(lines(page), before, strict=True))


def test_the_page_stands_still_with_hundreds_of_tasks(worked: Worked, show: Show) -> None:
    office, _ = worked
    services = office.sign_in("林晓")
    for number in range(120):
        services.drafts.start(office.content(title=f"第{number}件"))
    page, _ = page_for(worked, "林晓", show)
    assert len(page.tasks) > 120
    assert len(lines(page)) == 100
