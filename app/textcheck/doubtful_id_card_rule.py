"""Numbers with place and date of birth as in an ID number but another check digit: often a slip of the pen."""

import re
from typing import Final

from app.models.finding import RuleCard, RuleKind, Severity
from app.textcheck.folding import long_runs
from app.textcheck.id_card_rule import PERSONAL_DATA, PLACE, PROVINCES, is_day_of_birth, is_unit_code
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

DOUBTFUL_ID_CARD: Final = RuleCard(
    "doubtful_id_card", "疑似公民身份号码", PERSONAL_DATA, Severity.WARN, RuleKind.ORDINARY
)

_GAP: Final = r"[ \-]{1,3}"
_GROUPS: Final = ((18,), (6, 8, 4), (6, 4, 4, 4), (6, 12), (14, 4), (3, 3, 4, 4, 4), (4, 4, 4, 4, 2), (1,) * 18)
_SHAPE: Final = re.compile(
    rf"{NUMBER_BEGINS}(?<![0-9][.\-])(?=("
    + "|".join(_GAP.join([*(rf"\d{{{n}}}" for n in rest), rf"\d{{{last - 1}}}[\dX]"]) for *rest, last in _GROUPS)
    + rf"){NUMBER_ENDS}(?![.\-][0-9]))",
    re.ASCII,
)
_PLACE_FIRST: Final = re.compile(PLACE)
_CALLED_AN_ID: Final = re.compile(r"(?:身份证|公民身份|身份号|证件)(?:件|编?号码?)*[:：为是]{0,2}\s?$")
_CALLED_A_CODE: Final = re.compile(r"(?:编码|代码|条码|标识码|[账帐]号)[:：为是]{0,2}\s?$")
# Offices number their cases by place, day and serial number; hardly one of those days lies before the counters went
# on line, and of the children born since few are written about with their number.
_FIRST_YEAR_OF_CASES: Final = 2015


def find_doubtful_id_cards(text: str, folded: str, taken: list[Spot]) -> list[Spot]:
    """Find 18 characters that only their check digit keeps from being an ID number; right ones are taken before."""
    found: list[Spot] = []
    addresses: list[tuple[int, int]] | None = None
    for begin, piece in long_runs(folded, 17):
        for match in _SHAPE.finditer(piece):
            start, end = begin + match.start(1), begin + match.end(1)
            number = match.group(1).replace(" ", "").replace("-", "")
            if not _has_the_parts(number) or overlaps(start, end, taken) or overlaps(start, end, found[-1:]):
                continue
            if addresses is None:
                addresses = address_spans(text)
            if within(start, addresses) or touches_letters(folded, start, end) or _is_a_case(text, start, number):
                continue
            masked = number[:4] + "*" * 10 + number[-4:]
            found.append(
                Spot(
                    DOUBTFUL_ID_CARD,
                    start,
                    end,
                    "这像身份证号但校验位不对，可能抄错了一位；真是某人的号码，"
                    f"公开会侵害他人的个人信息权益（{PERSONAL_DATA}）。",
                    "是身份号码的请遮盖或者删去；不是的可以书面说明。",
                    masked,
                    masked,
                )
            )
    return found


def _has_the_parts(number: str) -> bool:
    """Say whether a number has a place and a day of birth since 1900, and is neither a valid ID nor a unit's code."""
    born = number[6:14]
    if _PLACE_FIRST.match(number) is None or born[:2] not in {"19", "20"} or not is_day_of_birth(born):
        return False
    # The code of a unit holds its place from the third digit on; one number in 31 passes for a code by chance.
    return not (number[2:4] in (*PROVINCES, "10") and is_unit_code(number))


def _is_a_case(text: str, start: int, number: str) -> bool:
    """Say whether a number is that of a case, a thing or an account rather than of a person."""
    before = text[max(0, start - 12) : start]
    if _CALLED_AN_ID.search(before):
        return False
    if numbers_a_paper(text, start) or _CALLED_A_CODE.search(before):
        return True
    return number[-1] != "X" and int(number[6:10]) >= _FIRST_YEAR_OF_CASES
