"""Made-up signatures on issued sheets, for the demo and the sample: drawn on rendered pages, then scanned badly.

The places are found by the words on the sheet: after each 签字 comes a signature, before 年月日时分 the figures,
before the chosen words a tick. What comes out has gone through a scanner: turned, scaled and compressed.
"""

import io
import itertools
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from app.models.clock import beijing

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

DPI: Final = 200
_INK: Final = (28, 42, 110)
_PAPER: Final = (238, 237, 232)

# Figures as strokes in a box of 1 by 2, the way a pen writes them.
_FIGURES: Final[dict[str, tuple[tuple[tuple[float, float], ...], ...]]] = {
    "0": (((0.5, 0), (0.05, 0.6), (0.1, 1.6), (0.5, 2), (0.95, 1.4), (0.9, 0.5), (0.5, 0)),),
    "1": (((0.4, 0.2), (0.6, 0), (0.5, 2)),),
    "2": (((0.1, 0.4), (0.5, 0), (0.9, 0.5), (0.1, 1.9), (1, 1.95)),),
    "3": (((0.1, 0.2), (0.7, 0.05), (0.8, 0.6), (0.4, 0.95), (0.9, 1.4), (0.5, 2), (0.05, 1.8)),),
    "4": (((0.6, 0), (0.05, 1.3), (1, 1.25)), ((0.7, 0.8), (0.65, 2))),
    "5": (((0.9, 0.05), (0.25, 0.1), (0.2, 0.9), (0.8, 1), (0.85, 1.7), (0.1, 1.95)),),
    "6": (((0.8, 0), (0.2, 0.9), (0.15, 1.7), (0.6, 2), (0.9, 1.5), (0.5, 1.1), (0.15, 1.5)),),
    "7": (((0.05, 0.1), (0.95, 0.05), (0.4, 2)),),
    "8": (((0.8, 0.2), (0.3, 0.1), (0.3, 0.7), (0.8, 1.4), (0.5, 2), (0.15, 1.5), (0.75, 0.8), (0.8, 0.2)),),
    "9": (((0.85, 0.5), (0.4, 0.9), (0.15, 0.4), (0.6, 0.05), (0.9, 0.4), (0.7, 2)),),
}


@dataclass(frozen=True)
class Signature:
    """What one person puts into one signature box: who, the words of the box to tick, and when."""

    person: str
    choice: str
    at: datetime


@dataclass(frozen=True)
class Handling:
    """What the scanner or telephone did to the page: degrees, size against 200 dpi, JPEG quality."""

    degrees: float = 0.0
    scale: float = 1.0
    quality: int = 70


