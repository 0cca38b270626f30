"""Backups are found on top of a drive and a folder or two below, and from within."""

from pathlib import Path

import pytest

from app.errors import BackupInvalidError
from app.models.archive_package import Volume
from app.services import found_backups
from app.services.found_backups import backups_in, backups_on_drives
from tests.storage.backed_up import Kept, tree


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    whole = Kept(tmp_path)
    whole.back_up()
    return whole


@pytest.mark.parametrize("below", ["", "备份", "办公室/备份"])
def test_a_backup_is_found_from_the_drive_and_from_within(kept: Kept, tmp_path: Path, below: str) -> None:
    drive = tmp_path / "drive"
    place = drive / below
    place.parent.mkdir(parents=True, exist_ok=True)
    kept.stick.rename(place)
    before = tree(drive)
    [snapshot] = (place / "snapshots").iterdir()
    for chosen in (drive, place, place / "snapshots", snapshot):
        [found] = backups_in(chosen)
        assert found.folder == place
        assert found.facts is not None
        assert found.facts.newest.name == snapshot.name
    assert tree(drive) == before


def test_too_deep_or_hidden_or_linked_is_not_searched(kept: Kept, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    for place in ("a/b/c/备份", ".trash/备份"):
        (drive / place).parent.mkdir(parents=True)
        (drive / place).symlink_to(kept.stick)
    with pytest.raises(BackupInvalidError) as told:
        backups_in(drive)
    assert told.value.reason == "not_a_backup"


def test_every_drive_is_searched_and_what_is_spoilt_is_listed_last(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt = tmp_path / "drive" / "alt" / "snapshots" / "0001-2026-10-12-090000"
    spoilt.mkdir(parents=True)
    kept.stick.rename(tmp_path / "drive" / "neu")
    places = (tmp_path / "drive", tmp_path / "nothing")
    monkeypatch.setattr(
        found_backups,
        "list_volumes",
        lambda: tuple(Volume(place, "", "vfat", 1, 1, removable=True) for place in places),
    )
    full, empty = backups_on_drives()
    assert [backup.folder.name for backup in full.backups] == ["neu", "alt"]
    assert full.backups[1].facts is None
    assert isinstance(full.backups[1].wrong, BackupInvalidError)
    assert empty.backups == ()


def test_a_wide_drive_is_searched_only_so_far(kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drive = tmp_path / "drive"
    for number in range(12):
        (drive / f"{number:02d}").mkdir(parents=True)
    kept.stick.rename(drive / "zz")
    assert len(backups_in(drive)) == 1
    monkeypatch.setattr(found_backups, "_MOST_FOLDERS", 5)
    with pytest.raises(BackupInvalidError):
        backups_in(drive)


def test_a_folder_without_a_backup_says_why(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for place, reason in ((tmp_path / "gone", "missing"), (tmp_path / "empty", "not_a_backup")):
        with pytest.raises(BackupInvalidError) as told:
            backups_in(place)
        assert told.value.reason == reason
    next((kept.stick / "snapshots").glob("*/backup.json")).unlink()
    with pytest.raises(BackupInvalidError) as told:
        backups_in(kept.stick)
    assert told.value.reason == "damaged"
