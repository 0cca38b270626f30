"""People's text made harmless for paper: no control character reaches the page, no word is lost."""

import re

# Line ends of every system, form feeds and Unicode's own separators.
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Control and format characters and variation selectors have no shape of their own. U+FFFE and U+FFFF are no characters.
_SHAPELESS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_HALVES = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile("[ \n]+")
_ODD_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f]")


def printable(text: str) -> str:
    r"""Return what of a text can be drawn: lines ended by \\n, white space as blank or U+3000, nothing shapeless."""
    text = _LINE_ENDS.sub("\n", text)
    return _ODD_SPACES.sub(" ", _SHAPELESS.sub("", _HALVES.sub("\ufffd", text)))


def one_line(text: str) -> str:
    """Return a text as one printable line; U+3000 stands where it was put."""
    return _BLANKS.sub(" ", printable(text)).strip(" \u3000")


def paragraphs(text: str) -> list[str]:
    """Return the printable, stripped, non-empty lines of a text."""
    return [line for line in (line.strip() for line in printable(text).split("\n")) if line]
