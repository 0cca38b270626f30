"""A place that a rule has found, before it is counted into lines and columns."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from app.models.finding import RuleCard

NUMBER_BEGINS: Final = r"(?<![0-9])(?:(?<!\*\*\*\*)|(?=[0-9]{5}))"
NUMBER_ENDS: Final = r"(?![0-9])(?:(?!\*\*\*\*)|(?<=[0-9X]{5}))"
"""The borders of a number; up to four digits beside four asterisks are what a mask has left, no part of one."""

_ADDRESS: Final = re.compile(r"(?:https?://|ftp://|www\.)[!-~]+", re.IGNORECASE)
_PAPER_NUMBER: Final = re.compile(
    r"(?:[编文单案证批票件工学户函]|订单|流水|受理|运单|快递|备案|序列|许可|设备|项目|登记|档案|执照|合同|发票)号码?"
    r"[:：为是]{0,2}\s?$"
)
# 证号 and 户号 name papers, but these are the numbers of a person and of an account.
_OWN_NUMBER: Final = re.compile(r"(?:身份证件?|证件|[储账帐开]户)编?号码?[:：为是]{0,2}\s?$")
_WORD_AFTER: Final = re.compile(
    r"(?:e-?mail|mail|qq|wechat|weixin|wx|vx|tel|fax|phone|mobile|visa|mastercard|unionpay)(?![0-9a-z_])", re.IGNORECASE
)
_WORD_BEFORE: Final = re.compile(
    r"(?<![0-9a-z_])(?:no|card|account|visa|unionpay|icbc|abc|boc|ccb|cmb|psbc|bocom)\.?$", re.IGNORECASE
)


@dataclass(frozen=True)
class Spot:
    """One place of one rule; `start` and `end` count code points of the checked text."""

    card: RuleCard
    start: int
    end: int
    message: str
    suggestion: str
    masked: str
    replacement: str | None = None


def overlaps(start: int, end: int, taken: list[Spot]) -> bool:
    """Say whether a place shares a character with one of those found before, which stand in order and apart."""
    before = bisect_left(taken, end, key=lambda spot: spot.start)
    return before > 0 and taken[before - 1].end > start


def address_spans(text: str) -> list[tuple[int, int]]:
    """Return where web addresses stand; the figures in them are no numbers of people."""
    return [match.span() for match in _ADDRESS.finditer(text)]


def within(start: int, spans: list[tuple[int, int]]) -> bool:
    """Say whether a place begins inside one of the spans."""
    return any(begin <= start < end for begin, end in spans)


def numbers_a_paper(text: str, start: int) -> bool:
    """Say whether the words before a number call it 文号, 订单号, 编号 and the like."""
    before = text[max(0, start - 12) : start]
    return _PAPER_NUMBER.search(before) is not None and _OWN_NUMBER.search(before) is None


def goes_on_in_letters(text: str, end: int) -> bool:
    """Say whether a number is part of a longer name: Latin letters touch its end that are no word such as Email."""
    return _is_letter(text[end : end + 1]) and _WORD_AFTER.match(text, end) is None


def touches_letters(text: str, start: int, end: int) -> bool:
    """Say whether Latin letters or an underscore touch a number that are no word of their own (Email, ICBC)."""
    begins = _is_letter(text[start - 1 : start]) and _WORD_BEFORE.search(text[max(0, start - 12) : start]) is None
    return begins or goes_on_in_letters(text, end)


def _is_letter(character: str) -> bool:
    return character == "_" or (character.isascii() and character.isalpha())
