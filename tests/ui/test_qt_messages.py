"""What Qt says is kept in the log."""

import logging

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning

from app.ui.qt_messages import log_qt_messages


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
