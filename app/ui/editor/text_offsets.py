"""Positions in a text: findings count code points, Qt counts UTF-16 units."""

_BMP_END = "\uffff"


def utf16_length(text: str) -> int:
    """Return how many UTF-16 units a text takes."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for c in text if c > _BMP_END)


def utf16_offset(text: str, index: int) -> int:
    """Return the UTF-16 offset of a code point's index."""
    return utf16_length(text[:index])


def code_point_index(text: str, offset: int) -> int:
    """Return the index of the code point at a UTF-16 offset; an offset inside a pair counts as its character's."""
    if text.isascii():
        return offset
    seen = 0
    for index, c in enumerate(text):
        seen += 2 if c > _BMP_END else 1
        if seen > offset:
            return index
    return len(text)
