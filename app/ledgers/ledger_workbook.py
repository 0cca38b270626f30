"""Ledgers as .xlsx: every text a text, the same input the same bytes."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

import xlsxwriter

from app.ledgers.cell_text import cell_text, looks_like_formula, sheet_names
from app.models.clock import beijing

Cell = str | int | float | bool | date | datetime | None

MOST_ROWS: Final = 1_048_575
"""Rows below the heading that a sheet of Excel holds; what is beyond goes to a further sheet."""

_FONT: Final = {"font_name": "宋体", "font_size": 10, "valign": "top", "border": 1}
_DEFAULT_WIDTH: Final = 14.0
_EXACT: Final = 10**15
_FIRST_DAY: Final = date(1900, 3, 1)
"""Earlier days are a day off in Excel, which takes 1900 for a leap year."""


@dataclass(frozen=True)
class LedgerSheet:
    """A table with a heading; `widths` are columns in characters. A moment is shown in Beijing time."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...] = ()


def write_workbook(sheets: Sequence[LedgerSheet], created_at: datetime, title: str) -> bytes:
    """Write one .xlsx; `created_at` is the aware moment that its properties name."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    book.set_properties({"title": cell_text(title)[:255], "created": created_at.astimezone(UTC).replace(tzinfo=None)})
    formats = {
        "heading": book.add_format(
            {**_FONT, "bold": True, "bg_color": "#E8ECF1", "text_wrap": True, "align": "center"}
        ),
        "text": book.add_format({**_FONT, "text_wrap": True, "num_format": "@"}),
        # The apostrophe that Excel keeps apart from the text: editing the cell does not make a formula of it.
        "quoted": book.add_format({**_FONT, "text_wrap": True, "num_format": "@", "quote_prefix": True}),
        "number": book.add_format(_FONT),
        "day": book.add_format({**_FONT, "num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({**_FONT, "num_format": "yyyy-mm-dd hh:mm"}),
    }
    pieces = list(_pieces(sheets))
    for name, piece in zip(sheet_names([piece.name for piece in pieces]), pieces, strict=True):
        _write_sheet(book.add_worksheet(name), piece, formats, title)
    book.close()
    return buffer.getvalue()


def _pieces(sheets: Sequence[LedgerSheet]) -> Iterator[LedgerSheet]:
    """Yield each sheet, cut where Excel has no further row; a book without a sheet gets an empty one."""
    for sheet in sheets or (LedgerSheet("台账", (), ()),):
        for start in range(0, max(1, len(sheet.rows)), MOST_ROWS):
            yield LedgerSheet(sheet.name, sheet.columns, sheet.rows[start : start + MOST_ROWS], sheet.widths)


def _write_sheet(page: Any, sheet: LedgerSheet, formats: dict[str, Any], title: str) -> None:
    columns = max([len(sheet.columns), *map(len, sheet.rows)])
    for place in range(columns):
        width = sheet.widths[place] if place < len(sheet.widths) else _DEFAULT_WIDTH
        page.set_column(place, place, max(1.0, min(255.0, width)))
        page.write_string(
            0, place, cell_text(sheet.columns[place] if place < len(sheet.columns) else ""), formats["heading"]
        )
    for number, row in enumerate(sheet.rows, start=1):
        for place, value in enumerate(row):
            _write_cell(page, number, place, value, formats)
    if columns:
        page.autofilter(0, 0, len(sheet.rows), columns - 1)
        page.repeat_rows(0)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    page.set_header(f"&C&12{_header_text(title)}　{_header_text(sheet.name)}")
    page.set_footer("&C第 &P 页，共 &N 页")


def _write_cell(page: Any, row: int, column: int, value: Cell, formats: dict[str, Any]) -> None:
    if value is None or value == "":
        page.write_blank(row, column, None, formats["text"])
    elif isinstance(value, datetime):
        local = beijing(value) if value.tzinfo else value
        _write_day(page, row, column, local.replace(tzinfo=None), formats["moment"], f"{local:%Y-%m-%d %H:%M}", formats)
    elif isinstance(value, date):
        _write_day(page, row, column, value, formats["day"], value.isoformat(), formats)
    elif isinstance(value, bool):
        page.write_string(row, column, "是" if value else "否", formats["text"])
    elif isinstance(value, (int, float)) and -_EXACT < value < _EXACT:
        page.write_number(row, column, value, formats["number"])
    else:
        text = cell_text(str(value))
        page.write_string(row, column, text, formats["quoted" if looks_like_formula(text) else "text"])


def _write_day(page: Any, row: int, column: int, day: date, style: Any, words: str, formats: dict[str, Any]) -> None:
    if (day.date() if isinstance(day, datetime) else day) < _FIRST_DAY:
        page.write_string(row, column, words, formats["text"])
    else:
        page.write_datetime(row, column, day, style)


def _header_text(text: str) -> str:
    """Escape a text for a header of Excel, which takes at most 255 characters in all."""
    return cell_text(text).replace("\n", " ")[:80].replace("&", "&&")
