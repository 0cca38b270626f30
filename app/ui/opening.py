"""What the window is handed to begin with: how to open a data folder, and where the folders lie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.services.office import Services
    from app.services.restoring import Restoring


class Held(Protocol):
    """A data folder that this window alone may hold."""

    def release(self) -> None:
        """Give the folder back."""


@dataclass(frozen=True)
class Opening:
    """`create_sample` fills an empty folder with made-up records; the folders lie apart.

    `hold` makes this the only window on a folder, or raises `AlreadyRunningError`; without `restoring` no backup is
    restored. `begun` says at a glance whether a folder holds records.
    """

    open_services: Callable[[Path], Services]
    create_sample: Callable[[Path], object]
    folder: Path
    sample_folder: Path
    hold: Callable[[Path], Held] | None = None
    restoring: Callable[[], Restoring] | None = None
    begun: Callable[[Path], bool] | None = None
