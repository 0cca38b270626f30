"""Kind and size of a picture by its first bytes, compared with Pillow."""

import io
import random

import pytest
from PIL import Image

from app.ledgers.picture_head import PictureHead, picture_head


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (30, 20), **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGBA"), ("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L"), ("GIF", "L"), ("BMP", "RGB"), ("BMP", "1")],
)
def test_kind_and_size_are_read(kind: str, mode: str) -> None:
    head = picture_head(picture(kind, mode, (301, 20)))
    assert head == PictureHead(kind.lower(), 301, 20)
    assert head.fits_word


def test_progressive_photographs_with_long_notes_are_read() -> None:
    exif = Image.Exif()
    exif[0x10E] = "x" * 50_000
    head = picture_head(picture("JPEG", progressive=True, exif=exif, icc_profile=b"p" * 100_000))
    assert head == PictureHead("jpeg", 30, 20)


def test_a_bitmap_from_the_top_has_a_height() -> None:
    content = bytearray(picture("BMP"))
    content[22:26] = (-20).to_bytes(4, "little", signed=True)
    assert picture_head(bytes(content)) == PictureHead("bmp", 30, 20)


def test_webp_is_for_editors_and_not_for_word() -> None:
    head = picture_head(picture("WEBP"))
    assert (head == PictureHead("webp"), head is not None and head.fits_word) == (True, False)


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", b"II*\x00", b"text", b"<svg/>", b"\x89PNG\r\n\x1a\n"])
def test_what_no_editor_shows_is_none(content: bytes) -> None:
    assert picture_head(content) is None


def test_no_damaged_picture_stops_the_reading() -> None:
    source = random.Random(7)
    good = [picture("PNG"), picture("JPEG"), picture("JPEG", "CMYK"), picture("GIF"), picture("BMP")]
    told = set()
    for _ in range(4_000):
        damaged = bytearray(source.choice(good))
        for _ in range(source.randint(1, 4)):
            damaged[source.randrange(min(len(damaged), 300))] = source.randrange(256)
        head = picture_head(bytes(damaged[: source.randrange(len(damaged) + 1)]))
        told.add(head.fits_word if head else None)
    assert told == {True, False, None}
