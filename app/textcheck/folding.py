"""Digits, spaces and hyphens in every form they are typed in, one code point for one code point."""

import re
from typing import Final

SPACES: Final = " \t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
UNSEEN: Final = "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Characters without width: they hide a number from a search, not from a reader."""
_HYPHENS: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc\ufe58\ufe63\uff0d·•‧・_＿~～"
# Full width, Arabic, Devanagari, Thai, the five mathematical alphabets, segments.
_ZEROS: Final = (0xFF10, 0x0660, 0x06F0, 0x0966, 0x0E50, *range(0x1D7CE, 0x1D800, 10), 0x1FBF0)
_CROSSES: Final = "xXｘＸ×✕✖χΧхХ"


def _folding() -> dict[int, str]:
    table = {zero + digit: str(digit) for zero in _ZEROS for digit in range(10)}
    for characters, plain in ((SPACES + UNSEEN, " "), (_HYPHENS, "-"), (_CROSSES, "X"), ("．", "."), ("＊", "*")):
        table.update(dict.fromkeys(map(ord, characters), plain))
    return table


_TABLE: Final = _folding()
_RUN: Final = re.compile(r"[0-9](?:[ .\-]{0,3}[0-9])*(?:[ \-]{0,3}X)?")
_EDGE: Final = 4


def fold(text: str) -> str:
    """Return the text with plain digits, spaces, hyphens and X; every position stays what it was."""
    return text.translate(_TABLE)


def long_runs(folded: str, digits: int) -> list[tuple[int, str]]:
    """Return each run of at least `digits` digits with a few characters around it, and where that piece begins.

    Digits of a run may have up to three spaces, hyphens or points between them.
    """
    pieces = []
    for run in _RUN.finditer(folded):
        if run.end() - run.start() >= digits and sum(map(str.isdigit, run.group())) >= digits:
            begin = max(0, run.start() - _EDGE)
            pieces.append((begin, folded[begin : run.end() + _EDGE]))
    return pieces
