"""The names inside an OLE compound file ([MS-CFB]): enough to tell .doc, .xls and a locked file apart."""

import struct
from typing import BinaryIO

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_REGULAR = 0xFFFFFFFA
_MOST_SECTORS = 4096


def stream_names(file: BinaryIO) -> frozenset[str]:
    """Return the names of all storages and streams; `ValueError` when the container is damaged."""
    file.seek(0)
    header = file.read(512)
    if len(header) < 512 or not header.startswith(OLE_MAGIC):
        raise ValueError("no compound file")
    shift = struct.unpack_from("<H", header, 30)[0]
    if shift not in {9, 12}:
        raise ValueError("odd sector size")
    size = 1 << shift
    names: set[str] = set()
    seen: set[int] = set()
    sector = struct.unpack_from("<I", header, 48)[0]
    while sector <= _LAST_REGULAR:
        if sector in seen or len(seen) >= _MOST_SECTORS:
            raise ValueError("the directory runs in a circle")
        seen.add(sector)
        block = _sector(file, sector, size)
        for offset in range(0, size, 128):
            length, kind = struct.unpack_from("<HB", block, offset + 64)
            if kind in {1, 2, 5} and 2 < length <= 64:
                names.add(block[offset : offset + length - 2].decode("utf-16-le", "replace"))
        sector = _next_sector(file, header, sector, size)
    return frozenset(names)


def _sector(file: BinaryIO, number: int, size: int) -> bytes:
    file.seek((number + 1) * size)
    block = file.read(size)
    if len(block) < size:
        raise ValueError("the container is cut off")
    return block


def _next_sector(file: BinaryIO, header: bytes, sector: int, size: int) -> int:
    """Look the following sector up in the allocation table."""
    per_sector = size // 4
    index, place = divmod(sector, per_sector)
    if index < 109:
        table = struct.unpack_from("<I", header, 76 + 4 * index)[0]
    else:
        # Tables beyond the 109 named in the header are named in a chain of their own.
        hops, slot = divmod(index - 109, per_sector - 1)
        chain = struct.unpack_from("<I", header, 68)[0]
        if hops > _MOST_SECTORS:
            raise ValueError("the table is too long")
        for _ in range(hops):
            chain = struct.unpack_from("<I", _sector(file, chain, size), size - 4)[0]
        table = struct.unpack_from("<I", _sector(file, chain, size), 4 * slot)[0]
    found: int = struct.unpack_from("<I", _sector(file, table, size), 4 * place)[0]
    return found
