"""Whether the disk that a folder lies on is encrypted, as far as the system tells it without an administrator."""

import sys
from pathlib import Path

from app.models.self_check import Told
from app.storage.drive_facts import block_device, mount_of

_ENCRYPTING = {
    "ecryptfs": "eCryptfs",
    "fuse.gocryptfs": "gocryptfs",
    "fuse.encfs": "EncFS",
    "fuse.cryfs": "CryFS",
    "fuse.securefs": "securefs",
    "fuse.dislocker": "BitLocker",
}
"""File systems that keep what lies in them encrypted themselves."""
_KINDS = {"CRYPT-LUKS": "LUKS", "CRYPT-BITLK": "BitLocker", "CRYPT-VERACRYPT": "VeraCrypt", "CRYPT-TCRYPT": "VeraCrypt"}
_DEEPEST = 6


def disk_encryption(path: Path, root: Path = Path("/")) -> Told:
    """Say `encrypted`, `plain`, `no_device` or `not_told` of where a folder lies."""
    if sys.platform != "linux":
        return Told("not_told")
    mounted = mount_of(path, root)
    if mounted is None:
        return Told("no_device", {"file_system": "文件系统不详"})
    if mounted.file_system in _ENCRYPTING:
        return Told("encrypted", {"how": _ENCRYPTING[mounted.file_system]})
    device = block_device(mounted, root)
    # A file that stands in for a disk lies on another one, of which nothing is said here.
    if device is None or device.name.startswith(("loop", "ram", "zram", "nbd")):
        return Told("no_device", {"file_system": mounted.file_system})
    how = _cipher(device)
    return Told("encrypted", {"how": how}) if how else Told("plain")


def _cipher(device: Path, depth: int = _DEEPEST) -> str:
    """Return what encrypts a device, or everything that it is made from (LVM, RAID); '' when some of it is plain."""
    uuid = _line(device / "dm/uuid")
    if uuid.startswith("CRYPT-"):
        return next((name for kind, name in _KINDS.items() if uuid.startswith(kind)), "dm-crypt")
    below = sorted((device / "slaves").glob("*"))
    ways = [_cipher(part.resolve(), depth - 1) for part in below] if depth else []
    return ways[0] if ways and all(ways) else ""


def _line(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except OSError:
        return ""
