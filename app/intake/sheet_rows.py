"""Rows of an .xlsx or .csv as plain values: text, or the moment of a date cell; never a formula to be run."""

import csv
import re
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final
from zipfile import ZipFile

from app.errors import FileUnreadableError
from app.intake.decoded_text import clean, decode
from app.intake.file_kind import LARGEST_OFFICE_FILE
from app.intake.outside_file import MEGABYTE, opened
from app.intake.xml_guard import check_xml
from app.intake.zip_guard import checked_zip

if TYPE_CHECKING:
    from openpyxl.worksheet._reader import WorkSheetParser

MOST_ROWS: Final = 100_000
LARGEST_CSV: Final = 40 * MEGABYTE
"""100,000 rows of 400 bytes: a row of a post has about 150."""
_MOST_COLUMNS: Final = 200
_MOST_CELLS: Final = 4_000_000
_MOST_ELEMENTS: Final = 4_000_000
_LARGEST_PART: Final = 128 * MEGABYTE
_MOST_LINES_IN_CELL: Final = 200
_MOST_FILLED: Final = 1_000_000
_FAILURES = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, SyntaxError, ArithmeticError, OSError, EOFError,
    NotImplementedError,
)  # fmt: skip

LINES: Final = re.compile(r"[^\r\n]*(?:\r\n|[\r\n])|[^\r\n]+")
"""The lines of a .csv as a file opened with `newline=""` yields them."""

Cell = str | datetime
UNREADABLE: Final = "\ufffd"
"""Stands for a cell that the file holds but nobody can read."""


@dataclass(frozen=True)
class SheetRow:
    """One row by its number in the file, counted from 1; dates are without zone, as the cell shows them."""

    line: int
    cells: tuple[Cell, ...]


def sheets_of(path: Path) -> Iterator[list[SheetRow]]:
    """Read the visible sheets of an .xlsx one after the other, empty rows left out, merged cells filled downwards.

    Raises `FileUnreadableError` with `too_many_rows` (over 100,000), `too_large`, `broken`, `bomb`, `encrypted` or as
    `opened`.
    """
    with opened(path, LARGEST_OFFICE_FILE) as file:
        for entry in _checked(file, path.name):
            check_xml(entry, path.name, _MOST_ELEMENTS)
        try:
            yield from _sheets(file, path.name)
        except _FAILURES as failed:
            raise FileUnreadableError(path.name, "broken") from failed


def csv_rows(path: Path) -> list[SheetRow]:
    """Read a .csv (comma, semicolon or tab), empty rows left out.

    Raises `FileUnreadableError` with `unknown_encoding`, `too_many_rows` (over 100,000, or 4,000,000 cells),
    `too_large` (over 40 MiB) or as `opened`.
    """
    with opened(path, LARGEST_CSV) as file:
        text = decode(file.read(LARGEST_CSV + 1), path.name)
    text = text.replace("\x00", "")
    head = text[:5000]
    delimiter = max(",\t;", key=head.count)
    quoted = _parsed_csv(text, delimiter, path.name, csv.QUOTE_MINIMAL)
    # A quotation mark that is never closed makes the rest of the file one cell: then marks are plain characters.
    return _parsed_csv(text, delimiter, path.name, csv.QUOTE_NONE) or [] if quoted is None else quoted


