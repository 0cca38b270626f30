"""What a page is drawn with: points from its top left corner, every character visible, nothing but shapes and words."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import decomposition, normalize

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from app.errors import PaperImpossibleError
from app.forms.line_breaking import stretchable
from app.forms.typeface import RAISED_SIZE, Face, PaperFont, plain_of_raised
from app.models.paper import OPEN_BOX, TICKED_BOX

_BOXES = frozenset({OPEN_BOX, TICKED_BOX})
_JPEG_OR_PNG = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")

PAGE_WIDTH, PAGE_HEIGHT = 595.276, 841.89
"""A4 portrait in points."""

HAIRLINE, THIN, FRAME = 0.35, 0.6, 1.0
GREY, PALE, BLACK, WHITE = 0.45, 0.945, 0.0, 1.0

# The digits in a substitute box, three in a row at most, are set this large against the character they stand for.
_DIGIT_SIZE = 0.45


class Pen:
    """Draws on one page after another of a document; y grows downwards, and a text stands on its `y`."""

    def __init__(self, canvas: Canvas, digits: Face) -> None:
        self._canvas = canvas
        self._digits = digits
        self.substituted: set[str] = set()
        """The characters drawn as a box with their code point, because no font has them."""
        self._readers: dict[bytes, ImageReader] = {}

    def words(self, x: float, y: float, text: str, face: Face, size: float, *, gap: float = 0.0) -> None:
        """Set one printable line; `gap` points are added after each character, but not inside Latin words."""
        base = PAGE_HEIGHT - y
        line: PDFTextObject | None = None
        left = x
        for run in _runs(text, face, apart=bool(gap)):
            added = gap if run.stretchable else 0.0
            if run.font is None:
                self._finish(line)
                line = None
                self._substitute(left, base, run.text, face, size, added)
            else:
                if line is None:
                    line = self._canvas.beginText(left, base)
                line.setCharSpace(added)
                line.setFont(run.font.fontName, size)
                line.textOut(run.text)
            left += run.width * size + added * len(run.text)
        self._finish(line)

    def centred(self, x: float, y: float, text: str, face: Face, size: float) -> None:
        """Set one printable line around `x`."""
        self.words(x - face.width(text) * size / 2, y, text, face, size)

    def to_right(self, x: float, y: float, text: str, face: Face, size: float) -> None:
        """Set one printable line that ends at `x`."""
        self.words(x - face.width(text) * size, y, text, face, size)

    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float = THIN, dash: Sequence[float] = ()) -> None:
        """Draw a straight line."""
        self._canvas.setLineWidth(width)
        self._canvas.setStrokeGray(BLACK)
        self._canvas.setDash(list(dash)) if dash else self._canvas.setDash()
        self._canvas.line(x1, PAGE_HEIGHT - y1, x2, PAGE_HEIGHT - y2)

    def frame(self, x: float, y: float, width: float, height: float, line: float = THIN) -> None:
        """Draw the outline of a rectangle."""
        self._canvas.setLineWidth(line)
        self._canvas.setStrokeGray(BLACK)
        self._canvas.setDash()
        self._canvas.rect(x, PAGE_HEIGHT - y - height, width, height, stroke=1, fill=0)

    def shade(self, x: float, y: float, width: float, height: float, grey: float = PALE) -> None:
        """Fill a rectangle with a grey from 0 (black) to 1 (white)."""
        self._canvas.setFillGray(grey)
        self._canvas.rect(x, PAGE_HEIGHT - y - height, width, height, stroke=0, fill=1)
        self._canvas.setFillGray(BLACK)

    def tick_box(self, x: float, y: float, size: float, *, ticked: bool = False) -> None:
        """Draw a box that stands on the line of a text, with a tick where it was already decided."""
        self.frame(x, y - size + size * 0.12, size, size, THIN)
        if not ticked:
            return
        bottom = PAGE_HEIGHT - y - size * 0.12
        path = self._canvas.beginPath()
        path.moveTo(x + size * 0.16, bottom + size * 0.5)
        path.lineTo(x + size * 0.42, bottom + size * 0.2)
        path.lineTo(x + size * 0.88, bottom + size * 0.86)
        self._canvas.setLineWidth(max(1.1, size * 0.13))
        self._canvas.drawPath(path, stroke=1, fill=0)

    def modules(self, cells: Sequence[tuple[int, int, int, int]], x: float, y: float, side: float, tall: float) -> None:
        """Fill many rectangles (column, row, columns, rows) of a code as one path; `side` and `tall` of a module."""
        path = " ".join(f"{column} {row} {columns} {rows} re" for column, row, columns, rows in cells)
        self._operator(f"q {side:.4f} 0 0 {-tall:.4f} {x:.3f} {PAGE_HEIGHT - y:.3f} cm 0 g {path} f Q")

    def band(self, text: str, face: Face, size: float) -> None:
        """Lay a dark ribbon with a word across the upper right corner."""
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(PAGE_WIDTH - 36, PAGE_HEIGHT - 36)
        canvas.rotate(-45)
        canvas.setFillGray(GREY)
        canvas.rect(-90, -size * 0.75, 180, size * 1.6, stroke=0, fill=1)
        canvas.setFillGray(WHITE)
        width = face.width(text) * size
        # The ribbon shows about 90 points of itself; a longer word is set smaller.
        if width > 84:
            size, width = size * 84 / width, 84
        line = canvas.beginText(-width / 2, -size * 0.3)
        for run in _runs(text, face):
            if run.font is not None:
                line.setFont(run.font.fontName, size)
                line.textOut(run.text)
        canvas.drawText(line)
        canvas.restoreState()

    def picture(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture that `picture_size` has accepted."""
        if data not in self._readers:
            self._readers[data] = ImageReader(io.BytesIO(data))
        self._canvas.drawImage(self._readers[data], x, PAGE_HEIGHT - y - height, width, height)

    def _finish(self, line: PDFTextObject | None) -> None:
        if line is not None:
            line.setCharSpace(0)
            self._canvas.drawText(line)

    def _substitute(self, left: float, base: float, run: str, face: Face, size: float, gap: float) -> None:
        """Draw something for each character no font has; copied out it is the character again.

        ☐ and ☑ are drawn as the boxes of a form. A character that is only another writing of others (㎡, 𝐀) is drawn
        as those, a figure above or below the line (⁶, ₂) small in its place; any other is a box with its code point.
        """
        x = left
        for char in run:
            copied = char.encode("utf-16-be", "replace").hex().upper()
            self._operator(f"/Span <</ActualText <FEFF{copied}>>> BDC")
            other = _other_writing(char, face)
            if char in _BOXES:
                self._printed_box(x, base, size, face, ticked=char == TICKED_BOX)
            elif other and plain_of_raised(char):
                self._raised(x, base, char, face, size)
            elif other:
                self._squeezed(x, base, other, face, size)
            else:
                self.substituted.add(char)
                self._code_box(x, base, char, size)
            self._operator("EMC")
            x += face.glyph(char)[1] * size + gap

    def _printed_box(self, x: float, base: float, size: float, face: Face, *, ticked: bool) -> None:
        """Draw a box that stands within a text, over a blank that carries its character."""
        font = face.glyph("\u3000")[0]
        assert font is not None
        blank = self._canvas.beginText(x, base)
        blank.setFont(font.fontName, size)
        blank.textOut("\u3000")
        self._canvas.drawText(blank)
        self.tick_box(x + size * 0.04, PAGE_HEIGHT - base, size * 0.9, ticked=ticked)

    def _raised(self, x: float, base: float, char: str, face: Face, size: float) -> None:
        above = decomposition(char).startswith("<super>")
        plain = plain_of_raised(char)
        font = face.glyph(plain)[0]
        assert font is not None
        line = self._canvas.beginText(x, base + size * (0.36 if above else -0.14))
        line.setFont(font.fontName, size * RAISED_SIZE)
        line.textOut(plain)
        self._canvas.drawText(line)

    def _squeezed(self, x: float, base: float, text: str, face: Face, size: float) -> None:
        """Set a few characters into the square of one."""
        width = face.width(text)
        scale = min(1.0, 1.0 / width) if width else 1.0
        line = self._canvas.beginText(x + (1 - width * scale) / 2 * size, base)
        line.setHorizScale(scale * 100)
        for run in _runs(text, face):
            assert run.font is not None
            line.setFont(run.font.fontName, size)
            line.textOut(run.text)
        line.setHorizScale(100)
        self._canvas.drawText(line)

    def _code_box(self, x: float, base: float, char: str, size: float) -> None:
        digits = f"{ord(char):04X}" if ord(char) <= 0xFFFF else f"{ord(char):06X}"
        half = len(digits) // 2
        self._canvas.setLineWidth(HAIRLINE)
        self._canvas.setStrokeGray(BLACK)
        self._canvas.setDash()
        self._canvas.rect(x + size * 0.04, base - size * 0.12, size * 0.92, size * 0.98, stroke=1, fill=0)
        font = self._digits.glyph("0")[0]
        assert font is not None
        small = size * _DIGIT_SIZE
        for part, rise in ((digits[:half], 0.43), (digits[half:], -0.02)):
            width = self._digits.width(part) * small
            squeeze = min(1.0, size * 0.84 / width)
            line = self._canvas.beginText(x + (size - width * squeeze) / 2, base + size * rise)
            line.setFont(font.fontName, small)
            line.setHorizScale(squeeze * 100)
            line.textOut(part)
            line.setHorizScale(100)
            self._canvas.drawText(line)

    def _operator(self, operator: str) -> None:
        """Write an operator that ReportLab has no method for."""
        self._canvas._code.append(operator)  # type: ignore[attr-defined, unused-ignore]


