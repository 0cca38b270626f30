"""Citizens' ID numbers: 18 characters with a check digit (GB 11643), and the old form of 15 digits."""

import re
from datetime import date
from typing import Final

from app.models.finding import RuleCard, RuleKind, Severity
from app.textcheck.folding import long_runs
from app.textcheck.spot import NUMBER_BEGINS, NUMBER_ENDS, Spot, numbers_a_paper, overlaps

PERSONAL_DATA: Final = "第十条（八）、《中华人民共和国个人信息保护法》"

ID_CARD: Final = RuleCard("id_card", "公民身份号码", PERSONAL_DATA, Severity.BLOCK, RuleKind.NEVER_SILENCED)
OLD_ID_CARD: Final = RuleCard("old_id_card", "旧公民身份号码", PERSONAL_DATA, Severity.WARN, RuleKind.ORDINARY)

_BY_TENS: Final = {1: "12345", 2: "123", 3: "1234567", 4: "123456", 5: "01234", 6: "12345", 7: "1", 8: "123", 9: "1"}
PROVINCES: Final = tuple(f"{tens}{one}" for tens, ones in _BY_TENS.items() for one in ones)
"""First two digits of a place, GB/T 2260: 11 北京 to 65 新疆, 71 台湾, 81 to 83 港澳台居民居住证, 91 abroad."""
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "10X98765432"
_UNIT_CODE: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BETWEEN: Final = r"[ \-]{0,3}"

# A permanent residence card of 2023 begins with 9 and the province, every other number with the province.
PLACE: Final = rf"(?:9(?={'|'.join(PROVINCES)})\d\d|{'|'.join(PROVINCES)})"
_BORN: Final = r"(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_SOLID: Final = re.compile(rf"(?=({PLACE}\d{{3,4}}{_BORN}\d{{3}}[\dX]))")
_SPACED: Final = re.compile(rf"{NUMBER_BEGINS}(?=([1-9](?:{_BETWEEN}\d){{16}}{_BETWEEN}[\dX]){NUMBER_ENDS})", re.ASCII)
_OLD: Final = re.compile(
    rf"{NUMBER_BEGINS}((?:{'|'.join(PROVINCES)})\d{{4}}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}){NUMBER_ENDS}"
)


def find_id_cards(folded: str) -> list[Spot]:
    """Find valid ID numbers, also glued to other digits or with spaces and hyphens inside."""
    found: list[Spot] = []
    for begin, piece in long_runs(folded, 17):
        spans = {m.start(1): m.end(1) for pattern in (_SPACED, _SOLID) for m in pattern.finditer(piece)}
        last = 0
        for start, end in sorted(spans.items()):
            number = _bare(piece[start:end])
            if start >= last and is_id_number(number):
                last = end
                masked = number[:4] + "*" * 10 + number[-4:]
                found.append(
                    Spot(
                        ID_CARD,
                        begin + start,
                        begin + end,
                        f"这是校验位相符的公民身份号码，公开会侵害他人的个人信息权益（{PERSONAL_DATA}）。",
                        "点“遮盖”隐去中间各位，或者整段删去。",
                        masked,
                        masked,
                    )
                )
    return found


def find_old_id_cards(text: str, folded: str, taken: list[Spot]) -> list[Spot]:
    """Find numbers that may be the form of 15 digits, which has no check digit."""
    found: list[Spot] = []
    for begin, piece in long_runs(folded, 15):
        for match in _OLD.finditer(piece):
            start, end, number = begin + match.start(1), begin + match.end(1), match.group(1)
            if not is_day_of_birth(f"19{number[6:12]}") or numbers_a_paper(text, start) or overlaps(start, end, taken):
                continue
            masked = number[:4] + "*" * 7 + number[-4:]
            found.append(
                Spot(
                    OLD_ID_CARD,
                    start,
                    end,
                    f"这 15 位数字像是旧式公民身份号码，公开会侵害他人的个人信息权益（{PERSONAL_DATA}）。",
                    "是身份号码的请遮盖或者删去；不是的可以书面说明。",
                    masked,
                    masked,
                )
            )
    return found


def is_id_number(number: str) -> bool:
    """Say whether 18 bare characters are an ID number: place, date of birth and check digit."""
    if len(number) != 18 or not number[:17].isdigit() or not is_day_of_birth(number[6:14]):
        return False
    if number[:2] not in PROVINCES and not (number[0] == "9" and number[1:3] in PROVINCES):
        return False
    if number[0] == "9" and is_unit_code(number):
        return False
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11] == number[17]


def is_unit_code(code: str) -> bool:
    """Say whether 18 characters are a 统一社会信用代码 with its check character (GB 32100)."""
    if len(code) != 18 or any(c not in _UNIT_CODE for c in code):
        return False
    total = sum(_UNIT_CODE.index(c) * pow(3, place, 31) for place, c in enumerate(code[:17]))
    return _UNIT_CODE[(31 - total % 31) % 31] == code[17]


def is_day_of_birth(day: str) -> bool:
    """Say whether eight digits are a day since 1850."""
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:])).year >= 1850
    except ValueError:
        return False


def _bare(spaced: str) -> str:
    return spaced.replace(" ", "").replace("-", "")
