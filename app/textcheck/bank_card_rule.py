"""Bank-card numbers: the beginnings and lengths that cards have, and the check digit (ISO/IEC 7812, Luhn)."""

import re
from typing import Final

from app.models.finding import RuleCard, RuleKind, Severity
from app.textcheck.folding import long_runs
from app.textcheck.id_card_rule import PERSONAL_DATA
from app.textcheck.spot import (
    NUMBER_BEGINS,
    NUMBER_ENDS,
    Spot,
    address_spans,
    numbers_a_paper,
    overlaps,
    touches_letters,
    within,
)

BANK_CARD: Final = RuleCard("bank_card", "银行卡号", PERSONAL_DATA, Severity.BLOCK, RuleKind.NEVER_SILENCED)

# No card of 18 digits begins as a 统一社会信用代码 (1, 5, 91 to 93) does.
# 14-digit Diners cards are not issued here, and 14 digits are the length of many papers' numbers.
_ISSUERS: Final = (
    (re.compile(r"62|81[0-7]|60|6[89]|955[5-9]|94"), range(16, 20)),
    (re.compile(r"4"), (13, 16, 19)),
    (re.compile(r"5|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|6[45]"), (16,)),
    (re.compile(r"3[47]"), (15,)),
    (re.compile(r"352[89]|35[3-8]"), (16,)),
)
_GAP: Final = r"[ \-]{1,3}"
_SHAPES: Final = tuple(
    re.compile(rf"{NUMBER_BEGINS}(?<![0-9]-)(?=({shape}){NUMBER_ENDS}(?!-[0-9]))")
    for shape in (
        r"[2-689]\d{12,18}",
        rf"[2-689]\d{{3}}(?:{_GAP}\d{{4}}){{3}}{_GAP}\d{{1,3}}",
        rf"[2-689]\d{{3}}(?:{_GAP}\d{{4}}){{3}}",
        rf"[2-689]\d{{5}}{_GAP}\d{{10,13}}",
        rf"[2-689]\d{{7}}{_GAP}\d{{8}}(?:{_GAP}\d{{1,3}})?",
        rf"3[47]\d\d{_GAP}\d{{6}}{_GAP}\d{{5}}",
        rf"[2-689](?:{_GAP}\d){{12,18}}(?!{_GAP}\d)",
    )
)


def find_bank_cards(text: str, folded: str, taken: list[Spot]) -> list[Spot]:
    """Find card numbers of 13 to 19 digits, whole or in the groups that cards and people write."""
    found: list[Spot] = []
    addresses: list[tuple[int, int]] | None = None
    for begin, piece in long_runs(folded, 13):
        for span in _candidates(piece):
            start, end = begin + span[0], begin + span[1]
            number = piece[span[0] : span[1]].replace(" ", "").replace("-", "")
            if not is_card_number(number) or overlaps(start, end, taken) or overlaps(start, end, found[-1:]):
                continue
            if addresses is None:
                addresses = address_spans(text)
            if touches_letters(folded, start, end) or within(start, addresses) or numbers_a_paper(text, start):
                continue
            masked = number[:4] + "*" * (len(number) - 8) + number[-4:]
            found.append(
                Spot(
                    BANK_CARD,
                    start,
                    end,
                    f"这是校验位相符的银行卡号，公开会侵害他人的个人信息权益（{PERSONAL_DATA}）。",
                    "点“遮盖”隐去中间各位，或者整段删去。",
                    masked,
                    masked,
                )
            )
    return found


def is_card_number(number: str) -> bool:
    """Say whether bare digits have the beginning, the length and the check digit of a card."""
    known = any(issuer.match(number) and len(number) in lengths for issuer, lengths in _ISSUERS)
    return known and passes_luhn(number)


def passes_luhn(number: str) -> bool:
    """Say whether bare digits end with the right Luhn check digit."""
    total = sum(map(int, number[-1::-2]))
    return (total + sum(int(digit) * 2 - (9 if digit > "4" else 0) for digit in number[-2::-2])) % 10 == 0


def _candidates(piece: str) -> list[tuple[int, int]]:
    """Return the spans of all shapes, from left to right, the longest of one beginning first."""
    spans = {match.span(1) for shape in _SHAPES for match in shape.finditer(piece)}
    return sorted(spans, key=lambda span: (span[0], -span[1]))