def _parsed_csv(text: str, delimiter: str, name: str, quoting: int) -> list[SheetRow] | None:
    rows: list[SheetRow] = []
    # One line after the other: a file in memory would hold four bytes for every character once more.
    lines = (match.group() for match in LINES.finditer(text))
    reader = csv.reader(lines, delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    line, filled = 1, 0
    try:
        for raw in reader:
            if quoting == csv.QUOTE_MINIMAL and any(cell.count("\n") > _MOST_LINES_IN_CELL for cell in raw):
                return None
            filled += min(len(raw), _MOST_COLUMNS)
            if filled > _MOST_CELLS:
                raise FileUnreadableError(name, "too_many_rows")
            _add(rows, SheetRow(line, tuple(_text(cell) for cell in raw[:_MOST_COLUMNS])), name)
            line = reader.line_num + 1
    except csv.Error:
        return None
    return rows


def _add(rows: list[SheetRow], row: SheetRow, name: str) -> None:
    if any(row.cells):
        if len(rows) >= MOST_ROWS:
            raise FileUnreadableError(name, "too_many_rows")
        rows.append(row)


def _checked(file: BinaryIO, name: str) -> Iterator[bytes]:
    """Yield the XML parts of a package that passed the checks of a zip."""
    with checked_zip(file, name) as archive:
        for entry in archive.infolist():
            if entry.filename.lower().endswith((".xml", ".rels")):
                if entry.file_size > _LARGEST_PART:
                    raise FileUnreadableError(name, "too_large")
                yield archive.read(entry)


def _sheets(file: BinaryIO, name: str) -> Iterator[list[SheetRow]]:
    from openpyxl import load_workbook

    with _unwarned():
        book: Any = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                with _unwarned():
                    rows = _sheet_rows(book, sheet, name)
                yield rows
    finally:
        book.close()


@contextmanager
def _unwarned() -> Iterator[None]:
    """Keep the library from telling of looks and dates that it leaves out: nobody here can do anything about them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _sheet_rows(book: Any, sheet: Any, name: str) -> list[SheetRow]:
    archive: ZipFile = book._archive
    rows: list[SheetRow] = []
    with archive.open(sheet._worksheet_path) as source:
        parser = _parser(source, sheet._shared_strings, book)
        # Asked directly: the sheet's own loop trusts the size that the file claims, and ends at the first bad cell.
        for number, cells in parser.parse():
            values: list[Cell] = []
            for cell in cells:
                place = cell["column"] - 1
                if 0 <= place < _MOST_COLUMNS:
                    values += [""] * (place + 1 - len(values))
                    values[place] = _value(cell["value"])
            _add(rows, SheetRow(number, tuple(values)), name)
        ranges = parser.merged_cells.mergeCell if parser.merged_cells else ()
    return _filled(rows, [(r.min_row, r.max_row, r.min_col, r.max_col) for r in ranges])


def _parser(source: Any, strings: Any, book: Any) -> "WorkSheetParser":
    from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

    class TolerantParser(WorkSheetParser):
        """One bad cell is one bad cell."""

        def parse_cell(self, element: Any) -> dict[str, Any]:
            try:
                cell: dict[str, Any] = super().parse_cell(element)
            except _FAILURES:
                return {"row": self.row_counter, "column": self.col_counter, "value": UNREADABLE}
            if cell["value"] is None and element.find(FORMULA_TAG) is not None:
                # A formula that no program has worked out yet; it is not worked out here either.
                cell["value"] = UNREADABLE
            return cell

        def parse_formatting(self, element: Any) -> None:
            """Leave the looks of cells out."""

        def parse_extensions(self, element: Any) -> None:
            """Leave what only newer programs know out."""

        def parse_sheet_protection(self, element: Any) -> None:
            """Leave the protection of a sheet alone: its cells can be read."""

    return TolerantParser(
        source,
        strings,
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )


def _filled(rows: list[SheetRow], ranges: list[tuple[int, int, int, int]]) -> list[SheetRow]:
    """Give every row of a cell that is merged downwards the cell's value."""
    lines = [row.line for row in rows]
    cells = [list(row.cells) for row in rows]
    work = 0
    for top, bottom, left, right in ranges:
        first, last = bisect_left(lines, top), bisect_right(lines, bottom)
        work += last - first
        if left != right or first == last or lines[first] != top or left > len(cells[first]) or work > _MOST_FILLED:
            continue
        for row in cells[first + 1 : last]:
            row += [""] * (left - len(row))
            row[left - 1] = row[left - 1] or cells[first][left - 1]
    return [SheetRow(line, tuple(row)) for line, row in zip(lines, cells, strict=True)]


def _value(value: object) -> Cell:
    """Write a cell's value as a person reads it."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return value.replace(tzinfo=None)
        case date():
            return datetime(value.year, value.month, value.day)  # noqa: DTZ001
        case time() | timedelta():
            return str(value)
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case _:
            return _text(str(value))


def _text(text: str) -> str:
    """Clean a cell; exports write ="0591" or a leading apostrophe to keep a number as it is."""
    text = clean(text).text.strip(" \t\n\u3000")
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        text = text[2:-1]
    return text.removeprefix("'") if text[1:2].isdigit() else text
