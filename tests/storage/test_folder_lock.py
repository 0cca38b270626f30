"""One window at a time, also after the first was killed."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import AlreadyRunningError, TargetNotWritableError
from app.storage.folder_lock import FileLock, WindowLock

HOME = Path(__file__).resolve().parents[2]
HOLDER = """
import sys
from pathlib import Path
from app.storage.folder_lock import WindowLock
lock = WindowLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def holder(folder: Path) -> "subprocess.Popen[str]":
    """Start a program that holds the lock, and wait until it does."""
    command = [sys.executable, "-c", HOLDER, str(folder)]
    started = subprocess.Popen(
        command,
        cwd=HOME,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={"PYTHONPATH": str(HOME)},
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "held\n"
    return started


def test_a_second_window_is_refused_until_the_first_has_gone(tmp_path: Path) -> None:
    with WindowLock(tmp_path):
        with pytest.raises(AlreadyRunningError):
            WindowLock(tmp_path).acquire()
        WindowLock(tmp_path).release()
        with pytest.raises(AlreadyRunningError):
            WindowLock(tmp_path).acquire()
    with WindowLock(tmp_path):
        pass


def test_another_program_is_refused_and_a_killed_one_forgotten(tmp_path: Path) -> None:
    with holder(tmp_path) as first:
        with pytest.raises(AlreadyRunningError):
            WindowLock(tmp_path).acquire()
        first.send_signal(signal.SIGKILL)
        first.wait()
        with WindowLock(tmp_path):
            pass


def test_a_program_started_by_the_window_does_not_keep_its_lock(tmp_path: Path) -> None:
    lock = WindowLock(tmp_path)
    lock.acquire()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        lock.release()
        with WindowLock(tmp_path):
            pass
        child.communicate(b"\n")


def test_taking_twice_and_releasing_twice_is_harmless(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "a.lock")
    assert lock.take()
    assert lock.take()
    assert not FileLock(tmp_path / "a.lock").take()
    lock.release()
    lock.release()
    assert FileLock(tmp_path / "a.lock").take()


def test_folders_apart_have_locks_apart(tmp_path: Path) -> None:
    (tmp_path / "sample").mkdir()
    with WindowLock(tmp_path), WindowLock(tmp_path / "sample"):
        pass


def test_a_place_where_no_lock_can_be_made_is_reported(tmp_path: Path) -> None:
    with pytest.raises(TargetNotWritableError):
        WindowLock(tmp_path / "not there").acquire()
