"""Text as it can be stored and printed: halves of a character become U+FFFD, control characters go."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

V = TypeVar("V")

_HALVES = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("[\x0b\x0c]")
"""Word's line and page breaks, as they come with a paste."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
"""What neither XML nor paper can hold and nobody sees: it would part the words of a mark or break a ledger."""
_ANY = re.compile(f"{_HALVES.pattern}|{_BREAKS.pattern}|{_CONTROLS.pattern}")


def storable(text: str) -> str:
    """Return a text that UTF-8 and XML can hold; nearly always the very same."""
    if _ANY.search(text) is None:
        return text
    return _CONTROLS.sub("", _BREAKS.sub("\n", _HALVES.sub("\ufffd", text)))


def storable_record(record: V) -> V:
    """Return a record or tuple with every text in it storable; nearly always the very same."""
    return cast("V", _cleaned(record))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, tuple):
        parts = tuple(_cleaned(part) for part in value)
        return value if all(new is old for new, old in zip(parts, value, strict=True)) else parts
    if is_dataclass(value) and not isinstance(value, type):
        found = {one.name: getattr(value, one.name) for one in fields(value)}
        changed = {name: new for name, old in found.items() if (new := _cleaned(old)) is not old}
        return replace(value, **changed) if changed else value
    return value
