"""Without a command the window opens."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from app.commands.arguments import Request
from app.commands.console import tell

if TYPE_CHECKING:
    from pathlib import Path

    from app.services.office import Services
    from app.services.restoring import Restoring
    from app.ui.opening import Held


def open_window(request: Request) -> int:
    """Open the window, or say that there is no display to open it on."""
    asked = os.environ.get("QT_QPA_PLATFORM")
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform == "linux" and not (asked or display):
        tell("没有图形显示，窗口打不开。\n请在图形桌面上启动；不用窗口的命令请看“--help”。")
        return 1
    from app.logs import start_log
    from app.paths import default_data_folder, log_folder, sample_data_folder
    from app.ui.application import run_window
    from app.ui.opening import Opening

    start_log(log_folder())
    folder = request.data if request.data is not None else default_data_folder()
    return run_window(Opening(_open, _make_sample, folder, sample_data_folder(), _hold, _restoring, _begun))


# The window stands before the parts behind it are loaded: each is imported when the folder is opened.


def _open(folder: Path) -> Services:
    from app.bootstrap import open_services

    return open_services(folder)


def _make_sample(folder: Path) -> Services:
    from app.bootstrap import create_sample

    return create_sample(folder)


def _hold(folder: Path) -> Held:
    from app.bootstrap import hold_window

    return hold_window(folder)


def _begun(folder: Path) -> bool:
    from app.paths import DATABASE

    return (folder / DATABASE).is_file()


def _restoring() -> Restoring:
    from app.bootstrap import open_restoring

    return open_restoring()
