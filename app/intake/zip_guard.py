"""A zip is looked through before anything is taken out of it: size, names, overlaps, real bytes."""

import re
import stat
import struct
import unicodedata
import zlib
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from app.errors import FileUnreadableError
from app.intake.outside_file import MEGABYTE

_CHUNK = 256 * 1024
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_END_OF_DIRECTORY = struct.Struct("<4s4H2IH")
_UNSAFE_NAME = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|[\x00-\x1f]")
_FAILURES = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error)


@dataclass(frozen=True)
class ZipLimits:
    """What a zip may hold; sizes are really decompressed bytes."""

    entries: int = 4000
    total: int = 256 * MEGABYTE
    directory: int = 2 * MEGABYTE
    ratio: int = 250
    ratio_floor: int = 4 * MEGABYTE
    """Below this size no ratio is a danger: text that repeats itself packs very small."""


def checked_zip(file: BinaryIO, name: str, limits: ZipLimits | None = None) -> ZipFile:
    """Open a zip that passed every check; whoever calls closes `file`.

    Raises `FileUnreadableError`: `broken` when it is no whole zip, `encrypted`, or `bomb` when it is made
    to harm: too many or too large entries, absolute, climbing, linked, doubled or overlapping ones.
    """
    limits = limits or ZipLimits()
    archive = listed_zip(file, name, limits)
    try:
        _check_bytes(archive, name, limits)
    except _FAILURES as failed:
        raise FileUnreadableError(name, "broken") from failed
    return archive


def listed_zip(file: BinaryIO, name: str, limits: ZipLimits) -> ZipFile:
    """Open a zip whose directory passed the checks; enough to look at names, not to read from it."""
    try:
        _check_directory_size(file, name, limits)
        archive = ZipFile(file)
        entries = archive.infolist()
        if len(entries) > limits.entries:
            raise FileUnreadableError(name, "bomb")
        _check_names(entries, name)
        _check_overlaps(file, archive, name)
    except _FAILURES as failed:
        raise FileUnreadableError(name, "broken") from failed
    return archive


def _check_directory_size(file: BinaryIO, name: str, limits: ZipLimits) -> None:
    """Refuse a directory of millions of entries before it is read into memory."""
    file.seek(0, 2)
    end = file.tell()
    file.seek(max(0, end - 65_557))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < _END_OF_DIRECTORY.size:
        raise BadZipFile
    _, _, _, _, entries, size, _, _ = _END_OF_DIRECTORY.unpack_from(tail, place)
    if entries > limits.entries or size > limits.directory:
        raise FileUnreadableError(name, "bomb")


def _check_names(entries: list[ZipInfo], name: str) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise FileUnreadableError(name, "encrypted")
        key = unicodedata.normalize("NFC", entry.filename).casefold()
        linked = stat.S_ISLNK(entry.external_attr >> 16)
        if _UNSAFE_NAME.search(entry.orig_filename) or _UNSAFE_NAME.search(entry.filename) or linked or key in seen:
            raise FileUnreadableError(name, "bomb")
        seen.add(key)
        if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise BadZipFile


def _check_overlaps(file: BinaryIO, archive: ZipFile, name: str) -> None:
    """Every entry has bytes of its own; a quine or a fan of entries over one kernel shares them."""
    entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    ends = [*(entry.header_offset for entry in entries[1:]), archive.start_dir]
    for entry, next_start in zip(entries, ends, strict=False):
        file.seek(entry.header_offset)
        magic, *_, name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
        if magic != b"PK\x03\x04":
            raise BadZipFile
        data_end = entry.header_offset + _LOCAL_HEADER.size + name_length + extra_length + entry.compress_size
        if data_end > next_start:
            raise FileUnreadableError(name, "bomb")


def _check_bytes(archive: ZipFile, name: str, limits: ZipLimits) -> None:
    """Decompress everything once, keeping nothing: what the directory claims is not believed."""
    total = 0
    for entry in archive.infolist():
        size = 0
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                total += len(chunk)
                packed = max(entry.compress_size, 1)
                if total > limits.total or (size > limits.ratio_floor and size > limits.ratio * packed):
                    raise FileUnreadableError(name, "bomb")
