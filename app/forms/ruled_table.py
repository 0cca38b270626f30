"""Tables ruled on all sides that break across pages between rows; only a row taller than a page is divided."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.forms.flow import Flow
from app.forms.pen import PALE, THIN, Pen
from app.forms.plain_text import printable
from app.forms.sheet import LEFT, TYPE_WIDTH, Mark
from app.forms.typesetting import SetText, Style, set_text

_PAD_X, _PAD_Y = 4.0, 3.0
_SIZES = (10.5, 9.0, 8.0, 7.0, 6.0)
# A column holds at least two characters.
_NARROWEST = 2.0
_WIDEST = 30.0
# A column of given width grows until words of up to this many em stand on one line.
_KEPT_WHOLE = 9.6
# Narrower columns keep a ragged edge.
_STRETCHED_FROM = 20.0
_HEADING = 30.0
"""What a heading of one line takes, in points."""
_LAST = 2
"""So many rows at the least stand above what is kept with the end of a table."""


@dataclass(frozen=True)
class _Row:
    cells: tuple[SetText, ...]
    height: float
    header: bool = False
    centred: frozenset[int] = frozenset()


def draw_table(
    flow: Flow,
    rows: Sequence[Sequence[str]],
    *,
    header: Sequence[str] = (),
    widths: Sequence[float] = (),
    centred: frozenset[int] = frozenset(),
    sizes: Sequence[float] = _SIZES,
    heading: str = "",
    keep: float = 0.0,
) -> None:
    """Draw rows of cells, `header` repeated on each page; `widths` are relative, else taken from the words.

    `heading` stands above. What needs a height of `keep` below the table finds it beside the last rows.

    Columns named in `centred` hold short words set in the middle. With more columns than a page holds
    the cells are printed as text, row by row.
    """
    texts = [tuple(printable(cell).strip() for cell in row) for row in rows]
    heads = tuple(printable(cell).strip() for cell in header)
    count = max((len(row) for row in (heads, *texts)), default=0)
    if not count:
        table_heading(flow, heading)
        return
    size = next((size for size in sizes if count * (_NARROWEST * size + 2 * _PAD_X) <= TYPE_WIDTH), 0.0)
    if not size:
        table_heading(flow, heading)
        _as_text(flow, heads, texts)
        return
    text, label = flow.sheet.family.text, flow.sheet.family.label
    style, bold = Style(text, size, size * 1.45), Style(label, size, size * 1.45)
    if widths:
        shares = [*widths, *[1.0] * (count - len(widths))][:count]
        least = _natural([heads, *texts], style, count, _KEPT_WHOLE)
    else:
        shares, least = _natural([heads, *texts], style, count, _WIDEST), []
    if not least or sum(least) > TYPE_WIDTH:
        least = [_NARROWEST * size + 2 * _PAD_X] * count
    columns = _columns(shares, least)
    make = _row_maker(columns, count)
    top = make(heads, bold, centred=frozenset(range(count)), header=True) if heads else None
    if top is not None and top.height > flow.page_height / 3:
        # A header that fills a third of every page is printed once, as a row.
        texts, top = [heads, *texts], None
    made = [make(cells, style, centred=centred) for cells in texts]
    above = top.height if top else 0.0
    if keep and len(made) <= _LAST:
        table_heading(flow, heading, above + sum(row.height for row in made) + keep)
    else:
        table_heading(flow, heading)
    if top is not None:
        flow.need(top.height + min(made[0].height if made else 0.0, flow.page_height / 2))
        _draw_row(flow, top, columns)
    _draw_rows(flow, made, top, columns, keep)


def table_heading(flow: Flow, heading: str, keep: float = 0.0) -> None:
    """Set what stands above a table on one page with a height of `keep` below it, where that is possible."""
    if not heading:
        return
    if keep + _HEADING <= flow.page_height:
        flow.need(keep + _HEADING)
    flow.heading(heading, 2)
    flow.space(2)


def draw_span(flow: Flow, words: str, heading: str = "", keep: float = 0.0) -> None:
    """Draw one row across the whole width with a word in its middle, such as 无; `heading`, `keep` as in a table."""
    style = flow.sheet.text
    height = style.leading + 2 * _PAD_Y + 4
    table_heading(flow, heading, height + keep)
    flow.need(height)
    y = flow.y
    flow.mark(lambda pen: pen.frame(LEFT, y, TYPE_WIDTH, height, THIN))
    flow.mark(
        lambda pen: pen.centred(LEFT + TYPE_WIDTH / 2, y + 2 + _PAD_Y + style.drop(), words, style.face, style.size)
    )
    flow.y += height


def _draw_rows(flow: Flow, made: Sequence[_Row], top: _Row | None, columns: Sequence[float], keep: float) -> None:
    """Draw the rows, divided where one is taller than a page; the last ones stand with what is kept below."""
    above = top.height if top else 0.0
    for number, row in enumerate(made):
        tail = sum(last.height for last in made[number:]) + keep if keep and number >= len(made) - _LAST else 0.0
        if flow.room < tail <= flow.page_height - above and not flow.fresh:
            _turn(flow, top, columns)
        if row.height > flow.room and not flow.fresh and row.height <= flow.page_height - above:
            _turn(flow, top, columns)
        while row.height > flow.room:
            fitting = int((flow.room - 2 * _PAD_Y) / row.cells[0].style.leading)
            if fitting < 1:
                _turn(flow, top, columns)
                continue
            _draw_row(flow, _part(row, 0, fitting), columns)
            row = _part(row, fitting, None)
            _turn(flow, top, columns)
        _draw_row(flow, row, columns)


def _turn(flow: Flow, top: _Row | None, columns: Sequence[float]) -> None:
    flow.next_page()
    if top is not None:
        _draw_row(flow, top, columns)


def _row_maker(columns: Sequence[float], count: int) -> Callable[..., _Row]:
    def make(cells: Sequence[str], style: Style, *, centred: frozenset[int], header: bool = False) -> _Row:
        filled = [*cells, *[""] * (count - len(cells))]
        lines = tuple(set_text(cell, style, width - 2 * _PAD_X) for cell, width in zip(filled, columns, strict=True))
        return _Row(lines, max(cell.height for cell in lines) + 2 * _PAD_Y, header, centred)

    return make


def _part(row: _Row, start: int, stop: int | None) -> _Row:
    cells = tuple(SetText(cell.lines[start:stop], cell.style, cell.width) for cell in row.cells)
    return _Row(cells, max(cell.height for cell in cells) + 2 * _PAD_Y, row.header, row.centred)


def _draw_row(flow: Flow, row: _Row, columns: Sequence[float]) -> None:
    flow.mark(_row_mark(row, tuple(columns), flow.y))
    flow.y += row.height


def _row_mark(row: _Row, columns: tuple[float, ...], y: float) -> Mark:
    def mark(pen: Pen) -> None:
        x = LEFT
        if row.header:
            pen.shade(LEFT, y, sum(columns), row.height, PALE)
        for number, (cell, width) in enumerate(zip(row.cells, columns, strict=True)):
            pen.frame(x, y, width, row.height, THIN)
            top = y + (row.height - cell.height) / 2 if row.header or len(cell.lines) == 1 else y + _PAD_Y
            if number in row.centred:
                cell.draw_centred(pen, x + _PAD_X, top)
            else:
                cell.draw(pen, x + _PAD_X, top, full=cell.width > _STRETCHED_FROM * cell.style.size)
            x += width

    return mark


def _natural(rows: Sequence[Sequence[str]], style: Style, count: int, most: float) -> list[float]:
    """Return the width each column would like, in points, from its longest line of up to `most` em."""
    wanted = [_NARROWEST] * count
    for row in rows:
        for number, cell in enumerate(row):
            if wanted[number] < most:
                longest = max((style.face.width(line[:64]) for line in cell.split("\n")), default=0.0)
                wanted[number] = min(max(wanted[number], longest), most)
    # A hair more, so that rounding never breaks a word.
    return [width * style.size + 2 * _PAD_X + 0.1 for width in wanted]


def _columns(shares: Sequence[float], least: Sequence[float]) -> list[float]:
    """Divide the type area by shares, no column narrower than its `least`."""
    columns = [0.0] * len(shares)
    open_columns = set(range(len(shares)))
    left = TYPE_WIDTH
    while True:
        total = sum(max(shares[number], 0.01) for number in open_columns)
        narrow = {n for n in open_columns if left * max(shares[n], 0.01) / total < least[n]}
        if not narrow:
            break
        for number in narrow:
            columns[number] = least[number]
            left -= least[number]
        open_columns -= narrow
        if not open_columns:
            # Every column is at its least: what is left is shared evenly.
            return [column + left / len(columns) for column in columns]
    for number in open_columns:
        columns[number] = left * max(shares[number], 0.01) / total
    return columns


def _as_text(flow: Flow, heads: Sequence[str], texts: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(([heads, *texts] if heads else texts), start=1):
        flow.text(f"第{number}行：" + "｜".join(row), flow.plain)
