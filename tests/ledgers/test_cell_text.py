"""Texts of people as cells and XML hold them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ledgers.cell_text import CUT_NOTE, LONGEST_CELL, cell_text, looks_like_formula, sheet_names, xml_text


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize("length", [0, 1, LONGEST_CELL - 1, LONGEST_CELL])
def test_a_text_that_fits_is_kept_whole(length: int) -> None:
    assert cell_text("字" * length) == "字" * length


@pytest.mark.parametrize("text", ["字" * (LONGEST_CELL + 1), "𬭎" * LONGEST_CELL, "字𬭎" * LONGEST_CELL, "\n" * 40_000])
def test_a_longer_text_is_cut_and_says_so(text: str) -> None:
    cut = cell_text(text)
    assert LONGEST_CELL - 3 <= units(cut) <= LONGEST_CELL
    assert cut.endswith(CUT_NOTE)
    assert text.startswith(cut.removesuffix(CUT_NOTE))


def test_a_long_text_of_rare_characters_that_fits_by_units_only_just_is_kept() -> None:
    text = "𬭎" * (LONGEST_CELL // 2)
    assert cell_text(text) == text


def test_characters_that_xml_cannot_hold_are_shown_as_missing() -> None:
    assert xml_text("a\x00b\x0bc\ud800d\uffffe\tf\r\ng\rh") == "a\ufffdb\ufffdc\ufffdd\ufffde\tf\ng\nh"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a", " =1", "\u3000＝1"]
)
def test_what_a_spreadsheet_may_take_for_a_formula_is_known(text: str) -> None:
    assert looks_like_formula(text)


@pytest.mark.parametrize("text", ["", "标题", "1=1", "晋示审〔2026〕1号", "'=1"])
def test_other_texts_are_no_formulas(text: str) -> None:
    assert not looks_like_formula(text)


def test_sheet_names_are_those_that_excel_accepts() -> None:
    wanted = [
        "发布台账",
        "发布台账",
        "a/b\\c[d]e:f*g?",
        "'引号'",
        "",
        "  ",
        "History",
        "Ab",
        "aB",
        "长" * 40,
        "长" * 40,
        "𬭎" * 20,
    ]
    names = sheet_names(wanted)
    assert names[:7] == ["发布台账", "发布台账（2）", "a b c d e f g", "引号", "台账", "台账（2）", "History（2）"]
    assert names[7:9] == ["Ab", "aB（2）"]
    assert names[9:11] == ["长" * 31, "长" * 28 + "（2）"]
    assert names[11] == "𬭎" * 15


@given(st.lists(st.text(max_size=40), max_size=20))
def test_sheet_names_are_short_and_all_different(wanted: list[str]) -> None:
    names = sheet_names(wanted)
    assert len({name.casefold() for name in names}) == len(wanted)
    assert all(name.strip() == name and 1 <= units(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert all(not name.startswith("'") and not name.endswith("'") for name in names)
