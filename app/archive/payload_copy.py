"""Copying the payload of a package to its medium: hashed while written, then read back from the medium."""

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.archive.digests import BLOCK, Digests
from app.archive.durable_files import (
    FLUSH_EVERY,
    new_file,
    open_to_read,
    read_digests,
    to_target,
)
from app.archive.paced_work import Pace, Tick
from app.archive.tag_files import ALGORITHMS
from app.errors import AttachmentMissingError, ReadBackError
from app.medium import drop_from_cache, write_all
from app.models.archive_package import PackageFile

WRITING = "write"
READING_BACK = "read_back"


def planned_size(file: PackageFile) -> int:
    """Return a file's length in bytes, or raise `AttachmentMissingError` when its source is gone."""
    if (file.source is None) == (file.data is None):
        raise ValueError(file.member)
    try:
        return file.size
    except OSError as gone:
        raise AttachmentMissingError(file.sha256 or file.title or file.member) from gone


def copy_payload(files: Sequence[tuple[PackageFile, int]], folder: Path, pace: Pace) -> dict[str, dict[str, str]]:
    """Write each (file, planned length) below `folder` and return its digests by member.

    Folders must exist. Raises `AttachmentMissingError` for a source that is gone, changed or not the one on
    record, and what `target_error` names for the medium.
    """
    with ThreadPoolExecutor(2, thread_name_prefix="archive-sm3") as second:

        def one(job: tuple[PackageFile, int], tick: Tick) -> dict[str, str]:
            return _copy(*job, folder, second, tick)

        results = pace.run(WRITING, files, one)
    return {file.member: found for (file, _), found in zip(files, results, strict=True)}


def _copy(file: PackageFile, size: int, folder: Path, second: ThreadPoolExecutor, tick: Tick) -> dict[str, str]:
    digests, length, flushed = Digests(ALGORITHMS, second), 0, 0
    with to_target(folder, file.title), new_file(folder / file.member) as fd:
        for block in _blocks(file):
            digests.update(block)
            write_all(fd, block)
            length += len(block)
            if length - flushed >= FLUSH_EVERY:
                os.fsync(fd)
                tick(length - flushed)
                flushed = length
            else:
                tick(0)
    found = digests.results()
    if length != size or (file.sha256 and found["sha256"] != file.sha256.lower()):
        raise AttachmentMissingError(file.sha256 or file.title or file.member)
    tick(length - flushed)
    return found


def _blocks(file: PackageFile) -> Iterator[memoryview]:
    """Yield the content block by block; each is spent when the next is asked for."""
    if file.data is not None:
        whole = memoryview(file.data)
        for start in range(0, len(whole), BLOCK):
            yield whole[start : start + BLOCK]
        return
    with _from_source(file):
        fd = os.open(file.source or file.member, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    buffer = bytearray(BLOCK)
    view = memoryview(buffer)
    with os.fdopen(fd, "rb", buffering=0) as source:
        while True:
            with _from_source(file):
                count = source.readinto(buffer)
            if not count:
                return
            yield view[:count]


@contextlib.contextmanager
def _from_source(file: PackageFile) -> Iterator[None]:
    try:
        yield
    except OSError as gone:
        raise AttachmentMissingError(file.sha256 or file.title or file.member) from gone


def read_back(folder: Path, expected: Mapping[str, str], payload: frozenset[str], pace: Pace) -> bool:
    """Read every file again and compare its SHA-256; return whether all came past the page cache.

    `expected` maps paths below `folder` to SHA-256; bytes of those in `payload` count in the progress.
    Raises `ReadBackError` with the path that differs.
    """

    def one(path: str, tick: Tick) -> bool:
        digests = Digests(("sha256",))
        with to_target(folder.parent, path):
            fd = open_to_read(folder / path)
            try:
                past_cache = drop_from_cache(fd)
                read_digests(fd, digests, tick if path in payload else lambda _count: tick(0))
                drop_from_cache(fd)
            finally:
                os.close(fd)
        if digests.results()["sha256"] != expected[path]:
            raise ReadBackError(path)
        return past_cache

    return all(pace.run(READING_BACK, sorted(expected), one))
