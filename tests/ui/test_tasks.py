import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.errors import AppError, CancelledError, ReasonNeededError, StepNotOpenError
from app.models.archive_package import Progress, ProgressReport
from app.ui.progress_dialog import ProgressDialog
from app.ui.tasks import Tasks


def test_a_job_runs_elsewhere_and_its_answer_comes_home(qapp: QApplication, tasks: Tasks) -> None:
    seen: list[object] = []
    owner = QObject()
    main = threading.get_ident()
    tasks.run(owner, threading.get_ident, lambda ident: seen.append((ident != main, threading.get_ident() == main)))
    assert tasks.wait_idle()
    assert seen == [(True, True)]


def test_jobs_of_the_records_lane_run_in_turn(qapp: QApplication, tasks: Tasks) -> None:
    order: list[int] = []
    gate = threading.Event()
    owner = QObject()

    def wait_first() -> None:
        gate.wait(5)
        order.append(1)

    tasks.run(owner, wait_first, lambda _done: None)
    tasks.run(owner, partial(order.append, 2), lambda _done: None)
    gate.set()
    assert tasks.wait_idle()
    assert order == [1, 2]


def test_an_error_is_shown_unless_the_asker_takes_it(qapp: QApplication, tasks: Tasks, dialogs: Any) -> None:
    def refuse() -> None:
        raise ReasonNeededError

    owner = QObject()
    taken: list[AppError] = []
    tasks.run(owner, refuse, lambda _done: None)
    tasks.run(owner, refuse, lambda _done: None, taken.append)
    tasks.run(owner, refuse, lambda _done: None, lambda _error: False)
    assert tasks.wait_idle()
    assert [type(error) for error in dialogs.errors] == [ReasonNeededError, ReasonNeededError]
    assert [type(error) for error in taken] == [ReasonNeededError]


def test_a_bug_is_told_as_a_bug(qapp: QApplication, tasks: Tasks, dialogs: Any) -> None:
    owner = QObject()
    tasks.run(owner, lambda: {0: 0}[1], lambda _done: None, lambda _error: None)
    assert tasks.wait_idle()
    assert [type(bug) for bug in dialogs.bugs] == [KeyError]
    dialogs.bugs.clear()
    assert dialogs.errors == []


def test_an_answer_for_somebody_who_is_gone_is_dropped(qapp: QApplication, tasks: Tasks) -> None:
    owner, gate = QWidget(), threading.Event()
    seen: list[bool] = []
    tasks.run(owner, lambda: gate.wait(5), seen.append)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
    gate.set()
    assert tasks.wait_idle()
    assert seen == []


def test_only_the_latest_question_of_a_topic_is_answered(qapp: QApplication, tasks: Tasks) -> None:
    owner = QObject()
    seen: list[str] = []
    for word in ("审", "审核", "审核表"):
        tasks.run(owner, partial(str, word), seen.append, topic="search")
    tasks.run(owner, lambda: "别的", seen.append, topic="other")
    assert tasks.wait_idle()
    assert seen == ["审核表", "别的"]


def test_a_widget_is_never_let_go_in_a_lane(qapp: QApplication, tasks: Tasks) -> None:
    ended: list[bool] = []
    main = QThread.currentThread()

    class Watched(QObject):
        def __del__(self) -> None:
            ended.append(QThread.currentThread() is main)

    def ask(owner: Watched) -> None:
        def answer(_length: int) -> None:
            owner.setObjectName("answered")

        tasks.run(owner, lambda: len(owner.objectName()), answer)

    for _round in range(50):
        ask(Watched())
    assert tasks.wait_idle()
    assert ended == [True] * 50


def long_job(release: threading.Event) -> Callable[[ProgressReport], str]:
    def job(report: ProgressReport) -> str:
        report(Progress("copy", 250, 1000))
        while not release.wait(0.005):
            report(Progress("copy", 250, 1000))
        report(Progress("verify", 1000, 1000))
        return "done"

    return job


def open_dialogs(window: QWidget) -> list[ProgressDialog]:
    return [dialog for dialog in window.findChildren(ProgressDialog) if dialog.isVisible()]


def test_a_long_job_shows_bytes_and_stage(qtbot: QtBot, tasks: Tasks) -> None:
    window, release = QWidget(), threading.Event()
    seen: list[str] = []
    qtbot.addWidget(window)
    window.show()
    tasks.run_with_progress(window, "正在归档", long_job(release), seen.append)
    dialog = tasks.long_jobs[0]
    qtbot.waitUntil(lambda: dialog.count_label.text() == "250 字节 / 1.0 KB（25%）")
    assert dialog.stage_label.text() == "正在写入……"
    release.set()
    assert tasks.wait_idle()
    assert seen == ["done"]
    assert tasks.long_jobs == []
    assert open_dialogs(window) == []


def test_cancelling_stops_the_job_and_tells_nobody(qtbot: QtBot, tasks: Tasks, dialogs: Any) -> None:
    window, release = QWidget(), threading.Event()
    seen: list[str] = []
    qtbot.addWidget(window)
    window.show()
    tasks.run_with_progress(window, "正在归档", long_job(release), seen.append)
    dialog = tasks.long_jobs[0]
    dialog.reject()
    assert dialog.isVisible(), "the dialog stays until the job has stopped"
    assert tasks.wait_idle()
    assert open_dialogs(window) == []
    assert (seen, dialogs.errors) == ([], [])


def test_whoever_asks_hears_of_the_cancel(qtbot: QtBot, tasks: Tasks) -> None:
    window = QWidget()
    heard: list[Any] = []
    qtbot.addWidget(window)
    window.show()
    tasks.run_with_progress(window, "正在归档", long_job(threading.Event()), heard.append, heard.append)
    tasks.long_jobs[0].cancel()
    assert tasks.wait_idle()
    assert [type(error) for error in heard] == [CancelledError]


def test_a_failed_long_job_closes_its_dialog_and_says_why(qtbot: QtBot, tasks: Tasks, dialogs: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    def refuse(report: ProgressReport) -> None:
        raise StepNotOpenError

    def fail(report: ProgressReport) -> None:
        raise ZeroDivisionError

    for job in (refuse, fail):
        tasks.run_with_progress(window, "正在归档", job, lambda _done: None)
    assert tasks.wait_idle()
    assert [type(error) for error in dialogs.errors] == [StepNotOpenError]
    assert [type(bug) for bug in dialogs.bugs] == [ZeroDivisionError]
    dialogs.bugs.clear()
    assert open_dialogs(window) == []
