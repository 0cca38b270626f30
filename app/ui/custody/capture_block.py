"""Keeping one window out of screenshots and shared screens, where the system can."""

import sys

from PySide6.QtWidgets import QWidget

_EXCLUDE_FROM_CAPTURE = 0x11


def block_capture(window: QWidget) -> bool:
    """Keep a shown window out of screen captures; say whether the system does so (only Windows can)."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.SetWindowDisplayAffinity(int(window.winId()), _EXCLUDE_FROM_CAPTURE))
    return False
