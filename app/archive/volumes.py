"""Drives a person could archive to: what is mounted, what it is called, what it can hold, flushing it."""

import contextlib
import ctypes
import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.models.archive_package import Volume

_SYSTEM_PLACES = ("/proc", "/sys", "/dev", "/run/user", "/run/lock", "/snap", "/boot", "/var/lib")
_NOT_STORAGE = frozenset(
    {
        *("autofs", "binfmt_misc", "bpf", "cgroup", "cgroup2", "configfs", "debugfs"),
        *("devpts", "devtmpfs", "efivarfs", "fusectl", "fuse.gvfsd-fuse", "fuse.portal", "hugetlbfs"),
        *("iso9660", "mqueue", "nsfs", "overlay", "proc", "pstore", "ramfs"),
        *("rpc_pipefs", "securityfs", "selinuxfs", "squashfs", "sysfs", "tmpfs", "tracefs", "udf"),
    }
)
_REMOVABLE_PLACES = ("/media/", "/run/media/")


@dataclass(frozen=True)
class Mount:
    """One line of mountinfo: where it is mounted, the device it comes from and its number, its type."""

    point: str
    file_system: str
    source: str
    device: str
    writable: bool


@dataclass(frozen=True)
class MediumLimits:
    """What a file system cannot hold; `largest_file` in bytes, None where an archive never reaches it."""

    largest_file: int | None
    merges_case: bool
    known: bool


