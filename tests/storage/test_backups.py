"""Backups: verified, never in the way of earlier ones, whatever stops them."""

import os
import random
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import (
    AuditBrokenError,
    BackupInvalidError,
    CancelledError,
    DatabaseBusyError,
    DatabaseDamagedError,
    DriveRemovedError,
    FolderMissingError,
    NotEnoughSpaceError,
    ReadBackError,
    TargetExistsError,
    TargetInsideSourceError,
)
from app.models.archive_package import Progress
from app.models.records import UseKind
from app.storage import backups
from app.storage.backups import back_up
from app.storage.database import FILE_NAME, connect
from app.storage.folder_lock import FileLock
from app.storage.restored_folder import restore
from app.storage.snapshot_check import checked_snapshot
from tests.storage.backed_up import CONTENTS, Kept, contents_of, killed_at, names, proven, raw_database, tree
from tests.storage.office import NOW, open_office
from tests.storage.putting import put
from tests.storage.small_disk import small_disk


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def test_a_backup_holds_the_records_and_every_file(kept: Kept, tmp_path: Path) -> None:
    before = tree(kept.data)
    done = kept.back_up()
    assert done.folder == kept.stick / "snapshots" / "0001-2026-11-23-100100"
    assert sorted(path.name for path in done.folder.iterdir()) == ["backup.json", "xianshen.db"]
    assert (done.copied, done.copied_bytes) == (5, sum(map(len, CONTENTS)))
    assert (done.audit_seq, done.missing) == (5, ())
    with kept.store.reading() as unit:
        assert done.audit_head == unit.audit.head().hash
    seq, files = proven(kept.stick, "", tmp_path / "new")
    assert seq == 5
    assert sorted(files.values()) == sorted(CONTENTS)
    assert {k: v for k, v in tree(kept.data).items() if k != "backup.lock"} == before


def test_files_are_copied_once_and_each_snapshot_stands_alone(kept: Kept, tmp_path: Path) -> None:
    first = kept.back_up()
    lying = {path: path.stat().st_mtime_ns for path in (kept.stick / "attachments").rglob("*") if path.is_file()}
    more = kept.keep(b"a later scan")
    second = kept.back_up()
    assert (second.copied, second.copied_bytes) == (1, 12)
    assert {path: path.stat().st_mtime_ns for path in lying} == lying
    assert names(kept.stick) == [second.snapshot.name, first.snapshot.name]
    assert more not in proven(kept.stick, first.snapshot.name, tmp_path / "new")[1]
    assert proven(kept.stick, second.snapshot.name, tmp_path / "new")[1][more] == b"a later scan"


def test_a_removed_file_stays_in_the_snapshots_that_had_it(kept: Kept, tmp_path: Path) -> None:
    sha256 = kept.keep(b"released later")
    first = kept.back_up()
    with kept.store.writing() as unit:
        unit.files.release("draft:draft", UseKind.SCAN, sha256)
    kept.files.remove(sha256)
    second = kept.back_up()
    assert second.missing == ()
    assert sha256 in proven(kept.stick, first.snapshot.name, tmp_path / "new")[1]
    assert sha256 not in proven(kept.stick, second.snapshot.name, tmp_path / "new")[1]


@pytest.mark.parametrize("damage", ["gone", "altered"])
def test_a_file_lost_already_is_told_and_keeps_nothing_else_from_being_saved(
    kept: Kept, tmp_path: Path, damage: str
) -> None:
    sha256 = kept.keep(b"lost before any backup")
    if damage == "gone":
        kept.files.remove(sha256)
    else:
        kept.files.path(sha256).write_bytes(b"lost before any backuP")
    done = kept.back_up()
    assert done.missing == (sha256,)
    restore(kept.stick, tmp_path / "new")
    assert len([path for path in (tmp_path / "new" / "attachments").rglob("*") if path.is_file()]) == len(CONTENTS)
    put(kept.files, b"lost before any backup")
    again = kept.back_up()
    assert (again.missing, again.copied) == ((), 1)


def test_a_file_lost_here_is_not_missing_when_the_backup_has_it(kept: Kept, tmp_path: Path) -> None:
    kept.back_up()
    for path in list((kept.data / "attachments").glob("??/*")):
        path.unlink()
    done = kept.back_up()
    assert done.missing == ()
    assert len(proven(kept.stick, "", tmp_path / "new")[1]) == len(CONTENTS)


def test_a_file_of_wrong_length_in_the_backup_is_copied_anew(kept: Kept, tmp_path: Path) -> None:
    kept.back_up()
    damaged = max((kept.stick / "attachments").glob("??/*"), key=lambda path: path.stat().st_size)
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert kept.back_up().copied == 1
    assert len(proven(kept.stick, "", tmp_path / "new")[1]) == len(CONTENTS)


def test_progress_counts_bytes_up_to_the_whole(kept: Kept) -> None:
    told: list[Progress] = []
    kept.back_up(told.append)
    done = [progress.done for progress in told]
    assert done == sorted(done)
    assert told[-1].done == told[-1].total > sum(map(len, CONTENTS))
    assert list(dict.fromkeys(p.stage for p in told)) == ["prepare", "verify", "attachments", "snapshot", "read_back"]


