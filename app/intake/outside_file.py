"""Opening what a person dropped: read only, regular files only, every refusal an `FileUnreadableError`."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.errors import FileUnreadableError

MEGABYTE = 1024 * 1024


@contextmanager
def opened(path: Path, limit: int) -> Iterator[BinaryIO]:
    """Open a dropped file for reading; at most `limit` bytes, never changed.

    Raises `FileUnreadableError` with `missing`, `no_permission`, `unknown_kind` (a folder or a device),
    `empty`, `too_large` or, when reading fails half-way, `broken`.
    """
    try:
        # A pipe or device is refused before it is opened: opening one may wait for ever.
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise FileUnreadableError(path.name, "unknown_kind")
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
