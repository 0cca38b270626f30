"""Files that survive a pulled plug: created new, written whole, flushed to the medium, read back from it."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from app.archive.digests import BLOCK, Digests
from app.archive.paced_work import Tick
from app.errors import AppError, DriveRemovedError, FileTooLargeForMediumError, TargetNotWritableError

FLUSH_EVERY = 16 << 20
"""Bytes after which a growing file is flushed, so that progress never runs ahead of the medium."""

_BINARY: int = getattr(os, "O_BINARY", 0)
_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
_CLOEXEC: int = getattr(os, "O_CLOEXEC", 0)

# Windows does not know all of these names.
_FULL = {getattr(errno, name) for name in ("ENOSPC", "EDQUOT") if hasattr(errno, name)}
_GONE = {
    getattr(errno, name)
    for name in ("ENODEV", "ENXIO", "EIO", "ESTALE", "ENOTCONN", "ENOMEDIUM")
    if hasattr(errno, name)
}
_GONE_ON_WINDOWS = {15, 20, 21, 31, 55, 433, 483, 1006, 1112, 1117, 1167}
"""Drive invalid, unit unknown, not ready, general failure, gone, volume changed, no medium, device error, unplugged."""


class MediumFullError(Exception):
    """The medium took no more bytes; the writer of the package knows how many are missing."""


def target_error(error: OSError, target: Path, name: str) -> AppError | MediumFullError:
    """Turn what the system said about the target into what a person can act on."""
    if error.errno in _FULL:
        return MediumFullError()
    if error.errno == errno.EFBIG:
        return FileTooLargeForMediumError(name)
    if error.errno in _GONE or getattr(error, "winerror", None) in _GONE_ON_WINDOWS or not _stands(target):
        return DriveRemovedError()
    return TargetNotWritableError(str(target))


def _stands(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False


@contextlib.contextmanager
def to_target(target: Path, name: str = "") -> Iterator[None]:
    """Run what touches the target and raise its errors as `target_error` names them."""
    try:
        yield
    except OSError as refused:
        raise target_error(refused, target, name) from refused


def write_all(fd: int, block: memoryview | bytes) -> None:
    """Write every byte of a block, however few the system takes at once."""
    rest = memoryview(block)
    while rest:
        written = os.write(fd, rest)
        if written <= 0:
            raise OSError(errno.EIO, "nothing written")
        rest = rest[written:]


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[int]:
    """Open a file that must not exist yet; when the block ends well it has been flushed to the medium."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _NO_LINK | _CLOEXEC, 0o644)
    try:
        yield fd
        os.fsync(fd)
    except BaseException:
        with contextlib.suppress(OSError):
            os.close(fd)
        raise
    os.close(fd)


def write_file(path: Path, content: bytes) -> None:
    """Write a small new file and flush it."""
    with new_file(path) as fd:
        write_all(fd, content)


def flush_folder(folder: Path) -> None:
    """Flush a folder's entries to the medium (Windows keeps no handle for it and writes them through)."""
    if os.name == "nt":
        return
    fd = os.open(folder, os.O_RDONLY | _CLOEXEC)
    try:
        os.fsync(fd)
    except OSError as refused:
        # A file system without this call gets the whole system's flush instead.
        if refused.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
        os.sync()
    finally:
        os.close(fd)


def flush_tree(folder: Path) -> None:
    """Flush a folder and all below it, the deepest first."""
    for here, _folders, _files in os.walk(folder, topdown=False, onerror=_raise):
        flush_folder(Path(here))


def _raise(error: OSError) -> None:
    raise error


def drop_from_cache(fd: int) -> bool:
    """Ask the system to forget a flushed file's pages, so that reading it asks the medium; say whether it can."""
    advise = getattr(os, "posix_fadvise", None)
    if advise is None:
        return False
    try:
        advise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
    except OSError:
        return False
    return True


def read_digests(fd: int, digests: Digests, tick: Tick) -> int:
    """Feed an open file to the digests block by block; return its length."""
    buffer = bytearray(BLOCK)
    view, length = memoryview(buffer), 0
    with open(fd, "rb", buffering=0, closefd=False) as file:
        while count := file.readinto(buffer):
            digests.update(view[:count])
            tick(count)
            length += count
    return length


def open_to_read(path: Path) -> int:
    """Open a file for reading without following a link and without waiting for a pipe."""
    return os.open(path, os.O_RDONLY | _BINARY | _NO_LINK | _CLOEXEC | getattr(os, "O_NONBLOCK", 0))
