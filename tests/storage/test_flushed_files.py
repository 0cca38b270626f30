"""What the system says about a place becomes a fact, and bytes are on the medium when a call returns."""

import errno
import os
from pathlib import Path

import pytest

from app.errors import (
    DriveRemovedError,
    FileTooLargeForMediumError,
    FileUnreadableError,
    NotEnoughSpaceError,
    TargetNotWritableError,
)
from app.medium import write_all
from app.storage.flushed_files import (
    copied_file,
    digest_of,
    free_bytes,
    make_folder,
    overwrite,
    source_error,
    target_error,
    write_file,
)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, NotEnoughSpaceError),
        (errno.EDQUOT, NotEnoughSpaceError),
        (errno.EFBIG, FileTooLargeForMediumError),
        (errno.EIO, DriveRemovedError),
        (errno.ENODEV, DriveRemovedError),
        (errno.EROFS, TargetNotWritableError),
        (errno.EACCES, TargetNotWritableError),
    ],
)
def test_each_refusal_of_a_target_is_a_fact(tmp_path: Path, number: int, expected: type[Exception]) -> None:
    assert type(target_error(OSError(number, "refused"), tmp_path, 10, "附件")) is expected


def test_an_unplugged_drive_is_known_by_windows_numbers(tmp_path: Path) -> None:
    gone = OSError(22, "refused")
    gone.winerror = 433  # type: ignore[attr-defined]
    assert isinstance(target_error(gone, tmp_path, 1), DriveRemovedError)
    assert isinstance(source_error(gone, "x"), DriveRemovedError)


def test_a_full_drive_lacks_what_is_wanted_beyond_what_is_free(tmp_path: Path) -> None:
    free = free_bytes(tmp_path)
    told = target_error(OSError(errno.ENOSPC, "full"), tmp_path / "not there", free * 2)
    assert isinstance(told, NotEnoughSpaceError)
    assert free // 2 < told.missing < free * 2


def test_a_copy_is_the_same_byte_for_byte_and_never_over_another(tmp_path: Path) -> None:
    source, target, ticks = tmp_path / "a", tmp_path / "b", list[int]()
    source.write_bytes(os.urandom(3_000_001))
    digest = copied_file(source, target, 3_000_001, ticks.append)
    assert digest == digest_of(source) == digest_of(target, from_medium=True)
    assert sum(ticks) == 3_000_001
    assert len(ticks) > 2
    with pytest.raises(TargetNotWritableError):
        copied_file(source, target, 1, ticks.append)
    with pytest.raises(FileUnreadableError):
        copied_file(tmp_path / "none", tmp_path / "c", 1, ticks.append)
    assert not (tmp_path / "c").exists()


def test_a_system_that_writes_little_at_a_time_still_writes_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, block: real(fd, bytes(block[:7])))
    fd = os.open(tmp_path / "x", os.O_CREAT | os.O_WRONLY)
    write_all(fd, b"more than seven bytes")
    os.close(fd)
    assert (tmp_path / "x").read_bytes() == b"more than seven bytes"


def test_only_this_user_can_read_what_is_written(tmp_path: Path) -> None:
    write_file(tmp_path / "x", b"personal")
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o600


def test_overwriting_leaves_only_zeros_of_the_same_length(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"personal" * 300_000)
    overwrite(path)
    assert path.read_bytes() == bytes(2_400_000)


def test_folders_are_made_with_those_above_them(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b" / "c")
    make_folder(tmp_path / "a" / "b" / "c")
    assert (tmp_path / "a" / "b" / "c").is_dir()
