"""A data folder that nothing was begun in may make way for a backup; any other stays as it is."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import AlreadyRunningError, DriveRemovedError, FolderNotEmptyError
from app.models.archive_package import Progress
from app.paths import DATABASE
from app.storage.database import FILE_NAME
from app.storage.folder_lock import WindowLock
from app.storage.restored_folder import check_target, restore
from app.storage.unbegun_folder import clear_unbegun, is_unbegun
from app.storage.unit_of_work import Store
from tests.storage.backed_up import Kept, contents_of, killed_at, tree
from tests.storage.office import NOW


def first_start(folder: Path) -> Path:
    """Leave in a folder what a first start leaves whose set-up was not done."""
    folder.mkdir()
    Store(folder, lambda: NOW)
    with WindowLock(folder):
        pass
    (folder / "window.ini").write_text("[General]\nunit=\n")
    return folder


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    whole = Kept(tmp_path)
    whole.back_up()
    return whole


def test_what_a_first_start_leaves_makes_way_for_a_backup(kept: Kept, tmp_path: Path) -> None:
    target = first_start(tmp_path / "new")
    assert is_unbegun(target)
    restore(kept.stick, target)
    assert sorted(path.name for path in target.iterdir()) == ["attachments", "xianshen.db"]
    assert contents_of(target)[0] == 5


def test_the_window_looks_for_the_file_that_the_store_writes() -> None:
    assert DATABASE == FILE_NAME


def test_a_file_of_no_bytes_that_a_crash_left_is_no_record(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "xianshen.db").touch()
    assert is_unbegun(tmp_path / "new")


@pytest.mark.parametrize("what", ["unit", "entry", "file", "folder", "foreign", "damaged", "copy"])
def test_anything_else_stays(kept: Kept, tmp_path: Path, what: str) -> None:
    target = first_start(tmp_path / "new")
    database = target / "xianshen.db"
    if what == "unit":
        shutil.copy(kept.data / "xianshen.db", database)
    elif what == "entry":
        with Store(target, lambda: NOW).writing() as unit:
            unit.audit.add("system", "system", "session.refused", "person:unknown", {})
    elif what == "file":
        (target / "xianshen.db-journal").touch()
    elif what == "folder":
        (target / "attachments").mkdir()
    elif what == "foreign":
        with closing(sqlite3.connect(target / "notes.db")) as bare:
            bare.execute("CREATE TABLE notes (text)")
            bare.commit()
    elif what == "damaged":
        database.write_bytes(b"no database any more" * 100)
    else:
        shutil.copy(kept.data / "xianshen.db", target / "xianshen-before-m0002-20261124T000000.db")
    before = tree(target)
    assert not is_unbegun(target)
    for act in (clear_unbegun, check_target, lambda folder: restore(kept.stick, folder)):
        with pytest.raises(FolderNotEmptyError):
            act(target)
    assert tree(target) == before
    assert not (tmp_path / "new.partial").exists()


def test_a_set_up_begun_meanwhile_wins_over_the_restore(kept: Kept, tmp_path: Path) -> None:
    target = first_start(tmp_path / "new")

    def begin(_folder: Path) -> None:
        shutil.copy(kept.data / "xianshen.db", target / "xianshen.db")

    with pytest.raises(FolderNotEmptyError):
        restore(kept.stick, target, seal=begin)
    assert (target / "xianshen.db").read_bytes() == (kept.data / "xianshen.db").read_bytes()
    assert not (tmp_path / "new.partial").exists()


def test_a_folder_that_a_window_is_open_on_is_left_alone(kept: Kept, tmp_path: Path) -> None:
    target = first_start(tmp_path / "new")
    with WindowLock(target):
        before, told = tree(target), list[Progress]()
        with pytest.raises(AlreadyRunningError):
            restore(kept.stick, target, report=told.append)
        assert tree(target) == before
        assert told == [], "it is refused before anything is copied"
    restore(kept.stick, target)


def test_killed_over_a_first_start_it_can_be_done_again(kept: Kept, tmp_path: Path) -> None:
    target, killed = tmp_path / "new", 0
    for moment in range(5, 200, 7):
        shutil.rmtree(target, ignore_errors=True)
        first_start(target)
        if not killed_at(moment, lambda report: restore(kept.stick, target, report=report)):
            break
        killed += 1
        assert is_unbegun(target) or contents_of(target)[0] == 5
    assert killed >= 6
    assert contents_of(target)[0] == 5


def test_a_drive_that_goes_while_files_are_looked_for_is_told_as_gone(kept: Kept, tmp_path: Path) -> None:
    def pull(progress: Progress) -> None:
        if progress.done and kept.stick.exists():
            kept.stick.rename(tmp_path / "pulled")

    with pytest.raises(DriveRemovedError):
        restore(kept.stick, tmp_path / "new", report=pull)
    assert not (tmp_path / "new").exists()
