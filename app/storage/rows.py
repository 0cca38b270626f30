"""Rows as dictionaries, and the few ways in which values are written as text."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import wraps
from typing import Any, TypeVar

from sqlite_utils.db import Database

from app.errors import RecordAlteredError
from app.models.clock import from_text, to_text
from app.models.storable import storable

Row = dict[str, Any]
T = TypeVar("T")


def reader(table: str) -> Callable[[Callable[[Row], T]], Callable[[Row], T]]:
    """Let what reads a table's rows raise `RecordAlteredError` for one that this program cannot have written."""

    def made(read: Callable[[Row], T]) -> Callable[[Row], T]:
        @wraps(read)
        def reading(row: Row) -> T:
            with as_written(table, str(next(iter(row.values()), ""))):
                return read(row)

        return reading

    return made


@contextmanager
def as_written(table: str, row: str = "") -> Iterator[None]:
    """Run what reads values of a row, and turn what it says of a foreign one into `RecordAlteredError`."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError) as wrong:
        raise RecordAlteredError(table, row) from wrong


def select(db: Database, sql: str, parameters: tuple[object, ...] = ()) -> list[Row]:
    """Return every row of a query as a dictionary."""
    cursor = db.execute(sql, _storable(parameters))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def select_one(db: Database, sql: str, parameters: tuple[object, ...] = ()) -> Row | None:
    """Return the first row of a query, or None."""
    rows = select(db, sql, parameters)
    return rows[0] if rows else None


def stream(db: Database, sql: str, parameters: tuple[object, ...] = ()) -> Iterator[Row]:
    """Read a query row by row, for as long as the unit of work is open."""
    cursor = db.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def write(db: Database, table: str, row: Row, *, replace: bool = False) -> None:
    """Insert one row, or put it in the place of the row with the same primary key."""
    names = ", ".join(row)
    marks = ", ".join("?" * len(row))
    if replace:
        updates = ", ".join(f"{name} = excluded.{name}" for name in row)
        keys = ", ".join(pk for pk in db[table].pks)  # type: ignore[union-attr]
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT ({keys}) DO UPDATE SET {updates}"  # noqa: S608
    else:
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names come from the code
    db.execute(sql, _storable(row.values()))


def change(db: Database, table: str, row: Row, where: Row) -> bool:
    """Set columns of the one row that fits, or say that there is none."""
    names = ", ".join(f"{name} = ?" for name in row)
    fits = " AND ".join(f"{name} = ?" for name in where)
    sql = f"UPDATE {table} SET {names} WHERE {fits}"  # noqa: S608 - names come from the code
    return db.execute(sql, _storable((*row.values(), *where.values()))).rowcount == 1


def _storable(values: Iterable[object]) -> tuple[object, ...]:
    return tuple(storable(value) if isinstance(value, str) else value for value in values)


def moment(text: str | None) -> datetime | None:
    """Read a stored moment, if there is one."""
    return from_text(text) if text else None


def moment_text(value: datetime | None) -> str | None:
    """Write a moment as stored, if there is one."""
    return to_text(value) if value else None


def day(text: str | None) -> date | None:
    """Read a stored day, if there is one."""
    return date.fromisoformat(text) if text else None


def day_text(value: date | None) -> str | None:
    """Write a day as stored, if there is one."""
    return value.isoformat() if value else None


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Read pairs of texts stored as JSON."""
    return tuple((str(a), str(b)) for a, b in json.loads(text))


def as_json(value: object) -> str:
    """Write a value as JSON for a column."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
