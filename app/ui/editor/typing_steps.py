"""What one step of undo takes back: a run of typing up to a pause, a sentence's end or another place."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

PAUSE: Final = 1.5
"""Seconds without a key after which typing begins a new step."""
_ENDS: Final = "。！？；!?;\u2028"


class TypingSteps:
    """Groups keystrokes into steps of undo."""

    def __init__(self, field: QTextEdit, clock: Callable[[], float] = monotonic) -> None:
        self._field, self._clock = field, clock
        self._kind, self._position, self._at = "", -1, 0.0

    def begin_anew(self) -> None:
        """Let the next key begin a step of its own."""
        self._kind = ""

    @contextmanager
    def step(self, kind: str) -> Iterator[None]:
        """Hold the changes of one key, or of one commit of an input method, within a step."""
        cursor = self._field.textCursor()
        if self._goes_on(kind, cursor):
            cursor.joinPreviousEditBlock()
        else:
            cursor.beginEditBlock()
        try:
            yield
        finally:
            cursor.endEditBlock()
        self._kind, self._position, self._at = kind, self._field.textCursor().position(), self._clock()
        # Within the step the layout still was the old one.
        self._field.ensureCursorVisible()

    def _goes_on(self, kind: str, cursor: QTextCursor) -> bool:
        if kind != self._kind or cursor.hasSelection() or cursor.position() != self._position:
            return False
        if not self._field.document().isUndoAvailable() or self._clock() - self._at > PAUSE:
            return False
        before = cursor.block().text()[-1:] if cursor.atBlockEnd() else ""
        return kind != "type" or before not in _ENDS or not before
