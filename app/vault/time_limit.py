"""Waiting no longer than a limit for calls that have no end of their own."""

import time
from collections.abc import Callable
from threading import Lock, Thread
from typing import Any


class LimitedCalls:
    """Calls on threads that do not keep the program from ending, one at a time.

    A call that was given up goes on, and nothing is begun before it ended: a write that comes late must not
    overtake the next one.
    """

    def __init__(self) -> None:
        self._turn = Lock()

    def wait(self, work: Callable[[], Any], limit: float) -> Any:
        """Make a call; return its answer or raise its error, or `TimeoutError` after so many seconds."""
        end = time.monotonic() + limit
        if not self._turn.acquire(timeout=limit):
            raise TimeoutError
        call = _Call(work, self._turn)
        call.start()
        call.join(max(end - time.monotonic(), 0.0))
        if call.is_alive():
            raise TimeoutError
        if call.fault is not None:
            raise call.fault
        return call.answer


class _Call(Thread):
    def __init__(self, work: Callable[[], Any], turn: Lock) -> None:
        super().__init__(name="vault", daemon=True)
        self._work, self._turn = work, turn
        self.answer: Any = None
        self.fault: Exception | None = None

    def run(self) -> None:
        try:
            self.answer = self._work()
        except Exception as fault:  # noqa: BLE001 - it is raised again where it is waited for
            self.fault = fault
        finally:
            self._turn.release()
