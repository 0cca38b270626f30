"""Whether this PC lets anybody in at the power switch: what the settings of its login program say."""

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.models.self_check import Told

_WINDOWS = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon"
_YES = frozenset({"true", "1", "yes", "on"})
_LINE = re.compile(r"\s*([^=\[\]]+?)\s*=\s*(.*?)\s*")
_CONSOLE = re.compile(r"(^|\s)(--autologin|-a)[\s=]+\S")


@dataclass(frozen=True)
class _Program:
    """A login program: its files, the later over the earlier, and the keys that let somebody in by themselves."""

    name: str
    files: tuple[str, ...]
    sections: tuple[str, ...]
    switches: tuple[str, ...] = ()
    """Keys that say yes or no."""
    names: tuple[str, ...] = ()
    """Keys that name who is let in."""


_PROGRAMS = (
    _Program(
        "GDM",
        ("etc/gdm3/custom.conf", "etc/gdm3/daemon.conf", "etc/gdm/custom.conf"),
        ("daemon",),
        switches=("automaticloginenable", "timedloginenable"),
    ),
    _Program(
        "LightDM",
        (
            *("usr/share/lightdm/lightdm.conf.d/*.conf", "etc/xdg/lightdm/lightdm.conf.d/*.conf"),
            *("etc/lightdm/lightdm.conf.d/*.conf", "etc/lightdm/lightdm.conf"),
        ),
        ("seat", "seatdefaults"),
        names=("autologin-user",),
    ),
    _Program(
        "SDDM",
        ("usr/lib/sddm/sddm.conf.d/*.conf", "etc/sddm.conf.d/*.conf", "etc/sddm.conf"),
        ("autologin",),
        names=("user",),
    ),
)
_CONSOLES = "etc/systemd/system/getty@*.service.d/*.conf"


def automatic_login(root: Path = Path("/")) -> Told:
    """Say whether the PC asks for no password when it starts: `on`, `off`, `no_settings`, or `unreadable`."""
    return _windows() if sys.platform == "win32" else _linux(root)


def windows_state(values: Mapping[str, str]) -> Told:
    """Judge the values of Winlogon; without them Windows asks."""
    return Told("on", {"where": "Windows"}) if values.get("AutoAdminLogon", "0").strip() == "1" else Told("off")


def _linux(root: Path) -> Told:
    found, closed = False, ""
    for program in _PROGRAMS:
        settings: dict[tuple[str, str], str] = {}
        for path in _files(root, program.files):
            text = _text(path)
            if text is None:
                closed = closed or program.name
                continue
            found = True
            settings |= dict(_settings(text))
        if _lets_in(program, settings):
            return Told("on", {"where": program.name})
    for path in _files(root, (_CONSOLES,)):
        if _CONSOLE.search(_text(path) or ""):
            return Told("on", {"where": "文字终端"})
    if closed:
        return Told("unreadable", {"where": closed})
    return Told("off") if found else Told("no_settings")


def _lets_in(program: _Program, settings: Mapping[tuple[str, str], str]) -> bool:
    for (section, key), value in settings.items():
        if section.partition(":")[0] in program.sections and (
            (key in program.switches and value.lower() in _YES) or (key in program.names and value)
        ):
            return True
    return False


def _files(root: Path, patterns: tuple[str, ...]) -> Iterator[Path]:
    for pattern in patterns:
        yield from sorted(path for path in root.glob(pattern) if not path.is_dir())


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return None


def _settings(text: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Read what looks like an .ini file, as forgivingly as the programs themselves do; all keys in small letters."""
    section = ""
    for line in text.splitlines():
        plain = line.strip()
        if plain.startswith(("#", ";")):
            continue
        if plain.startswith("[") and plain.endswith("]"):
            section = plain[1:-1].strip().lower()
        elif (match := _LINE.fullmatch(plain)) is not None:
            yield (section, match[1].lower()), match[2].strip("\"'")


def _windows() -> Told:
    import winreg

    way = winreg.KEY_READ | winreg.KEY_WOW64_64KEY  # type: ignore[attr-defined]
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _WINDOWS, 0, way) as key:  # type: ignore[attr-defined]
            try:
                value = str(winreg.QueryValueEx(key, "AutoAdminLogon")[0])  # type: ignore[attr-defined]
            except FileNotFoundError:
                return windows_state({})
    except OSError:
        return Told("unreadable", {"where": "Windows"})
    return windows_state({"AutoAdminLogon": value})
