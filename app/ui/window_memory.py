"""What the window remembers of last time, beside the records: its place, its look, and whose name stood on the door.

With it the sign-in page stands before the records are open; nothing here decides anything.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

FILE_NAME = "window.ini"


@dataclass
class WindowMemory:
    """`unit` is the unit's short name, empty before the first sign-in page was shown."""

    geometry: QByteArray | None = None
    theme: str = "system"
    scale: int = 100
    unit: str = ""
    sample: bool = False
    name: str = ""


def recall(folder: Path) -> WindowMemory:
    """Read what is remembered of a data folder; anything odd counts as forgotten."""
    place = folder / FILE_NAME
    memory = WindowMemory()
    if not place.is_file():
        return memory
    kept = QSettings(str(place), QSettings.Format.IniFormat)
    geometry = kept.value("geometry")
    memory.geometry = geometry if isinstance(geometry, QByteArray) else None
    memory.theme = str(kept.value("theme", "system"))
    scale = str(kept.value("scale", "100"))
    memory.scale = int(scale) if scale.isdecimal() else 100
    memory.unit = str(kept.value("unit", ""))[:200]
    memory.sample = str(kept.value("sample", "")).lower() == "true"
    memory.name = str(kept.value("name", ""))[:100]
    return memory


def remember(folder: Path, memory: WindowMemory) -> None:
    """Keep it for next time; a folder that is not there (any more) remembers nothing."""
    if not folder.is_dir():
        return
    kept = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)
    for name, value in vars(memory).items():
        kept.setValue(name, value)
    kept.sync()
