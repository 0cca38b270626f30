"""A table whose columns are the fields of one frozen record: one way to read and write all of them."""

import json
from dataclasses import is_dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import UnionType
from typing import Any, Generic, TypeVar, cast, get_origin

from sqlite_utils.db import Database

from app.errors import ChangedMeanwhileError, NotFoundError
from app.storage.record_text import hints_of, plain_value, typed_value
from app.storage.rows import Row, as_json, as_written, change, select, select_one, write

T = TypeVar("T")


class TypedTable(Generic[T]):
    """Reads and writes records of one kind; nested records and tuples stand as JSON in their column.

    A record with a `version` is saved only over the version it was read at. `apart` names fields that another table
    holds; they read as their defaults.
    """

    def __init__(
        self, db: Database, table: str, kind: type[T], *, key: str = "id", apart: frozenset[str] = frozenset()
    ):
        self._db, self._table, self._kind, self._key = db, table, kind, key
        self._hints = {name: hint for name, hint in hints_of(cast("Any", kind)).items() if name not in apart}

    def get(self, key: str) -> T:
        """Return one record, or raise `NotFoundError`."""
        found = self.find(key)
        if found is None:
            raise NotFoundError(self._table, key)
        return found

    def find(self, key: str) -> T | None:
        """Return one record, or None."""
        row = select_one(self._db, f"SELECT * FROM {self._table} WHERE {self._key} = ?", (key,))  # noqa: S608
        return self._record(row) if row else None

    def where(self, condition: str, *parameters: object) -> tuple[T, ...]:
        """Return the records that meet a condition of SQL written in the code; an order may follow it."""
        rows = select(self._db, f"SELECT * FROM {self._table} WHERE {condition}", parameters)  # noqa: S608
        return tuple(map(self._record, rows))

    def add(self, record: T, **further: object) -> T:
        """Put a new record on file, with the columns that are no field of it."""
        write(self._db, self._table, self._row(record) | further)
        return record

    def save(self, record: T) -> T:
        """Save the change of a record, or raise `ChangedMeanwhileError` if its version is not the last."""
        row = self._row(record)
        where: Row = {self._key: row.pop(self._key)}
        newer = record
        if "version" in row:
            where["version"] = row["version"]
            row["version"] += 1
            newer = replace(cast("Any", record), version=row["version"])
        if not change(self._db, self._table, row, where):
            self.get(where[self._key])
            raise ChangedMeanwhileError
        return newer

    def _row(self, record: T) -> Row:
        return {name: _column(getattr(record, name)) for name in self._hints}

    def _record(self, row: Row) -> T:
        with as_written(self._table, str(row.get(self._key, ""))):
            return self._kind(**{name: _field(hint, row[name]) for name, hint in self._hints.items()})


def _column(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, tuple) or (is_dataclass(value) and not isinstance(value, type)):
        return as_json(plain_value(value))
    return plain_value(value)


def _field(hint: Any, value: Any) -> Any:
    if isinstance(hint, UnionType):
        if value is None:
            return None
        hint = next(part for part in hint.__args__ if part is not type(None))
    if hint is bool:
        return bool(value)
    if get_origin(hint) is tuple or is_dataclass(hint):
        return typed_value(hint, json.loads(value))
    if hint in {datetime, date} or issubclass(hint, StrEnum):
        return typed_value(hint, value)
    return value
