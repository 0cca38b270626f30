"""The sections of a form on page 1: rows of fields and of tables beside an upright heading, set at a tightness."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from app.forms.pen import PALE, THIN, Pen
from app.forms.plain_text import one_line
from app.forms.ruled_grid import LABEL_WIDTH, SEE_OVER, GridRow, field_rows, label_lines, row_mark
from app.forms.sheet import LEFT, TYPE_WIDTH, Mark
from app.forms.typeface import Family
from app.forms.typesetting import SetText, Style, set_cut
from app.models.paper import GridSection, TableSection

SIDE = 24.0
"""The width of the column that holds a section's heading."""

_INNER_LABEL = 70.0
_CELL_PAD = 4.0
_LONGEST_CENTRED = 8.0
_LONGEST_HEADING = 16
# As `label_cell` sets a label: more than five characters in lines of four.
_LABEL_LINE, _LABEL_LEADING = 4.0, 1.2


@dataclass(frozen=True)
class Tightness:
    """How small words are set and how much of a section stands on page 1: lines of a field and of a cell, rows.

    With no `fields` at all a section is one row that points to 附页.
    """

    size: float
    leading: float
    pad: float
    field_lines: int
    cell_lines: int
    rows: int = 60
    fields: int = 60


@dataclass(frozen=True)
class FormRow:
    """One row of the grid: the height it needs, and what draws it at a height that it is given."""

    height: float
    at: Callable[[float, float], Mark]


@dataclass
class SetSection:
    """A section as it stands on page 1, and what of it goes on to 附页."""

    heading: str
    rows: list[FormRow] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    """Label and whole value of what stands shortened or not at all on page 1."""
    moved_table: TableSection | None = None

    @property
    def least(self) -> float:
        """The height in points that all rows need."""
        return sum(row.height for row in self.rows)


def set_section(section: GridSection, tight: Tightness, family: Family) -> SetSection:
    """Set one section at a tightness."""
    made = SetSection(one_line(section.heading))
    side = SIDE if made.heading else 0.0
    left, width = LEFT + side, TYPE_WIDTH - side
    style = Style(family.text, tight.size, tight.leading)
    label = Style(family.label, tight.size, tight.leading)
    if not tight.fields:
        made.moved = [(one_line(one.label), one_line(one.value)) for one in section.fields]
        made.moved_table = section.table
        made.rows.append(_span("见附页", left, width, style, tight.pad))
        return made
    shown = section.fields[: tight.fields]
    for row in field_rows(
        shown,
        style,
        tight.field_lines,
        SEE_OVER,
        width=width,
        label_width=_INNER_LABEL if side else LABEL_WIDTH,
        pad=tight.pad,
    ):
        lines = max(len(label_lines(cell.field.label, label.face, _LABEL_LINE)) for cell in row.cells)
        least = min(lines, 2) * _LABEL_LEADING * label.size + 2
        made.rows.append(FormRow(max(row.height, least), partial(_field_row, row, label, left)))
        made.moved += [(one_line(cell.field.label), one_line(cell.field.value)) for cell in row.cells if cell.value.cut]
    rest = section.fields[len(shown) :]
    if rest:
        made.moved += [(one_line(one.label), one_line(one.value)) for one in rest]
        made.rows.append(_span(f"其余{len(rest)}栏见附页", left, width, style, tight.pad))
    if section.table is not None:
        _table(made, section.table, tight, style, label, left, width)
    return made


def side_mark(heading: str, y: float, height: float, label: Style) -> Mark:
    """Return what draws a section's heading upright at the left of its rows, or across where they are too low."""
    words = heading[:_LONGEST_HEADING]

    def mark(pen: Pen) -> None:
        pen.shade(LEFT, y, SIDE, height, PALE)
        pen.frame(LEFT, y, SIDE, height, THIN)
        if not words:
            return
        upright = len(words) * label.size * 1.15 <= height - 4
        lines = list(words) if upright else [words[at : at + 2] for at in range(0, len(words), 2)]
        widest = max(label.face.width(line) for line in lines)
        size = min(label.size, (height - 3) / len(lines) / 1.15, (SIDE - 2) / max(widest, 1.0))
        # Two characters over rows enough for six are drawn apart.
        step = max(size * 1.15, min(size * 1.7, (height - 6) / len(lines))) if upright else size * 1.15
        top = y + (height - (len(lines) - 1) * step - size) / 2
        for number, line in enumerate(lines):
            pen.centred(LEFT + SIDE / 2, top + number * step + size * 0.88, line, label.face, size)

    return mark


