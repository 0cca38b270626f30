"""Files that are on the medium when a call returns, and what the system says about a place, as facts."""

import contextlib
import hashlib
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from app.errors import (
    AppError,
    DriveRemovedError,
    FileTooLargeForMediumError,
    FileUnreadableError,
    NotEnoughSpaceError,
    TargetNotWritableError,
)
from app.medium import BINARY, CLOSE_ON_EXEC, NO_WAIT, Refusal, drop_from_cache, flush_folder, refusal, write_all

BLOCK = 1 << 20
Tick = Callable[[int], None]
"""Called with the bytes just done; what it raises stops the work."""


def target_error(refused: OSError, folder: Path, wanted: int, name: str = "") -> AppError:
    """Turn what the system said about a place to write into a fact; `wanted` bytes were still to be written."""
    match refusal(refused):
        case Refusal.FULL:
            return NotEnoughSpaceError(max(1, wanted - free_bytes(folder)))
        case Refusal.FILE_TOO_LARGE:
            return FileTooLargeForMediumError(name or folder.name)
        case Refusal.GONE:
            return DriveRemovedError()
        case Refusal.OTHER:
            return TargetNotWritableError(str(folder))


@contextlib.contextmanager
def writing_to(folder: Path, wanted: int = 0, name: str = "") -> Iterator[None]:
    """Run what writes below a folder and raise the system's errors as `target_error` names them."""
    try:
        yield
    except OSError as refused:
        raise target_error(refused, folder, wanted, name) from refused


def source_error(refused: OSError, name: str) -> AppError:
    """Turn what the system said about a file to read into a fact."""
    if refusal(refused) is Refusal.GONE:
        return DriveRemovedError()
    return FileUnreadableError(name, "no_permission" if isinstance(refused, PermissionError) else "missing")


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a plain file for reading without waiting for a pipe; raises `FileUnreadableError` or `DriveRemovedError`."""
    try:
        fd = os.open(path, os.O_RDONLY | BINARY | CLOSE_ON_EXEC | NO_WAIT)
    except OSError as refused:
        # Windows says "no permission" of a folder.
        raise (
            FileUnreadableError(path.name, "missing") if path.is_dir() else source_error(refused, path.name)
        ) from None
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise FileUnreadableError(path.name, "missing")
    with os.fdopen(fd, "rb", buffering=0) as file:
        yield file


def blocks(file: BinaryIO, name: str) -> Iterator[bytes]:
    """Read an open file to its end, block by block."""
    while True:
        try:
            block = file.read(BLOCK)
        except OSError as refused:
            raise source_error(refused, name) from refused
        if not block:
            return
        yield block


def digest_of(path: Path, tick: Tick | None = None, *, from_medium: bool = False) -> str:
    """Return the SHA-256 of a file; from the medium itself, past what the system still remembers, where it can."""
    digest = hashlib.sha256()
    with opened(path) as file:
        if from_medium:
            drop_from_cache(file.fileno())
        for block in blocks(file, path.name):
            digest.update(block)
            if tick is not None:
                tick(len(block))
    return digest.hexdigest()


def copied_file(source: Path, target: Path, wanted: int, tick: Tick) -> str:
    """Copy a file to a new name and flush it; return the SHA-256 of what was read (`wanted` bytes at most missing)."""
    digest, left = hashlib.sha256(), wanted
    with opened(source) as file:
        with writing_to(target.parent, wanted):
            fd = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY | CLOSE_ON_EXEC, 0o600)
        try:
            for block in blocks(file, source.name):
                digest.update(block)
                with writing_to(target.parent, left, target.name):
                    write_all(fd, block)
                left -= len(block)
                tick(len(block))
            with writing_to(target.parent, 0, target.name):
                os.fsync(fd)
        finally:
            os.close(fd)
    return digest.hexdigest()


def write_file(path: Path, content: bytes) -> None:
    """Write a small new file and flush it."""
    with writing_to(path.parent, len(content), path.name):
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY | CLOSE_ON_EXEC, 0o600)
        try:
            write_all(fd, content)
            os.fsync(fd)
        finally:
            os.close(fd)


def temporary(folder: Path) -> tuple[int, Path]:
    """Create a file of a new name that only this user can read; return it open for writing, and its path."""
    path = folder / f"{secrets.token_hex(12)}.part"
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | BINARY | CLOSE_ON_EXEC, 0o600), path


def flush_file(path: Path) -> None:
    """Flush a closed file to the medium."""
    fd = os.open(path, os.O_RDWR | BINARY | CLOSE_ON_EXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def overwrite(path: Path) -> None:
    """Write zeros over every byte of a file and flush them."""
    rest = path.stat().st_size
    with path.open("r+b", buffering=0) as file:
        while rest:
            rest -= file.write(bytes(min(rest, BLOCK)))
        os.fsync(file.fileno())


def make_folder(folder: Path) -> None:
    """Create a folder with those above it, each flushed into its parent."""
    missing = [folder, *folder.parents]
    missing = missing[: next((n for n, place in enumerate(missing) if place.is_dir()), len(missing))]
    for place in reversed(missing):
        place.mkdir(exist_ok=True)
        flush_folder(place.parent)


def free_bytes(folder: Path) -> int:
    """Return the free space for this user where a folder lies, or 0 when the place is gone."""
    for place in (folder, *folder.parents):
        with contextlib.suppress(FileNotFoundError):
            return shutil.disk_usage(place).free
    return 0


def cut_short(path: Path) -> None:
    """Remove a half-written file, if it can still be reached: what matters is the error that stopped the writing."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
