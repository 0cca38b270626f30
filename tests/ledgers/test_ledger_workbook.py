"""Ledgers are read back with openpyxl, another program than the one that wrote them."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import openpyxl
import pytest

from app.ledgers.ledger_workbook import Cell, LedgerSheet, write_workbook

AT = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)

HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://a.cn","点")',
    '=cmd|" /C calc"!A0',
    "+86",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    "{=1}",
    "00123",
    "1e5",
    "https://example.gov.cn/1",
    "<b>&amp;</b>",
    "_x0041_",
    "'=1",
    "多行\n文字",
    " 前后空格 ",
    "𬭎𬘡𫖯",
    "123456789012345678",
    "TRUE",
    "2026-01-01",
]


def write(*rows: Sequence[Cell], name: str = "台账", columns: tuple[str, ...] = ("序号", "标题")) -> bytes:
    return write_workbook([LedgerSheet(name, columns, tuple(map(tuple, rows)), (6, 40))], AT, "示例单位2026年11月台账")


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_heading_and_rows_are_read_back() -> None:
    page = opened(write((1, "甲"), (2, None), (3.5, "")))["台账"]
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["序号", "标题"],
        [1, "甲"],
        [2, None],
        [3.5, None],
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_the_text_that_it_was(text: str) -> None:
    cell = opened(write((1, text)))["台账"]["B2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_no_cell_holds_a_formula_or_a_link() -> None:
    content = write(*((n, text) for n, text in enumerate(HOSTILE)), columns=("=1", "＝2"))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert not [name for name in parts.namelist() if "externalLink" in name or "worksheets/_rels" in name]
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_a_text_like_a_formula_stays_one_when_it_is_edited() -> None:
    page = opened(write((1, "＝1+1"), (2, "标题")))["台账"]
    assert (page["B2"].quotePrefix, page["B3"].quotePrefix) == (True, False)
    assert page["B2"].number_format == "@"


def test_a_number_too_long_for_a_cell_is_a_text() -> None:
    page = opened(write((10**15, 10**15 - 1), (-(10**16), 0)))["台账"]
    assert [page[name].value for name in ("A2", "B2", "A3", "B3")] == [str(10**15), 10**15 - 1, str(-(10**16)), 0]


def test_numbers_that_are_none_and_truth_are_words() -> None:
    page = opened(write((float("nan"), True), (float("inf"), False)))["台账"]
    assert [page[name].value for name in ("A2", "B2", "A3", "B3")] == ["nan", "是", "inf", "否"]


def test_days_and_moments_are_dates_in_beijing_time() -> None:
    page = opened(
        write(
            (date(2026, 11, 23), datetime(2026, 11, 23, 16, 5, tzinfo=UTC)),
            (date(1899, 12, 31), datetime(2026, 1, 1, 8, 0, tzinfo=timezone(timedelta(hours=9)))),
        )
    )["台账"]
    assert page["A2"].value.isoformat() == "2026-11-23T00:00:00"
    assert (page["B2"].value.isoformat(), page["B2"].number_format) == ("2026-11-24T00:05:00", "yyyy-mm-dd hh:mm")
    assert (page["A3"].value, page["B3"].value.isoformat()) == ("1899-12-31", "2026-01-01T07:00:00")


def test_the_longest_cell_is_whole_and_a_longer_one_says_that_it_was_cut() -> None:
    page = opened(write(("字" * 32_767, "字" * 32_768)))["台账"]
    assert page["A2"].value == "字" * 32_767
    assert page["B2"].value.endswith("（本格文字过长，此处截断）")


def test_control_characters_and_halves_do_not_stop_the_ledger() -> None:
    assert opened(write((1, "a\x00\x1b\ud800\ufffeb")))["台账"]["B2"].value == "a\ufffd\ufffd\ufffd\ufffdb"


def test_the_same_ledger_is_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = write((1, "甲"), (2, date(2026, 1, 1)))
    monkeypatch.setattr("time.time", lambda: 0.0)
    monkeypatch.setattr("time.localtime", lambda *_: (1999, 1, 1, 0, 0, 0, 0, 1, 0))
    assert write((1, "甲"), (2, date(2026, 1, 1))) == first


def test_the_properties_name_the_moment_that_was_given() -> None:
    properties = opened(write()).properties
    assert (properties.created, properties.modified) == (AT.replace(tzinfo=None), AT.replace(tzinfo=None))
    assert properties.title == "示例单位2026年11月台账"


def test_a_sheet_is_ready_to_read_and_to_print() -> None:
    page = opened(write((1, "甲"), (2, "乙")))["台账"]
    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("A2", "A1:B3", "$1:$1")
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == ("landscape", 9, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert (round(page.column_dimensions["B"].width), page["A1"].font.b, page["A1"].font.name) == (41, True, "宋体")


def test_a_title_with_an_ampersand_is_shown_in_the_header_and_not_obeyed() -> None:
    content = write_workbook([LedgerSheet("台账", ("甲",), ())], AT, "&P甲&乙" + "长" * 300)
    header = opened(content)["台账"].oddHeader.center.text
    assert "&&P甲&&乙" in header
    assert len(header) < 255


def test_an_empty_ledger_has_its_heading_and_no_rows() -> None:
    page = opened(write())["台账"]
    assert (page.max_row, page.auto_filter.ref) == (1, "A1:B1")


def test_a_book_without_sheets_and_a_sheet_without_columns_open() -> None:
    assert opened(write_workbook([], AT, "")).sheetnames == ["台账"]
    assert opened(write_workbook([LedgerSheet("甲", (), ())], AT, "")).sheetnames == ["甲"]


def test_rows_longer_than_the_heading_are_whole() -> None:
    page = opened(write((1, "甲", "多"), (2,)))["台账"]
    assert ([c.value for c in page[2]], page.auto_filter.ref) == ([1, "甲", "多"], "A1:C3")


def test_sheets_of_one_name_and_of_forbidden_names_are_told_apart() -> None:
    sheets = [LedgerSheet(name, ("甲",), ()) for name in ("台账", "台账", "a/b", "History")]
    assert opened(write_workbook(sheets, AT, "台账")).sheetnames == ["台账", "台账（2）", "a b", "History（2）"]


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ledgers.ledger_workbook.MOST_ROWS", 2)
    book = opened(write((1, "a"), (2, "b"), (3, "c")))
    assert book.sheetnames == ["台账", "台账（2）"]
    assert [[c.value for c in row] for row in book["台账（2）"].iter_rows()] == [["序号", "标题"], [3, "c"]]
