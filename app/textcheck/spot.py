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
    return _PAPER_NUMBER.search(text[max(0, start - 10) : start]) is not None


def touches_letters(text: str, start: int, end: int) -> bool:
    """Say whether a Latin letter or an underscore stands right before or after a number."""
    beside = text[start - 1 : start] + text[end : end + 1]
    return any(c == "_" or (c.isascii() and c.isalpha()) for c in beside)
