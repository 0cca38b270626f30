"""Where a line of Chinese may end (GB/T 15834 5.1): no point begins a line, no opening mark ends one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category

from app.forms.typeface import Face

CANNOT_START = frozenset(
    "!),.:;?]}%¢°·’”†‡›»℃℉℅‰′″∶、。〃々〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠—–…‥・／/ー"
)
CANNOT_END = frozenset("([{£¥‘“‹«〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥№§☐☑")
# The ink of these lies in the left half of their square: at the end of a line the right half may stand in the margin.
HANGING = frozenset("、。，．；：？！）》”’】〕〉」』］｝")
_URL_BREAKS = frozenset("/?&=-_.#%+~:,;")
_FUZZ = 1e-6


@dataclass(frozen=True, slots=True)
class TextLine:
    """One set line: its words, their width in em with a hanging point counted half, and whether its paragraph ends."""

    text: str
    width: float
    ends: bool


def break_lines(text: str, face: Face, measure: float, indent: float = 0.0) -> list[TextLine]:
    """Break a printable text into lines of at most `measure` em; `indent` em stand before each paragraph's first.

    An empty paragraph gives an empty line. Words and addresses longer than a line are broken, never overrun.
    """
    lines: list[TextLine] = []
    for paragraph in text.split("\n"):
        lines.extend(_lines(paragraph, face, measure, indent))
    return lines


def visible_width(text: str, face: Face) -> float:
    """Return the width of a line in em, a hanging point at its end counted half."""
    return face.width(text) - _hang(text[-1:], face)


def _lines(text: str, face: Face, measure: float, indent: float) -> Iterator[TextLine]:
    text = text.rstrip(" \u3000")
    if not text:
        yield TextLine("", 0.0, True)
        return
    widths = [face.glyph(char)[1] for char in text]
    start, end = 0, len(text)
    while start < end:
        room = measure - (indent if start == 0 else 0.0)
        stop = _fill(text, widths, face, start, room)
        if stop < end:
            stop = _last_break(text, widths, start, stop, room)
        words = text[start:stop].rstrip(" \u3000")
        while stop < end and text[stop] in " \u3000":
            stop += 1
        width = sum(widths[start : start + len(words)]) - _hang(words[-1:], face)
        yield TextLine(words, width, stop >= end)
        start = stop


def _hang(char: str, face: Face) -> float:
    return 0.5 if char in HANGING and char and face.glyph(char)[1] >= 1.0 else 0.0


def _fill(text: str, widths: Sequence[float], face: Face, start: int, room: float) -> int:
    """Return how far a line reaches when it is simply filled; at least one character."""
    used, stop = 0.0, start
    while stop < len(text):
        if used + widths[stop] - _hang(text[stop], face) > room + _FUZZ:
            break
        used += widths[stop]
        stop += 1
    stop = max(stop, start + 1)
    # Blanks at the end of a line take no room.
    while stop < len(text) and text[stop] in " \u3000":
        stop += 1
    return stop


def _last_break(text: str, widths: Sequence[float], start: int, stop: int, room: float) -> int:
    """Return the last good place to break; a long word is broken before half the line is left empty."""
    best = next((at for at in range(stop, start, -1) if _may_break(text, at)), start)
    if best > start and sum(widths[start:best]) >= 0.6 * room:
        return best
    for allowed in (_after_url_mark, _within_word):
        at = next((at for at in range(stop, best, -1) if allowed(text, at)), start)
        if at > best and _word_length(text, at) > 20:
            return at
    if best > start:
        return best
    at = next((at for at in range(stop, start, -1) if _within_word(text, at)), start)
    return at if at > start else stop


def _may_break(text: str, at: int) -> bool:
    return _keeps_marks(text, at) and not (_is_word(text[at - 1]) and _is_word(text[at]))


def _after_url_mark(text: str, at: int) -> bool:
    return text[at - 1] in _URL_BREAKS and _is_word(text[at]) and text[at] not in _URL_BREAKS


def _within_word(text: str, at: int) -> bool:
    return _keeps_marks(text, at)


def _keeps_marks(text: str, at: int) -> bool:
    before_at = at - 1
    while before_at > 0 and text[before_at] in " \u3000":
        before_at -= 1
    before = text[before_at]
    char = text[at]
    return not (char in CANNOT_START or before in CANNOT_END or char in " \u3000" or category(char)[0] == "M")


def stretchable(char: str) -> bool:
    """Tell whether a justified line may be widened after a character: never inside a Latin word or a number."""
    return not _is_word(char)


def _is_word(char: str) -> bool:
    return "!" <= char <= "~" or "\u00c0" <= char <= "\u024f"


def _word_length(text: str, at: int) -> int:
    """Return the length of the unbroken Latin run around a place, as far as it matters."""
    left, right = at, at
    while left > 0 and at - left <= 30 and _is_word(text[left - 1]):
        left -= 1
    while right < len(text) and right - at <= 30 and _is_word(text[right]):
        right += 1
    return right - left
