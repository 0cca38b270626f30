"""Bytes to text: UTF-8, UTF-16 with a mark, GB 18030; nothing is guessed further."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from app.errors import FileUnreadableError

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile("[\ufeff\u00ad\u200b\u2060]")
_HARMFUL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_USUAL = re.compile("[ -~\n\u3000-\u30ff\u4e00-\u9fff\uff00-\uff5e]*")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


@dataclass(frozen=True)
class CleanText:
    """Text without characters that cannot be seen; how many were taken out, and how many have no glyph."""

    text: str
    removed: int = 0
    private: int = 0


def decode(raw: bytes, name: str) -> str:
    """Decode a text file strictly.

    Raises `FileUnreadableError` with `unknown_encoding`, or `unknown_kind` when the bytes are no text.
    """
    if raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise FileUnreadableError(name, "unknown_encoding")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(raw, "utf-16", name)
    if b"\x00" in raw:
        wide = any(_reads_as_chinese(raw.decode(order, "ignore")) for order in ("utf-16-le", "utf-16-be"))
        raise FileUnreadableError(name, "unknown_encoding" if wide else "unknown_kind")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _strictly(raw, "gb18030", name)
    if not _reads_as_chinese(text):
        raise FileUnreadableError(name, "unknown_encoding")
    return text


def clean(text: str) -> CleanText:
    """Unify line ends and take out control characters, lone surrogates and marks that turn text around."""
    if _USUAL.fullmatch(text):
        return CleanText(text)
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)).replace("\u00a0", " ")
    text, removed = _HARMFUL.subn("", text)
    return CleanText(text, removed, sum(1 for _ in _PRIVATE.finditer(text)))


def _strictly(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as failed:
        raise FileUnreadableError(name, "unknown_encoding") from failed


def _reads_as_chinese(text: str) -> bool:
    """Say whether an encoding was the right guess: nearly any bytes decode, but few of them into usual words."""
    sample = text[:20_000]
    if sum(unicodedata.category(c) in {"Cc", "Cn"} and c not in "\r\n\t" for c in sample) > len(sample) // 100:
        return False
    wide = [c for c in sample if ord(c) > 0x7F]
    usual = [c for c in wide if _is_usual(c)]
    if len(usual) * 2 >= len(wide):
        return True
    # Traditional characters, rare ones and other scripts of the country: then nearly all of them must be known.
    known = len(usual) + sum(not _is_usual(c) and (_is_traditional(c) or _is_of_four_bytes(c)) for c in wide)
    return known * 20 >= len(wide) * 17


def _is_traditional(character: str) -> bool:
    """Tell the 5,401 usual characters of Big5."""
    try:
        written = character.encode("big5")
    except UnicodeEncodeError:
        return False
    return len(written) == 2 and 0xA4 <= written[0] <= 0xC6 and "\u4e00" <= character <= "\u9fff"


def _is_of_four_bytes(character: str) -> bool:
    """Tell letters and their signs that take four bytes in GB 18030: no other encoding has that pattern by chance."""
    letter = unicodedata.category(character)[0] in "LMNP"
    return letter and len(character.encode("gb18030", "replace")) == 4


def _is_usual(character: str) -> bool:
    """Tell the 6,763 characters of GB 2312 and its punctuation from what a wrong guess brings up."""
    if "\u3040" <= character <= "\u30ff" or "\u0370" <= character <= "\u04ff" or "\u2500" <= character <= "\u257f":
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
