"""The lock: after idle minutes by a clock that counts suspend, after a suspend, and when the PC itself is locked."""

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QDialog

from app.ui.start.pc_lock_screen import PcLockScreen

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
        QEvent.Type.DragMove,
    }
)
SECRET_MARK = "application/x-xianshen-secret"
"""The format beside a password on the clipboard that says whose it is; not every system tells who owns it."""
_TICK = 2_000
_FROZEN = 30.0
"""Seconds between two ticks that only a suspended PC leaves out."""


def seconds_since_start() -> float:
    """Return the seconds since the PC started, suspended ones too."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    else:  # noqa: RET505 - mypy tells platforms apart by branches
        # Elsewhere Python's own clock goes on while the PC sleeps.
        return time.monotonic()


class IdleLock(QObject):
    """Watches hands and clock while somebody is signed in; `due` tells that the window must lock."""

    due = Signal()

    def __init__(
        self,
        app: QApplication,
        minutes: int = 5,
        clock: Callable[[], float] = seconds_since_start,
        locked_outside: Callable[[], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._app, self._clock = app, clock
        self._screen = PcLockScreen(self)
        self._screen.told = self._look_if_watching
        self._locked_outside = locked_outside or self._screen
        self.minutes = minutes
        self._touched = self._ticked = clock()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self.look)

    @property
    def watching(self) -> bool:
        """Whether somebody is signed in."""
        return self._timer.isActive()

    def start(self) -> None:
        """Begin to watch."""
        self._touched = self._ticked = self._clock()
        self._screen.somebody_is_here()
        self._app.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Stop watching: nobody is signed in."""
        self._timer.stop()
        self._app.removeEventFilter(self)

    def look(self) -> None:
        """Look at the clocks now."""
        now = self._clock()
        frozen, self._ticked = now - self._ticked >= _FROZEN, now
        if frozen or now - self._touched >= self.minutes * 60 or self._locked_outside():
            self.stop()
            self.due.emit()

    def _look_if_watching(self) -> None:
        if self.watching:
            self.look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note every touch of the hands."""
        if event.type() in _TOUCHES:
            self._touched = self._clock()
        return False


def close_dialogs(app: QApplication) -> None:
    """Close every open dialog, what was typed into it kept first where it can be."""
    for _round in range(10):
        open_now = [w for w in app.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
        rest = []
        for dialog in open_now:
            # What shows a long job hides and comes back: the job goes on.
            step_aside = getattr(dialog, "step_aside", None)
            if callable(step_aside):
                step_aside()
            else:
                rest.append(dialog)
        if not rest:
            return
        for dialog in reversed(rest):
            keep = getattr(dialog, "keep_input", None)
            if callable(keep):
                keep()
            dialog.reject()
            if dialog.isVisible():
                dialog.hide()


def empty_clipboard(clipboard: QClipboard) -> None:
    """Empty the clipboard if what lies there comes from this window, or is a password that it put there."""
    data: QMimeData | None = clipboard.mimeData()
    if clipboard.ownsClipboard() or (data is not None and data.hasFormat(SECRET_MARK)):
        clipboard.clear()
