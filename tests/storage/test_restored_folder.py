"""Restoring: whole and verified, or not at all; the backup is only read."""

import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import (
    BackupInvalidError,
    CancelledError,
    FolderNotEmptyError,
    NotEnoughSpaceError,
    TargetInsideSourceError,
)
from app.models.archive_package import Progress
from app.models.audit import entry_hash
from app.models.backup import BackupReport
from app.storage import restored_folder
from app.storage.backup_folder import inspect_backup
from app.storage.database import FILE_NAME
from app.storage.flushed_files import digest_of
from app.storage.restored_folder import check_database, restore
from tests.storage.backed_up import CONTENTS, Kept, contents_of, killed_at, tree
from tests.storage.small_disk import remount_read_only, small_disk


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


@pytest.fixture
def done(kept: Kept) -> BackupReport:
    return kept.back_up()


def refused(stick: Path, target: Path, snapshot: str = "") -> str:
    """Return the reason for which a backup is refused; it stays as it was, and nothing appears."""
    before = tree(stick)
    with pytest.raises(BackupInvalidError) as told:
        restore(stick, target, snapshot)
    assert tree(stick) == before
    assert not target.exists()
    assert not target.with_name(target.name + ".partial").exists()
    return told.value.reason


@pytest.mark.parametrize("there", [True, False])
def test_an_empty_or_absent_folder_becomes_the_records_of_the_newest_snapshot(
    kept: Kept, done: BackupReport, tmp_path: Path, there: bool
) -> None:
    kept.keep(b"after the first backup")
    kept.back_up()
    target = tmp_path / "恢复" / "数据"
    if there:
        target.mkdir(parents=True)
    before = tree(kept.stick)
    restored = restore(kept.stick, target)
    assert restored.ordinal == 2
    assert tree(kept.stick) == before
    assert sorted(path.name for path in target.iterdir()) == ["attachments", "xianshen.db"]
    assert [path.name for path in target.parent.iterdir()] == ["数据"]
    seq, files = contents_of(target)
    assert seq == 6
    assert sorted(files.values()) == sorted((*CONTENTS, b"after the first backup"))


def test_an_older_snapshot_can_be_named(kept: Kept, done: BackupReport, tmp_path: Path) -> None:
    kept.keep(b"after the first backup")
    kept.back_up()
    restore(kept.stick, tmp_path / "new", done.snapshot.name)
    assert contents_of(tmp_path / "new")[0] == 5


def test_a_backup_on_a_read_only_disk_can_be_restored(kept: Kept, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 8 << 20) as kept.stick:
        kept.back_up()
        remount_read_only(kept.stick)
        restore(kept.stick, tmp_path / "new")
    assert len(contents_of(tmp_path / "new")[1]) == len(CONTENTS)


@pytest.mark.parametrize("what", ["file", "hidden file", "folder"])
def test_a_folder_with_something_in_it_is_left_alone(kept: Kept, done: BackupReport, tmp_path: Path, what: str) -> None:
    target = tmp_path / "new"
    target.mkdir()
    (target / "x").mkdir() if what == "folder" else (target / (".x" if what == "hidden file" else "x")).touch()
    with pytest.raises(FolderNotEmptyError):
        restore(kept.stick, target)
    assert len(list(target.iterdir())) == 1
    assert not (tmp_path / "new.partial").exists()


def test_a_foreign_partial_folder_is_left_alone(kept: Kept, done: BackupReport, tmp_path: Path) -> None:
    (tmp_path / "new.partial").mkdir()
    (tmp_path / "new.partial" / "照片.jpg").write_bytes(b"x")
    with pytest.raises(FolderNotEmptyError) as told:
        restore(kept.stick, tmp_path / "new")
    assert told.value.path == str(tmp_path / "new.partial")
    assert tree(tmp_path / "new.partial") == {"照片.jpg": b"x"}