def medium_limits(file_system: str) -> MediumLimits:
    """Return the limits of a file system by the name the system gives it (vfat, exfat, NTFS, ext4, …)."""
    name = file_system.lower().removeprefix("fuse.").removeprefix("fuse")
    if name in {"vfat", "fat", "fat16", "fat32", "msdos"}:
        return MediumLimits((1 << 32) - 1, merges_case=True, known=True)
    if name in {"exfat", "exfat-fuse", "ntfs", "ntfs3", "ntfs-3g", "refs", "hfsplus", "apfs", "blk"}:
        return MediumLimits(None, merges_case=True, known=name != "blk")
    known = name in {"ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "tmpfs", "overlay", "zfs"}
    return MediumLimits(None, merges_case=False, known=known)


def parse_mountinfo(text: str) -> tuple[Mount, ...]:
    """Read /proc/self/mountinfo; lines that are not of its form are left out."""
    mounts: list[Mount] = []
    for line in text.splitlines():
        left, mark, right = line.partition(" - ")
        fields, rest = left.split(" "), right.split(" ")
        if not mark or len(fields) < 6 or len(rest) < 2:
            continue
        writable = "ro" not in fields[5].split(",") and "ro" not in rest[-1].split(",")
        mounts.append(Mount(_unescape(fields[4]), rest[0], _unescape(rest[1]), fields[2], writable))
    return tuple(mounts)


def _unescape(text: str) -> str:
    """Undo the octal escapes of mountinfo (blank, tab, line break, backslash)."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def unescape_label(name: str) -> str:
    r"""Undo the \xNN escapes of /dev/disk/by-label; its bytes are UTF-8."""
    raw = re.sub(
        rb"\\x([0-9a-fA-F]{2})", lambda match: bytes([int(match[1], 16)]), name.encode("utf-8", "surrogateescape")
    )
    return raw.decode("utf-8", "replace")


def storage_mounts(mounts: tuple[Mount, ...]) -> tuple[Mount, ...]:
    """Leave the writable mounts a person could store to, each place once, the last mounted over it."""
    kept: dict[str, Mount] = {}
    for mount in mounts:
        system = any(mount.point == place or mount.point.startswith(place + "/") for place in _SYSTEM_PLACES)
        if mount.file_system in _NOT_STORAGE or system or not mount.writable:
            kept.pop(mount.point, None)
        else:
            kept[mount.point] = mount
    # One device mounted in many places (containers, binds) is one drive: its shortest place.
    by_device: dict[str, Mount] = {}
    for mount in sorted(kept.values(), key=lambda m: (len(m.point), m.point)):
        by_device.setdefault(f"{mount.device} {mount.source}", mount)
    return tuple(sorted(by_device.values(), key=lambda m: m.point))


def mount_of(mounts: tuple[Mount, ...], path: str) -> Mount | None:
    """Return the mount a path lies on: the longest point that leads to it, the last one mounted there."""
    found = None
    for mount in mounts:
        point = mount.point.rstrip("/") + "/"
        if (path.rstrip("/") + "/").startswith(point) and (found is None or len(mount.point) >= len(found.point)):
            found = mount
    return found


def is_removable(mount: Mount, removable_devices: frozenset[str]) -> bool:
    """Say whether a drive can be taken out: the kernel says so, or the desktop mounted it."""
    return mount.device in removable_devices or mount.point.startswith(_REMOVABLE_PLACES)


def list_volumes() -> tuple[Volume, ...]:
    """List the drives that can be written to, removable ones first; a drive that does not answer is left out."""
    found = _windows_volumes() if sys.platform == "win32" else _linux_volumes()
    return tuple(sorted(found, key=lambda v: (not v.removable, str(v.path))))


def _linux_volumes(root: Path = Path("/")) -> list[Volume]:
    mounts = storage_mounts(_mounts(root))
    labels, removable = _labels(root), _removable_devices(root)
    found: list[Volume] = []
    for mount in mounts:
        with contextlib.suppress(OSError):
            usage = shutil.disk_usage(mount.point)
            # The system's own disk is mounted for writing, and yet its top is closed to everybody but root.
            if not os.access(mount.point, os.W_OK):
                continue
            label = labels.get(mount.source, "")
            taken_out = is_removable(mount, removable)
            found.append(Volume(Path(mount.point), label, mount.file_system, usage.free, usage.total, taken_out))
    return found


def _mounts(root: Path = Path("/")) -> tuple[Mount, ...]:
    try:
        return parse_mountinfo((root / "proc/self/mountinfo").read_text("utf-8", "surrogateescape"))
    except OSError:
        return ()


def _labels(root: Path) -> Mapping[str, str]:
    """Map device paths to volume labels."""
    labels: dict[str, str] = {}
    with contextlib.suppress(OSError):
        for link in (root / "dev/disk/by-label").iterdir():
            labels[str(link.resolve())] = unescape_label(link.name)
    return labels


def _removable_devices(root: Path) -> frozenset[str]:
    """Return the major:minor numbers of removable disks (or disks on USB) and of their partitions."""
    found: set[str] = set()
    with contextlib.suppress(OSError):
        for disk in (root / "sys/block").iterdir():
            with contextlib.suppress(OSError):
                usb = "/usb" in str(disk.resolve())
                if (disk / "removable").read_text().strip() == "1" or usb:
                    found.update(file.read_text().strip() for file in (disk / "dev", *disk.glob("*/dev")))
    return frozenset(found)


def can_be_taken_out(path: Path) -> bool:
    """Say whether a path lies on a drive that can be taken out; Windows counts most disks on USB as fixed ones."""
    if sys.platform == "win32":
        return int(_kernel32().GetDriveTypeW(path.resolve().anchor)) == _DRIVE_REMOVABLE
    mount = mount_of(_mounts(), str(path.resolve()))
    return mount is not None and is_removable(mount, _removable_devices(Path("/")))


def file_system_of(path: Path) -> str:
    """Return the type of the file system a path lies on, or nothing when the system does not tell."""
    if sys.platform == "win32":
        return _windows_facts(path.resolve().anchor)[1]
    mount = mount_of(_mounts(), str(path.resolve()))
    return mount.file_system if mount else ""


def flush_volume(path: Path) -> bool:
    """Flush everything written to the drive a path lies on; true only when the system says that it is done."""
    if sys.platform == "win32":
        return _windows_flush(path)
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "syncfs"):
        return False
    try:
        fd = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return int(library.syncfs(fd)) == 0
    finally:
        os.close(fd)


# ---- Windows ------------------------------------------------------------------------------------

_DRIVE_REMOVABLE, _DRIVE_FIXED = 2, 3


def drive_roots(mask: int) -> tuple[str, ...]:
    """Return the roots in the bit mask of GetLogicalDrives."""
    return tuple(f"{chr(65 + bit)}:\\" for bit in range(26) if mask >> bit & 1)


def _kernel32() -> Any:
    return getattr(ctypes, "windll").kernel32  # noqa: B009 - absent from the types of other systems


def _windows_facts(root: str) -> tuple[str, str]:
    label, system = ctypes.create_unicode_buffer(261), ctypes.create_unicode_buffer(261)
    known = _kernel32().GetVolumeInformationW(root, label, 261, None, None, None, system, 261)
    return (label.value, system.value) if known else ("", "")


def _windows_volumes() -> list[Volume]:
    found: list[Volume] = []
    kernel = _kernel32()
    # Without this an empty card reader makes Windows ask for a disk in a window of its own.
    before = kernel.SetErrorMode(1)
    try:
        for root in drive_roots(int(kernel.GetLogicalDrives())):
            kind = int(kernel.GetDriveTypeW(root))
            if kind not in {_DRIVE_REMOVABLE, _DRIVE_FIXED}:
                continue
            label, system = _windows_facts(root)
            if not system:
                continue
            with contextlib.suppress(OSError):
                usage = shutil.disk_usage(root)
                found.append(Volume(Path(root), label, system, usage.free, usage.total, kind == _DRIVE_REMOVABLE))
    finally:
        kernel.SetErrorMode(before)
    return found


def _windows_flush(path: Path) -> bool:
    kernel = _kernel32()
    kernel.CreateFileW.restype = ctypes.c_void_p
    drive = path.resolve().drive
    generic_write, share_all, open_existing = 0x40000000, 3, 3
    handle = kernel.CreateFileW(f"\\\\.\\{drive}", generic_write, share_all, None, open_existing, 0, None)
    if handle in {None, ctypes.c_void_p(-1).value}:
        return False
    try:
        return bool(kernel.FlushFileBuffers(ctypes.c_void_p(handle)))
    finally:
        kernel.CloseHandle(ctypes.c_void_p(handle))
