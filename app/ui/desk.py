"""What every page and dialog is handed: the services, the lanes, the questions, and who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.models.staff import Actor

if TYPE_CHECKING:
    from app.services.office import Services
    from app.ui.changes import Changes
    from app.ui.dialogs import Dialogs
    from app.ui.tasks import Tasks
    from app.ui.unfinished_input import UnfinishedInput

NOBODY = Actor("", "", frozenset())


def _now() -> datetime:
    return datetime.now(UTC)


def _nowhere(target: str) -> None:
    raise LookupError(f"no window to open {target} in")


@dataclass
class Desk:
    """The desk somebody sits at; `actor` changes with the person.

    `open` shows something: `draft:ID`, `draft-editor:ID`, `month:2026-10`, `account:ID`, `page:drafts`.
    """

    services: Services
    tasks: Tasks
    changes: Changes
    dialogs: Dialogs
    actor: Actor = NOBODY
    open: Callable[[str], None] = field(default=_nowhere)
    now: Callable[[], datetime] = field(default=_now)

    @property
    def unfinished(self) -> UnfinishedInput:
        """What was typed into dialogs that were closed before they were done."""
        return self.dialogs.unfinished
