"""Files that survive a pulled plug: created new, written whole, flushed to the medium, read back from it."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from app.archive.digests import BLOCK, Digests
from app.archive.paced_work import Tick
from app.errors import AppError, DriveRemovedError, FileTooLargeForMediumError, TargetNotWritableError
from app.medium import BINARY, CLOSE_ON_EXEC, NO_LINK, NO_WAIT, Refusal, flush_folder, refusal, write_all

FLUSH_EVERY = 16 << 20
"""Bytes after which a growing file is flushed, so that progress never runs ahead of the medium."""


class MediumFullError(Exception):
    """The medium took no more bytes; the writer of the package knows how many are missing."""


def target_error(error: OSError, target: Path, name: str) -> AppError | MediumFullError:
    """Turn what the system said about the target into what a person can act on."""
    match refusal(error):
        case Refusal.FULL:
            return MediumFullError()
        case Refusal.FILE_TOO_LARGE:
            return FileTooLargeForMediumError(name)
        case Refusal.GONE:
            return DriveRemovedError()
        case Refusal.OTHER:
            return TargetNotWritableError(str(target)) if _stands(target) else DriveRemovedError()


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


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[int]:
    """Open a file that must not exist yet; when the block ends well it has been flushed to the medium."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY | NO_LINK | CLOSE_ON_EXEC, 0o644)
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


def flush_tree(folder: Path) -> None:
    """Flush a folder and all below it, the deepest first."""
    for here, _folders, _files in os.walk(folder, topdown=False, onerror=_raise):
        flush_folder(Path(here))


def _raise(error: OSError) -> None:
    raise error


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
    return os.open(path, os.O_RDONLY | BINARY | NO_LINK | CLOSE_ON_EXEC | NO_WAIT)
