"""Words set into lines of a width, measured before they are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.forms.line_breaking import TextLine, break_lines, stretchable, visible_width
from app.forms.pen import Pen
from app.forms.typeface import Face

# A line is stretched to the full measure by at most this much at each place where it may be, in em.
_MOST_STRETCH = 0.2
# The body of a Chinese character stands this much of its height above the line.
_ASCENT = 0.88


@dataclass(frozen=True)
class Style:
    """A face at a size with the distance of its lines, in points; `indent` em before a paragraph's first line."""

    face: Face
    size: float
    leading: float
    indent: float = 0.0

    def drop(self) -> float:
        """Return how far below the upper edge of its line a text stands."""
        return (self.leading - self.size) / 2 + self.size * _ASCENT

    def width(self, text: str) -> float:
        """Return the width of a text in points."""
        return self.face.width(text) * self.size


@dataclass(frozen=True)
class SetText:
    """Lines of one style in a column `width` points wide; `cut` tells that not all of the text is there."""

    lines: tuple[TextLine, ...]
    style: Style
    width: float
    cut: bool = False

    @property
    def height(self) -> float:
        """The height of all lines in points."""
        return len(self.lines) * self.style.leading

    def draw(self, pen: Pen, x: float, y: float, *, full: bool = True) -> None:
        """Draw the lines from their upper left corner; `full` stretches those that do not end a paragraph."""
        first = True
        for number, line in enumerate(self.lines):
            self.draw_line(pen, number, x, y + number * self.style.leading, first=first, full=full)
            first = line.ends

    def draw_line(self, pen: Pen, number: int, x: float, y: float, *, first: bool, full: bool) -> None:
        """Draw one line from its upper left corner; `first` tells that a paragraph begins with it."""
        style, line = self.style, self.lines[number]
        indent = style.indent * style.size if first else 0.0
        gap = 0.0
        places = sum(map(stretchable, line.text[:-1])) if full and not line.ends else 0
        if places:
            gap = (self.width - indent - line.width * style.size) / places
            if not 0 < gap <= _MOST_STRETCH * style.size:
                gap = 0.0
        pen.words(x + indent, y + style.drop(), line.text, style.face, style.size, gap=gap)

    def draw_centred(self, pen: Pen, x: float, y: float) -> None:
        """Draw the lines around the middle of their column."""
        for number, line in enumerate(self.lines):
            left = x + (self.width - self.style.width(line.text)) / 2
            pen.words(
                max(x, left),
                y + number * self.style.leading + self.style.drop(),
                line.text,
                self.style.face,
                self.style.size,
            )


def set_text(text: str, style: Style, width: float) -> SetText:
    """Set a printable text into a column `width` points wide."""
    return SetText(tuple(break_lines(text, style.face, width / style.size, style.indent)), style, width)


def set_cut(text: str, style: Style, width: float, most: int, tail: str) -> SetText:
    """Set a printable text into at most `most` lines; a longer one ends in `tail`."""
    # Of a text that is far too long only the beginning is set: no line holds eight characters an em.
    enough = int(most * (width / style.size + 1) * 8)
    whole = set_text(text[:enough], style, width)
    if len(text) <= enough and len(whole.lines) <= most:
        return whole
    most = min(most, len(whole.lines))
    begins = most == 1 or whole.lines[most - 2].ends
    measure = width / style.size - (style.indent if begins else 0.0)
    last = whole.lines[most - 1].text
    while last and style.face.width(last + tail) > measure:
        last = last[:-1]
    words = last + tail
    line = TextLine(words, visible_width(words, style.face), True)
    return SetText((*whole.lines[: most - 1], line), style, width, cut=True)


def fitting_size(text: str, face: Face, width: float, sizes: Sequence[float]) -> float:
    """Return the largest of falling `sizes` at which a text fits into a width, or the last."""
    em = face.width(text)
    return next((size for size in sizes if em * size <= width), sizes[-1])
