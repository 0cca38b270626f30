"""One unit of work, one transaction: all of it stays, or none; and what only reads cannot write."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import AppError, ChangedMeanwhileError, DriveRemovedError
from app.models.draft_list import DraftQuery
from app.storage.database import FILE_NAME
from app.storage.unit_of_work import Store, UnitOfWork
from tests.storage.office import NOW, approve, new_draft, put, submit


def write_everywhere(unit: UnitOfWork) -> None:
    draft, revision = submit(unit, put(unit, new_draft()))
    approve(unit, draft, revision)
    unit.settings.set("theme", "dark")
    unit.search.put("draft", "draft", "2026-11", ("防汛",))
    unit.audit.add("author", "", "draft.submit", "draft:draft", {})


def dump(store: Store) -> list[str]:
    connection = sqlite3.connect(store.path)
    lines = list(connection.iterdump())
    connection.close()
    return lines


def test_what_was_written_is_there_after_a_restart(store: Store) -> None:
    with store.writing() as unit:
        write_everywhere(unit)
    with Store(store.folder, lambda: NOW).reading() as unit:
        assert unit.drafts.count(DraftQuery(words="防汛")) == 1
        assert len(unit.reviews.all_decisions("draft")) == 3
        assert unit.audit.count() == 1


@pytest.mark.parametrize("error", [ChangedMeanwhileError, RuntimeError, KeyboardInterrupt])
def test_any_exception_undoes_all_of_it(store: Store, error: type[BaseException]) -> None:
    before = dump(store)

    def refused() -> None:
        with store.writing() as unit:
            write_everywhere(unit)
            raise error

    with pytest.raises(error):
        refused()
    assert dump(store) == before
    with store.writing() as unit:
        write_everywhere(unit)


def test_a_guard_that_refuses_undoes_all_of_it(store: Store) -> None:
    before = dump(store)

    def refused() -> None:
        with store.writing() as unit:
            write_everywhere(unit)
            unit.revisions.add(unit.revisions.get("draft", 1))

    with pytest.raises(sqlite3.IntegrityError, match="never replaced"):
        refused()
    assert dump(store) == before


WRITES: dict[str, Callable[[UnitOfWork], object]] = {
    "draft": lambda unit: unit.drafts.add(new_draft()),
    "audit": lambda unit: unit.audit.add("author", "", "act", "x:1", {}),
    "setting": lambda unit: unit.settings.set("theme", "dark"),
    "search": lambda unit: unit.search.put("draft", "d", "2026-11", ("字",)),
    "number": lambda unit: unit.numbers.give("sheet", 2026, "晋", "x", NOW),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_unit_that_reads_cannot_write_and_trying_is_a_bug(
    store: Store, write: Callable[[UnitOfWork], object]
) -> None:
    before = dump(store)
    with pytest.raises(sqlite3.OperationalError, match="readonly"), store.reading() as unit:
        write(unit)
    assert dump(store) == before


def test_nothing_stays_open_or_lies_about_afterwards(store: Store) -> None:
    with store.writing() as unit:
        write_everywhere(unit)
    with store.reading() as unit:
        next(iter(unit.audit.entries()))
    assert [file.name for file in store.folder.iterdir()] == [FILE_NAME]
    # On Windows an open file could not be renamed; everywhere a held lock would refuse this.
    connection = sqlite3.connect(store.path, timeout=0, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("ROLLBACK")
    connection.close()


def test_a_data_folder_that_vanished_is_a_fact_and_not_made_anew(store: Store, tmp_path: Path) -> None:
    store.folder.rename(tmp_path.with_name("elsewhere"))
    for unit_of_work in (store.reading, store.writing):
        with pytest.raises(DriveRemovedError), unit_of_work():
            pass
    assert not store.folder.exists()
    assert issubclass(DriveRemovedError, AppError)
