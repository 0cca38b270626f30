"""Pictures from outside: what they are, a small view of them, and a form of them that paper can hold."""

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from app.errors import FileUnreadableError
from app.intake.outside_file import MEGABYTE, opened

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS: Final = 100_000_000
LARGEST_PICTURE: Final = 100 * MEGABYTE
PRINTED_SIDE: Final = 1600
"""Pixels across the type area of A4 at about 250 dpi."""

# Only these readers are ever asked: others call outside programs or are hardly tried on hostile files.
_READERS: Final = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "DIB", "TIFF")
_FORMATS: Final = {
    "JPEG": "jpeg",
    "MPO": "jpeg",
    "PNG": "png",
    "GIF": "gif",
    "WEBP": "webp",
    "BMP": "bmp",
    "DIB": "bmp",
    "TIFF": "tiff",
}
_TURNED: Final = {5, 6, 7, 8}
_ORIENTATION: Final = 0x0112
_LARGEST_PNG_ON_PAPER: Final = 1_500_000

# Pillow's readers meet damaged files with nearly every error there is.
_FAILURES = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, AttributeError, ArithmeticError,
    RuntimeError, AssertionError, MemoryError, struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True)
class PictureFacts:
    """A picture's `kind` (jpeg, png, gif, webp, bmp or tiff) and its upright size in pixels."""

    kind: str
    width: int
    height: int
    animated: bool


def inspect_picture(data: bytes | Path) -> PictureFacts:
    """Tell what a picture is, reading all of it but never holding a huge one in memory.

    Raises `FileUnreadableError` with `picture_too_large` (over 100 megapixels, seen from the header),
    `broken` (damaged or cut off) or `not_picture`.
    """
    with open_picture(data) as image:
        kind = _FORMATS[str(image.format)]
        width, height = image.size
        # Asking a PNG without EXIF for it would read all its pixels, and `verify` would come too late.
        asked = image.format != "PNG" or "exif" in image.info
        turned = asked and image.getexif().get(_ORIENTATION) in _TURNED
        animated = kind in {"gif", "webp", "png"} and bool(getattr(image, "is_animated", False))
        _read_through(image)
        return PictureFacts(kind, *((height, width) if turned else (width, height)), animated)


def thumbnail(data: bytes | Path, max_side: int) -> bytes:
    """Return a picture, upright, as a PNG of at most `max_side` pixels a side; errors as `inspect_picture`."""
    with open_picture(data) as image:
        image.draft("RGB", (max_side, max_side))
        shown = upright(image, max_side)
        shown = _screen_colours(shown, keep_alpha=True)
        return _png(shown)


def print_picture(data: bytes, max_side_px: int = PRINTED_SIDE) -> bytes:
    """Return a picture as PDF/A may hold it: upright, 8-bit sRGB or grey, on white, as JPEG or PNG.

    A photograph stays a JPEG; everything else becomes a PNG unless that would be large. Errors as
    `inspect_picture`.
    """
    with open_picture(data) as image:
        photograph = _FORMATS[str(image.format)] == "jpeg"
        image.draft("RGB", (max_side_px, max_side_px))
        shown = _screen_colours(upright(image, max_side_px), keep_alpha=False)
        if not photograph:
            flat = _png(shown)
            if len(flat) <= _LARGEST_PNG_ON_PAPER:
                return flat
        return _jpeg(shown)


def as_png(data: bytes) -> bytes:
    """Return a picture of a kind that no platform shows (TIFF) as PNG, at its full size."""
    with open_picture(data) as image:
        return _png(_screen_colours(upright(image), keep_alpha=True))


def reshaped(data: bytes, crop: tuple[float, float, float, float], turns: int) -> bytes:
    """Cut a picture (shares of left, top, right, bottom side) and turn it clockwise by quarters; errors as above."""
    with open_picture(data) as image:
        photograph = _FORMATS[str(image.format)] == "jpeg"
        shown = _screen_colours(upright(image), keep_alpha=not photograph)
        left, top = round(shown.width * crop[0]), round(shown.height * crop[1])
        right, bottom = round(shown.width * (1 - crop[2])), round(shown.height * (1 - crop[3]))
        if left < right and top < bottom:
            shown = shown.crop((left, top, right, bottom))
        shown = shown.rotate(-90 * turns, expand=True) if turns else shown
        return _jpeg(shown) if photograph else _png(shown)


