"""Without a command the window opens."""

import os
import sys

from app.commands.arguments import Request
from app.commands.console import tell


def open_window(request: Request) -> int:
    """Open the window, or say that there is no display to open it on."""
    asked = os.environ.get("QT_QPA_PLATFORM")
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform == "linux" and not (asked or display):
        tell("没有图形显示，窗口打不开。\n请在图形桌面上启动；不用窗口的命令请看“--help”。")
        return 1
    from app.bootstrap import create_sample, open_services
    from app.paths import default_data_folder, sample_data_folder
    from app.ui.application import run_window
    from app.ui.opening import Opening

    folder = request.data if request.data is not None else default_data_folder()
    return run_window(Opening(open_services, create_sample, folder, sample_data_folder()))
