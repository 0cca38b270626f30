"""Mobile numbers of the mainland: eleven digits from 13 to 19, with or without +86."""

import re
from typing import Final

from app.models.finding import RuleCard, RuleKind, Severity
from app.textcheck.folding import SPACES, long_runs
from app.textcheck.id_card_rule import PERSONAL_DATA
from app.textcheck.spot import (
    NUMBER_BEGINS,
    NUMBER_ENDS,
    Spot,
    address_spans,
    goes_on_in_letters,
    numbers_a_paper,
    overlaps,
    within,
)

MOBILE: Final = RuleCard("mobile", "手机号码", PERSONAL_DATA, Severity.BLOCK, RuleKind.MASKABLE)

_GAP: Final = r"[ .\-]{1,3}"
# A number in groups that goes on with a hyphen or a point is an ISBN, a version, the number of a thing.
_SHAPES: Final = tuple(
    re.compile(rf"{begins}(?=({shape}){NUMBER_ENDS}{ends})")
    for begins, ends, shape in (
        (rf"(?:{NUMBER_BEGINS}|(?<![0-9])(?:00)?86)(?<![0-9]\.)", r"(?!\.[0-9])", r"1[3-9]\d{9}"),
        *(
            (NUMBER_BEGINS + r"(?:(?<![0-9][.\-])|(?<=86-))", r"(?![.\-][0-9])", shape)
            for shape in (
                rf"1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}",
                rf"1[3-9]\d{_GAP}\d{{8}}",
                rf"1[3-9]\d{_GAP}\d{{3}}{_GAP}\d{{5}}",
                rf"1[3-9]\d\d{_GAP}\d{{4}}{_GAP}\d{{3}}",
                rf"1[3-9]\d\d{_GAP}\d{{7}}",
                rf"1[3-9]\d{{3}}{_GAP}\d{{6}}",
                rf"1[3-9]\d{{5}}{_GAP}\d{{4}}",
            )
        ),
        (rf"{NUMBER_BEGINS}(?<![0-9][ .\-])", r"(?![ .\-]{1,3}[0-9])", rf"1{_GAP}[3-9](?:{_GAP}\d){{9}}"),
    )
)
_WORDS_BEFORE: Final = re.compile(r"(?:^|[^A-Za-z])(?:tel|phone|mobile|mob|cell|m|t|p|wx|vx|v|weixin)$", re.IGNORECASE)
_LETTERS_BEFORE: Final = re.compile(r"[A-Za-z_]$")
_CALLED_A_PHONE: Final = re.compile(r"(?:电话|手机|拨打|致电|微信|联系方式)(?:号码?)?[:：为是]{0,2}\s?$")
_MONEY: Final = "(?:元(?!旦|宵)|美元|港元|欧元|日元)"
_UNIT: Final = (
    rf"(?:{_MONEY}|吨(?!位)|千瓦|平方|立方|公里|千米|千克|公斤|亩|股(?!长|室|东|级|办|民|份(?:公司|有限|制|合作))|人次)"
)
# 万 and 亿 are names as well (万老师): only with a unit behind them do they make an amount.
_MEASURE_AFTER: Final = re.compile(
    rf"[{SPACES}]?(?:[余多]?[百千]?[万亿]{{0,2}}{_UNIT}|[%％㎡]|(?:kWh?|MWh?|GWh?|kg|km|USD|CNY|RMB|EUR|HKD|Hz|MB|GB|TB)(?![A-Za-z]))"
)
_NAMED_AFTER: Final = re.compile(rf"[{SPACES}]?号(?!码)")


def find_mobiles(text: str, folded: str, taken: list[Spot]) -> list[Spot]:
    """Find mobile numbers that stand for themselves: not in longer numbers, addresses, amounts or papers' numbers."""
    found: list[Spot] = []
    addresses: list[tuple[int, int]] | None = None
    for begin, piece in long_runs(folded, 11):
        spans = {match.start(1): match.end(1) for shape in reversed(_SHAPES) for match in shape.finditer(piece)}
        for first, last in sorted(spans.items()):
            start, end = begin + first, begin + last
            if overlaps(start, end, taken) or overlaps(start, end, found[-1:]) or _is_something_else(text, start, end):
                continue
            if addresses is None:
                addresses = address_spans(text)
            if within(start, addresses):
                continue
            number = "".join(filter(str.isdigit, piece[first:last]))
            masked = f"{number[:3]}****{number[-4:]}"
            found.append(
                Spot(
                    MOBILE,
                    start,
                    end,
                    f"这是手机号码，公开个人号码会侵害他人的个人信息权益（{PERSONAL_DATA}）。",
                    "点“遮盖”隐去中间四位；确属对外公布的办公电话的，书面说明。",
                    masked,
                    masked,
                )
            )
    return found


def _is_something_else(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 10) : start]
    if before[-1:] in {"￥", "¥", "$", "€"} or numbers_a_paper(text, start):
        return True
    if _LETTERS_BEFORE.search(before) and not _WORDS_BEFORE.search(before):
        return True
    if _MEASURE_AFTER.match(text, end):
        return True
    names_a_thing = goes_on_in_letters(text, end) or _NAMED_AFTER.match(text, end)
    return bool(names_a_thing) and not _CALLED_A_PHONE.search(before)
