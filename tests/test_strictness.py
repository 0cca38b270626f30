"""The strictness of the test run itself is seen to bite."""

import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent

PLANTED = """
import threading
import warnings
import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication, QWidget

stop = threading.Event()
windows = []

def test_a_thread_lives_on():
    threading.Thread(target=stop.wait, args=(20,), daemon=True).start()

def test_a_window_stays_open(qapp):
    windows.append(QWidget())
    windows[0].show()

def test_a_closed_window_is_fine(qtbot):
    stop.set()
    while windows:
        windows.pop().close()
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    assert QApplication.platformName() == "offscreen"

def test_qt_warns(qapp):
    qWarning("a layout that has no parent")

def test_python_warns():
    warnings.warn("old", DeprecationWarning, stacklevel=1)

@pytest.mark.xfail(reason="thought broken")
def test_an_expected_failure_passes():
    pass

@pytest.mark.release
def test_a_long_one():
    pytest.fail("ran")
"""


def outcomes(tmp_path: Path, *arguments: str) -> dict[str, str]:
    (tmp_path / "tests").mkdir()
    shutil.copy(HOME / "pyproject.toml", tmp_path)
    shutil.copy(HOME / "tests" / "conftest.py", tmp_path / "tests")
    (tmp_path / "tests" / "test_planted.py").write_text(PLANTED)
    command = [sys.executable, "-m", "pytest", "-rA", "-q", "--tb=no", "-p", "no:cacheprovider", *arguments]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    lines = [line.split() for line in answer.stdout.splitlines() if "test_planted.py::" in line]
    told: dict[str, set[str]] = {}
    for word, name, *_ in lines:
        told.setdefault(name.split("::")[1], set()).add(word)
    # A failure in the tear-down is told beside the pass of the test itself.
    return {name: "PASSED" if words == {"PASSED"} else (words - {"PASSED"}).pop() for name, words in told.items()}


def test_warnings_and_what_lives_on_fail_a_test(tmp_path: Path) -> None:
    assert outcomes(tmp_path) == {
        "test_a_thread_lives_on": "ERROR",
        "test_a_window_stays_open": "ERROR",
        "test_a_closed_window_is_fine": "PASSED",
        "test_qt_warns": "FAILED",
        "test_python_warns": "FAILED",
        "test_an_expected_failure_passes": "FAILED",
    }


def test_long_tests_run_only_for_a_release(tmp_path: Path) -> None:
    assert outcomes(tmp_path, "--release", "-k", "long") == {"test_a_long_one": "FAILED"}
