"""A bag that was written whole, but whose sealing a crash or a power cut prevented: put aside, never removed."""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from app.archive.durable_files import to_target
from app.archive.member_names import LONGEST_FOLDER_NAME
from app.archive.tag_files import bag_info
from app.medium import flush_folder
from app.models.clock import beijing

WORD = "unsealed"
_MOST_IN_A_SECOND = 100


def set_aside(folder: Path, lines: Iterable[tuple[str, str]], at: datetime) -> str:
    """Rename a bag whose bag-info holds all these lines; return its new name, or '' when it is not such a bag.

    Whatever else stands under the name is left alone. Raises what `target_error` names for the medium.
    """
    with to_target(folder.parent):
        info = folder / "bag-info.txt"
        if folder.is_symlink() or not info.is_file():
            return ""
        known = set(info.read_bytes().splitlines())
        wanted = bag_info(lines, 0, 0).splitlines()[:-1]
        if not wanted or not set(wanted) <= known:
            return ""
        stem = f"{folder.name}-{WORD}-{beijing(at):%Y%m%d-%H%M%S}"
        names = (stem, *(f"{stem}-{number}" for number in range(2, _MOST_IN_A_SECOND)))
        free = (name[:LONGEST_FOLDER_NAME] for name in names)
        name = next((name for name in free if not os.path.lexists(folder.parent / name)), "")
        if name:
            folder.rename(folder.parent / name)
            flush_folder(folder.parent)
        return name
