"""Stored files, each named by its SHA-256: on the medium before anything refers to them."""

import hashlib
import os
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.errors import AttachmentMissingError, DriveRemovedError, FileUnreadableError, ReadBackError
from app.medium import flush_folder, write_all
from app.models.records import StoredFile
from app.storage.flushed_files import (
    BLOCK,
    Tick,
    blocks,
    cut_short,
    digest_of,
    make_folder,
    opened,
    overwrite,
    temporary,
    writing_to,
)

FOLDER = "attachments"
_INCOMING = "incoming"
_LEFT_OVER_AFTER = 24 * 3600
"""Seconds after which a temporary file is nobody's any more: a command may be writing beside the window."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


class AttachmentStore:
    """A folder of files that are written once, never changed, and found by what they hold."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._swept = False

    def put_bytes(self, data: bytes) -> StoredFile:
        """Keep some bytes; the same bytes again are kept once."""
        return self._put((data[start : start + BLOCK] for start in range(0, len(data), BLOCK)), len(data))

    def put_file(self, path: Path) -> StoredFile:
        """Keep a copy of a file, which is only read.

        Raises `FileUnreadableError` (`missing`, `no_permission`), `DriveRemovedError`, `NotEnoughSpaceError`.
        """
        with opened(path) as file:
            return self._put(blocks(file, path.name), os.fstat(file.fileno()).st_size)

    def copy_from(self, other: "AttachmentStore", sha256: str, tick: Tick) -> StoredFile:
        """Keep another store's file and read it back from the medium; `flush_folders` must follow.

        Raises `AttachmentMissingError` when the other's file is gone or is not what its name says, `ReadBackError`.
        """
        source = other.path(sha256)
        try:
            with opened(source) as file:
                size = os.fstat(file.fileno()).st_size
                stored = self._put(_ticked(blocks(file, source.name), tick), size, sha256)
        except FileUnreadableError as gone:
            raise AttachmentMissingError(sha256) from gone
        if digest_of(self.path(sha256), from_medium=True) != sha256:
            raise ReadBackError(sha256)
        return stored

    def flush_folders(self) -> None:
        """Flush the names of all files to the medium."""
        with writing_to(self.folder):
            for folder in (*self.folder.glob("??"), self.folder):
                flush_folder(folder)

    def holds(self, stored: StoredFile) -> bool:
        """Say whether a file of the right length is there, without reading it."""
        path = self.path(stored.sha256)
        return path.is_file() and path.stat().st_size == stored.size

    def path(self, sha256: str) -> Path:
        """Return where a file lies or would lie; raises `AttachmentMissingError` for what is no digest."""
        if not _DIGEST.fullmatch(sha256):
            raise AttachmentMissingError(sha256)
        return self.folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Say whether a file is there, without reading it."""
        return self.path(sha256).is_file()

    def read(self, sha256: str) -> bytes:
        """Return a file's bytes if they are still those that were kept, or raise `AttachmentMissingError`."""
        try:
            data = self.path(sha256).read_bytes()
        except OSError as gone:
            raise AttachmentMissingError(sha256) from gone
        if hashlib.sha256(data).hexdigest() != sha256:
            raise AttachmentMissingError(sha256)
        return data

    def remove(self, sha256: str) -> None:
        """Take a file away for good: its bytes are overwritten first. A second call finishes one that broke off."""
        path, doomed = self.path(sha256), self.folder / _INCOMING / f"{sha256}.part"
        with writing_to(self.folder):
            if path.exists():
                self._incoming()
                path.replace(doomed)
                flush_folder(path.parent)
            if doomed.exists():
                overwrite(doomed)
                doomed.unlink()
                flush_folder(doomed.parent)

    def sweep(self) -> int:
        """Remove what an interrupted writing left a day ago or earlier; return how many files that was."""
        folder = self.folder / _INCOMING
        oldest = time.time() - _LEFT_OVER_AFTER
        left = [path for path in folder.glob("*.part") if path.stat().st_mtime < oldest]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _incoming(self) -> Path:
        folder = self.folder / _INCOMING
        if not folder.is_dir():
            make_folder(folder)
        if not self._swept:
            self._swept = True
            self.sweep()
        return folder

    def _put(self, parts: Iterable[bytes], size: int, expected: str = "") -> StoredFile:
        with writing_to(self.folder, size):
            fd, part = temporary(self._incoming())
        digest, length = hashlib.sha256(), 0
        try:
            try:
                for block in parts:
                    digest.update(block)
                    with writing_to(self.folder, size - length):
                        write_all(fd, block)
                    length += len(block)
                with writing_to(self.folder):
                    os.fsync(fd)
            finally:
                os.close(fd)
            stored = StoredFile(digest.hexdigest(), length)
            if expected and stored.sha256 != expected:
                raise AttachmentMissingError(expected)
            with writing_to(self.folder):
                self._settle(part, stored, flush=not expected)
        except BaseException:
            cut_short(part)
            raise
        return stored

    def _settle(self, part: Path, stored: StoredFile, *, flush: bool) -> None:
        target = self.path(stored.sha256)
        if not target.parent.is_dir():
            make_folder(target.parent)
        if self._is_whole(target, stored):
            part.unlink()
        else:
            part.replace(target)
        # Also for a file that was there: whoever put it may not have come this far.
        if flush:
            flush_folder(target.parent)

    @staticmethod
    def _is_whole(target: Path, stored: StoredFile) -> bool:
        """Say whether the kept file still holds what its name says; an altered one is replaced."""
        try:
            return target.stat().st_size == stored.size and digest_of(target) == stored.sha256
        except (FileNotFoundError, FileUnreadableError, DriveRemovedError):
            return False


def _ticked(parts: Iterable[bytes], tick: Tick) -> Iterator[bytes]:
    for part in parts:
        yield part
        tick(len(part))
