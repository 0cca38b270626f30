"""What a backup folder says of itself, and what is no backup."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import BackupInvalidError, TargetInsideSourceError
from app.models.backup import BackupFacts, BackupSnapshot
from app.storage.backup_folder import (
    chosen_snapshot,
    inspect_backup,
    next_ordinal,
    refuse_nested,
    remove_unfinished,
    snapshot_name,
)
from app.storage.snapshot_facts import manifest_text

TAKEN = datetime(2026, 11, 30, 17, 5, 9, tzinfo=UTC)


def snapshot(ordinal: int) -> BackupSnapshot:
    name = snapshot_name(ordinal, TAKEN)
    return BackupSnapshot(name, ordinal, TAKEN, "unit", "示例局", 7, "ab" * 32, 4096, "cd" * 32, 2, 300, ("ef" * 32,))


def lay(folder: Path, *ordinals: int) -> None:
    for ordinal in ordinals:
        place = folder / "snapshots" / snapshot_name(ordinal, TAKEN)
        place.mkdir(parents=True)
        (place / "backup.json").write_text(manifest_text(snapshot(ordinal)), "utf-8")


def test_a_snapshot_is_named_by_its_number_and_the_beijing_time() -> None:
    assert snapshot_name(7, TAKEN) == "0007-2026-12-01-010509"
    assert snapshot_name(12345, TAKEN).startswith("12345-")


def test_the_facts_come_back_as_they_were_written_newest_first(tmp_path: Path) -> None:
    lay(tmp_path, 2, 10, 9)
    facts = inspect_backup(tmp_path)
    assert facts == BackupFacts(tmp_path, (snapshot(10), snapshot(9), snapshot(2)))
    assert facts.newest == chosen_snapshot(facts, "") == snapshot(10)
    assert chosen_snapshot(facts, snapshot(2).name) == snapshot(2)
    assert next_ordinal(tmp_path) == 11


def test_looking_changes_nothing(tmp_path: Path) -> None:
    lay(tmp_path, 1)
    before = sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*"))
    inspect_backup(tmp_path)
    assert sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ("nothing", "missing"),
        ("file", "missing"),
        ("empty", "not_a_backup"),
        ("snapshots is a file", "not_a_backup"),
        ("other folders", "not_a_backup"),
        ("unfinished", "incomplete"),
        ("no facts", "damaged"),
    ],
)
def test_what_is_no_backup_is_told_with_its_reason(tmp_path: Path, made: str, reason: str) -> None:
    folder = tmp_path / "stick"
    if made == "file":
        folder.write_bytes(b"x")
    elif made != "nothing":
        folder.mkdir()
    if made == "snapshots is a file":
        (folder / "snapshots").write_bytes(b"x")
    for asked, name in {"other folders": "2026", "unfinished": "0001-2026-12-01-010509.partial"}.items():
        if made == asked:
            (folder / "snapshots" / name).mkdir(parents=True)
    if made == "no facts":
        (folder / "snapshots" / snapshot_name(1, TAKEN)).mkdir(parents=True)
    with pytest.raises(BackupInvalidError) as told:
        inspect_backup(folder)
    assert told.value.reason == reason


@pytest.mark.parametrize(
    "change",
    [
        "",
        "{",
        "[]",
        "null",
        "1",
        json.dumps({"format": 1}),
        manifest_text(snapshot(3)).replace('"format": 1', '"format": 0'),
        manifest_text(snapshot(3)).replace('"audit_seq": 7', '"audit_seq": "7"'),
        manifest_text(snapshot(3)).replace("2026-11-30T", "2026-13-30T"),
        manifest_text(snapshot(4)),
        manifest_text(snapshot(3)).replace('"unit_id"', '"unit"'),
        "\udc80",
    ],
)
def test_a_damaged_newest_snapshot_never_lets_an_older_one_pass_for_it(tmp_path: Path, change: str) -> None:
    lay(tmp_path, 2, 3, 1)
    damaged = snapshot_name(3, TAKEN)
    (tmp_path / "snapshots" / damaged / "backup.json").write_bytes(change.encode("utf-8", "surrogateescape"))
    facts = inspect_backup(tmp_path)
    assert facts.snapshots == (snapshot(2), snapshot(1))
    assert facts.damaged == (damaged,)
    for name in ("", damaged):
        with pytest.raises(BackupInvalidError) as told:
            chosen_snapshot(facts, name)
        assert told.value.reason == "damaged"
    assert chosen_snapshot(facts, snapshot(2).name) == snapshot(2)


def test_an_older_damaged_snapshot_is_in_nobody_s_way(tmp_path: Path) -> None:
    lay(tmp_path, 1, 2)
    (tmp_path / "snapshots" / snapshot_name(1, TAKEN) / "backup.json").write_bytes(b"")
    assert chosen_snapshot(inspect_backup(tmp_path), "") == snapshot(2)


@pytest.mark.parametrize("name", ["0009-2026-12-01-010509", "..", "../../etc", "0001-2026-12-01-010509.partial", "x"])
def test_a_name_that_is_no_snapshot_is_refused(tmp_path: Path, name: str) -> None:
    lay(tmp_path, 1)
    with pytest.raises(BackupInvalidError) as told:
        chosen_snapshot(inspect_backup(tmp_path), name)
    assert told.value.reason == "no_snapshot"


def test_only_our_own_unfinished_snapshots_are_removed(tmp_path: Path) -> None:
    lay(tmp_path, 1)
    place = tmp_path / "snapshots"
    for name in ("0002-2026-12-01-010509.partial", "照片.partial"):
        (place / name).mkdir()
        (place / name / "file").write_bytes(b"x")
    (place / "0003-2026-12-01-010509.partial").write_bytes(b"a file of this name")
    remove_unfinished(tmp_path)
    left = sorted(path.name for path in place.iterdir())
    assert left == sorted([snapshot_name(1, TAKEN), "照片.partial", "0003-2026-12-01-010509.partial"])
    remove_unfinished(tmp_path / "nothing here")


def test_a_folder_inside_another_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    refuse_nested(tmp_path / "ab", tmp_path / "a")
    refuse_nested(tmp_path, tmp_path / "a")
    for inner in (tmp_path / "a", tmp_path / "a" / "b", tmp_path / "link" / "b", tmp_path / "a" / ".." / "a"):
        with pytest.raises(TargetInsideSourceError):
            refuse_nested(inner, tmp_path / "a")
