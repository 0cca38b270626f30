"""What a linked object asks of the system: libraries by soname, and versions of their symbols, read from its bytes.

Only 64-bit little-endian ELF is read, which is what x86-64 and aarch64 use.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_LOAD, _DYNAMIC = 1, 2
_NEEDED, _STRINGS, _SONAME, _VERSIONS, _VERSION_COUNT = 1, 5, 14, 0x6FFFFFFE, 0x6FFFFFFF
_GLIBC = re.compile(r"GLIBC_(\d+(?:\.\d+)+)")


@dataclass(frozen=True)
class Needs:
    """`libraries` are sonames; `versions` are names such as GLIBC_2.34."""

    soname: str
    libraries: frozenset[str]
    versions: frozenset[str]


def read_needs(data: bytes) -> Needs | None:
    """Return what an object needs, or None for bytes that are no linked object."""
    if data[:6] != b"\x7fELF\x02\x01":
        return None
    (start,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    headers = [struct.unpack_from("<IIQQQQ", data, start + size * n) for n in range(count)]
    loads: list[tuple[int, int, int]]
    loads = [(virtual, offset, length) for kind, _, offset, virtual, _, length in headers if kind == _LOAD]
    dynamic = next((offset for kind, _, offset, *_ in headers if kind == _DYNAMIC), None)
    if dynamic is None:
        return None
    entries = list(_entries(data, dynamic))
    single = dict(entries)

    def place(address: int) -> int:
        return next(offset + address - virtual for virtual, offset, length in loads if 0 <= address - virtual < length)

    strings = place(single[_STRINGS])

    def text(at: int) -> str:
        return data[strings + at : data.index(b"\0", strings + at)].decode()

    versions: set[str] = set()
    if _VERSIONS in single:
        versions = {text(at) for at in _version_names(data, place(single[_VERSIONS]), single[_VERSION_COUNT])}
    libraries = frozenset(text(value) for tag, value in entries if tag == _NEEDED)
    return Needs(text(single[_SONAME]) if _SONAME in single else "", libraries, frozenset(versions))


def _entries(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    while True:
        tag, value = struct.unpack_from("<QQ", data, at)
        if tag == 0:
            return
        yield tag, value
        at += 16


def _version_names(data: bytes, at: int, count: int) -> Iterator[int]:
    """Yield where in the string table each wanted version is named: one record a library, one below it a version."""
    for _ in range(count):
        _, below, _, first, following = struct.unpack_from("<HHIII", data, at)
        inner = at + first
        for _ in range(below):
            _, _, _, name, step = struct.unpack_from("<IHHII", data, inner)
            yield name
            inner += step
        at += following


def linked_objects(folder: Path) -> dict[Path, Needs]:
    """Read every linked object below a folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) != b"\x7fELF":
                    continue
            needs = read_needs(path.read_bytes())
            if needs is not None:
                found[path] = needs
    return found


def newest_glibc(names: Iterable[str]) -> str:
    """Return the newest glibc that some versions of symbols name, such as 2.34; empty when they name none."""
    found = (match[1] for name in names if (match := _GLIBC.fullmatch(name)))
    return max(found, key=lambda text: tuple(map(int, text.split("."))), default="")


def asked_of_the_system(objects: dict[Path, Needs]) -> frozenset[str]:
    """Return the sonames that some objects need and that none of them is."""
    brought = {path.name for path in objects} | {needs.soname for needs in objects.values()}
    return frozenset().union(*(needs.libraries for needs in objects.values())) - brought
