"""Citizens' ID numbers: made-up numbers with a right check digit."""

from collections.abc import Callable
from datetime import date

import pytest
import stdnum.cn.ric
import stdnum.cn.uscc
from hypothesis import given
from hypothesis import strategies as st

from app.textcheck.folding import fold
from app.textcheck.id_card_rule import PROVINCES, find_id_cards, is_id_number, is_unit_code

Found = Callable[[str, str], list[str]]

VALID = "11010519491231002X"
DIGITS = "350102199001010019"
FOREIGN = "911124198108030024"


def with_check_digit(first_17: str) -> str:
    total = sum(
        int(d) * w for d, w in zip(first_17, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), strict=True)
    )
    return first_17 + "10X98765432"[total % 11]


FULL_WIDTH = VALID.translate({ord(a): ord(a) + 0xFEE0 for a in "0123456789X"})


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"身份证号{VALID}，请核实", VALID),
        (VALID.lower(), VALID.lower()),
        (f"编{with_check_digit('35011119900101123')}号", with_check_digit("35011119900101123")),
        (FULL_WIDTH, FULL_WIDTH),
        ("110105 19491231 002X", "110105 19491231 002X"),
        ("1101-0519-4912-3100-2X", "1101-0519-4912-3100-2X"),
        ("110105\u300019491231\u3000002X", "110105\u300019491231\u3000002X"),
        ("110105\u200b19491231002X", "110105\u200b19491231002X"),
        ("11010519491231002×", "11010519491231002×"),
        ("11010519491231002Х（西里尔字母）", "11010519491231002Х"),
        (" ".join(VALID), " ".join(VALID)),
        (f"姓名张三{VALID}13800138000", VALID),
        (f"202400{VALID}", VALID),
        (f"第1名 {VALID} 2024年", VALID),
        (f"https://example.gov.cn/?id={VALID}", VALID),
        (f"ID{VALID}ok", VALID),
    ],
)
def test_a_valid_number_is_found_however_it_is_written(text: str, number: str, found: Found) -> None:
    assert found("id_card", text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310020",  # wrong check digit
        "11010519491331002X",  # no thirteenth month
        with_check_digit("11010519490230002"),  # no thirtieth of February
        with_check_digit("99010519491231002"),  # no such place
        "1101**********002X",
        "110105194912310",
        "913501110036123456",
        "2024-01-01 12:30:45.123456",
        "110105、19491231、002X",
        "办件编号350111202413011234",
        "12345678901234567890123456789012345678901234567890",
    ],
)
def test_other_numbers_are_left_alone(text: str, found: Found) -> None:
    assert found("id_card", text) == []


def test_a_unit_code_of_digits_is_no_residence_card(found: Found) -> None:
    first_17 = next(
        code
        for serial in range(100_000)
        for code in [f"91110119190101{serial:03d}"[:17]]
        if is_unit_code(code + with_check_digit(code)[-1])
    )
    number = with_check_digit(first_17)
    assert (found("id_card", number), stdnum.cn.uscc.is_valid(number)) == ([], True)


def test_a_permanent_residence_card_is_found(found: Found) -> None:
    number = with_check_digit("93515619850715123")
    assert found("id_card", number) == [number]


def test_two_numbers_in_a_row_are_two_findings(found: Found) -> None:
    assert found("id_card", f"{VALID} {DIGITS}{VALID}") == [VALID, *([DIGITS] if is_id_number(DIGITS) else []), VALID]


def test_the_middle_is_masked_with_the_date_of_birth(findings: Callable[[str], tuple[object, ...]]) -> None:
    [finding] = find_id_cards(fold(f"号码 {VALID}"))
    assert (finding.replacement, finding.start, finding.end) == ("1101**********002X", 3, 21)


@pytest.mark.parametrize(
    "text",
    [
        "旧号350111900101123",
        "350111650731123",
        "身份证号：350111900101123",
        "身份证号码350111900101123",
        "居民身份证号码为：350111900101123",
        "身份证编号350111900101123",
        "身份证件号码：350111900101123",
        "有效证件号码：350111900101123",
        "公民身份号码350111900101123",
    ],
)
def test_an_old_number_of_15_digits_warns(text: str, found: Found) -> None:
    assert found("old_id_card", text) == [text[-15:]]


@pytest.mark.parametrize(
    "text",
    [
        "350111901301123",
        "990111900101123",
        "编号350111900101123",
        "准考证号350111900101123",
        "许可证号：350111900101123",
        "办件号350111900101123",
        "3501119001011234",
        "350111900101-123",
        "350111900230123",
    ],
)
def test_fifteen_digits_that_are_no_date_or_number_a_paper_do_not_warn(text: str, found: Found) -> None:
    assert found("old_id_card", text) == []


@given(
    place=st.sampled_from([p for p in PROVINCES if p < "70"]),
    born=st.dates(date(1900, 1, 1), date(2030, 12, 31)),
    district=st.integers(0, 9999),
    serial=st.integers(0, 999),
)
def test_every_number_with_a_right_check_digit_is_found(place: str, born: date, district: int, serial: int) -> None:
    number = with_check_digit(f"{place}{district:04d}{born:%Y%m%d}{serial:03d}")
    assert stdnum.cn.ric.calc_check_digit(number) == number[-1]
    [spot] = find_id_cards(fold(f"甲{number}乙"))
    assert (spot.start, spot.end) == (1, 19)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_the_check_character_of_a_unit_code_agrees_with_another_program(first: str) -> None:
    code = first + stdnum.cn.uscc.calc_check_digit(first)
    assert is_unit_code(code)
    assert not is_unit_code(first + ("0" if code[-1] != "0" else "1"))
