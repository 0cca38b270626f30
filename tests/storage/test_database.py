"""The file is opened with every setting that keeps a commit, and what goes wrong with it is said as a fact."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from app.errors import (
    AppError,
    DatabaseBusyError,
    DatabaseDamagedError,
    DriveRemovedError,
    NotEnoughSpaceError,
    TargetNotWritableError,
)
from app.storage import database
from app.storage.database import FILE_NAME, connect, copy_database, is_whole, transaction, translated
from app.storage.unit_of_work import Store


@pytest.fixture
def path(store: Store) -> Path:
    return store.folder / FILE_NAME


SETTINGS = {
    "journal_mode": "delete",
    "synchronous": 3,
    "foreign_keys": 1,
    "secure_delete": 1,
    "temp_store": 2,
    "mmap_size": 0,
    "cell_size_check": 1,
    "trusted_schema": 0,
    "busy_timeout": 10_000,
}


@pytest.mark.parametrize("query_only", [False, True])
def test_every_connection_has_the_settings_that_keep_a_commit(path: Path, query_only: bool) -> None:
    with closing(connect(path, query_only=query_only)) as db:
        found = {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in (*SETTINGS, "query_only")}
    assert found == SETTINGS | {"query_only": int(query_only)}


def test_write_ahead_logging_is_turned_off_again(path: Path) -> None:
    with closing(sqlite3.connect(path)) as foreign:
        assert foreign.execute("PRAGMA journal_mode = WAL").fetchone()[0] == "wal"
    with closing(connect(path)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "delete"


def test_a_missing_file_is_not_made_by_the_way(tmp_path: Path) -> None:
    with pytest.raises(DriveRemovedError):
        connect(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_a_place_with_odd_characters_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "数据 100%?#&=1"
    folder.mkdir()
    with closing(connect(folder / FILE_NAME, create=True)) as db:
        db.execute("CREATE TABLE t (a)")
    assert [file.name for file in folder.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize("text", [b"not a database at all" * 100, b"SQLite format 3\x00" + bytes(4080)])
def test_what_is_no_database_is_refused_as_damaged(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(text)
    with pytest.raises(DatabaseDamagedError):
        connect(path)
    assert path.read_bytes() == text


def test_a_database_that_lost_its_end_is_refused_as_damaged(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DatabaseDamagedError):
        connect(path)


def test_a_page_written_over_is_found_by_the_check(path: Path) -> None:
    whole = path.read_bytes()
    with closing(connect(path, query_only=True)) as db:
        assert is_whole(db)
    path.write_bytes(whole[:8192] + b"\xff" * 4096 + whole[12288:])
    with closing(connect(path, query_only=True)) as db:
        assert not is_whole(db)


def test_a_transaction_is_undone_by_any_exception(path: Path) -> None:
    with closing(connect(path)) as db:

        def fail(error: type[BaseException]) -> None:
            with transaction(db, immediate=True):
                db.execute("DELETE FROM setting")
                db.execute("INSERT INTO setting VALUES ('a', 'b')")
                raise error

        for error in (KeyboardInterrupt, RuntimeError, GeneratorExit):
            with pytest.raises(error):
                fail(error)
            assert not db.execute("SELECT * FROM setting").fetchall()
        with transaction(db, immediate=True):
            db.execute("INSERT INTO setting VALUES ('a', 'b')")
        assert db.execute("SELECT * FROM setting").fetchall() == [("a", "b")]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_BUSY_MILLISECONDS", 1)


@pytest.mark.usefixtures("impatient")
def test_a_file_held_by_another_program_is_said_to_be_busy(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for unit_of_work in (store.reading, store.writing):
            with pytest.raises(DatabaseBusyError), unit_of_work() as unit:
                unit.settings.get("a")
        other.execute("ROLLBACK")
    with store.writing() as unit:
        assert unit.settings.get("a") is None


@pytest.mark.usefixtures("impatient")
def test_a_commit_that_a_reader_holds_up_leaves_nothing_behind(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM setting").fetchall()
        with pytest.raises(DatabaseBusyError), store.writing() as unit:
            unit.settings.set("a", "b")
    with store.reading() as unit:
        assert unit.settings.get("a") is None


def test_a_deferred_transaction_that_reads_first_cannot_write_and_an_immediate_one_can(path: Path) -> None:
    with closing(connect(path)) as one, closing(connect(path)) as two:
        with translated(path), transaction(one, immediate=False):
            one.execute("SELECT * FROM setting").fetchall()
            two.execute("BEGIN IMMEDIATE")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                one.execute("INSERT INTO setting VALUES ('a', 'b')")
            two.execute("ROLLBACK")
        with transaction(two, immediate=True):
            two.execute("INSERT INTO setting VALUES ('a', 'b')")


def test_a_full_disk_is_said_with_what_is_missing_and_nothing_is_kept(store: Store, path: Path) -> None:
    @contextmanager
    def limited() -> Iterator[None]:
        with translated(path), closing(connect(path)) as db:
            pages = db.execute("PRAGMA page_count").fetchone()[0]
            db.execute(f"PRAGMA max_page_count = {pages}")
            with transaction(db, immediate=True):
                db.execute("INSERT INTO setting VALUES ('a', ?)", ("x" * 5_000_000,))
                yield

    with pytest.raises(NotEnoughSpaceError) as told, limited():
        pass
    assert told.value.missing > 0
    with store.reading() as unit:
        assert unit.settings.get("a") is None


def test_a_read_only_place_is_said_to_be_one(path: Path) -> None:
    with translated(path), closing(connect(path, query_only=True)) as db:
        fact: type[AppError] = TargetNotWritableError
        with pytest.raises(fact), translated(path):
            db.execute("DELETE FROM setting")


@pytest.mark.parametrize(
    ("code", "fact"),
    [
        (sqlite3.SQLITE_IOERR_READ, DatabaseDamagedError),
        (sqlite3.SQLITE_IOERR_SHORT_READ, DatabaseDamagedError),
        (sqlite3.SQLITE_CORRUPT_INDEX, DatabaseDamagedError),
        (sqlite3.SQLITE_IOERR_WRITE, TargetNotWritableError),
        (sqlite3.SQLITE_IOERR_FSYNC, TargetNotWritableError),
        (sqlite3.SQLITE_READONLY_DIRECTORY, TargetNotWritableError),
        (sqlite3.SQLITE_CANTOPEN, TargetNotWritableError),
        (sqlite3.SQLITE_BUSY_RECOVERY, DatabaseBusyError),
        (sqlite3.SQLITE_FULL, NotEnoughSpaceError),
    ],
)
def test_each_error_of_the_file_is_a_fact(path: Path, code: int, fact: type[AppError]) -> None:
    wrong = sqlite3.OperationalError("in SQLite's words")
    wrong.sqlite_errorcode = code
    with pytest.raises(fact), translated(path):
        raise wrong


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_CANTOPEN])
def test_a_file_that_is_gone_means_that_its_drive_is(tmp_path: Path, code: int) -> None:
    wrong = sqlite3.OperationalError("in SQLite's words")
    wrong.sqlite_errorcode = code
    with pytest.raises(DriveRemovedError), translated(tmp_path / "gone" / FILE_NAME):
        raise wrong


def test_a_bug_in_a_statement_stays_a_bug(path: Path) -> None:
    with closing(connect(path)) as db, pytest.raises(sqlite3.OperationalError, match="no such table"), translated(path):
        db.execute("SELECT * FROM none")


def test_a_copy_is_whole_and_leaves_the_source_as_it_was(store: Store, path: Path, tmp_path: Path) -> None:
    with store.writing() as unit:
        unit.settings.set("a", "b")
    before = path.read_bytes()
    copy = tmp_path / "copy.db"
    copy_database(path, copy)
    assert path.read_bytes() == before
    with closing(connect(copy, query_only=True)) as db:
        assert is_whole(db)
        assert db.execute("SELECT value FROM setting WHERE key = 'a'").fetchone() == ("b",)


def test_a_copy_undoes_first_what_a_crash_left_half_done(path: Path, tmp_path: Path) -> None:
    crash = """if True:
        import os, sqlite3, sys
        db = sqlite3.connect(sys.argv[1], isolation_level=None)
        db.execute("PRAGMA cache_size = 1")
        db.execute("PRAGMA cache_spill = 1")
        db.execute("BEGIN IMMEDIATE")
        for n in range(200):
            db.execute("INSERT INTO setting VALUES (?, ?)", (f"k{n}", "x" * 5000))
        os._exit(9)
    """
    before = path.read_bytes()
    assert subprocess.run([sys.executable, "-c", crash, str(path)], check=False).returncode == 9
    assert path.with_name(FILE_NAME + "-journal").stat().st_size > 512
    assert path.read_bytes() != before
    copy = tmp_path / "copy.db"
    copy_database(path, copy)
    with closing(connect(copy, query_only=True)) as db:
        assert is_whole(db)
        assert db.execute("SELECT count(*) FROM setting").fetchone()[0] == 0
    assert path.read_bytes() == before
