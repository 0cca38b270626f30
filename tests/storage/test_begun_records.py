"""A folder that has lost its records is never taken for one in which nothing was begun."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import DatabaseMissingError
from app.models.staff import Unit
from app.storage.begun_records import holds_records
from app.storage.database import FILE_NAME
from app.storage.unit_of_work import Store
from tests.storage.office import NOW


def nothing(_path: Path) -> None:
    """Leave the folder without the file."""


def no_bytes(path: Path) -> None:
    path.write_bytes(b"")


def no_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 1")
        db.commit()


def no_unit(path: Path) -> None:
    Store(path.parent, lambda: NOW)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("left", [nothing, no_bytes, no_tables, no_unit])
def test_stored_files_beside_no_record_are_no_first_start(tmp_path: Path, left: Callable[[Path], None]) -> None:
    left(tmp_path / FILE_NAME)
    before = everything(tmp_path)
    assert holds_records(tmp_path) is False
    assert everything(tmp_path) == before
    (tmp_path / "attachments" / "ab").mkdir(parents=True)
    (tmp_path / "attachments" / "ab" / ("ab" * 32)).write_bytes(b"kept")
    before = everything(tmp_path)
    with pytest.raises(DatabaseMissingError):
        holds_records(tmp_path)
    assert everything(tmp_path) == before


def damaged(path: Path) -> None:
    path.write_bytes(b"no database at all" * 300)


def of_another(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE other (id TEXT)")


def with_a_unit(path: Path) -> None:
    with Store(path.parent, lambda: NOW).writing() as unit:
        unit.units.save(Unit("1", "JA01", "某某单位", "某某", "区网信办", "某示"), NOW)


@pytest.mark.parametrize("left", [damaged, of_another, with_a_unit])
def test_whatever_holds_something_is_for_its_opener_to_judge(tmp_path: Path, left: Callable[[Path], None]) -> None:
    left(tmp_path / FILE_NAME)
    (tmp_path / "attachments" / "ab").mkdir(parents=True)
    (tmp_path / "attachments" / "ab" / ("ab" * 32)).write_bytes(b"kept")
    assert holds_records(tmp_path) is True
