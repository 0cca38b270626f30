"""Drawing without a display: a command makes pictures where no window could open."""

import os
import sys


def draw_off_screen() -> None:
    """Let Qt draw off screen from here on, unless there is a display or a platform was named."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