@contextmanager
def open_picture(data: bytes | Path) -> Iterator["Image"]:
    """Open a picture lazily, refusing a huge one by its header and translating every failure of the reader."""
    name = data.name if isinstance(data, Path) else ""
    if isinstance(data, Path):
        with opened(data, LARGEST_PICTURE) as file, _translated(name), _opened_image(file, name) as image:
            yield image
    elif not data:
        raise FileUnreadableError(name, "empty")
    else:
        with _translated(name), _opened_image(io.BytesIO(data), name) as image:
            yield image


def upright(image: "Image", max_side: int | None = None) -> "Image":
    """Turn a picture as its EXIF says, small enough for `max_side`, with eight bits a channel."""
    from PIL import Image, ImageOps

    if image.mode.startswith("I") or image.mode == "F":
        image = _eight_bits(image)
    if image.mode in {"1", "P", "PA"}:
        transparent = "transparency" in image.info or image.mode == "PA"
        image = image.convert("RGBA" if transparent else "L" if image.mode == "1" else "RGB")
    if max_side is not None and max(image.size) > max_side:
        image.thumbnail((max_side, max_side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    turned = ImageOps.exif_transpose(image)
    turned.load()
    return turned


def _read_through(image: "Image") -> None:
    """Read every byte once, so that a picture that was cut off is found now and not on paper."""
    if image.format == "PNG":
        image.verify()
        return
    if image.format in {"JPEG", "MPO"}:
        # The decoder of JPEG can leave out detail while it reads: an eighth of the side is enough to see damage.
        image.draft("L", (max(1, image.width // 8), max(1, image.height // 8)))
    image.load()


@contextmanager
def _opened_image(file: BinaryIO, name: str) -> Iterator["Image"]:
    # Asked for by name, so that Pillow does not load its other readers as well.
    from PIL import Image, TiffImagePlugin, WebPImagePlugin  # noqa: F401

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(file, formats=_READERS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise FileUnreadableError(name, "picture_too_large")
        yield image


@contextmanager
def _translated(name: str) -> Iterator[None]:
    from PIL import Image, UnidentifiedImageError

    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as huge:
        raise FileUnreadableError(name, "picture_too_large") from huge
    except UnidentifiedImageError as unknown:
        raise FileUnreadableError(name, "not_picture") from unknown
    except _FAILURES as failed:
        raise FileUnreadableError(name, "broken") from failed


def _eight_bits(image: "Image") -> "Image":
    """Map 16 and 32 bits a pixel to 8; Pillow's own conversion cuts off everything above 255."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    low, high = (float(bound) for bound in image.convert("F").getextrema())  # type: ignore[arg-type]
    span = 65_535.0 if low >= 0 and 255 < high <= 65_535 else max(high, 255.0)
    return image.convert("F").point(lambda value: value * (255 / span)).convert("L")


def _screen_colours(image: "Image", *, keep_alpha: bool) -> "Image":
    """Bring a picture to sRGB or grey without profile; transparency stays or is laid on white."""
    from PIL import Image

    profile = image.info.get("icc_profile")
    alpha = image.getchannel("A") if image.mode in {"LA", "RGBA", "La", "RGBa"} else None
    if alpha is not None:
        image = image.convert("L" if image.mode in {"LA", "La"} else "RGB")
    image = _to_srgb(image, profile) if profile else image
    if image.mode not in {"L", "RGB"}:
        image = image.convert("RGB")
    if alpha is None:
        return image
    if keep_alpha:
        image = image.convert("RGB")
        image.putalpha(alpha)
        return image
    paper = Image.new(image.mode, image.size, 255 if image.mode == "L" else (255, 255, 255))
    paper.paste(image, mask=alpha)
    return paper


def _to_srgb(image: "Image", profile: bytes) -> "Image":
    """Convert by the embedded profile; one that does not fit the picture is as good as none."""
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        mode = "RGB" if image.mode != "L" else "L"
        if mode == "L":
            return image
        converted = ImageCms.profileToProfile(image, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted or image


def _png(image: "Image") -> bytes:
    buffer = io.BytesIO()
    # A new picture of the same pixels: nothing of the original's notes, places or profiles comes along.
    clean = image.copy()
    clean.info = {}
    clean.save(buffer, "PNG")
    return buffer.getvalue()


def _jpeg(image: "Image") -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=90, subsampling=0)
    return buffer.getvalue()