def test_cancelling_at_any_report_leaves_what_was_there_and_the_next_one_succeeds(kept: Kept, tmp_path: Path) -> None:
    first, count = kept.back_up(), 0
    kept.keep(b"new since the first backup")
    while True:
        left = count

        def report(_progress: Progress) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise CancelledError

        try:
            kept.back_up(report)
        except CancelledError:
            count += 1
        else:
            break
        assert names(kept.stick) == [first.snapshot.name]
        assert not list(kept.data.glob("backup-*"))
        assert not list(kept.stick.rglob("*.part"))
    assert count >= 6
    assert proven(kept.stick, first.snapshot.name, tmp_path / "new")[0] == 5
    assert proven(kept.stick, "", tmp_path / "new")[0] == 6


@pytest.mark.parametrize("where", ["", "attachments", "inside/deeper"])
def test_a_backup_inside_the_records_is_refused(kept: Kept, tmp_path: Path, where: str) -> None:
    (kept.data / where).mkdir(parents=True, exist_ok=True)
    (tmp_path / "link").symlink_to(kept.data / where)
    for target in (kept.data / where, tmp_path / "link"):
        with pytest.raises(TargetInsideSourceError):
            back_up(kept.data, target, NOW)


def test_a_target_that_is_not_there_is_not_made(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    for target in (tmp_path / "pulled out", tmp_path / "file"):
        with pytest.raises(FolderMissingError):
            back_up(kept.data, target, NOW)
    assert not (tmp_path / "pulled out").exists()


def test_another_unit_s_backup_is_left_alone(kept: Kept, tmp_path: Path) -> None:
    kept.back_up()
    before = tree(kept.stick)
    (tmp_path / "other").mkdir()
    raw = open_office(tmp_path / "other")
    with closing(connect(raw.path)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("DROP TRIGGER guard_unit_frozen")
        db.execute("UPDATE unit SET id = 'another'")
    with pytest.raises(TargetExistsError) as told:
        back_up(raw.folder, kept.stick, NOW)
    assert told.value.name == "示例局的备份"
    assert tree(kept.stick) == before


@pytest.mark.parametrize("facts", ["x", "[" * 200_000])
def test_a_backup_goes_on_beside_a_damaged_one_and_says_so(kept: Kept, tmp_path: Path, facts: str) -> None:
    first = kept.back_up()
    assert first.damaged == ()
    (first.folder / "backup.json").write_text(facts, "utf-8")
    before = tree(first.folder)
    second = kept.back_up()
    assert second.damaged == (first.snapshot.name,)
    assert second.snapshot.ordinal == 2
    assert tree(first.folder) == before
    third = kept.back_up()
    assert third.damaged == (first.snapshot.name,)
    assert proven(kept.stick, "", tmp_path / "new")[0] == third.audit_seq


def test_a_backup_of_a_newer_version_alone_still_stops_one(kept: Kept) -> None:
    first = kept.back_up()
    facts = first.folder / "backup.json"
    facts.write_text(facts.read_text("utf-8").replace('"format": 1', '"format": 2'), "utf-8")
    with pytest.raises(BackupInvalidError) as told:
        kept.back_up()
    assert told.value.reason == "newer"


def test_two_backups_of_the_same_records_do_not_run_at_once(kept: Kept) -> None:
    lock = FileLock(kept.data / "backup.lock")
    assert lock.take()
    with pytest.raises(DatabaseBusyError):
        kept.back_up()
    lock.release()
    kept.back_up()


def test_a_clock_set_back_does_not_hide_the_newest(kept: Kept, tmp_path: Path) -> None:
    kept.back_up()
    kept.keep(b"later")
    kept.now = kept.now.replace(year=2009)
    newest = kept.back_up()
    assert newest.snapshot.name == "0002-2009-11-23-100200"
    assert names(kept.stick)[0] == newest.snapshot.name
    assert proven(kept.stick, "", tmp_path / "new")[0] == 6


def test_a_broken_chain_is_no_backup(kept: Kept) -> None:
    raw_database(kept.data, "DROP TRIGGER guard_audit_no_update")
    raw_database(kept.data, "UPDATE audit SET actor = 'nobody' WHERE seq = 3")
    with pytest.raises(AuditBrokenError) as told:
        kept.back_up()
    assert told.value.seq == 3
    assert not (kept.stick / "snapshots").exists()


@pytest.mark.parametrize("column", ["at", "prev", "hash"])
def test_a_chain_that_cannot_even_be_read_is_no_backup(kept: Kept, column: str) -> None:
    raw_database(kept.data, "DROP TRIGGER guard_audit_no_update")
    raw_database(kept.data, f"UPDATE audit SET {column} = 'x' WHERE seq = 3")
    with pytest.raises((DatabaseDamagedError, AuditBrokenError)):
        kept.back_up()
    assert not (kept.stick / "snapshots").exists()


def test_damaged_records_are_no_backup_and_are_left_as_they_are(kept: Kept) -> None:
    path = kept.data / FILE_NAME
    raw = bytearray(path.read_bytes())
    for page in range(8, len(raw) // 4096 - 1, 3):
        raw[page * 4096 : page * 4096 + 200] = b"\xa5" * 200
    path.write_bytes(raw)
    with pytest.raises((DatabaseDamagedError, AuditBrokenError)):
        kept.back_up()
    assert path.read_bytes() == raw
    assert not (kept.stick / "snapshots").exists()


def test_a_snapshot_that_does_not_read_back_does_not_count(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "digest_of", lambda path, from_medium=False: "f" * 64)
    with pytest.raises(ReadBackError):
        kept.back_up()
    monkeypatch.undo()
    assert not (kept.stick / "snapshots").exists() or not list((kept.stick / "snapshots").iterdir())
    assert kept.back_up().snapshot.ordinal == 1
    assert len(list((kept.stick / "snapshots").iterdir())) == 1


def test_a_full_stick_names_the_missing_bytes_and_keeps_earlier_backups(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = (kept.data / FILE_NAME).stat().st_size
    with small_disk(tmp_path / "small", size + (5 << 20)) as kept.stick:
        first = kept.back_up()
        big = random.Random(1).randbytes(5 << 20)
        kept.keep(big)
        before = tree(kept.stick)
        with pytest.raises(NotEnoughSpaceError) as told:
            kept.back_up()
        assert told.value.missing > 3 << 20
        assert tree(kept.stick) == before
        # The same again as if the free space had been told wrongly: the writing itself meets the end.
        monkeypatch.setattr(backups, "free_bytes", lambda _folder: 1 << 40)
        for _ in range(2):
            with pytest.raises(NotEnoughSpaceError):
                kept.back_up()
            assert not list(kept.stick.rglob("*.part"))
        monkeypatch.undo()
        assert names(kept.stick) == [first.snapshot.name]
        assert proven(kept.stick, "", tmp_path / "new")[0] == 5


def test_an_error_at_any_flush_leaves_earlier_backups_and_the_next_one_succeeds(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, count, real = kept.back_up(), 0, os.fsync
    while True:
        kept.keep(b"new since the first backup, %d" % count)
        left = count

        def fsync(fd: int) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise OSError(5, "Input/output error")
            real(fd)

        monkeypatch.setattr(os, "fsync", fsync)
        try:
            kept.back_up()
        except DriveRemovedError:
            count += 1
        else:
            break
        finally:
            monkeypatch.undo()
        assert names(kept.stick)[-1] == first.snapshot.name
    assert count >= 8
    assert proven(kept.stick, first.snapshot.name, tmp_path / "new")[0] == 5
    assert proven(kept.stick, "", tmp_path / "new")[0] == 6 + count


def kill_backups(kept: Kept, scratch: Path, moments: range) -> int:
    """Kill a backup at each moment; earlier snapshots must stand, and the one after must succeed."""
    first, killed = kept.back_up(), 0
    for moment in moments:
        new = kept.keep(b"since then %d" % moment)
        if not killed_at(moment, kept.back_up):
            break
        killed += 1
        # The kill may come after the snapshot got its name; then it must be whole.
        assert names(kept.stick)[-1] == first.snapshot.name
        assert proven(kept.stick, "", scratch)[0] in {5, 5 + killed}
        checked_snapshot(kept.data / FILE_NAME)
        done = kept.back_up()
        assert proven(kept.stick, "", scratch)[1][new] == b"since then %d" % moment
        assert not list(kept.stick.rglob("*.partial"))
        for path in (done.folder, kept.stick / "snapshots" / names(kept.stick)[-1]):
            assert path.is_dir()
        for name in names(kept.stick)[:-1]:
            (kept.stick / "snapshots" / name).rename(kept.stick / "gone")
            for file in (kept.stick / "gone").iterdir():
                file.unlink()
            (kept.stick / "gone").rmdir()
    return killed


def test_a_backup_killed_at_many_moments_leaves_earlier_ones_and_the_next_succeeds(kept: Kept, tmp_path: Path) -> None:
    assert kill_backups(kept, tmp_path / "new", range(2, 100, 4)) >= 10


@pytest.mark.release
def test_a_backup_killed_at_every_moment_leaves_earlier_ones_and_the_next_succeeds(kept: Kept, tmp_path: Path) -> None:
    killed = kill_backups(kept, tmp_path / "new", range(1, 10_000))
    print(f"backup: {killed} trials, 0 violations")
    assert killed >= 40


def test_the_records_may_change_while_they_are_backed_up(kept: Kept, tmp_path: Path) -> None:
    def report(progress: Progress) -> None:
        if progress.stage == "attachments" and progress.done % 2:
            kept.keep(b"meanwhile %d" % progress.done)

    done = kept.back_up(report)
    assert done.audit_seq == 5
    assert contents_of(kept.data)[0] >= 5
    assert proven(kept.stick, "", tmp_path / "new")[0] == 5