def signed_pages(pdf: bytes, signatures: Sequence[Signature], handling: Handling) -> tuple[bytes, ...]:
    """Return every page of a sheet as a JPEG, signed in the order of its lines; fewer signatures leave lines white."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        scanned: list[bytes] = []
        left = list(signatures)
        for number in range(len(document)):
            page = document[number]
            image = page.render(scale=DPI / 72).to_pil().convert("RGB")
            left = _sign(image, _Words(page), left)
            scanned.append(_as_jpeg(_handled(image, handling, number), handling.quality))
            page.close()
        return tuple(scanned)
    finally:
        document.close()


def bound_scan(pages: Sequence[bytes]) -> bytes:
    """Bind scanned JPEG pages into one PDF, as an office scanner does."""
    from PIL import Image

    images = [Image.open(io.BytesIO(page)) for page in pages]
    buffer = io.BytesIO()
    images[0].save(buffer, "PDF", save_all=True, append_images=images[1:], resolution=DPI)
    return buffer.getvalue()


class _Words:
    """Finds words on a rendered page; boxes are in pixels from the upper left: left, top, right, bottom."""

    def __init__(self, page: Any) -> None:
        self._text, self._height = page.get_textpage(), page.get_height()

    def find(self, words: str) -> list[tuple[float, float, float, float]]:
        searcher, found = self._text.search(words), []
        while (match := searcher.get_next()) is not None:
            start, count = match
            first, last = self._text.get_charbox(start), self._text.get_charbox(start + count - 1)
            scale = DPI / 72
            found.append(
                (
                    first[0] * scale,
                    (self._height - max(first[3], last[3])) * scale,
                    last[2] * scale,
                    (self._height - min(first[1], last[1])) * scale,
                )
            )
        return sorted(found, key=lambda box: (box[1], box[0]))


def _sign(image: "Image", words: _Words, signatures: list[Signature]) -> list[Signature]:
    """Fill the signature boxes of a page from above; return the signatures that are left."""
    from PIL import ImageDraw

    draw, left = ImageDraw.Draw(image), list(signatures)
    above = 0.0
    for box in words.find("签字"):
        if not left:
            break
        signature = left.pop(0)
        rng = random.Random(f"{signature.person} {signature.at.isoformat()}")
        line = (box[1], box[3])
        _scrawl(draw, rng, box[2] + 18, (line[0] + line[1]) / 2, signature.person)
        choices = [choice for choice in words.find(signature.choice) if above < choice[1] < line[0]]
        if choices:
            # The row of boxes nearest above the line; 不同意 holds 同意 as well, but further to the right.
            lowest = max(choice[1] for choice in choices)
            x, top, _, bottom = min(choice for choice in choices if lowest - choice[1] < 8)
            _tick(draw, rng, x - 12, (top + bottom) / 2)
        _date(draw, rng, words, line, signature.at)
        above = line[1]
    return left


def _scrawl(draw: "ImageDraw", rng: random.Random, x: float, y: float, person: str) -> None:
    """Draw something that looks like a quickly written name: the same for the same person, more or less."""
    hand = random.Random(person)
    for _ in range(len(person)):
        size = hand.uniform(24, 32)
        for _stroke in range(hand.randint(2, 4)):
            points = [(x + hand.uniform(0, size), y + hand.uniform(-size, size) * 0.8) for _ in range(4)]
            _stroke_through(draw, rng, points)
        x += size * 1.05


def _stroke_through(draw: "ImageDraw", rng: random.Random, points: Sequence[tuple[float, float]]) -> None:
    """Draw one stroke of the pen through some points, curved and a little unsteady."""
    shaken = [(px + rng.gauss(0, 0.8), py + rng.gauss(0, 0.8)) for px, py in points]
    padded = [shaken[0], *shaken, shaken[-1]]
    path: list[tuple[float, float]] = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        path += [_between(a, b, c, d, t / 8) for t in range(9)]
    for number, (start, end) in enumerate(itertools.pairwise(path)):
        draw.line((start, end), fill=_INK, width=4 if number % 7 else 3)


_Point = tuple[float, float]


def _between(a: _Point, b: _Point, c: _Point, d: _Point, t: float) -> _Point:
    """Return a point of the Catmull-Rom curve between the second and third of four points."""

    def one(p: float, q: float, r: float, s: float) -> float:
        return 0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t**3)

    return one(a[0], b[0], c[0], d[0]), one(a[1], b[1], c[1], d[1])


def _tick(draw: "ImageDraw", rng: random.Random, x: float, y: float) -> None:
    _stroke_through(draw, rng, [(x - 24, y - 2), (x - 14, y + 12), (x + 6, y - 22)])


def _date(draw: "ImageDraw", rng: random.Random, words: _Words, line: tuple[float, float], at: datetime) -> None:
    """Write the figures before 年, 月, 日, 时 and 分 of the same line."""
    moment = beijing(at)
    parts = (("年", moment.year), ("月", moment.month), ("日", moment.day), ("时", moment.hour), ("分", moment.minute))
    middle = (line[0] + line[1]) / 2
    for word, number in parts:
        for box in words.find(word):
            if abs((box[1] + box[3]) / 2 - middle) < (line[1] - line[0]):
                _figures(draw, rng, box[0] - 4, middle, str(number))
                break


def _figures(draw: "ImageDraw", rng: random.Random, right: float, middle: float, text: str) -> None:
    width, height = 11.0, 24.0
    x = right - len(text) * (width + 3)
    for figure in text:
        for stroke in _FIGURES[figure]:
            _stroke_through(draw, rng, [(x + px * width, middle - height / 2 + py * height / 2) for px, py in stroke])
        x += width + 3


def _handled(image: "Image", handling: Handling, number: int) -> "Image":
    """Turn, scale and shade a page as a scanner's lid or a hand with a telephone does."""
    from PIL import Image

    if handling.scale != 1:
        size = (math.ceil(image.width * handling.scale), math.ceil(image.height * handling.scale))
        image = image.resize(size, Image.Resampling.BILINEAR)
    if handling.degrees:
        degrees = handling.degrees * (1 if number % 2 == 0 else -0.6)
        image = image.rotate(degrees, Image.Resampling.BILINEAR, expand=True, fillcolor=_PAPER)
    return image


def _as_jpeg(image: "Image", quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, dpi=(DPI, DPI))
    return buffer.getvalue()
