"""What the system says of the drive a folder lies on: of what kind, and whether it can be taken out."""

import ctypes
import re
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NETWORK, REMOVABLE, FIXED, UNKNOWN = "network", "removable", "fixed", ""

_NETWORK_SYSTEMS = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "smbnetfs", "ncpfs", "ncp", "afs", "afpfs", "coda"),
        *("ceph", "glusterfs", "lustre", "beegfs", "gpfs", "ocfs2", "gfs", "gfs2", "orangefs", "pvfs2", "davfs"),
        *("davfs2", "webdav", "sshfs", "curlftpfs", "vboxsf", "vmhgfs", "prl_fs", "fuse.vmhgfs-fuse"),
    }
)
# Whatever else is mounted from user space is taken for a place on another machine.
_LOCAL_FUSE = frozenset(
    {
        *("fuse", "fuseblk", "fuse.ntfs-3g", "fuse.ntfs", "fuse.exfat", "fuse.exfat-fuse", "fuse.lklfuse"),
        *("fuse.encfs", "fuse.gocryptfs", "fuse.cryfs", "fuse.securefs", "fuse.bindfs", "fuse.mergerfs"),
        *("fuse.fuse-overlayfs", "fuse.squashfuse", "fuse.dislocker", "fuse.fuse2fs", "fuse.apfs-fuse"),
    }
)


@dataclass(frozen=True)
class Mounted:
    """One line of mountinfo: where, from which device (name, major:minor), as which file system."""

    point: str
    file_system: str
    source: str
    device: str


def is_network(file_system: str) -> bool:
    """Say whether a Linux file system lies on another machine."""
    name = file_system.lower()
    return name in _NETWORK_SYSTEMS or (name.startswith("fuse") and name not in _LOCAL_FUSE)


def mounted_at(mountinfo: str, path: str) -> Mounted | None:
    """Return the mount that a resolved path lies on, from the text of /proc/self/mountinfo."""
    found = None
    for line in mountinfo.splitlines():
        left, mark, right = line.partition(" - ")
        fields, rest = left.split(" "), right.split(" ")
        if not mark or len(fields) < 5 or len(rest) < 2:
            continue
        mounted = Mounted(_plain(fields[4]), rest[0], _plain(rest[1]), fields[2])
        leads = (path.rstrip("/") + "/").startswith(mounted.point.rstrip("/") + "/")
        if leads and (found is None or len(mounted.point) >= len(found.point)):
            found = mounted
    return found


def _plain(text: str) -> str:
    """Undo the octal escapes of mountinfo."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def kind_of_place(path: Path, root: Path = Path("/")) -> str:
    """Return `network`, `removable`, `fixed` or '' (not told) for where a folder lies or would lie."""
    if sys.platform == "win32":
        return _windows_kind(path.resolve())
    mounted = mount_of(path, root)
    if mounted is None:
        return UNKNOWN
    if is_network(mounted.file_system):
        return NETWORK
    device = block_device(mounted, root)
    if device is None:
        return UNKNOWN
    return REMOVABLE if _can_be_taken_out(device) else FIXED


def mount_of(path: Path, root: Path = Path("/")) -> Mounted | None:
    """Return the mount that a folder lies on, or None when the system does not tell."""
    try:
        mountinfo = (root / "proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        return None
    return mounted_at(mountinfo, str(path.resolve()))


def file_system_of(path: Path, root: Path = Path("/")) -> str:
    """Return the file system of where a folder lies as the system calls it, e.g. `ext4`, `NTFS`; '' when not told."""
    if sys.platform == "win32":
        return _windows_file_system(path.resolve())
    mounted = mount_of(path, root)
    return mounted.file_system if mounted else ""


def block_device(mounted: Mounted, root: Path) -> Path | None:
    """Return the folder of /sys that describes the device; some file systems tell its name only."""
    for place in (f"sys/dev/block/{mounted.device}", f"sys/class/block/{Path(mounted.source).name}"):
        if not mounted.device.startswith("0:") or mounted.source.startswith("/dev/"):
            device = (root / place).resolve()
            if device.is_dir():
                return device
    return None


def _can_be_taken_out(device: Path, depth: int = 4) -> bool:
    """Say whether a device, the disk it is a part of, or one it is made from (encrypted, RAID), can be taken out."""
    disk = device if (device / "removable").is_file() else device.parent
    if re.search(r"/usb\d", str(device)) or _line(disk / "removable") == "1" or _line(disk / "device/type") == "SD":
        return True
    below = [path.resolve() for path in (device / "slaves").glob("*")]
    return depth > 0 and any(_can_be_taken_out(part, depth - 1) for part in below)


def _line(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except OSError:
        return ""


# ---- Windows ------------------------------------------------------------------------------------

_DRIVES = {2: REMOVABLE, 3: FIXED, 4: NETWORK, 5: REMOVABLE, 6: FIXED}
"""GetDriveTypeW: removable, fixed, remote, CD, RAM disk."""
_PLUGGED_BUSES = {4, 7, 12}
"""STORAGE_BUS_TYPE: FireWire, USB, SD; a hard disk on one of these calls itself fixed."""
_BUS_QUERY = 0x002D1400
"""IOCTL_STORAGE_QUERY_PROPERTY."""


def windows_kind(drive_type: int, bus: int) -> str:
    """Return the kind of a drive from GetDriveTypeW and its bus (0 when not told)."""
    return REMOVABLE if bus in _PLUGGED_BUSES else _DRIVES.get(drive_type, UNKNOWN)


def bus_of(descriptor: bytes) -> int:
    """Return the bus in a STORAGE_DEVICE_DESCRIPTOR, or 0 when it is too short to tell."""
    return int(struct.unpack_from("<I", descriptor, 28)[0]) if len(descriptor) >= 32 else 0


def _windows_kind(place: Path) -> str:
    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 - absent from the types of other systems
    if place.anchor.startswith("\\\\") and not place.anchor.startswith("\\\\?\\"):
        return NETWORK
    return windows_kind(int(kernel.GetDriveTypeW(place.anchor)), _windows_bus(kernel, place.drive))


def _windows_file_system(place: Path) -> str:
    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 - absent from the types of other systems
    name = ctypes.create_unicode_buffer(64)
    told = kernel.GetVolumeInformationW(place.anchor, None, 0, None, None, None, name, 64)
    return str(name.value) if told else ""


def _windows_bus(kernel: Any, drive: str) -> int:
    kernel.CreateFileW.restype = ctypes.c_void_p
    share_all, open_existing = 3, 3
    handle = kernel.CreateFileW(f"\\\\.\\{drive}", 0, share_all, None, open_existing, 0, None)
    if handle in {None, ctypes.c_void_p(-1).value}:
        return 0
    query, answer, length = bytes(12), ctypes.create_string_buffer(1024), ctypes.c_ulong()
    try:
        told = kernel.DeviceIoControl(
            ctypes.c_void_p(handle), _BUS_QUERY, query, 12, answer, 1024, ctypes.byref(length), None
        )
    finally:
        kernel.CloseHandle(ctypes.c_void_p(handle))
    return bus_of(answer.raw[: length.value]) if told else 0
