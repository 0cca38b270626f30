"""The whole program in a real window on a display of its own, driven by real keys."""

import ctypes
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.services.office import PASSCODE, Office

HOME = Path(__file__).resolve().parents[3]
WRITER, UNIT = "林晓", "示例局"
_PATIENCE = 20.0
_WIDTH, _HEIGHT = 1280, 900
_NO_WINDOW = "1"
"""What X calls PointerRoot: the keys go to whatever lies below the mouse."""


def _missing() -> str:
    absent = [name for name in ("Xvfb", "xdotool", "xclip") if shutil.which(name) is None]
    try:
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError:
        absent.append("libxcb-cursor0")
    return ", ".join(absent)


pytestmark = pytest.mark.skipif(_missing() != "", reason=f"missing on this system: {_missing()}")


def until(true: Callable[[], object], what: str, process: "subprocess.Popen[bytes] | None" = None) -> None:
    """Wait until something holds, or fail with what was waited for, at once when the program has ended."""
    end = time.monotonic() + _PATIENCE
    pause = threading.Event()
    while not true():
        if process is not None and process.poll() is not None:
            pytest.fail(f"the program ended with {process.returncode}; waited for: {what}")
        if time.monotonic() > end:
            pytest.fail(f"waited in vain: {what}")
        pause.wait(0.02)


