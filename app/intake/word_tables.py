"""A Word table becomes rows of plain cells: merged cells once, nested tables as lines of text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from app.intake.word_losses import Loss, Losses
from app.intake.word_package import attribute, child, local
from app.intake.word_runs import Piece, RunReader

_MOST_COLUMNS = 63
_WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent", "Choice"}


@dataclass(frozen=True)
class ReadTable:
    """Rows of equal length, and what is drawn in the cells, in order."""

    rows: tuple[tuple[str, ...], ...]
    drawn: tuple[Piece, ...]


@dataclass
class _Cells:
    """What is collected while one table is read."""

    drawn: list[Piece] = field(default_factory=list)


class TableReader:
    """Reads tables; `label` gives the automatic number of a paragraph in a cell."""

    def __init__(self, runs: RunReader, label: Callable[[Element], str], losses: Losses) -> None:
        self._runs, self._label, self._losses = runs, label, losses

    def only_cell(self, table: Element) -> Element | None:
        """Return the one cell of a table that has no other."""
        rows = list(_parts(table, "tr"))
        cells = list(_parts(rows[0], "tc")) if len(rows) == 1 else []
        return cells[0] if len(cells) == 1 else None

    def read(self, table: Element) -> ReadTable:
        """Return a table's cells as text; a cell that continues a merged one is empty."""
        cells = _Cells()
        rows = self._rows(table, cells)
        width = max((len(row) for row in rows), default=0)
        return ReadTable(tuple((*row, *[""] * (width - len(row))) for row in rows), tuple(cells.drawn))

    def _rows(self, table: Element, cells: _Cells) -> list[list[str]]:
        rows = []
        for row in _parts(table, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self._losses.count(Loss.DELETED)
                self._runs_left(row)
                continue
            texts = [""] * _number(child(properties, "gridBefore"), 0)
            for cell in _parts(row, "tc"):
                settings = child(cell, "tcPr")
                merge = child(settings, "vMerge")
                continued = merge is not None and attribute(merge, "val") != "restart"
                text = self._cell(cell, cells)
                texts.append("" if continued and not text else text)
                texts += [""] * (_number(child(settings, "gridSpan"), 1) - 1)
            rows.append(texts[:_MOST_COLUMNS])
        return rows

    def _runs_left(self, row: Element) -> None:
        for paragraph in row.iter():
            if local(paragraph.tag) == "p":
                self._runs.read_deleted(paragraph)

    def _cell(self, cell: Element, cells: _Cells) -> str:
        lines = []
        for part in _parts(cell, "p", "tbl"):
            if local(part.tag) == "tbl":
                self._losses.count(Loss.NESTED_TABLE)
                lines += [
                    "　".join(text for text in row if text).replace("\n", "　") for row in self._rows(part, cells)
                ]
                continue
            pieces = self._runs.read(part)
            text = "".join(piece for piece in pieces if isinstance(piece, str)).strip()
            cells.drawn += [piece for piece in pieces if not isinstance(piece, str)]
            # An automatic number is a cell's whole content in a column of serial numbers.
            lines.append((self._label(part) + text).strip())
        return "\n".join(line for line in lines if line)


def _parts(element: Element, *names: str) -> Iterator[Element]:
    """Find rows, cells or paragraphs, looking through what merely wraps them."""
    for part in element:
        name = local(part.tag)
        if name in names:
            yield part
        elif name in _WRAPPERS:
            yield from _parts(part, *names)


def _number(element: Element | None, otherwise: int) -> int:
    text = attribute(element, "val") or ""
    return min(int(text), _MOST_COLUMNS) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise
