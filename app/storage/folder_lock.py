"""Locks that the system itself takes back when a program ends, however it ends."""

import os
import sys
from pathlib import Path
from types import TracebackType

from app.errors import AlreadyRunningError, TargetNotWritableError

LOCK_NAME = "window.lock"


class FileLock:
    """One holder at a time of a small file; what it is for stands in its name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fd: int | None = None

    def take(self) -> bool:
        """Try to become the holder, without waiting; raises `TargetNotWritableError` in a read-only place."""
        if self._fd is not None:
            return True
        try:
            fd = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        except OSError as refused:
            raise TargetNotWritableError(str(self.path.parent)) from refused
        if not _locked(fd):
            os.close(fd)
            return False
        self._fd = fd
        return True

    def release(self) -> None:
        """Let the next one in; the file stays, so that two can never hold two files of the same name."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


class WindowLock:
    """One window at a time on a data folder; commands need no lock and run beside it.

    Entering, or `acquire`, raises `AlreadyRunningError` while another window holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / LOCK_NAME)

    def acquire(self) -> None:
        """Become the window of this folder."""
        if not self._lock.take():
            raise AlreadyRunningError

    def release(self) -> None:
        """Give the folder back."""
        self._lock.release()

    def __enter__(self) -> "WindowLock":
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _locked(fd: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
