"""When the desktop shows its lock screen, the window locks at that moment; a PC without a session bus stops nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[3]
WATCH = [sys.executable, "-m", "tests.ui.start.desktop_lock_run"]


def printed(*command: str) -> list[str]:
    without = {k: v for k, v in os.environ.items() if not k.startswith("DBUS_")} | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        command, cwd=HOME, env=without, capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize("desktop", ["org.freedesktop", "org.gnome", "org.ukui"])
def test_the_lock_screen_of_the_desktop_locks_the_window_and_signing_in_watches_anew(desktop: str) -> None:
    assert printed("dbus-run-session", "--", *WATCH, desktop, "on") == ["due", "locked", "watching"]


def test_a_lock_screen_that_goes_or_another_sender_locks_nothing() -> None:
    assert printed("dbus-run-session", "--", *WATCH, "org.gnome", "off") == ["watching", "watching"]
    assert printed("dbus-run-session", "--", *WATCH, "org.example", "on") == ["watching", "watching"]


def test_without_a_session_bus_idle_time_alone_watches() -> None:
    assert printed(*WATCH, "org.gnome", "on") == ["watching", "watching"]
