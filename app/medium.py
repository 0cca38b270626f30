"""The medium that files lie on: every byte written and flushed to it, and what its refusals mean."""

import contextlib
import errno
import os
from enum import Enum, auto
from pathlib import Path

BINARY: int = getattr(os, "O_BINARY", 0)
CLOSE_ON_EXEC: int = getattr(os, "O_CLOEXEC", 0)
NO_WAIT: int = getattr(os, "O_NONBLOCK", 0)
NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
"""Flags for `os.open`; each is nothing on a system that does not know it."""

# Windows does not know all of these names.
_FULL = {getattr(errno, name) for name in ("ENOSPC", "EDQUOT") if hasattr(errno, name)}
_GONE = {
    getattr(errno, name)
    for name in ("ENODEV", "ENXIO", "EIO", "ESTALE", "ENOTCONN", "ENOMEDIUM")
    if hasattr(errno, name)
}
_GONE_ON_WINDOWS = {15, 20, 21, 31, 55, 433, 483, 1006, 1112, 1117, 1167}
"""Drive invalid, unit unknown, not ready, general failure, gone, volume changed, no medium, device error, unplugged."""


class Refusal(Enum):
    """Why a medium does not take or give bytes."""

    FULL = auto()
    FILE_TOO_LARGE = auto()
    GONE = auto()
    OTHER = auto()


def refusal(error: OSError) -> Refusal:
    """Say what an error of the system means."""
    if error.errno in _FULL:
        return Refusal.FULL
    if error.errno == errno.EFBIG:
        return Refusal.FILE_TOO_LARGE
    if error.errno in _GONE or getattr(error, "winerror", None) in _GONE_ON_WINDOWS:
        return Refusal.GONE
    return Refusal.OTHER


def write_all(fd: int, block: memoryview | bytes) -> None:
    """Write every byte of a block, however few the system takes at once."""
    rest = memoryview(block)
    while rest:
        written = os.write(fd, rest)
        if written <= 0:
            raise OSError(errno.EIO, "nothing written")
        rest = rest[written:]


def flush_folder(folder: Path) -> None:
    """Flush a folder's entries to the medium (Windows keeps no handle for it and writes them through)."""
    if os.name == "nt":
        return
    fd = os.open(folder, os.O_RDONLY | CLOSE_ON_EXEC)
    try:
        os.fsync(fd)
    except OSError as refused:
        # A file system without this call gets the whole system's flush instead.
        if refused.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
        os.sync()
    finally:
        os.close(fd)


def drop_from_cache(fd: int) -> bool:
    """Ask the system to forget a flushed file's pages, so that reading it asks the medium; say whether it can."""
    advise = getattr(os, "posix_fadvise", None)
    if advise is None:
        return False
    with contextlib.suppress(OSError):
        advise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
        return True
    return False
