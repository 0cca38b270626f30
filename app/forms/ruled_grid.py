"""The bordered grid of a form: labels on grey, values beside them, rows filled from left to right."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.forms.line_breaking import break_lines, stretchable
from app.forms.pen import FRAME, PALE, THIN, Pen
from app.forms.plain_text import one_line, printable
from app.forms.sheet import LEFT, TYPE_WIDTH, Mark
from app.forms.typeface import Face
from app.forms.typesetting import SetText, Style, set_cut
from app.models.paper import Field

LABEL_WIDTH = 77.0
VALUE_WIDTH = TYPE_WIDTH - LABEL_WIDTH
PAD = 7.0
SEE_OVER = "……（见附页）"

_ROW_PAD = 3.6


@dataclass(frozen=True)
class GridCell:
    """A label and its set value; `width` in points of both together, `label_width` of the label."""

    field: Field
    value: SetText
    width: float
    label_width: float = LABEL_WIDTH


@dataclass(frozen=True)
class GridRow:
    """One or two cells that fill the width of the grid."""

    cells: tuple[GridCell, ...]
    pad: float = _ROW_PAD

    @property
    def height(self) -> float:
        """The height in points that all words of the row need."""
        return max(cell.value.height for cell in self.cells) + 2 * self.pad


def field_rows(
    fields: Sequence[Field],
    style: Style,
    most: int,
    tail: str = SEE_OVER,
    *,
    width: float = TYPE_WIDTH,
    label_width: float = LABEL_WIDTH,
    pad: float = _ROW_PAD,
) -> list[GridRow]:
    """Arrange fields in printing order, two short ones a row; a value of more than `most` lines ends in `tail`."""

    def cell(field: Field, share: float, lines: int) -> GridCell:
        value = set_cut(one_line(field.value), style, share - label_width - 2 * PAD, lines, tail)
        return GridCell(field, value, share, label_width)

    rows: list[GridRow] = []
    waiting: GridCell | None = None
    for field in fields:
        narrow = cell(field, width / 2, 2)
        if field.wide or narrow.value.cut:
            if waiting:
                rows.append(GridRow((cell(waiting.field, width, most),), pad))
                waiting = None
            rows.append(GridRow((cell(field, width, most),), pad))
        elif waiting:
            rows.append(GridRow((waiting, narrow), pad))
            waiting = None
        else:
            waiting = narrow
    if waiting:
        rows.append(GridRow((cell(waiting.field, width, most),), pad))
    return rows


def row_mark(row: GridRow, y: float, height: float, label: Style, left: float = LEFT) -> Mark:
    """Return what draws a row of fields at a height that it is given."""

    def mark(pen: Pen) -> None:
        x = left
        for cell in row.cells:
            label_cell(pen, x, y, height, cell.field.label, label, cell.label_width)
            value_left = x + cell.label_width
            pen.frame(value_left, y, cell.width - cell.label_width, height, THIN)
            cell.value.draw(pen, value_left + PAD, y + (height - cell.value.height) / 2)
            x += cell.width

    return mark


def label_cell(
    pen: Pen, x: float, y: float, height: float, label: str, style: Style, cell_width: float = LABEL_WIDTH
) -> None:
    """Draw a label on grey, its lines spread to one width and set in the middle of the cell."""
    pen.shade(x, y, cell_width, height, PALE)
    pen.frame(x, y, cell_width, height, THIN)
    lines = label_lines(label, style.face, (cell_width - 8) / style.size)
    # A label that is taller than its cell is set smaller, never over the line.
    size = min(style.size, (height - 2) / len(lines) / 1.2)
    leading = min(style.leading, (height - 2) / len(lines))
    full = max(4.0, *(style.face.width(line) for line in lines))
    top = y + (height - len(lines) * leading) / 2
    for number, line in enumerate(lines):
        width = style.face.width(line)
        spread = 1 < len(line) < full and not line.startswith("（") and all(map(stretchable, line))
        gap = (full - width) / (len(line) - 1) * size if spread else 0.0
        shown = full if spread else width
        left = x + (cell_width - shown * size) / 2
        base = top + number * leading + (leading - size) / 2 + 0.88 * size
        pen.words(left, base, line, style.face, size, gap=gap)


def label_lines(label: str, face: Face, measure: float) -> list[str]:
    """Divide a label: up to five characters on a line, longer ones at their blanks or into lines of four."""
    lines: list[str] = []
    for part in printable(label).split("\n"):
        part = part.strip()
        for piece in part.split(" ") if face.width(part) > 5 else [part]:
            whole = face.width(piece) <= 5
            lines.extend([piece] if whole else [line.text for line in break_lines(piece, face, min(4.0, measure))])
    return [line for line in lines if line] or [""]


def outline(y: float, bottom: float) -> Mark:
    """Return what draws the stronger line around a grid."""
    return lambda pen: pen.frame(LEFT, y, TYPE_WIDTH, bottom - y, FRAME)
