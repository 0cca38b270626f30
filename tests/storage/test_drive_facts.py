"""What the system says of a drive, told from made-up /proc and /sys and from Windows' answers."""

import struct
from pathlib import Path

import pytest

from app.storage.drive_facts import bus_of, file_system_of, is_network, kind_of_place, mounted_at, windows_kind
from tests.storage.small_disk import small_disk


def system(root: Path, place: Path, file_system: str, device: str = "8:1", source: str = "/dev/sda1") -> None:
    """Write a /proc in which the place lies on a drive; blanks in its name are escaped as the kernel does."""
    point = str(place).replace(" ", r"\040")
    (root / "proc/self").mkdir(parents=True)
    lines = [
        "22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw",
        f"90 22 {device} / {point} rw,nosuid shared:9 - {file_system} {source} rw",
        "not a line of mountinfo",
    ]
    (root / "proc/self/mountinfo").write_text("\n".join(lines) + "\n")


def disk(root: Path, path: str, device: str, removable: str = "0", kind: str = "") -> Path:
    """Write the /sys of a disk with one partition; return the partition's folder."""
    whole = root / "sys/devices" / path
    part = whole / f"{whole.name}1"
    part.mkdir(parents=True)
    (whole / "removable").write_text(removable + "\n")
    if kind:
        (whole / "device").mkdir()
        (whole / "device/type").write_text(kind + "\n")
    (root / "sys/dev/block").mkdir(parents=True, exist_ok=True)
    (root / "sys/dev/block" / device).symlink_to(part)
    (root / "sys/class/block").mkdir(parents=True, exist_ok=True)
    (root / "sys/class/block" / part.name).symlink_to(part)
    return part


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "单位 数据"
    folder.mkdir()
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "system"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    "file_system", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "davfs", "fuse.rclone", "fuse.gvfsd-fuse", "ceph"]
)
def test_a_network_place_is_told(root: Path, place: Path, file_system: str) -> None:
    system(root, place, file_system, "0:52", "server:/share")
    assert kind_of_place(place / "inside" / "deeper", root) == "network"


@pytest.mark.parametrize("file_system", ["ext4", "xfs", "btrfs", "fuseblk", "ntfs3", "fuse.gocryptfs", "tmpfs"])
def test_a_local_file_system_is_no_network(file_system: str) -> None:
    assert not is_network(file_system)


@pytest.mark.parametrize(
    ("path", "removable", "kind", "expected"),
    [
        ("pci0000:00/0000:00:17.0/ata1/host0/block/sda", "0", "", "fixed"),
        ("pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host6/block/sda", "1", "", "removable"),
        ("pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host6/block/sda", "0", "", "removable"),
        ("pci0000:00/card_reader/block/sda", "1", "", "removable"),
        ("platform/mmc_host/mmc1/block/mmcblk1p", "0", "SD", "removable"),
        ("platform/mmc_host/mmc0/block/mmcblk0p", "0", "MMC", "fixed"),
    ],
)
def test_a_disk_that_can_be_taken_out_is_told(
    root: Path, place: Path, path: str, removable: str, kind: str, expected: str
) -> None:
    disk(root, path, "8:1", removable, kind)
    system(root, place, "vfat")
    assert kind_of_place(place, root) == expected


def test_an_encrypted_stick_is_known_by_the_disk_below(root: Path, place: Path) -> None:
    part = disk(root, "pci/usb1/1-1/host3/block/sdb", "8:17", "1")
    crypt = root / "sys/devices/virtual/block/dm-0"
    (crypt / "slaves").mkdir(parents=True)
    (crypt / "slaves" / "sdb1").symlink_to(part)
    (root / "sys/dev/block/253:0").symlink_to(crypt)
    system(root, place, "ext4", "253:0", "/dev/mapper/luks")
    assert kind_of_place(place, root) == "removable"


def test_a_file_system_without_a_device_number_is_known_by_its_device(root: Path, place: Path) -> None:
    disk(root, "pci/usb1/1-1/host3/block/sdb", "8:17", "1")
    system(root, place, "btrfs", "0:44", "/dev/sdb1")
    assert kind_of_place(place, root) == "removable"


def test_what_the_system_does_not_tell_is_not_guessed(root: Path, place: Path, tmp_path: Path) -> None:
    assert kind_of_place(place, root) == ""
    system(root, place, "tmpfs", "0:44", "tmpfs")
    assert kind_of_place(place, root) == ""


def test_the_file_system_is_named_as_the_system_names_it(root: Path, place: Path) -> None:
    assert file_system_of(place, root) == ""
    system(root, place, "vfat")
    assert file_system_of(place / "not there yet", root) == "vfat"
    assert file_system_of(place.parent, root) == "ext4"


def test_the_innermost_and_last_mount_counts() -> None:
    mountinfo = """\
1 0 8:1 / / rw - ext4 /dev/sda1 rw
2 1 8:2 / /home rw - ext4 /dev/sda2 rw
3 2 0:50 / /home/li/net rw - nfs4 srv:/x rw
4 3 8:3 / /home/li/net rw - ext4 /dev/sda3 rw
"""
    known = {path: mounted_at(mountinfo, path) for path in ("/", "/homework", "/home", "/home/li/net/a", "/home/li")}
    assert {path: mounted.device for path, mounted in known.items() if mounted} == {
        "/": "8:1",
        "/homework": "8:1",
        "/home": "8:2",
        "/home/li/net/a": "8:3",
        "/home/li": "8:2",
    }
    assert mounted_at("", "/") is None


def test_this_pc_is_asked_for_real(tmp_path: Path) -> None:
    assert kind_of_place(tmp_path) in {"fixed", ""}
    with small_disk(tmp_path / "disk", 1 << 20) as mounted:
        assert kind_of_place(mounted / "not there yet") == ""


@pytest.mark.parametrize(
    ("drive_type", "bus", "expected"),
    [
        *((3, 11, "fixed"), (3, 17, "fixed"), (3, 7, "removable"), (3, 12, "removable"), (2, 0, "removable")),
        *((4, 0, "network"), (5, 0, "removable"), (6, 0, "fixed"), (0, 0, ""), (1, 0, "")),
    ],
)
def test_windows_drives_are_told_by_type_and_bus(drive_type: int, bus: int, expected: str) -> None:
    assert windows_kind(drive_type, bus) == expected


def test_the_bus_stands_at_its_place_in_windows_answer() -> None:
    answer = struct.pack("<IIBBBBIIIIII", 40, 100, 0, 0, 0, 1, 0, 0, 0, 0, 7, 0)
    assert bus_of(answer) == 7
    assert bus_of(answer[:20]) == 0