@dataclass
class Screen:
    """One Xvfb with what is started on it."""

    number: str
    surroundings: dict[str, str]
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def do(self, *words: str) -> str:
        """Run xdotool and return what it prints; what it does not find is no fault."""
        command = ["xdotool", *words]
        answer = subprocess.run(command, env=self.surroundings, capture_output=True, text=True, check=False, timeout=20)
        return answer.stdout.strip()

    def key(self, *keys: str) -> None:
        self.do("key", "--clearmodifiers", "--delay", "30", *keys)

    def type(self, text: str) -> None:
        self.do("type", "--delay", "15", text)

    def windows(self) -> list[str]:
        """Return the windows of the program that are to be seen."""
        return self.do("search", "--onlyvisible", "--class", "^Xianshen$").split()

    def clipboard(self) -> str:
        command = ["xclip", "-o", "-selection", "clipboard"]
        answer = subprocess.run(command, env=self.surroundings, capture_output=True, check=False, timeout=20)
        return answer.stdout.decode("utf-8")

    def put_on_clipboard(self, text: str) -> None:
        command = ["xclip", "-selection", "clipboard"]
        # It stays behind to answer for the clipboard: with a pipe it would be waited for.
        with subprocess.Popen(command, env=self.surroundings, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as own:
            own.communicate(text.encode(), timeout=20)

    def close(self, window: str) -> None:
        """Ask a window to close, as a window manager does."""
        library = ctypes.CDLL("libX11.so.6")
        library.XOpenDisplay.restype = ctypes.c_void_p
        library.XInternAtom.restype = ctypes.c_ulong
        display = ctypes.c_void_p(library.XOpenDisplay(self.number.encode()))
        atoms = [library.XInternAtom(display, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")]
        event = _ClientMessage(33, 0, 1, display, int(window), atoms[0], 32, (ctypes.c_long * 5)(atoms[1]))
        library.XSendEvent(display, ctypes.c_ulong(int(window)), 0, ctypes.c_long(0), ctypes.byref(event))
        library.XCloseDisplay(display)

    def start(self, folder: Path) -> "subprocess.Popen[bytes]":
        command = [sys.executable, str(HOME / "main.py"), "--data", str(folder)]
        log = (folder.parent / "window.log").open("ab")
        process = subprocess.Popen(command, env=self.surroundings, stdout=log, stderr=log, cwd=folder.parent)
        log.close()
        self.started.append(process)
        return process


class _ClientMessage(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 12),
    )


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    reading, writing = os.pipe()
    # Without -noreset it begins anew whenever its last client goes, and turns away who comes meanwhile.
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{_WIDTH}x{_HEIGHT}x24", "-nolisten", "tcp"]
    command.append("-noreset")
    server = subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading, "r", encoding="ascii") as pipe:
        number = f":{pipe.readline().strip()}"
    surroundings = {**os.environ, "DISPLAY": number, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}
    surroundings |= {name: str(tmp_path / name) for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    for name in ("WAYLAND_DISPLAY", "QT_IM_MODULE"):
        surroundings.pop(name, None)
    made = Screen(number, surroundings)
    yield made
    for process in made.started:
        if process.poll() is None:
            process.kill()
        process.wait()
    server.terminate()
    server.wait()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    office = Office(tmp_path / "records").open()
    office.sign_in(WRITER).drafts.start(office.content("等着改的一件"))
    office.services.sign_in.sign_out()
    return tmp_path / "records"


def asked(folder: Path, sql: str) -> list[tuple[object, ...]]:
    """Ask the records from outside, while the program has them open."""
    connection = sqlite3.connect(f"file:{folder / 'xianshen.db'}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchall()
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        return []
    finally:
        connection.close()


def acts(folder: Path, action: str) -> int:
    return len(asked(folder, f"SELECT seq FROM audit WHERE action = '{action}'"))


def signed_in(screen: Screen, folder: Path) -> "subprocess.Popen[bytes]":
    """Start the program, and let the writer in by keys alone."""
    process = screen.start(folder)
    until(lambda: screen.do("search", "--onlyvisible", "--name", f"^{UNIT}$"), "the window over the unit", process)
    [window] = screen.windows()
    screen.do("windowfocus", "--sync", window)
    names = [line.person.name for line in Office(folder).services.staff.list() if line.person.signs_in]
    before = acts(folder, "session.sign_in")
    screen.key(*["Down"] * (names.index(WRITER) + 1), "Return")
    screen.type(PASSCODE)
    screen.key("Return")
    until(lambda: acts(folder, "session.sign_in") == before + 1, "the sign-in on record")
    return process


def new_draft(screen: Screen, folder: Path, title: str) -> None:
    """Start a draft and write its title, which then also lies on the clipboard."""
    screen.key("ctrl+2")
    screen.key("ctrl+n")

    def written() -> bool:
        # The editor may still be on its way when the first keys are pressed.
        screen.key("ctrl+a")
        screen.type(title)
        screen.key("ctrl+a", "ctrl+c")
        return screen.clipboard() == title

    until(written, "the cursor in the title")
    # It is kept from its first character on.
    until(lambda: len(asked(folder, "SELECT id FROM draft")) == 2, "a new draft on record")


def test_a_draft_is_opened_written_and_kept_over_lock_and_close(screen: Screen, folder: Path) -> None:
    process = signed_in(screen, folder)
    [window] = screen.windows()
    new_draft(screen, folder, "winter notice 1")
    screen.key("ctrl+l")
    until(lambda: screen.clipboard() == "", "the own words gone from the clipboard")
    until(lambda: acts(folder, "session.sign_out") >= 1, "the session closed")
    titles = "SELECT id FROM draft WHERE title = 'winter notice 1'"
    until(lambda: asked(folder, titles), "what was typed on record")
    screen.put_on_clipboard("somebody else's")
    before = acts(folder, "session.sign_in")
    screen.do("windowfocus", "--sync", window)
    screen.type(PASSCODE)
    screen.key("Return")
    until(lambda: acts(folder, "session.sign_in") == before + 1, "the same person back")

    outs = acts(folder, "session.sign_out")
    screen.key("ctrl+l")
    until(lambda: acts(folder, "session.sign_out") == outs + 1, "the second lock")
    assert screen.clipboard() == "somebody else's"
    screen.close(window)
    assert process.wait(timeout=_PATIENCE) == 0


def test_a_second_start_raises_the_first_window_and_goes(screen: Screen, folder: Path) -> None:
    first = screen.start(folder)
    until(lambda: screen.do("search", "--onlyvisible", "--name", f"^{UNIT}$"), "the window", first)
    [window] = screen.windows()
    screen.do("windowfocus", _NO_WINDOW)
    until(lambda: screen.do("getwindowfocus", "-f") == _NO_WINDOW, "the keys going elsewhere")
    # X gives the keys only to who has heard of an event since they went elsewhere.
    screen.do("mousemove", "300", "300", "mousemove", "600", "400")
    second = screen.start(folder)
    assert second.wait(timeout=_PATIENCE) == 0
    until(lambda: screen.do("getwindowfocus", "-f") == window, "the keys going to the first window again")
    assert screen.windows() == [window]
    assert first.poll() is None
    screen.close(window)
    assert first.wait(timeout=_PATIENCE) == 0


def test_closing_keeps_what_was_typed_a_moment_ago(screen: Screen, folder: Path) -> None:
    process = signed_in(screen, folder)
    [window] = screen.windows()
    new_draft(screen, folder, "winter notice 2")
    screen.key("End")
    screen.type(", typed at the very end")
    screen.close(window)
    assert process.wait(timeout=_PATIENCE) == 0
    [(title,)] = asked(folder, "SELECT title FROM draft ORDER BY updated_at DESC LIMIT 1")
    assert title == "winter notice 2, typed at the very end"
