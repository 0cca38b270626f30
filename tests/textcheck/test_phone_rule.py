"""Mobile numbers: those of people, not figures that look like one."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.textcheck.folding import fold
from app.textcheck.phone_rule import find_mobiles

Found = Callable[[str, str], list[str]]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("联系人张三，电话13800138000。", "13800138000"),
        ("+8613800138000", "13800138000"),
        ("+86 13800138000", "13800138000"),
        ("(+86)138-0013-8000", "138-0013-8000"),
        ("+86-138-0013-8000", "138-0013-8000"),
        ("008613800138000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("138 0013 8000", "138 0013 8000"),
        ("138-0013-8000", "138-0013-8000"),
        ("138.0013.8000", "138.0013.8000"),
        ("138\u30000013\u30008000", "138\u30000013\u30008000"),
        ("138\u200b00138000", "138\u200b00138000"),
        ("138 00138000", "138 00138000"),
        ("1380013 8000", "1380013 8000"),
        ("1380 0138 000", "1380 0138 000"),
        ("138 001 38000", "138 001 38000"),
        ("1 3 8 0 0 1 3 8 0 0 0", "1 3 8 0 0 1 3 8 0 0 0"),
        ("１３８００１３８０００", "１３８００１３８０００"),
        ("138—0013—8000", "138—0013—8000"),
        ("Tel:13800138000", "13800138000"),
        ("TEL13800138000", "13800138000"),
        ("微信wx13800138000", "13800138000"),
        ("邮箱13800138000@example.com", "13800138000"),
        ("（13800138000）", "13800138000"),
        ("张三13800138000", "13800138000"),
        ("13800138000转801", "13800138000"),
        ("0591-87654321/13800138000", "13800138000"),
        ("手机号：13800138000号码有误", "13800138000"),
        ("微信号13800138000", "13800138000"),
        ("账号为13800138000", "13800138000"),
        ("tel:13800138000", "13800138000"),
        ("请拨打138 0013 8000 5号楼", "138 0013 8000"),
        ("19912345678", "19912345678"),
        ("16612345678", "16612345678"),
    ],
)
def test_a_mobile_number_is_found_however_it_is_written(text: str, number: str, found: Found) -> None:
    assert found("mobile", text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "138****8000",
        "12345678901",
        "10086",
        "热线12345、0591-87654321、400-123-4567",
        "1380013800",
        "138001380000",
        "20240113800138000",
        "订单号：13800138000",
        "受理编号13800138000",
        "第13800138000号",
        "https://example.gov.cn/art/13800138000.html",
        "www.example.gov.cn/?id=13800138000",
        "JD13800138000",
        "13800138000a",
        "13800138000元",
        "总投资13800138000万元",
        "￥13800138000",
        "13800138000.50",
        "0.13800138000",
        "978-138-0013-8000",
        "138-0013-8000-22",
        "138.0013.8000.1",
        "13,800,138,000",
        "138、0013、8000",
        "2024-01-01 138 人",
        "1 3 5 7 9 1 1 3 1 5 1 7",
        "IP 138.100.138.100",
        "11010519491231002X",
        "6222021234567890128",
        "1 380 013 8000",
    ],
)
def test_other_figures_are_left_alone(text: str, found: Found) -> None:
    assert found("mobile", text) == []


def test_several_numbers_in_a_row_are_all_found(found: Found) -> None:
    text = "13800138000、13900139000/13700137000 136 0013 6000 135-0013-5000"
    assert found("mobile", text) == ["13800138000", "13900139000", "13700137000", "136 0013 6000", "135-0013-5000"]


_SHAPES = st.sampled_from([(11,), (3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (3, 3, 5), (5, 6)])


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), _SHAPES, st.sampled_from(" -\u3000\xa0－"))
def test_every_mobile_number_is_found(number: str, shape: tuple[int, ...], between: str) -> None:
    groups, place = [], 0
    for size in shape:
        groups.append(number[place : place + size])
        place += size
    text = f"甲{between.join(groups)}乙"
    [spot] = find_mobiles(text, fold(text), [])
    assert (spot.start, spot.end, spot.replacement) == (1, len(text) - 1, f"{number[:3]}****{number[-4:]}")
