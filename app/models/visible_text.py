"""Whether a field that looks filled holds anything that can be read."""

import re
import unicodedata
from typing import Final

_UNSEEN_KINDS: Final = {"Cc", "Cf", "Cn", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"}
_BLANKS: Final = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs by name that show as a blank."""

_NO_SOURCE: Final = re.compile(
    r"(?:暂?无|没有|未知|不详|不明|略|同上|待补|待定|待查|none|null|n/a|na)(?:链接|网址|文号|来源)?", re.IGNORECASE
)
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+-]*):", re.IGNORECASE)
_WEB: Final = re.compile(r"https?://[^\s/?#]+", re.IGNORECASE)
_PAPER_SIGNS: Final = {"isbn", "issn", "cn", "doi", "no"}


def has_words(text: str) -> bool:
    """Say whether anything in a text can be seen: not only blanks and characters without width."""
    return any(character not in _BLANKS and unicodedata.category(character) not in _UNSEEN_KINDS for character in text)


def names_source(text: str) -> bool:
    """Say whether a text is a web address (http or https) or words that may name a paper (article 12).

    无, a dash and the like name nothing, and neither does any other kind of address: nobody can follow it.
    """
    bare = "".join(c for c in text if has_words(c) or c.isspace()).strip()
    letters = sum(character.isalnum() for character in bare)
    if letters < 2 or _NO_SOURCE.fullmatch(bare.strip("。.（）()")):
        return False
    scheme = _SCHEME.match(bare)
    if scheme is None or scheme[1].lower() in _PAPER_SIGNS:
        return True
    return _WEB.match(bare) is not None
