"""Finding the QR code on a page that was scanned askew, photographed in bad light, or copied too often."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True)
class ReadCode:
    """The text of one code, empty when it is seen but cannot be read; `turn` is how far it lies turned, in degrees."""

    text: str
    turn: int


def codes_on(page: "Image", wanted: Callable[[str], bool]) -> list[ReadCode]:
    """Look for codes with growing effort until one of the wanted kind is read; return what was seen last and best."""
    best: list[ReadCode] = []
    for attempt in _attempts(page):
        found = attempt()
        if any(wanted(code.text) for code in found):
            return found
        if sum(bool(code.text) for code in found) > sum(bool(code.text) for code in best) or not best:
            best = found or best
    return best


def _attempts(page: "Image") -> Iterator[Callable[[], list[ReadCode]]]:
    from PIL import ImageFilter, ImageOps

    yield lambda: _read(page)
    half = page.resize((max(1, page.width // 2), max(1, page.height // 2)))
    # Grain and halftone vanish when a page is made smaller.
    yield lambda: _read(ImageOps.autocontrast(half, cutoff=1))
    even = _evenly_lit(page)
    yield lambda: _read(even)
    yield lambda: _read(even.filter(ImageFilter.GaussianBlur(1.5)))
    for part in _parts(page):
        yield lambda part=part: _read(_enlarged(page.crop(part)))  # type: ignore[misc]


def _read(image: "Image") -> list[ReadCode]:
    import zxingcpp

    found = zxingcpp.read_barcodes(
        image, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]), return_errors=True
    )
    return [ReadCode(code.text if code.valid else "", round(code.orientation) % 360) for code in found]


def _evenly_lit(page: "Image") -> "Image":
    """Take the light out of a photograph: each point is compared with the brightness around it."""
    from PIL import ImageChops, ImageFilter, ImageOps

    small = page.resize((max(1, page.width // 8), max(1, page.height // 8)))
    # The brightest nearby is the paper; a code is never brighter.
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(8)).resize(page.size)
    return ImageOps.autocontrast(ImageChops.invert(ImageChops.subtract(paper, page)), cutoff=0.5)


def _parts(page: "Image") -> Iterator[tuple[int, int, int, int]]:
    """Cut a page into two rows of two, overlapping by a third so that no code is cut apart in all of them."""
    width, height = page.size
    if width < 200 or height < 200:
        yield 0, 0, width, height
        return
    for top in (0, height * 2 // 5):
        for left in (0, width * 2 // 5):
            yield left, top, left + width * 3 // 5, top + height * 3 // 5


def _enlarged(part: "Image") -> "Image":
    from PIL import Image, ImageOps

    times = 2 if max(part.size) <= 2400 else 1.5
    size = (round(part.width * times), round(part.height * times))
    return ImageOps.autocontrast(part.resize(size, Image.Resampling.BICUBIC), cutoff=1)
