"""Stored files, each named by its SHA-256: on the medium before anything refers to them."""

import hashlib
import os
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True)
class ReceivedFile:
    """A file on the medium that has no name yet: an act that is refused leaves nothing behind."""

    stored: StoredFile
    part: Path


class AttachmentStore:
    """A folder of files that are written once, never changed, and found by what they hold."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._swept = False

    def receive(self, source: Path | bytes) -> ReceivedFile:
        """Bring some bytes, or a copy of a file, which is only read, onto the medium without a name: `settle` gives it.

        Raises `FileUnreadableError` (`missing`, `no_permission`), `DriveRemovedError`, `NotEnoughSpaceError`.
        """
        if isinstance(source, bytes):
            parts = (source[start : start + BLOCK] for start in range(0, len(source), BLOCK))
            return self._receive(parts, len(source))
        with opened(source) as file:
            return self._receive(blocks(file, source.name), os.fstat(file.fileno()).st_size)

    def settle(self, received: ReceivedFile, *, flush: bool = True) -> StoredFile:
        """Give a received file its name for good; the same bytes again are kept once, and so is a second call."""
        target = self.path(received.stored.sha256)
        with writing_to(self.folder):
            if not target.parent.is_dir():
                make_folder(target.parent)
            if self._is_whole(target, received.stored):
                received.part.unlink(missing_ok=True)
            else:
                received.part.replace(target)
            # Also for a file that was there: whoever put it may not have come this far.
            if flush:
                flush_folder(target.parent)
        return received.stored

    @staticmethod
    def discard(received: ReceivedFile) -> None:
        """Take a received file away again, unless it has its name by now."""
        cut_short(received.part)

    def copy_from(self, other: "AttachmentStore", sha256: str, tick: Tick) -> StoredFile:
        """Keep another store's file and read it back from the medium; `flush_folders` must follow.

        Raises `AttachmentMissingError` when the other's file is gone or is not what its name says, `ReadBackError`.
        """
        source = other.path(sha256)
        try:
            with opened(source) as file:
                size = os.fstat(file.fileno()).st_size
                received = self._receive(_ticked(blocks(file, source.name), tick), size)
        except FileUnreadableError as gone:
            raise AttachmentMissingError(sha256) from gone
        try:
            if received.stored.sha256 != sha256:
                raise AttachmentMissingError(sha256)
            stored = self.settle(received, flush=False)
        finally:
            self.discard(received)
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

    def digests(self) -> frozenset[str]:
        """Return the names of all files that are there, on record or not."""
        return frozenset(path.name for path in self.folder.glob("??/*") if _DIGEST.fullmatch(path.name))

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
        """Take a file away for good, as `erase`, and flush its name."""
        self.erase(sha256)
        self.flush_erased((sha256,))

    def erase(self, sha256: str) -> None:
        """Overwrite a file and remove it; `flush_erased` must follow. A second call finishes one that broke off."""
        path, doomed = self.path(sha256), self.folder / _INCOMING / f"{sha256}.part"
        with writing_to(self.folder):
            if path.exists():
                self._incoming()
                path.replace(doomed)
            if doomed.exists():
                overwrite(doomed)
                doomed.unlink()

    def flush_erased(self, sha256s: Iterable[str]) -> None:
        """Flush to the medium that these names are gone: each folder once, however many files have left it."""
        with writing_to(self.folder):
            for folder in {self.path(sha256).parent for sha256 in sha256s} | {self.folder / _INCOMING}:
                if folder.is_dir():
                    flush_folder(folder)

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

    def _receive(self, parts: Iterable[bytes], size: int) -> ReceivedFile:
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
        except BaseException:
            cut_short(part)
            raise
        return ReceivedFile(StoredFile(digest.hexdigest(), length), part)

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
