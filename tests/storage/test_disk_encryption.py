"""Whether a folder's disk is encrypted is told from what it is made of, down to the last disk."""

import sys
from pathlib import Path

import pytest

from app.models.self_check import Told
from app.storage.disk_encryption import disk_encryption
from tests.storage.test_drive_facts import disk, system

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="is not told elsewhere")

LUKS = "CRYPT-LUKS2-0123456789abcdef-luks"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "system"
    folder.mkdir()
    return folder


def mapped(root: Path, number: int, uuid: str, *below: Path) -> Path:
    """Write a device that the kernel makes from others, known as 253:NUMBER."""
    device = root / f"sys/devices/virtual/block/dm-{number}"
    (device / "slaves").mkdir(parents=True)
    (device / "dm").mkdir()
    (device / "dm/uuid").write_text(uuid + "\n")
    for part in below:
        (device / "slaves" / part.name).symlink_to(part)
    (root / "sys/dev/block" / f"253:{number}").symlink_to(device)
    return device


def test_a_plain_disk_is_plain(root: Path, place: Path) -> None:
    disk(root, "pci/ata1/host0/block/sda", "8:1")
    system(root, place, "ext4")
    assert disk_encryption(place, root) == Told("plain")
    assert disk_encryption(place / "not there yet", root) == Told("plain")


@pytest.mark.parametrize(
    ("uuid", "how"),
    [
        (LUKS, "LUKS"),
        ("CRYPT-LUKS1-aa-x", "LUKS"),
        ("CRYPT-PLAIN-x", "dm-crypt"),
        ("CRYPT-BITLK-aa-x", "BitLocker"),
        ("CRYPT-VERACRYPT-x", "VeraCrypt"),
    ],
)
def test_an_encrypted_disk_says_by_what(root: Path, place: Path, uuid: str, how: str) -> None:
    mapped(root, 0, uuid, disk(root, "pci/ata1/host0/block/sda", "8:1"))
    system(root, place, "ext4", "253:0", "/dev/mapper/luks")
    assert disk_encryption(place, root) == Told("encrypted", {"how": how})


def test_a_volume_is_encrypted_when_everything_below_it_is(root: Path, place: Path) -> None:
    one = mapped(root, 0, LUKS, disk(root, "pci/ata1/host0/block/sda", "8:1"))
    other = mapped(root, 1, LUKS, disk(root, "pci/ata2/host1/block/sdb", "8:17"))
    mapped(root, 2, "LVM-whole", one, other)
    system(root, place, "xfs", "253:2", "/dev/mapper/vg-data")
    assert disk_encryption(place, root) == Told("encrypted", {"how": "LUKS"})


def test_a_volume_with_one_plain_disk_below_it_is_plain(root: Path, place: Path) -> None:
    one = mapped(root, 0, LUKS, disk(root, "pci/ata1/host0/block/sda", "8:1"))
    mapped(root, 2, "LVM-half", one, disk(root, "pci/ata2/host1/block/sdb", "8:17"))
    system(root, place, "xfs", "253:2", "/dev/mapper/vg-data")
    assert disk_encryption(place, root) == Told("plain")


def test_a_chain_of_devices_without_an_end_is_given_up(root: Path, place: Path) -> None:
    disk(root, "pci/ata1/host0/block/sda", "8:1")
    one = mapped(root, 0, "LVM-loop")
    (one / "slaves/dm-0").symlink_to(one)
    system(root, place, "xfs", "253:0", "/dev/mapper/vg-data")
    assert disk_encryption(place, root) == Told("plain")


def test_a_file_system_that_encrypts_itself_needs_no_disk(root: Path, place: Path) -> None:
    system(root, place, "ecryptfs", "0:44", "/home/.ecryptfs")
    assert disk_encryption(place, root) == Told("encrypted", {"how": "eCryptfs"})


def test_what_the_system_does_not_tell_is_not_guessed(root: Path, place: Path) -> None:
    assert disk_encryption(place, root) == Told("no_device", {"file_system": "文件系统不详"})
    system(root, place, "overlay", "0:44", "overlay")
    assert disk_encryption(place, root) == Told("no_device", {"file_system": "overlay"})


def test_a_file_that_stands_in_for_a_disk_is_not_judged(root: Path, place: Path) -> None:
    loop = root / "sys/devices/virtual/block/loop0"
    loop.mkdir(parents=True)
    (root / "sys/dev/block").mkdir(parents=True)
    (root / "sys/dev/block/7:0").symlink_to(loop)
    system(root, place, "ext4", "7:0", "/dev/loop0")
    assert disk_encryption(place, root) == Told("no_device", {"file_system": "ext4"})


def test_this_pc_is_asked_for_real(tmp_path: Path) -> None:
    assert disk_encryption(tmp_path).state in {"encrypted", "plain", "no_device"}
