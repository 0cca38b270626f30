"""What the window is handed to begin with: how to open a data folder, and where the folders lie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.office import Services


@dataclass(frozen=True)
class Opening:
    """`create_sample` fills an empty folder with made-up records; the folders lie apart."""

    open_services: Callable[[Path], Services]
    create_sample: Callable[[Path], object]
    folder: Path
    sample_folder: Path
