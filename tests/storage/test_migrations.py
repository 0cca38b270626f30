"""A file is created or brought up to date whole, and what this version cannot know is refused and not touched."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils.db import Database
from sqlite_utils.migrations import Migrations

from app.errors import AppError, DatabaseDamagedError, NewerDatabaseError, TargetNotWritableError
from app.storage import m0001_foundation, m0002_bound_words, m0003_accounts, migrations
from app.storage.database import FILE_NAME, connect, is_whole
from app.storage.guards import GUARDS
from app.storage.migrations import APPLICATION_ID, MIGRATIONS, bring_up_to_date
from app.storage.unit_of_work import Store
from tests.storage.office import NOW


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


@pytest.fixture
def path(store: Store) -> Path:
    return store.path


def refused(path: Path, error: type[AppError]) -> None:
    before = everything(path.parent)
    with pytest.raises(error):
        bring_up_to_date(path)
    assert everything(path.parent) == before


def test_a_new_file_is_ours_and_holds_every_guard(tmp_path: Path) -> None:
    bring_up_to_date(tmp_path / FILE_NAME)
    assert [file.name for file in tmp_path.iterdir()] == [FILE_NAME]
    with closing(connect(tmp_path / FILE_NAME, query_only=True)) as db:
        assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        triggers = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()}
        assert triggers == set(GUARDS)
        assert is_whole(db)
        strict = {row[1]: row[5] for row in db.execute("PRAGMA table_list").fetchall() if row[2] == "table"}
    ours = {name for name in strict if not name.startswith(("sqlite", "_sqlite", "search_text"))}
    assert len(ours) > 20
    assert [name for name in ours if not strict[name]] == []


def test_a_file_that_is_up_to_date_is_opened_without_a_write(path: Path) -> None:
    before = everything(path.parent)
    bring_up_to_date(path)
    assert everything(path.parent) == before


def test_the_migrations_known_are_those_registered() -> None:
    with closing(Database(memory=True)) as db:
        assert {migration.name for migration in MIGRATIONS.pending(db)} == migrations._KNOWN


def test_a_file_of_a_newer_version_is_refused_and_untouched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as newer, newer:
        newer.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('xianshen', 'm9999_later')")
        newer.execute("ALTER TABLE draft ADD COLUMN later TEXT")
        newer.execute("DROP TRIGGER guard_audit_no_update")
    with closing(connect(path, query_only=True)) as db:
        # The library alone sees nothing to do, and nothing wrong.
        assert MIGRATIONS.pending(db) == []
    refused(path, NewerDatabaseError)
    with pytest.raises(NewerDatabaseError):
        Store(path.parent, lambda: NOW)


def rollback(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE draft (id TEXT)")


def write_ahead(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE draft (id TEXT)")
        db.commit()


def of_another(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA application_id = 252006674")


def text(path: Path) -> None:
    path.write_text("先审\n" * 300, encoding="utf-8")


@pytest.mark.parametrize("make", [rollback, write_ahead, of_another, text])
def test_a_file_of_another_program_is_refused_and_untouched(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / FILE_NAME)
    refused(tmp_path / FILE_NAME, DatabaseDamagedError)


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(TargetNotWritableError):
        bring_up_to_date(tmp_path / FILE_NAME)


@pytest.mark.parametrize("left", [100, 5000, 4096 * 7])
def test_a_file_that_was_cut_off_is_refused_and_untouched(path: Path, left: int) -> None:
    path.write_bytes(path.read_bytes()[:left])
    refused(path, DatabaseDamagedError)


def test_an_empty_file_left_by_a_crash_is_taken(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    with Store(tmp_path, lambda: NOW).reading() as unit:
        assert unit.units.find() is None


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Database], None]], None]:
    """Give a way to add a migration."""

    def add(change: Callable[[Database], None]) -> None:
        longer = Migrations("xianshen")
        longer(name="m0001_foundation")(m0001_foundation.apply)
        longer(name="m0002_bound_words")(m0002_bound_words.apply)
        longer(name="m0003_accounts")(m0003_accounts.apply)
        longer(name="m9998_later")(change)
        monkeypatch.setattr(migrations, "MIGRATIONS", longer)
        monkeypatch.setattr(migrations, "_KNOWN", migrations._KNOWN | {"m9998_later"})

    return add


def rebuild(db: Database) -> None:
    db["account"].transform(drop={"handle"})  # type: ignore[union-attr]


def fail(db: Database) -> None:
    db.execute("ALTER TABLE account ADD COLUMN later TEXT")
    db.execute("SELECT * FROM nowhere")


def orphan(db: Database) -> None:
    db.execute("INSERT INTO target VALUES ('none', 'wechat', 'waiting', '')")


Later = Callable[[Callable[[Database], None]], None]


def test_a_migration_keeps_a_copy_of_before_and_sets_the_guards_again(path: Path, later: Later) -> None:
    before = path.read_bytes()
    later(rebuild)
    bring_up_to_date(path)
    with closing(connect(path, query_only=True)) as db:
        columns = {row[1] for row in db.execute("PRAGMA table_info(account)").fetchall()}
        triggers = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()}
        assert "handle" not in columns
        assert triggers == set(GUARDS)
        assert db.execute("SELECT count(*) FROM account").fetchone()[0] == 2
    (kept,) = [file for file in path.parent.iterdir() if file.name != FILE_NAME]
    assert kept.name.startswith("xianshen-before-m9998_later-")
    with closing(sqlite3.connect(kept)) as old, closing(sqlite3.connect(":memory:")) as first:
        first.deserialize(before)
        assert list(old.iterdump()) == list(first.iterdump())


@pytest.mark.parametrize(("change", "error"), [(fail, sqlite3.OperationalError), (orphan, DatabaseDamagedError)])
def test_a_migration_that_fails_changes_nothing(
    path: Path, later: Later, change: Callable[[Database], None], error: type[Exception]
) -> None:
    before = path.read_bytes()
    later(change)
    with pytest.raises(error):
        bring_up_to_date(path)
    assert path.read_bytes() == before
    later(rebuild)
    bring_up_to_date(path)


def test_a_damaged_file_is_not_migrated(path: Path, later: Later) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: 4096 * 9] + b"\xff" * 4096 + whole[4096 * 10 :])
    later(rebuild)
    refused(path, DatabaseDamagedError)


def test_a_new_folder_needs_no_copy_of_before(tmp_path: Path, later: Later) -> None:
    later(rebuild)
    bring_up_to_date(tmp_path / FILE_NAME)
    assert [file.name for file in tmp_path.iterdir()] == [FILE_NAME]


def test_a_file_that_lacks_a_column_is_told_as_damaged_and_a_wrong_statement_stays_a_bug(path: Path) -> None:
    store = Store(path.parent, lambda: NOW)
    with pytest.raises(sqlite3.OperationalError), store.reading() as unit:
        unit.db.execute("SELECT no_such_column FROM setting")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("ALTER TABLE setting RENAME COLUMN value TO older_name")
        raw.commit()
    with pytest.raises(DatabaseDamagedError), Store(path.parent, lambda: NOW).reading() as unit:
        unit.settings.get("theme")


def test_a_file_that_lacks_what_a_migration_changes_is_told_as_damaged(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("ALTER TABLE statement RENAME TO older_statement")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0002_bound_words'")
        raw.commit()
    with pytest.raises(DatabaseDamagedError):
        Store(path.parent, lambda: NOW)
