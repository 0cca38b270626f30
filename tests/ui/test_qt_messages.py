"""What Qt says is kept in the log."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning

from app.ui.qt_messages import log_qt_messages

HOME = Path(__file__).resolve().parents[2]


def test_a_warning_of_qt_goes_to_the_log(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("xianshen"), "propagate", True)
    monkeypatch.setattr(logging.getLogger("xianshen"), "handlers", [])
    before = qInstallMessageHandler(None)
    try:
        log_qt_messages()
        qWarning("a layout that has no parent")
    finally:
        qInstallMessageHandler(before)
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "Qt: a layout that has no parent")
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="only there is the display named by a variable")
def test_a_display_that_cannot_be_reached_is_said_in_words(tmp_path: Path) -> None:
    surroundings = {**os.environ, "DISPLAY": ":9876", "QT_QPA_PLATFORM": "xcb", "PYTHONIOENCODING": "utf-8"}
    surroundings |= {name: str(tmp_path / name) for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    command = [sys.executable, str(HOME / "main.py"), "--data", str(tmp_path / "records")]
    ended = subprocess.run(command, env=surroundings, capture_output=True, check=False, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr.decode("utf-8").startswith("图形显示连不上，窗口打不开。\n")
    assert not (tmp_path / "records").exists()
