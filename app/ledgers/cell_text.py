"""Texts of people as a spreadsheet or an XML file can hold them."""

import re
from collections.abc import Iterable
from typing import Final

LONGEST_CELL: Final = 32_767
CUT_NOTE: Final = "……（本格文字过长，此处截断）"

_FORMULA_BEGINS: Final = tuple("=+-@\t\r\n＝＋－﹢﹣＠﹦﹫−")
# What XML 1.0 cannot hold, and halves of a character.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_NAMES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f]")
_BORDER: Final = re.compile(r"^[\s'\ufffd]+|[\s'\ufffd]+$")
_LONGEST_SHEET_NAME: Final = 31


def xml_text(text: str) -> str:
    """Return the text with plain line breaks and � for every character that XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def cell_text(text: str) -> str:
    """Return a text as a cell holds it: at most 32,767 UTF-16 units, a cut text says so."""
    kept = xml_text(text)
    if _units(kept) <= LONGEST_CELL:
        return kept
    kept = kept[: LONGEST_CELL - len(CUT_NOTE)]
    while _units(kept) > LONGEST_CELL - len(CUT_NOTE):
        kept = kept[: -max(1, (_units(kept) - LONGEST_CELL + len(CUT_NOTE)) // 2)]
    return kept + CUT_NOTE


def looks_like_formula(text: str) -> bool:
    """Say whether a spreadsheet might take the text for a formula when it is edited or goes through CSV."""
    return text.startswith(_FORMULA_BEGINS) or text.lstrip(" \u3000").startswith(_FORMULA_BEGINS)


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Return names that Excel accepts: at most 31 characters, none of its reserved ones, all different."""
    names: list[str] = []
    taken = {"history"}
    for text in wanted:
        plain = _BORDER.sub("", _NOT_IN_SHEET_NAMES.sub(" ", xml_text(text))) or "台账"
        name, number = _short(plain, _LONGEST_SHEET_NAME), 1
        while name.casefold() in taken:
            number += 1
            ending = f"（{number}）"
            name = _short(plain, _LONGEST_SHEET_NAME - len(ending)) + ending
        taken.add(name.casefold())
        names.append(name)
    return names


def _short(text: str, units: int) -> str:
    while _units(text) > units:
        text = text[:-1]
    return _BORDER.sub("", text)


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