def test_a_file_in_the_place_of_the_target_is_left_alone(kept: Kept, done: BackupReport, tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(b"x")
    with pytest.raises(FolderNotEmptyError):
        restore(kept.stick, tmp_path / "new")
    assert (tmp_path / "new").read_bytes() == b"x"


def test_restoring_into_the_backup_or_around_it_is_refused(kept: Kept, done: BackupReport, tmp_path: Path) -> None:
    for target in (kept.stick, kept.stick / "new", kept.stick / "snapshots"):
        with pytest.raises((TargetInsideSourceError, FolderNotEmptyError)):
            restore(kept.stick, target)
    with pytest.raises(TargetInsideSourceError):
        restore(kept.stick, tmp_path)


def test_a_missing_attachment_is_found(kept: Kept, done: BackupReport, tmp_path: Path) -> None:
    next((kept.stick / "attachments").glob("??/*")).unlink()
    assert refused(kept.stick, tmp_path / "new") == "attachment_missing"


def test_every_altered_attachment_is_found(kept: Kept, done: BackupReport, tmp_path: Path) -> None:
    rng, tried = random.Random(7), 0
    for path in sorted((kept.stick / "attachments").glob("??/*")):
        whole = path.read_bytes()
        for damage in ("flip", "cut", "longer"):
            raw = bytearray(whole)
            if damage == "flip" and raw:
                raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
            elif damage == "cut" and raw:
                del raw[-1:]
            else:
                raw += b"\0"
            path.write_bytes(raw)
            assert refused(kept.stick, tmp_path / "new") == "attachment_altered"
            tried += 1
        path.write_bytes(whole)
    assert tried == 15
    restore(kept.stick, tmp_path / "new")


def test_a_snapshot_altered_anywhere_is_found(kept: Kept, done: BackupReport, tmp_path: Path) -> None:
    path, rng = done.folder / FILE_NAME, random.Random(11)
    whole = path.read_bytes()
    for place in (0, 100, len(whole) - 1, *(rng.randrange(len(whole)) for _ in range(12))):
        raw = bytearray(whole)
        raw[place] ^= 1 << rng.randrange(8)
        path.write_bytes(raw)
        assert refused(kept.stick, tmp_path / "new") == "database_damaged"
    for other in (whole[:-4096], b"", whole + b"\0"):
        path.write_bytes(other)
        assert refused(kept.stick, tmp_path / "new") == "database_damaged"
    path.unlink()
    assert refused(kept.stick, tmp_path / "new") == "incomplete"
    path.write_bytes(whole)
    restore(kept.stick, tmp_path / "new")


def forge(done: BackupReport, sql: str, *parameters: object, **facts: object) -> None:
    """Change a snapshot and the facts beside it alike, as somebody would who knows both."""
    path, manifest = done.folder / FILE_NAME, done.folder / "backup.json"
    with closing(sqlite3.connect(path, isolation_level=None)) as bare:
        for name in [row[0] for row in bare.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]:
            bare.execute(f"DROP TRIGGER {name}")
        bare.execute(sql, parameters)
    told = json.loads(manifest.read_text("utf-8")) | facts
    told |= {"database_sha256": digest_of(path), "database_size": path.stat().st_size}
    manifest.write_text(json.dumps(told, ensure_ascii=False), "utf-8")


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("UPDATE audit SET actor = 'nobody' WHERE seq = 2", "audit_broken"),
        ("UPDATE audit SET at = 'never' WHERE seq = 2", "database_damaged"),
        ("DELETE FROM audit WHERE seq = 5", "audit_broken"),
        ("DELETE FROM audit WHERE seq = 3", "audit_broken"),
        ("PRAGMA application_id = 7", "database_damaged"),
        ("INSERT INTO _sqlite_migrations VALUES ('xianshen', 'm9999_from_the_future', '2036')", "newer"),
        ("INSERT INTO attachment VALUES (printf('%064d', 0), 5, '2026')", "attachment_missing"),
    ],
)
def test_a_forged_snapshot_is_found(kept: Kept, done: BackupReport, tmp_path: Path, sql: str, reason: str) -> None:
    if "_sqlite_migrations" in sql:
        with closing(sqlite3.connect(done.folder / FILE_NAME)) as bare:
            columns = [row[1] for row in bare.execute("PRAGMA table_info(_sqlite_migrations)")]
        values = {"migration_set": "'xianshen'", "name": "'m9999_from_the_future'", "applied_at": "'2036'", "id": "99"}
        sql = f"INSERT INTO _sqlite_migrations VALUES ({', '.join(values[column] for column in columns)})"
    forge(done, sql)
    assert refused(kept.stick, tmp_path / "new") == reason


def test_a_database_of_a_newer_version_is_told_before_anything_is_copied(kept: Kept, done: BackupReport) -> None:
    with closing(sqlite3.connect(done.folder / FILE_NAME)) as bare:
        columns = [row[1] for row in bare.execute("PRAGMA table_info(_sqlite_migrations)")]
    values = {"migration_set": "'xianshen'", "name": "'m9999_from_the_future'", "applied_at": "'2036'", "id": "99"}
    forge(done, f"INSERT INTO _sqlite_migrations VALUES ({', '.join(values[column] for column in columns)})")
    before = tree(kept.stick)
    with pytest.raises(BackupInvalidError) as told:
        check_database(kept.stick, inspect_backup(kept.stick).newest, lambda _count: None)
    assert told.value.reason == "newer"
    assert tree(kept.stick) == before


def test_an_older_snapshot_never_stands_in_for_one_of_a_newer_version(
    kept: Kept, done: BackupReport, tmp_path: Path
) -> None:
    newest = kept.stick / "snapshots" / "0002-2036-10-12-090000"
    newest.mkdir()
    (newest / "backup.json").write_text('{"format": 2}')
    assert refused(kept.stick, tmp_path / "new") == "newer"
    assert refused(kept.stick, tmp_path / "new", newest.name) == "newer"
    assert inspect_backup(kept.stick).newer == (newest.name,)
    restore(kept.stick, tmp_path / "new", done.snapshot.name)


