"""Frozen records as JSON texts for a column, and back; a key that a later version added reads as its default."""

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from app.models.clock import from_text, to_text
from app.storage.rows import as_json

T = TypeVar("T")


def record_text(record: object) -> str:
    """Write a frozen dataclass, or a tuple of them, as JSON."""
    return as_json(plain_value(record))


def read_record(kind: type[T], text: str) -> T:
    """Read a frozen dataclass of a kind; raise `ValueError` or `TypeError` when the text is of no such record."""
    return typing.cast("T", _record(kind, json.loads(text)))


def read_records(kind: type[T], text: str) -> tuple[T, ...]:
    """Read a list of records of a kind."""
    return tuple(typing.cast("T", _record(kind, one)) for one in json.loads(text))


def plain_value(value: object) -> object:
    """Return what JSON can hold of a value; times and days as stored texts."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return to_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain_value(part) for part in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain_value(getattr(value, one.name)) for one in fields(value)}
    return value


@cache
def hints_of(kind: Any) -> Mapping[str, Any]:
    """Return the types of a record's fields, by name."""
    return typing.get_type_hints(kind)


def _record(kind: type, raw: object) -> object:
    if not isinstance(raw, dict):
        raise TypeError(kind.__name__)
    found = {}
    for one in fields(kind):
        if one.name in raw:
            found[one.name] = typed_value(hints_of(kind)[one.name], raw[one.name])
        elif one.default is MISSING and one.default_factory is MISSING:
            raise ValueError(one.name)
    return kind(**found)


def typed_value(hint: Any, raw: Any) -> Any:
    """Return the value of a type that `plain_value` made this of; raise `ValueError` or `TypeError` if it cannot be."""
    if isinstance(hint, types.UnionType):
        return None if raw is None else typed_value(next(a for a in hint.__args__ if a is not type(None)), raw)
    if typing.get_origin(hint) is tuple:
        return tuple(typed_value(typing.get_args(hint)[0], part) for part in raw)
    if is_dataclass(hint):
        return _record(typing.cast("type", hint), raw)
    if hint is datetime:
        return from_text(raw)
    if hint is date:
        return date.fromisoformat(raw)
    if issubclass(hint, StrEnum):
        return hint(raw)
    if type(raw) is not hint:
        raise TypeError(f"{hint.__name__} expected")
    return raw