def picture_size(data: bytes) -> tuple[int, int]:
    """Return a picture's size in pixels, or refuse what PDF/A may not hold with `PaperImpossibleError("picture")`."""
    if not data.startswith(_JPEG_OR_PNG):
        raise PaperImpossibleError("picture")
    try:
        reader = ImageReader(io.BytesIO(data))
        width, height = reader.getSize()
    except (OSError, SyntaxError, ValueError) as broken:
        raise PaperImpossibleError("picture") from broken
    mode = reader._image.mode  # type: ignore[attr-defined, unused-ignore]
    if mode not in {"L", "RGB", "1", "P"}:
        raise PaperImpossibleError("picture", mode)
    return int(width), int(height)


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring characters drawn by one font (None where none does); `width` in em."""

    font: PaperFont | None
    text: str
    width: float
    stretchable: bool


def _runs(text: str, face: Face, *, apart: bool = False) -> list[_Run]:
    """Split a line by the fonts that draw it, and with `apart` also between Latin words and the rest."""
    runs: list[_Run] = []
    begin, width = 0, 0.0
    current: tuple[PaperFont | None, bool] | None = None
    for index, char in enumerate(text):
        font, advance = face.glyph(char)
        kind = (font, not apart or stretchable(char))
        if current is not None and kind != current:
            runs.append(_Run(current[0], text[begin:index], width, current[1]))
            begin, width = index, 0.0
        current = kind
        width += advance
    if current is not None:
        runs.append(_Run(current[0], text[begin:], width, current[1]))
    return runs


def _other_writing(char: str, face: Face) -> str:
    """Return the characters that a compatibility character stands for, where fonts have them all, else nothing."""
    other = normalize("NFKC", char)
    if other == char or not other.strip() or len(other) > 5:
        return ""
    if decomposition(char).startswith("<square>") and len(other) > 1 and other[-1] in "23":
        # The unit ㎡ is metres squared, not "m2".
        other = other[:-1] + {"2": "²", "3": "³"}[other[-1]]
    return "" if face.missing(other) else other
