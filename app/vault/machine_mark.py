"""The mark by which this machine is known again: made from the system's own id, which is not kept itself."""

import hashlib
import hmac
import re
import sys
from pathlib import Path

_TAG = b"xianshen-terminal/1"
_LINUX = ("etc/machine-id", "var/lib/dbus/machine-id")
_WINDOWS = r"SOFTWARE\Microsoft\Cryptography"
_PLAIN = re.compile(r"[0-9a-f]{32}")


def machine_mark(root: Path = Path("/")) -> str:
    """Return this machine's mark (64 hexadecimal digits), or '' when the system does not tell one."""
    return mark_of(_windows_id() if sys.platform == "win32" else _linux_id(root))


def mark_of(own_id: str) -> str:
    """Return the mark for a system's own id; '' for one that is empty, unfinished, or the same on every machine."""
    plain = own_id.strip().lower().replace("-", "").strip("{}")
    if not _PLAIN.fullmatch(plain) or len(set(plain)) == 1:
        return ""
    return hmac.new(plain.encode("ascii"), _TAG, hashlib.sha256).hexdigest()


def _linux_id(root: Path) -> str:
    for place in _LINUX:
        try:
            text = (root / place).read_text("ascii")
        except (OSError, UnicodeDecodeError):
            continue
        if mark_of(text):
            return text
    return ""


def _windows_id() -> str:
    import winreg

    way = winreg.KEY_READ | winreg.KEY_WOW64_64KEY  # type: ignore[attr-defined]
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _WINDOWS, 0, way) as key:  # type: ignore[attr-defined]
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])  # type: ignore[attr-defined]
    except OSError:
        return ""
