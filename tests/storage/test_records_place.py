"""Where the records may lie."""

import os
from pathlib import Path

import pytest

from app.errors import DatabaseMissingError, TargetNotWritableError, UnsafeFolderError
from app.storage import records_place
from app.storage.records_place import check_data_folder, unsafe_reason
from tests.storage.small_disk import remount_read_only, small_disk


@pytest.mark.parametrize(
    ("kind", "synchronised", "expected"),
    [
        ("fixed", False, ""),
        ("", False, ""),
        ("fixed", True, "synchronised"),
        ("", True, "synchronised"),
        ("network", False, "network"),
        ("network", True, "network"),
        ("removable", False, "removable"),
    ],
)
def test_only_a_disk_of_this_pc_is_safe(kind: str, synchronised: bool, expected: str) -> None:
    assert unsafe_reason(kind, synchronised=synchronised) == expected


def test_an_ordinary_folder_passes_and_nothing_is_left_in_it(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "still" / "to be made"):
        check_data_folder(folder)
    assert list(tmp_path.iterdir()) == []


def test_a_synchronised_folder_is_refused_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(UnsafeFolderError) as told:
        check_data_folder(tmp_path / "坚果云" / "先审")
    assert (told.value.reason, told.value.path) == ("synchronised", str(tmp_path / "坚果云" / "先审"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["network", "removable"])
def test_an_unsafe_drive_is_refused_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(records_place, "kind_of_place", lambda _path: kind)
    with pytest.raises(UnsafeFolderError) as told:
        check_data_folder(tmp_path)
    assert told.value.reason == kind


def test_a_read_only_disk_is_refused(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1 << 20) as disk:
        check_data_folder(disk / "data")
        remount_read_only(disk)
        with pytest.raises(TargetNotWritableError):
            check_data_folder(disk / "data")


def test_a_folder_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_arguments: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(TargetNotWritableError):
        check_data_folder(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"x")
    for path in (tmp_path / "data", tmp_path / "data" / "inside"):
        with pytest.raises(TargetNotWritableError):
            check_data_folder(path)


def test_stored_files_without_their_database_are_not_a_new_unit(tmp_path: Path) -> None:
    (tmp_path / "attachments" / "ab").mkdir(parents=True)
    check_data_folder(tmp_path)
    (tmp_path / "attachments" / "ab" / ("ab" * 32)).write_bytes(b"kept")
    with pytest.raises(DatabaseMissingError):
        check_data_folder(tmp_path)
    (tmp_path / "xianshen.db").write_bytes(b"")
    with pytest.raises(DatabaseMissingError):
        check_data_folder(tmp_path)
