"""The only way to wait for anything: a job runs in a lane, its result comes home to the window's thread."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, QObject, Qt, QThread, Signal
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from app.errors import AppError, CancelledError, SignedOutError
from app.ui.tidy_memory import TidyMemory

if TYPE_CHECKING:
    from app.models.archive_package import ProgressReport
    from app.ui.dialogs import Dialogs
    from app.ui.progress_dialog import ProgressDialog

T = TypeVar("T")
Lane = Literal["records", "files"]
Failed = Callable[[AppError], "bool | None"]

_LOG = logging.getLogger("xianshen")


@dataclass(frozen=True)
class _Errand:
    """What is done with the answer of a job that is on its way."""

    owner: QObject
    done: Callable[[Any], None]
    failed: Failed | None
    topic: tuple[int, str] | None


class Tasks(QObject):
    """Two lanes: `records` (one worker, the database) and `files` (two workers: papers, archive, drives).

    An answer for an owner that is gone, or that has been asked again under the same topic, is dropped.
    """

    _home = Signal(int, object)

    def __init__(self, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dialogs = dialogs
        self._lanes = {
            "records": ThreadPoolExecutor(1, thread_name_prefix="records"),
            "files": ThreadPoolExecutor(2, thread_name_prefix="files"),
        }
        self._waiting: set[Future[Any]] = set()
        self._latest: dict[tuple[int, str], int] = {}
        # A lane holds only the number: the last reference to a widget must never be dropped in a lane.
        self._jobs: dict[int, Callable[[], Any]] = {}
        self._errands: dict[int, _Errand] = {}
        self._count = 0
        self.long_jobs: list[ProgressDialog] = []
        self._memory = TidyMemory(self)
        self._home.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        lane: Lane = "records",
        topic: str = "",
    ) -> None:
        """Run a job in a lane and hand its result to `done` in the window's thread.

        An `AppError` goes to `failed`, which returns False to have it shown all the same; without `failed` it is
        shown. Under a `topic` only the owner's latest job is answered, e.g. for a search while typing.
        """
        assert QThread.currentThread() is self.thread(), "jobs are started by the window's thread"
        self._count += 1
        number = self._count
        key = (id(owner), topic) if topic else None
        if key is not None:
            self._latest[key] = number
        self._jobs[number] = job
        self._errands[number] = _Errand(owner, done, failed, key)
        future: Future[T] = self._lanes[lane].submit(self._work, number)
        self._waiting.add(future)
        future.add_done_callback(lambda finished: self._home.emit(number, finished))

    def run_with_progress(
        self,
        owner: QWidget,
        title: str,
        job: Callable[[ProgressReport], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Run a long job in the files lane under a dialog with bytes, stage and 取消.

        Cancelling makes the report raise `CancelledError` in the job; without `failed` that is told to nobody.
        """
        from app.ui.progress_dialog import ProgressDialog

        dialog = ProgressDialog(title, owner.window())
        self.long_jobs.append(dialog)

        def finished(result: T) -> None:
            if isValid(owner):
                done(result)

        def broken(error: AppError) -> bool | None:
            if failed is not None and isValid(owner):
                return failed(error)
            return isinstance(error, CancelledError)

        self.run(dialog, lambda: job(dialog.report), finished, broken, lane="files")
        dialog.open()

    @property
    def idle(self) -> bool:
        """Whether no answer is on its way."""
        return not self._waiting

    def wait_idle(self, ms: int = 5000) -> bool:
        """Wait until every answer has come home, keeping the window alive; say whether that was so in time."""
        clock = QElapsedTimer()
        clock.start()
        while self._waiting and clock.elapsed() < ms:
            wait_for(self._waiting, timeout=0.005)
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 20)
        return not self._waiting

    def close(self) -> None:
        """Finish what runs, drop what has not begun, and let the lanes go."""
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)
        self._memory.stop()
        for kept in (self._waiting, self._jobs, self._errands):
            kept.clear()

    def _work(self, number: int) -> Any:
        return self._jobs.pop(number)()

    def _arrived(self, number: int, future: Future[Any]) -> None:
        self._waiting.discard(future)
        errand = self._errands.pop(number, None)
        if errand is None:
            return
        for job in [job for job in self.long_jobs if job is errand.owner]:
            self.long_jobs.remove(job)
            if isValid(job):
                job.finish()
        if self._is_wanted(number, errand) and not future.cancelled():
            self._answer(errand, future)

    def _is_wanted(self, number: int, errand: _Errand) -> bool:
        if errand.topic is not None:
            if self._latest.get(errand.topic) != number:
                return False
            del self._latest[errand.topic]
        return isValid(errand.owner)

    def _answer(self, errand: _Errand, future: Future[Any]) -> None:
        error = future.exception()
        if error is None:
            errand.done(future.result())
            return
        if not isinstance(error, AppError):
            _LOG.error("a job failed", exc_info=error)
            self._dialogs.show_bug(_window_of(errand.owner), error)
        elif (errand.failed is None or errand.failed(error) is False) and not _asked_before_the_lock(errand, error):
            self._dialogs.show_error(_window_of(errand.owner), error)
        traceback.clear_frames(error.__traceback__)


def _asked_before_the_lock(errand: _Errand, error: AppError) -> bool:
    """Say whether nobody waits for an answer any more: a page behind the sign-in page had asked for it."""
    owner = errand.owner
    return isinstance(error, SignedOutError) and isinstance(owner, QWidget) and not owner.isVisible()


def _window_of(owner: QObject) -> QWidget | None:
    """Return the widget to ask over: a progress dialog that is over stands for the window below it."""
    if isinstance(owner, QDialog) and not owner.isVisible():
        return owner.parentWidget()
    return owner if isinstance(owner, QWidget) else None
