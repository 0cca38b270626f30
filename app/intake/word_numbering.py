"""The numbers that Word writes by itself before a paragraph: 一、（一）1. ① and their kin.

They are in no run of the text, and a notice without its 一、二、三 is not the notice.
"""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.intake.word_package import attribute, child, local
from app.intake.word_styles import WordStyles

_LEVELS = 9
_PLAIN = re.compile(r"%1[.．、)）]?")
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"


@dataclass(frozen=True)
class NumberLabel:
    """What stands before a paragraph: `bullet`, or the number as `text`.

    `plain` is true for 1. 2. 3. of a first level, which a numbered block shows in the same way;
    `value` is that number.
    """

    bullet: bool
    text: str
    plain: bool = False
    value: int = 0
    list_id: str = ""


@dataclass(frozen=True)
class _Level:
    kind: str
    pattern: str
    start: int
    legal: bool
    separator: str


class WordNumbering:
    """Counts the lists of one document; ask once for each paragraph, in reading order."""

    def __init__(self, tree: Element | None, styles: WordStyles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, tuple[str, dict[int, int], dict[int, _Level]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        for part in () if tree is None else tree:
            if local(part.tag) == "abstractNum":
                self._read_abstract(part)
            elif local(part.tag) == "num":
                self._read_list(part)

    def label(self, list_id: str | None, level: int) -> NumberLabel | None:
        """Count one paragraph of a list on and return what stands before it, or None."""
        if list_id is None or list_id not in self._lists:
            return None
        owner, starts, own_levels = self._lists[self._resolved(list_id)]
        levels = {**self._abstract.get(owner, {}), **own_levels}
        shape = levels.get(level)
        if shape is None:
            return None
        if shape.kind == "bullet":
            return NumberLabel(True, "", list_id=list_id)
        counts = self._counts.setdefault(owner, [None] * _LEVELS)
        self._count(list_id, level, counts, levels, starts)
        text = _filled(shape, counts, levels)
        if not text:
            return None
        value = counts[level] or 0
        plain = level == 0 and shape.kind == "decimal" and _PLAIN.fullmatch(shape.pattern) is not None
        return NumberLabel(False, text + shape.separator, plain, value, owner)

    def _count(
        self, list_id: str, level: int, counts: list[int | None], levels: dict[int, _Level], starts: dict[int, int]
    ) -> None:
        if level in starts and (list_id, level) not in self._begun:
            counts[level] = None
        self._begun.add((list_id, level))
        for above in range(level):
            if counts[above] is None:
                counts[above] = starts.get(above, levels[above].start if above in levels else 1)
        current = counts[level]
        counts[level] = starts.get(level, levels[level].start) if current is None else current + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)

    def _resolved(self, list_id: str) -> str:
        """Follow a list that only points to a numbering style."""
        owner = self._lists[list_id][0]
        linked = self._styles.list_style(self._links.get(owner))
        return linked if linked in self._lists and linked is not None else list_id

    def _read_abstract(self, part: Element) -> None:
        key = attribute(part, "abstractNumId") or ""
        self._abstract[key] = {number: level for number, level in map(_level, part) if number >= 0}
        if link := attribute(child(part, "numStyleLink"), "val"):
            self._links[key] = link

    def _read_list(self, part: Element) -> None:
        starts: dict[int, int] = {}
        own: dict[int, _Level] = {}
        for override in part:
            if local(override.tag) != "lvlOverride":
                continue
            number = _whole(attribute(override, "ilvl"), 0)
            start = child(override, "startOverride")
            if start is not None:
                starts[number] = _whole(attribute(start, "val"), 1)
            shape = child(override, "lvl")
            if shape is not None:
                own[number] = _level(shape)[1]
        owner = attribute(child(part, "abstractNumId"), "val") or ""
        self._lists[attribute(part, "numId") or ""] = (owner, starts, own)


def _level(part: Element) -> tuple[int, _Level]:
    if local(part.tag) != "lvl":
        return -1, _Level("none", "", 1, False, "")
    number = min(_whole(attribute(part, "ilvl"), 0), _LEVELS - 1)
    kind = attribute(child(part, "numFmt"), "val") or "decimal"
    pattern = attribute(child(part, "lvlText"), "val") or ""
    start = _whole(attribute(child(part, "start"), "val"), 1)
    legal = child(part, "isLgl") is not None
    closed = (
        pattern[-1:] in {"、", "）", "．", "。", "：", "】", "》"} or attribute(child(part, "suff"), "val") == "nothing"
    )
    return number, _Level(kind, pattern, start, legal, "" if closed else " ")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 6 else otherwise


def _filled(shape: _Level, counts: list[int | None], levels: dict[int, _Level]) -> str:
    def number(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        kind = "decimal" if shape.legal or index not in levels else levels[index].kind
        return written(counts[index] or 1, kind)

    return re.sub(r"%([1-9])", number, shape.pattern).strip()


def written(value: int, kind: str) -> str:
    """Write a number in one of Word's formats (ST_NumberFormat); an unknown one in digits."""
    simple = _SIMPLE.get(kind)
    if simple is not None:
        return simple[value - 1] if 1 <= value <= len(simple) else str(value)
    match kind:
        case "none":
            return ""
        case "decimalZero":
            return f"{value:02d}"
        case "upperLetter" | "lowerLetter":
            letters = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)
            return letters if kind == "upperLetter" else letters.lower()
        case "upperRoman" | "lowerRoman":
            return _roman(value) if kind == "upperRoman" else _roman(value).lower()
        case "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCountingThousand":
            return chinese_number(value)
        case "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand":
            return "".join(_DIGITS[int(digit)] for digit in str(value))
        case "chineseLegalSimplified" | "ideographLegalTraditional":
            return chinese_number(value, _LEGAL, ("", "拾", "佰", "仟"))
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord("０") + int(digit)) for digit in str(value))
        case _:
            return str(value)


def _row(first: int, count: int) -> str:
    return "".join(chr(first + offset) for offset in range(count))


_SIMPLE = {
    "decimalEnclosedCircle": _row(0x2460, 20) + _row(0x3251, 15) + _row(0x32B1, 15),
    "decimalEnclosedCircleChinese": _row(0x2460, 20) + _row(0x3251, 15) + _row(0x32B1, 15),
    "decimalEnclosedParen": _row(0x2474, 20),
    "decimalEnclosedFullstop": _row(0x2488, 20),
    "ideographEnclosedCircle": _row(0x3280, 10),
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}


def chinese_number(value: int, digits: str = _DIGITS, units: tuple[str, ...] = ("", "十", "百", "千")) -> str:
    """Write 1 to 9999 in Chinese: 10 十, 11 十一, 21 二十一, 105 一百〇五; beyond that in digits."""
    if not 0 < value < 10_000:
        return str(value)
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (digits[0] if gap else "") + digits[digit] + units[place]
        gap = False
    return text[1:] if text.startswith(digits[1] + units[1]) and digits is _DIGITS else text


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for step, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        count, value = divmod(value, step)
        text += letters * count
    return text
