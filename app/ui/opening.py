"""What the window is handed to begin with: how to open a data folder, and where the folders lie."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.services.office import Services


@dataclass(frozen=True)
class Opening:
    """`create_sample` fills an empty folder with made-up records; the folders lie apart."""

    open_services: Callable[[Path], Services]
    create_sample: Callable[[Path], None]
    folder: Path
    sample_folder: Path
