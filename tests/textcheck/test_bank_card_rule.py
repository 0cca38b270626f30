"""Bank-card numbers: made-up numbers that pass Luhn."""

from collections.abc import Callable

import pytest
import stdnum.luhn
from hypothesis import given
from hypothesis import strategies as st

from app.textcheck.bank_card_rule import find_bank_cards, is_card_number, passes_luhn
from app.textcheck.folding import fold

Found = Callable[[str, str], list[str]]

UNION = "6222021234567890128"


def with_luhn(first: str) -> str:
    return first + str(stdnum.luhn.calc_check_digit(first))


UNION_16 = with_luhn("622588123456789")


def grouped(number: str, size: int, between: str = " ") -> str:
    return between.join(number[i : i + size] for i in range(0, len(number), size))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"卡号{UNION}，开户行", UNION),
        (UNION_16, UNION_16),
        (grouped(UNION, 4), grouped(UNION, 4)),
        (grouped(UNION_16, 4, "-"), grouped(UNION_16, 4, "-")),
        (f"{UNION[:6]} {UNION[6:]}", f"{UNION[:6]} {UNION[6:]}"),
        (" ".join(UNION), " ".join(UNION)),
        (grouped(UNION_16, 8, "\u3000"), grouped(UNION_16, 8, "\u3000")),
        ("4111 1111 1111 1111", "4111 1111 1111 1111"),
        ("5555555555554444", "5555555555554444"),
        ("3782 822463 10005", "3782 822463 10005"),
        ("3530111333300000", "3530111333300000"),
        ("６２２２０２１２３４５６７８９０１２８", "６２２２０２１２３４５６７８９０１２８"),
        (f"账号：{UNION}", UNION),
        (f"{UNION}Email：a@b.example", UNION),
        (f"{UNION}VISA", UNION),
        (f"工行ICBC{UNION}", UNION),
        (f"NO.{UNION}", UNION),
        (f"储户号{UNION}", UNION),
        (f"账户号：{UNION}", UNION),
        (f"开户号码：{UNION}", UNION),
        (with_luhn("955880123456789012"), with_luhn("955880123456789012")),
        (f"{grouped(UNION_16, 4)} 2024年", grouped(UNION_16, 4)),
    ],
)
def test_a_card_number_is_found_however_it_is_written(text: str, number: str, found: Found) -> None:
    assert found("bank_card", text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        UNION[:-1] + "9",  # wrong check digit
        "6222********0128",
        "62220212345",
        "20240101123000",
        "1234567890123456",
        "0000000000000000",
        f"{UNION}0",
        f"订单号：{UNION}",
        f"流水号{UNION}",
        f"https://example.gov.cn/news/{UNION}.html",
        f"AB{UNION}",
        f"{UNION}CN",
        f"{UNION}abc",
        f"{UNION}_2",
        f"用电户号{UNION}",
        "ISBN 978-7-5136-1234-5",
        f"978-{grouped(UNION_16, 4, '-')}",
        "2020 2021 2022 2023",
        "11010519491231002X",
        "13800138000 13900139000",
    ],
)
def test_other_numbers_are_left_alone(text: str, found: Found) -> None:
    assert found("bank_card", text) == []


def test_an_id_number_that_passes_luhn_is_an_id_number(findings: Callable[[str], tuple[object, ...]]) -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    for serial in range(1000):
        first = f"62010219900101{serial:03d}"
        number = first + "10X98765432"[sum(int(d) * w for d, w in zip(first, weights, strict=True)) % 11]
        if number.isdigit() and is_card_number(number):
            break
    assert is_card_number(number)
    assert [f.rule for f in findings(number)] == ["id_card"]  # type: ignore[attr-defined]


_BEGINNINGS = st.sampled_from(["62", "6228", "601382", "690755", "955880", "940021", "81000"])


@given(_BEGINNINGS, st.text("0123456789", min_size=17, max_size=17), st.integers(16, 19), st.booleans())
def test_every_card_number_is_found(beginning: str, rest: str, length: int, spaced: bool) -> None:
    number = with_luhn((beginning + rest)[: length - 1])
    text = grouped(number, 4) if spaced else number
    [spot] = find_bank_cards(f"甲{text}乙", fold(f"甲{text}乙"), [])
    assert (spot.start, spot.end) == (1, 1 + len(text))


@given(st.text("0123456789", min_size=2, max_size=30))
def test_luhn_agrees_with_another_program(digits: str) -> None:
    assert passes_luhn(digits) == stdnum.luhn.is_valid(digits)
