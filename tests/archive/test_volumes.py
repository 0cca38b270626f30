"""Drives are told apart by what the system says of them."""

import os
from pathlib import Path

import pytest

from app.archive.volumes import (
    _linux_volumes,
    can_be_taken_out,
    drive_roots,
    file_system_of,
    flush_volume,
    is_removable,
    list_volumes,
    medium_limits,
    mount_of,
    parse_mountinfo,
    storage_mounts,
    unescape_label,
)
from tests.archive.stick import Stick, missing

MOUNTINFO = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:21 / /proc rw - proc proc rw
24 22 8:17 / /media/user/我的\040盘 rw,nosuid - exfat /dev/sdb1 rw,uid=1000
25 22 8:33 / /media/user/locked ro - vfat /dev/sdc1 ro
26 22 0:40 / /run/user/1000 rw - tmpfs tmpfs rw
27 22 8:1 /srv /srv rw - ext4 /dev/sda1 rw
28 22 0:45 / /mnt/net rw - cifs //server/share rw
not a line
"""


def test_only_what_can_be_written_to_is_offered() -> None:
    found = storage_mounts(parse_mountinfo(MOUNTINFO))
    assert [(mount.point, mount.file_system) for mount in found] == [
        ("/", "ext4"),
        ("/media/user/我的 盘", "exfat"),
        ("/mnt/net", "cifs"),
    ]


def test_a_stick_is_known_by_its_device_or_by_where_the_desktop_mounts_it() -> None:
    root, stick, _ = storage_mounts(parse_mountinfo(MOUNTINFO))
    assert is_removable(stick, frozenset())
    assert not is_removable(root, frozenset())
    assert is_removable(root, frozenset({"8:1"}))


def test_a_path_lies_on_the_deepest_mount() -> None:
    mounts = parse_mountinfo(MOUNTINFO)
    found = mount_of(mounts, "/media/user/我的 盘/存档")
    assert found is not None
    assert found.source == "/dev/sdb1"
    other = mount_of(mounts, "/media/user/我的 盘子")
    assert other is not None
    assert other.point == "/"


@pytest.mark.parametrize(
    ("name", "largest", "merges"),
    [("vfat", (1 << 32) - 1, True), ("exfat", None, True), ("fuseblk", None, True), ("ext4", None, False)],
)
def test_file_systems_have_their_limits(name: str, largest: int | None, merges: bool) -> None:
    limits = medium_limits(name)
    assert (limits.largest_file, limits.merges_case) == (largest, merges)


def test_labels_and_drive_letters_are_read() -> None:
    assert unescape_label(r"\xe5\xad\x98\xe6\xa1\xa3 1") == "存档 1"
    assert drive_roots(0b1100) == ("C:\\", "D:\\")


@pytest.mark.skipif(not list_volumes(), reason="no volume is mounted here, as in a chroot")
def test_this_machine_has_a_volume_with_room() -> None:
    assert any(volume.total > volume.free > 0 for volume in list_volumes())


def test_a_mount_that_this_user_may_not_write_to_is_not_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "proc/self/mountinfo").write_text(
        "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 8:17 / /tmp rw - exfat /dev/sdb1 rw\n", "utf-8"
    )
    assert [str(volume.path) for volume in _linux_volumes(tmp_path)] == ["/", "/tmp"]
    monkeypatch.setattr(os, "access", lambda path, _mode: str(path) != "/")
    assert [str(volume.path) for volume in _linux_volumes(tmp_path)] == ["/tmp"]


def test_the_folder_of_the_tests_cannot_be_taken_out(tmp_path: Path) -> None:
    assert not can_be_taken_out(tmp_path)


@pytest.mark.skipif(bool(missing()), reason=f"lacks {missing()}")
def test_a_real_stick_is_known_and_flushed(tmp_path: Path) -> None:
    stick = Stick(tmp_path / "known", "exfat")
    place = stick.plug()
    try:
        assert medium_limits(file_system_of(place)).merges_case
        assert place in [volume.path for volume in list_volumes()]
        assert flush_volume(place)
    finally:
        stick.take_out()


def test_a_volume_that_is_gone_is_not_called_flushed(tmp_path: Path) -> None:
    assert not flush_volume(tmp_path / "gone")
    assert os.path.lexists(tmp_path)
