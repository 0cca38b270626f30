"""The only way to wait for anything: a job runs in a lane, its result comes home to the window's thread."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, QObject, Qt, QThread, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.errors import AppError
from app.models.archive_package import ProgressReport
from app.ui.dialogs import Dialogs

T = TypeVar("T")
Lane = Literal["records", "files"]
Failed = Callable[[AppError], "bool | None"]

_LOG = logging.getLogger("xianshen")


@dataclass(frozen=True)
class _Errand:
    """One job on its way, and what is done with its answer."""

    owner: QObject
    done: Callable[[Any], None]
    failed: Failed | None
    topic: tuple[int, str] | None
    number: int


class Tasks(QObject):
    """Two lanes: `records` (one worker, the database) and `files` (two workers: papers, archive, drives).

    An answer for an owner that is gone, or that has been asked again under the same topic, is dropped.
    """

    _home = Signal(object, object)

    def __init__(self, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dialogs = dialogs
        self._lanes = {
            "records": ThreadPoolExecutor(1, thread_name_prefix="records"),
            "files": ThreadPoolExecutor(2, thread_name_prefix="files"),
        }
        self._waiting: set[Future[Any]] = set()
        self._latest: dict[tuple[int, str], int] = {}
        self._count = 0
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
        key = (id(owner), topic) if topic else None
        if key is not None:
            self._latest[key] = self._count
        errand = _Errand(owner, done, failed, key, self._count)
        future: Future[T] = self._lanes[lane].submit(job)
        self._waiting.add(future)
        future.add_done_callback(lambda finished: self._home.emit(errand, finished))

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

        def finished(result: T) -> None:
            dialog.finish()
            if isValid(owner):
                done(result)

        def broken(error: AppError) -> bool | None:
            dialog.finish()
            if failed is not None and isValid(owner):
                return failed(error)
            return dialog.cancelled

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
        self._waiting.clear()

    def _arrived(self, errand: _Errand, future: "Future[Any]") -> None:
        self._waiting.discard(future)
        if future.cancelled() or not isValid(errand.owner):
            return
        if errand.topic is not None:
            if self._latest.get(errand.topic) != errand.number:
                return
            del self._latest[errand.topic]
        error = future.exception()
        if error is None:
            errand.done(future.result())
        elif not isinstance(error, AppError):
            _LOG.error("a job failed", exc_info=error)
            self._dialogs.show_bug(_window_of(errand.owner), error)
        elif errand.failed is None or errand.failed(error) is False:
            self._dialogs.show_error(_window_of(errand.owner), error)


def _window_of(owner: QObject) -> QWidget | None:
    return owner if isinstance(owner, QWidget) else None
