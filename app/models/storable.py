"""Text as it can be stored: halves of a character, as a torn paste leaves them, become U+FFFD."""

import re

_HALVES = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """Return a text that UTF-8 can hold; nearly always the very same."""
    return _HALVES.sub("\ufffd", text) if _HALVES.search(text) else text