def test_a_whole_chain_recomputed_is_found_by_the_head_beside_it(
    kept: Kept, done: BackupReport, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(done.folder / FILE_NAME)) as bare:
        row = bare.execute(
            "SELECT seq, at, actor, role, action, subject, detail, prev FROM audit WHERE seq = 5"
        ).fetchone()
    forged = entry_hash(row[0], row[1], "nobody", *row[3:])
    forge(done, "UPDATE audit SET actor = 'nobody', hash = ? WHERE seq = 5", forged)
    assert refused(kept.stick, tmp_path / "new") == "audit_broken"


def test_a_database_of_another_program_is_refused(kept: Kept, done: BackupReport, tmp_path: Path) -> None:
    path = done.folder / FILE_NAME
    path.unlink()
    with closing(sqlite3.connect(path)) as bare:
        bare.execute("CREATE TABLE notes (text)")
        bare.commit()
    forge(done, "INSERT INTO notes VALUES ('x')")
    assert refused(kept.stick, tmp_path / "new") == "database_damaged"


def test_a_hook_that_refuses_undoes_everything(kept: Kept, done: BackupReport, tmp_path: Path) -> None:
    seen: list[tuple[str, set[str]]] = []

    def refuse(folder: Path) -> None:
        seen.append((folder.name, set(tree(folder))))
        raise CancelledError

    for hook in ("admit", "seal"):
        with pytest.raises(CancelledError):
            restore(kept.stick, tmp_path / "new", **{hook: refuse})  # type: ignore[arg-type]
        assert not (tmp_path / "new").exists()
        assert not (tmp_path / "new.partial").exists()
    # Nobody's files are copied before both people are known.
    assert seen[0] == ("new.partial", {"restoring", FILE_NAME})
    assert len(seen[1][1]) == 2 + len(CONTENTS)


def test_cancelling_at_any_report_leaves_nothing(kept: Kept, done: BackupReport, tmp_path: Path) -> None:
    count = 0
    while True:
        left = count

        def report(_progress: Progress) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise CancelledError

        try:
            restore(kept.stick, tmp_path / "new", report=report)
        except CancelledError:
            count += 1
            assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "stick"]
        else:
            break
    assert count >= 6


def test_progress_counts_bytes_up_to_the_whole(kept: Kept, done: BackupReport, tmp_path: Path) -> None:
    told: list[Progress] = []
    restore(kept.stick, tmp_path / "new", report=told.append)
    assert [p.done for p in told] == sorted(p.done for p in told)
    assert told[-1].done == told[-1].total == done.snapshot.database_size + done.snapshot.attachment_bytes
    assert {p.stage for p in told} == {"restore", "verify"}


def test_a_full_disk_names_the_missing_bytes_and_leaves_nothing(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.keep(random.Random(1).randbytes(3 << 20))
    kept.back_up()
    before = tree(kept.stick)
    with small_disk(tmp_path / "disk", 2 << 20) as disk:
        with pytest.raises(NotEnoughSpaceError) as told:
            restore(kept.stick, disk / "new")
        assert told.value.missing > 1 << 20
        monkeypatch.setattr(restored_folder, "free_bytes", lambda _folder: 1 << 40)
        with pytest.raises(NotEnoughSpaceError):
            restore(kept.stick, disk / "new")
        assert list(disk.iterdir()) == []
    assert tree(kept.stick) == before


def kill_restores(kept: Kept, tmp_path: Path, moments: range) -> int:
    """Kill a restore at each moment; the target is absent or whole, and doing it again succeeds."""
    kept.back_up()
    before, target, killed = tree(kept.stick), tmp_path / "new", 0
    for moment in moments:
        if not killed_at(moment, lambda report: restore(kept.stick, target, report=report)):
            break
        killed += 1
        assert tree(kept.stick) == before
        if target.exists():
            assert len(contents_of(target)[1]) == len(CONTENTS)
            shutil.rmtree(target)
        restore(kept.stick, target)
        assert contents_of(target)[0] == 5
        assert not (tmp_path / "new.partial").exists()
        shutil.rmtree(target)
    return killed


def test_a_restore_killed_at_many_moments_is_absent_partial_or_whole(kept: Kept, tmp_path: Path) -> None:
    assert kill_restores(kept, tmp_path, range(2, 100, 3)) >= 10


@pytest.mark.release
def test_a_restore_killed_at_every_moment_is_absent_partial_or_whole(kept: Kept, tmp_path: Path) -> None:
    killed = kill_restores(kept, tmp_path, range(1, 10_000))
    print(f"restore: {killed} trials, 0 violations")
    assert killed >= 40


def test_the_trial_sees_a_restore_that_works_in_place(kept: Kept, done: BackupReport, tmp_path: Path) -> None:
    """The control of the trials above: without the unfinished folder a kill leaves records that look whole."""

    def in_place(report: Callable[[Progress], None]) -> None:
        (tmp_path / "new").mkdir()
        shutil.copy(done.folder / FILE_NAME, tmp_path / "new")
        report(Progress("restore", 0, 0))

    assert killed_at(4, in_place)
    assert (tmp_path / "new").exists()
    assert not (tmp_path / "new" / "attachments").exists()
