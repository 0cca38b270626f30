"""Whether the PC itself shows its lock screen: asked of Windows, told by the desktops of Linux."""

import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot

_DESKTOPS = ("org.freedesktop", "org.gnome", "org.mate", "org.cinnamon", "org.xfce", "org.ukui")
"""Where desktops tell of their lock screen, each under `….ScreenSaver`: KDE, GNOME, MATE, Cinnamon, Xfce, UKUI."""


class PcLockScreen(QObject):
    """Listens to the desktop from the first time it is asked, which is after somebody has signed in.

    A desktop that tells nobody is never locked as far as this goes: idle time and suspend lock all the same.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = self._listening = False
        self.told: Callable[[], None] | None = None
        """What to call at the moment at which the lock screen appears."""

    def __call__(self) -> bool:
        """Say whether it is shown now."""
        if sys.platform == "win32":
            return _windows_is_locked()
        if not self._listening:
            self._listening = True
            self._listen()
        return self._shown

    def _listen(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        bus = QDBusConnection.sessionBus()
        # The declaration asks for bytes, PySide itself for what SLOT gives.
        slot: Any = SLOT("changed(bool)")
        for desktop in _DESKTOPS:
            bus.connect("", "", f"{desktop}.ScreenSaver", "ActiveChanged", self, slot)

    def somebody_is_here(self) -> None:
        """Forget a lock screen whose end was never told: somebody has just signed in by hand."""
        self._shown = False

    @Slot(bool)
    def changed(self, shown: bool) -> None:
        """Take in what the desktop says."""
        self._shown = shown
        if shown and self.told is not None:
            self.told()


def _windows_is_locked() -> bool:
    if sys.platform == "win32":
        import ctypes

        desktop = ctypes.windll.user32.OpenInputDesktop(0, False, 0x0100)
        if not desktop:
            return True
        ctypes.windll.user32.CloseDesktop(desktop)
    return False