def _field_row(row: GridRow, label: Style, left: float, y: float, height: float) -> Mark:
    return row_mark(row, y, height, label, left)


def _table(
    made: SetSection, table: TableSection, tight: Tightness, style: Style, label: Style, left: float, width: float
) -> None:
    count = max((len(row) for row in (table.columns, *table.rows)), default=0)
    if not count:
        return
    if count * (2 * style.size + 2 * _CELL_PAD) > width:
        made.moved_table = table
        made.rows.append(_span(f"{one_line(table.heading)}见附页", left, width, style, tight.pad))
        return
    columns = _columns(table, count, width, 2 * style.size + 2 * _CELL_PAD)
    shown = table.rows[: tight.rows]
    heads = _cells(table.columns, columns, label, 2)
    cells = [_cells(row, columns, style, tight.cell_lines) for row in shown]
    centred = frozenset(
        number
        for number in range(count)
        if all(len(row[number].lines) == 1 and row[number].lines[0].width <= _LONGEST_CENTRED for row in cells)
    )
    made.rows.append(_table_row(heads, columns, left, tight.pad, frozenset(range(count)), header=True))
    made.rows += [_table_row(row, columns, left, tight.pad, centred) for row in cells]
    if not table.rows:
        made.rows.append(_span("无", left, width, style, tight.pad))
    rest = len(table.rows) - len(shown)
    if rest:
        words = f"其余{rest}行和全表见附页"
    elif any(cell.cut for row in (heads, *cells) for cell in row):
        words = "以“……”结尾的内容见附页全表"
    else:
        return
    made.moved_table = table
    made.rows.append(_span(words, left, width, style, tight.pad))


def _cells(row: Sequence[str], columns: Sequence[float], style: Style, most: int) -> list[SetText]:
    filled = [*row, *[""] * (len(columns) - len(row))]
    return [
        set_cut(one_line(cell), style, width - 2 * _CELL_PAD, most, "……")
        for cell, width in zip(filled, columns, strict=True)
    ]


def _columns(table: TableSection, count: int, width: float, least: float) -> list[float]:
    """Divide the width by the table's shares, no column narrower than two characters."""
    shares = [max(share, 0.01) for share in [*table.widths, *[1.0] * (count - len(table.widths))][:count]]
    columns = [max(least, width * share / sum(shares)) for share in shares]
    over = sum(columns) - width
    spare = sum(column - least for column in columns)
    return [column - over * (column - least) / spare if spare else column for column in columns]


def _table_row(
    cells: Sequence[SetText],
    columns: Sequence[float],
    left: float,
    pad: float,
    centred: frozenset[int],
    *,
    header: bool = False,
) -> FormRow:
    def at(y: float, height: float) -> Mark:
        def mark(pen: Pen) -> None:
            x = left
            if header:
                pen.shade(left, y, sum(columns), height, PALE)
            for number, (cell, width) in enumerate(zip(cells, columns, strict=True)):
                pen.frame(x, y, width, height, THIN)
                top = y + (height - cell.height) / 2
                if number in centred:
                    cell.draw_centred(pen, x + _CELL_PAD, top)
                else:
                    cell.draw(pen, x + _CELL_PAD, top, full=False)
                x += width

        return mark

    return FormRow(max(cell.height for cell in cells) + 2 * pad, at)


def _span(words: str, left: float, width: float, style: Style, pad: float) -> FormRow:
    """Return a row across the width with a word in its middle."""
    text = set_cut(words, style, width - 2 * _CELL_PAD, 1, "……")

    def at(y: float, height: float) -> Mark:
        def mark(pen: Pen) -> None:
            pen.frame(left, y, width, height, THIN)
            text.draw_centred(pen, left + _CELL_PAD, y + (height - text.height) / 2)

        return mark

    return FormRow(text.height + 2 * pad, at)
