"""What Qt has to say goes into the program's log: a terminal is no place that anybody at the desk looks at."""

import logging
import os
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication

_LOG = logging.getLogger("xianshen")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_NO_DISPLAY = "图形显示连不上，窗口打不开。\n请在图形桌面上启动；已经在桌面上的，注销后重新登录再试。详情在程序日志里。"


def log_qt_messages() -> None:
    """Let every message of Qt go to the log from now on."""
    qInstallMessageHandler(_keep)


def _keep(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    _LOG.log(_LEVELS[kind], "Qt: %s", message)
    if kind is QtMsgType.QtFatalMsg and QGuiApplication.primaryScreen() is None:
        # Qt would abort without a word; nothing is open yet that could be lost.
        if sys.stderr is not None:
            sys.stderr.write(f"{_NO_DISPLAY}\n")
            sys.stderr.flush()
        os._exit(1)
