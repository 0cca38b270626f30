"""XML parts from outside are counted through by expat before any tree is built of them."""

from collections import Counter
from typing import NoReturn
from xml.parsers import expat

from app.errors import FileUnreadableError

MOST_ELEMENTS = 300_000
_DEEPEST = 160


def check_xml(part: bytes, name: str, most_elements: int = MOST_ELEMENTS) -> Counter[str]:
    """Count the elements of a part by local name.

    Raises `FileUnreadableError`: `rigged` for a document type, an entity or a too deep nesting, `too_large`
    for more elements than memory is meant for, `broken` for anything that is not well-formed.
    """
    counts: Counter[str] = Counter()
    depth = total = 0

    def start(tag: str, _attributes: list[str]) -> None:
        nonlocal depth, total
        depth += 1
        total += 1
        if depth > _DEEPEST:
            raise FileUnreadableError(name, "rigged")
        if total > most_elements:
            raise FileUnreadableError(name, "too_large")
        counts[tag.rpartition(" ")[2]] += 1

    def end(_tag: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_declared: object) -> NoReturn:
        raise FileUnreadableError(name, "rigged")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.ordered_attributes = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, LookupError, ValueError) as failed:
        # A part may name an encoding that does not exist.
        raise FileUnreadableError(name, "broken") from failed
    return counts
