"""Opening what a person dropped: read only, regular files only, every refusal an `FileUnreadableError`."""

import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.errors import FileUnreadableError

MEGABYTE = 1024 * 1024
_SHORTCUTS = frozenset({".lnk", ".url", ".desktop"})


@contextmanager
def opened(path: Path, limit: int) -> Iterator[BinaryIO]:
    """Open a dropped file for reading; at most `limit` bytes, never changed.

    Raises `FileUnreadableError` with `missing`, `no_permission`, `folder`, `unknown_kind` (a device), `shortcut`,
    `empty`, `too_large` or, when reading fails half-way, `broken`.
    """
    try:
        # A pipe or device is refused before it is opened: opening one may wait for ever.
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            raise FileUnreadableError(path.name, "folder")
        if not stat.S_ISREG(state.st_mode):
            raise FileUnreadableError(path.name, "unknown_kind")
        if path.suffix.lower() in _SHORTCUTS:
            raise FileUnreadableError(path.name, "shortcut")
        if state.st_size == 0:
            raise FileUnreadableError(path.name, "empty")
        if state.st_size > limit:
            raise FileUnreadableError(path.name, "too_large")
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as gone:
        raise FileUnreadableError(path.name, "missing") from gone
    except PermissionError as refused:
        raise FileUnreadableError(path.name, "no_permission") from refused
    except OSError as failed:
        raise FileUnreadableError(path.name, "broken") from failed


def check_usable(path: Path) -> None:
    """Refuse, as `opened`, what is no file with something in it, whatever its size and kind."""
    with opened(path, sys.maxsize):
        pass
