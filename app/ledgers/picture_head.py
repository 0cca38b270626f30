"""What the first bytes of a picture say: its kind and its size, as far as Word and platforms' editors know it."""

from dataclasses import dataclass
from typing import Final

_JPEG_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_BARE: Final = frozenset({0x01, *range(0xD0, 0xD8)})


@dataclass(frozen=True)
class PictureHead:
    """`kind` is png, jpeg, gif, bmp or webp; width and height in pixels are 0 where they were not read."""

    kind: str
    width: int = 0
    height: int = 0

    @property
    def fits_word(self) -> bool:
        """Say whether a Word file can hold it."""
        return self.kind in {"png", "jpeg", "gif", "bmp"} and self.width > 0 and self.height > 0


def picture_head(content: bytes) -> PictureHead | None:
    """Return what a picture is, or None for one that no editor shows (TIFF, damaged beginnings)."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return PictureHead("png", _number(content[16:20]), _number(content[20:24]))
    if content.startswith((b"GIF87a", b"GIF89a")):
        return PictureHead("gif", _number(content[6:8], "little"), _number(content[8:10], "little"))
    if content.startswith(b"BM"):
        return _bmp(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return PictureHead("webp")
    return None


def _bmp(content: bytes) -> PictureHead:
    if _number(content[14:18], "little") == 12:
        return PictureHead("bmp", _number(content[18:20], "little"), _number(content[20:22], "little"))
    # A height below zero says that the rows begin at the top.
    width, height = (int.from_bytes(content[at : at + 4], "little", signed=True) for at in (18, 22))
    return PictureHead("bmp", width, abs(height))


def _jpeg(content: bytes) -> PictureHead | None:
    """Walk from segment to segment to the frame that names height and width."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _JPEG_BARE:
            at += 2
        elif marker in _JPEG_FRAMES:
            return PictureHead("jpeg", _number(content[at + 7 : at + 9]), _number(content[at + 5 : at + 7]))
        else:
            at += 2 + max(2, _number(content[at + 2 : at + 4]))
    return None


def _number(content: bytes, order: str = "big") -> int:
    return int.from_bytes(content, "little" if order == "little" else "big")
