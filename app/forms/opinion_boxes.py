"""Where a form is decided by hand: rows one under another where the page has room, else boxes beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.forms.pen import PALE, THIN, Pen
from app.forms.plain_text import one_line
from app.forms.ruled_grid import LABEL_WIDTH, PAD, VALUE_WIDTH, label_cell
from app.forms.sheet import LEFT, TYPE_WIDTH, Mark, Sheet
from app.forms.signing import DAY, sign_line
from app.forms.typesetting import SetText, Style, set_cut
from app.models.paper import OpinionBox, tick_words

SEAL_SIDE = 119.1
"""42 mm: the seal of a district office; it is set over the day."""

_PAD = 4.5
_BAND = 17.0
"""The label above a box."""
_SIGNATURE, _DATE = 19.0, 15.0
_WHITE = 8.0
_MOST_COLUMNS = 3


@dataclass(frozen=True)
class _Box:
    box: OpinionBox
    words: tuple[SetText, ...]
    least: float


@dataclass(frozen=True)
class OpinionBlock:
    """All opinions of a form, planned; `least` and `ample` are the heights in points they need and can well use."""

    columns: tuple[tuple[_Box, ...], ...]
    """Boxes one under another, by column from the left; one column means rows with their label beside."""
    least: float
    ample: float

    @property
    def beside(self) -> bool:
        """Tell whether boxes stand beside each other."""
        return len(self.columns) > 1


def stacked(opinions: Sequence[OpinionBox], style: Style) -> OpinionBlock:
    """Plan a row for each opinion."""
    boxes = tuple(_set(box, style, VALUE_WIDTH - 2 * PAD, beside=False) for box in opinions)
    ample = sum(box.least * (1.25 if box.box.sealed else 1.8) for box in boxes)
    return OpinionBlock((boxes,) if boxes else (), sum(box.least for box in boxes), ample)


def beside(opinions: Sequence[OpinionBox], style: Style) -> OpinionBlock:
    """Plan boxes beside each other: those without a seal in one column, each sealed one in its own.

    One box alone is a row.
    """
    plain = tuple(box for box in opinions if not box.sealed)
    sealed = tuple(box for box in opinions if box.sealed)
    groups: list[tuple[OpinionBox, ...]] = [(box,) for box in sealed]
    if sealed and plain:
        groups.insert(0, plain)
    elif plain:
        groups = [(box,) for box in plain]
    if len(groups) > _MOST_COLUMNS:
        # Deal them out in order, so that a seal still finds its 42 mm.
        share = -(-len(opinions) // _MOST_COLUMNS)
        groups = [tuple(opinions[start : start + share]) for start in range(0, len(opinions), share)]
    if len(groups) < 2:
        return stacked(opinions, style)
    width = TYPE_WIDTH / len(groups) - 2 * PAD
    columns = tuple(tuple(_set(box, style, width, beside=True) for box in group) for group in groups)
    least = max(sum(box.least for box in column) for column in columns)
    return OpinionBlock(columns, least, least * 1.45)


def draw_opinions(paper: Sheet, block: OpinionBlock, style: Style, y: float, height: float) -> None:
    """Draw a block at a height that it is given, the white space shared among its boxes."""
    width = TYPE_WIDTH / max(1, len(block.columns))
    for number, column in enumerate(block.columns):
        spare = (height - sum(box.least for box in column)) / len(column)
        top = y
        for box in column:
            tall = box.least + spare
            if block.beside:
                paper.mark(_box_mark(box, LEFT + number * width, top, width, tall, style, paper.label))
            else:
                paper.mark(_row_mark(box, top, tall, style, paper.label))
            top += tall


def _set(box: OpinionBox, style: Style, width: float, *, beside: bool) -> _Box:
    words = []
    choices = tick_words([one_line(choice) for choice in box.choices])
    if choices:
        words.append(set_cut(choices, style, width, 2, "……"))
    words += [set_cut(one_line(line), style, width, 2, "……") for line in box.lines if one_line(line)]
    signing = _SIGNATURE + (_DATE if beside or box.sealed else 0.0) + (_DATE if box.sealed and beside else 0.0)
    least = 2 * _PAD + sum(text.height for text in words) + signing + (0.0 if beside else _WHITE)
    if box.sealed:
        least = max(least, SEAL_SIDE + 4)
    return _Box(box, tuple(words), least + (_BAND if beside else 0.0))


def _row_mark(box: _Box, y: float, height: float, style: Style, label: Style) -> Mark:
    def mark(pen: Pen) -> None:
        label_cell(pen, LEFT, y, height, box.box.label, label)
        left, right = LEFT + LABEL_WIDTH, LEFT + TYPE_WIDTH
        pen.frame(left, y, right - left, height, THIN)
        _draw_words(pen, box, left + PAD, y + _PAD)
        bottom = y + height - _PAD - 3
        start = left + (right - left) * 0.36
        if box.box.sealed:
            pen.to_right(right - PAD - style.size, bottom - _SIGNATURE, "（盖章）", style.face, style.size)
        sign_line(pen, start, right - PAD, bottom, style, date=DAY)

    return mark


def _box_mark(box: _Box, x: float, y: float, width: float, height: float, style: Style, label: Style) -> Mark:
    def mark(pen: Pen) -> None:
        pen.shade(x, y, width, _BAND, PALE)
        pen.frame(x, y, width, _BAND, THIN)
        name = set_cut(one_line(box.box.label.replace("\n", "")), label, width - 8, 1, "…")
        name.draw_centred(pen, x + 4, y + (_BAND - label.leading) / 2)
        pen.frame(x, y + _BAND, width, height - _BAND, THIN)
        _draw_words(pen, box, x + PAD, y + _BAND + _PAD)
        bottom, right = y + height - _PAD - 3, x + width - PAD
        step = style.size * 2.2
        for place, char in enumerate(DAY):
            pen.words(right - style.size - (len(DAY) - 1 - place) * step, bottom, char, style.face, style.size)
        line = bottom - _DATE
        if box.box.sealed:
            pen.to_right(right, line, "（盖章）", style.face, style.size)
            line -= _DATE
        # The signature stands half-way between the words and the day where there is room.
        free = height - box.least
        pen.words(x + PAD, line - min(free * 0.4, 40.0), "签字：", style.face, style.size)

    return mark


def _draw_words(pen: Pen, box: _Box, x: float, y: float) -> None:
    for text in box.words:
        text.draw(pen, x, y, full=False)
        y += text.height
