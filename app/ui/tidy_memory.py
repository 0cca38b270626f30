"""Garbage is collected in the window's thread only: a widget must never be let go in a lane.

Python collects cycles in whatever thread allocates next; a cycle that holds a widget would then delete it in a lane,
which Qt answers with a crash once in many hundred times.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 1000


class TidyMemory(QObject):
    """Takes Python's own collecting over until it is stopped, with Python's own measure of when."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due."""
        due = [
            age
            for age, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > most
        ]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Give the collecting back to Python."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
