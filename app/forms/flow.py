"""Running text over as many pages as it takes: paragraphs, headings, pictures, and room that is asked for."""

from app.forms.pen import THIN, Pen, picture_size
from app.forms.plain_text import one_line, printable
from app.forms.sheet import BOTTOM, LEFT, TYPE_WIDTH, Mark, Sheet
from app.forms.typesetting import SetText, Style, set_text

_TALLEST_PICTURE = 300.0
_POINTS_A_PIXEL = 0.6
_LEAST_SHARE = 0.6


class Flow:
    """Where the next line goes; a new page is begun when one is full."""

    def __init__(self, sheet: Sheet, y: float, word: str = "附页") -> None:
        self.sheet = sheet
        self.y = y
        self._word = word
        self._top = y
        text, label, note = sheet.family.text, sheet.family.label, sheet.family.note
        self.body = Style(text, 12.0, 20.0, indent=2.0)
        self.plain = Style(text, 12.0, 20.0)
        self.headings = (Style(sheet.family.title, 15.0, 25.0), Style(label, 13.0, 22.0), Style(label, 12.0, 20.0))
        self.note = Style(note, 10.0, 15.0)

    @property
    def room(self) -> float:
        """How much of the page is left."""
        return BOTTOM - 6 - self.y

    @property
    def page_height(self) -> float:
        """How much a whole page holds."""
        return BOTTOM - 6 - self._top

    @property
    def fresh(self) -> bool:
        """Tell whether nothing stands on the page yet."""
        return self.y == self._top

    def next_page(self) -> None:
        """Go on at the top of a new page."""
        self.y = self._top = self.sheet.further_page(self._word)

    def need(self, height: float) -> None:
        """Begin a new page unless so much room is left on this one."""
        if height > self.room and not self.fresh:
            self.next_page()

    def space(self, height: float) -> None:
        """Leave some white, but not at the top of a page."""
        if not self.fresh:
            self.y = min(self.y + height, BOTTOM - 6)

    def mark(self, mark: Mark) -> None:
        """Add something to the page that is being filled."""
        self.sheet.mark(mark)

    def text(self, text: str, style: Style | None = None, *, full: bool = True) -> None:
        """Set a text as paragraphs; no first line stays alone at the foot of a page."""
        style = style or self.body
        self._lines(set_text(printable(text), style, TYPE_WIDTH), full=full)

    def heading(self, text: str, level: int = 1) -> None:
        """Set a heading that keeps two lines of text below it."""
        style = self.headings[min(max(level, 1), 3) - 1]
        lines = set_text(one_line(text), style, TYPE_WIDTH)
        self.space(6)
        self.need(min(lines.height, 4 * style.leading) + 2 * self.body.leading)
        self._lines(lines, full=False)

    def centred(self, text: str, style: Style) -> None:
        """Set a title in the middle."""
        lines = set_text(one_line(text), style, TYPE_WIDTH)
        self.need(min(lines.height, 4 * style.leading) + 2 * self.body.leading)
        self._centred_lines(lines)

    def picture(self, data: bytes, *notes: str) -> None:
        """Set a picture with its notes below, all on one page."""
        width, height = picture_size(data)
        scale = min(_POINTS_A_PIXEL, TYPE_WIDTH / width, _TALLEST_PICTURE / height)
        wide, tall = max(width * scale, 1.0), max(height * scale, 1.0)
        below = [set_text(one_line(note), self.note, TYPE_WIDTH) for note in notes if note]
        captions = sum(lines.height for lines in below)
        self.space(6)
        captions = min(captions, 10 * self.note.leading) + 6
        if _LEAST_SHARE * tall <= self.room - captions < tall:
            # A little smaller is better than a page left half empty.
            wide, tall = wide * (self.room - captions) / tall, self.room - captions
        self.need(tall + captions)
        x, y = LEFT + (TYPE_WIDTH - wide) / 2, self.y
        self.mark(lambda pen: pen.picture(data, x, y, wide, tall))
        self.mark(lambda pen: pen.frame(x, y, wide, tall, THIN / 2))
        self.y += tall + 4
        for lines in below:
            self._centred_lines(lines)
        self.space(6)

    def _centred_lines(self, lines: SetText) -> None:
        style = lines.style
        for line in lines.lines:
            self.need(style.leading)
            left = LEFT + (TYPE_WIDTH - style.width(line.text)) / 2
            self.mark(_words(max(LEFT, left), self.y + style.drop(), line.text, style))
            self.y += style.leading

    def _lines(self, lines: SetText, *, full: bool) -> None:
        """Set lines one by one; a paragraph of two lines or more begins and ends with two on a page."""
        leading = lines.style.leading
        first = True
        last = len(lines.lines) - 1
        for number, line in enumerate(lines.lines):
            pair = not line.ends and (first or (number + 1 <= last and lines.lines[number + 1].ends))
            self.need(2 * leading if pair else leading)
            self.mark(_set_line(lines, number, self.y, first=first, full=full))
            self.y += leading
            first = line.ends


def _words(x: float, y: float, words: str, style: Style) -> Mark:
    return lambda pen: pen.words(x, y, words, style.face, style.size)


def _set_line(lines: SetText, number: int, y: float, *, first: bool, full: bool) -> Mark:
    def mark(pen: Pen) -> None:
        lines.draw_line(pen, number, LEFT, y, first=first, full=full)

    return mark
