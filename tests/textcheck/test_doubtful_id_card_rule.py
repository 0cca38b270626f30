"""Numbers that look like an ID number but for the check digit: made-up numbers, one figure off."""

from collections.abc import Callable
from datetime import date

import pytest
import stdnum.cn.ric
import stdnum.cn.uscc
import stdnum.luhn
from hypothesis import given
from hypothesis import strategies as st

from app.models.finding import Finding, RuleKind, Severity
from app.textcheck.doubtful_id_card_rule import find_doubtful_id_cards
from app.textcheck.folding import fold
from app.textcheck.id_card_rule import PROVINCES

Found = Callable[[str, str], list[str]]
Findings = Callable[[str], tuple[Finding, ...]]

WRONG = "110105194912310021"
WRONG_X = "35011119900101123X"
CHILD = "350111201903070011"
FULL_WIDTH = WRONG.translate({ord(a): ord(a) + 0xFEE0 for a in "0123456789"})


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"身份证号{WRONG}，请核实", WRONG),
        (f"救助对象：林某某，{WRONG}", WRONG),
        (WRONG, WRONG),
        (WRONG_X, WRONG_X),
        (WRONG_X.lower(), WRONG_X.lower()),
        ("35011119900101123×", "35011119900101123×"),
        (FULL_WIDTH, FULL_WIDTH),
        ("110105 19491231 0021", "110105 19491231 0021"),
        ("1101-0519-4912-3100-21", "1101-0519-4912-3100-21"),
        ("110 105 1949 1231 0021", "110 105 1949 1231 0021"),
        (" ".join(WRONG), " ".join(WRONG)),
        (f"张三{WRONG}13800138000", ""),
        (f"张三{WRONG} 13800138000", WRONG),
        (f"证件号码：{CHILD}", CHILD),
        (f"公民身份号码为{CHILD}", CHILD),
        (f"居民身份证编号：{WRONG}", WRONG),
        ("35011120190307001X", "35011120190307001X"),
        (f"社保卡号{WRONG}", WRONG),
        ("935156198507151231", "935156198507151231"),
    ],
)
def test_a_number_with_a_wrong_check_digit_warns(text: str, number: str, found: Found) -> None:
    assert found("doubtful_id_card", text) == ([number] if number else [])


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X",  # right
        "110105194913310021",  # no thirteenth month
        "110105194902300021",  # no thirtieth of February
        "110105184912310021",  # of the century before the last
        "990105194912310021",  # no such place
        "180105194912310021",  # no such place
        "1101**********0021",
        "1949123100211101051",
        "11010519491231002",
        f"订单号{WRONG}",
        f"办件编号：{WRONG}",
        f"受理号{WRONG}",
        f"合同编号为{WRONG}",
        f"准考证号{WRONG}",
        f"许可证号：{WRONG}",
        f"流水号 {WRONG}",
        f"统一社会信用代码：{WRONG}",
        f"事项编码{WRONG}",
        f"商品条码：{WRONG}",
        f"收款账号：{WRONG}",
        f"https://example.gov.cn/?id={WRONG}",
        f"G{WRONG}",
        f"{WRONG}-2",
        f"3-{WRONG}",
        f"0.{WRONG}",
        CHILD,  # place, day and serial number of a case
        f"件号{CHILD}",
        "350111202411240012",
        "12345678901234567890",
        "2024-11-24 12:30:45.123456",
        "2015 2016 2017 2018 2019",
        "110105、19491231、0021",
        "1 101051949123100 21",
    ],
)
def test_other_numbers_stay_silent(text: str, found: Found) -> None:
    assert found("doubtful_id_card", text) == []


def test_a_bank_card_and_a_mobile_number_keep_their_own_finding(findings: Findings) -> None:
    first = "62010219800101123"
    card = first + str(stdnum.luhn.calc_check_digit(first))
    [finding] = findings(f"卡{card}")
    assert (finding.rule, finding.severity) == ("bank_card", Severity.BLOCK)
    assert [f.rule for f in findings("350 138 1949 1231 0022")] == ["mobile"]


def test_a_right_number_is_marked_once_and_a_wrong_one_does_not_block(findings: Findings) -> None:
    assert [f.rule for f in findings("11010519491231002X")] == ["id_card"]
    [finding] = findings(WRONG)
    assert (finding.severity, finding.kind) == (Severity.WARN, RuleKind.ORDINARY)


def test_the_middle_is_masked_with_the_date_of_birth(findings: Findings) -> None:
    [finding] = findings("号码 110105 19491231 0021")
    assert (finding.masked, finding.replacement, finding.start, finding.length) == (
        "1101**********0021",
        "1101**********0021",
        3,
        20,
    )
    assert "校验位不对" in finding.message


def test_the_code_of_a_unit_is_no_person(found: Found) -> None:
    # 12, then the place 350119, then a code that goes on like a day: the only codes that have this shape.
    codes = (f"12350119{day}{tail:05d}" for day in ("900101", "850715") for tail in range(400))
    digits = [c + stdnum.cn.uscc.calc_check_digit(c) for c in (code[:17] for code in codes)]
    valid = [code for code in digits if code[-1].isdigit() and not stdnum.cn.ric.is_valid(code)]
    assert len(valid) > 20
    assert [code for code in valid if found("doubtful_id_card", code)] == []


@given(
    place=st.sampled_from([p for p in PROVINCES if p < "70"]),
    city=st.integers(1, 9),
    born=st.dates(date(1900, 1, 1), date(2014, 12, 31)),
    serial=st.integers(0, 999),
    off=st.integers(1, 10),
)
def test_every_wrong_check_digit_is_found(place: str, city: int, born: date, serial: int, off: int) -> None:
    first = f"{place}0{city}02{born:%Y%m%d}{serial:03d}"
    right = "10X98765432".index(stdnum.cn.ric.calc_check_digit(first + "0"))
    number = first + "10X98765432"[(right + off) % 11]
    [spot] = find_doubtful_id_cards(f"甲{number}乙", fold(f"甲{number}乙"), [])
    assert (spot.start, spot.end) == (1, 19)
