"""Automatic login is found in the settings of each login program, and nothing is taken for off that was not read."""

import sys
from pathlib import Path

import pytest

from app.models.self_check import Told
from app.vault.automatic_login import automatic_login, windows_state

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="reads the registry there")

GDM = "etc/gdm3/custom.conf"
LIGHTDM = "etc/lightdm/lightdm.conf"
SDDM = "etc/sddm.conf"
GETTY = "etc/systemd/system/getty@tty1.service.d/override.conf"


def put(root: Path, place: str, text: str) -> Path:
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("place", "text", "where"),
    [
        (GDM, "[daemon]\nAutomaticLoginEnable = true\nAutomaticLogin=clerk\n", "GDM"),
        (GDM, "[daemon]\nAutomaticLoginEnable=1\n", "GDM"),
        ("etc/gdm/custom.conf", "# first\n[daemon]\nTimedLoginEnable=True\nTimedLogin=clerk\n", "GDM"),
        (LIGHTDM, "[Seat:*]\nautologin-user=clerk\n", "LightDM"),
        (LIGHTDM, "[SeatDefaults]\nautologin-user = clerk\n", "LightDM"),
        ("etc/lightdm/lightdm.conf.d/50-own.conf", "[Seat:*]\nautologin-user=clerk\n", "LightDM"),
        ("usr/share/lightdm/lightdm.conf.d/50.conf", "[Seat:*]\nautologin-user=clerk\n", "LightDM"),
        (SDDM, "[Autologin]\nUser=clerk\nSession=plasma\n", "SDDM"),
        ("etc/sddm.conf.d/kde.conf", "[Autologin]\nUser=clerk\n", "SDDM"),
        (GETTY, "[Service]\nExecStart=\nExecStart=-/sbin/agetty --autologin clerk --noclear %I\n", "文字终端"),
        (GETTY, "[Service]\nExecStart=-/sbin/agetty -a clerk %I\n", "文字终端"),
    ],
)
def test_it_is_found_on(tmp_path: Path, place: str, text: str, where: str) -> None:
    put(tmp_path, place, text)
    assert automatic_login(tmp_path) == Told("on", {"where": where})


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (GDM, "[daemon]\n# AutomaticLoginEnable = true\n#AutomaticLogin=clerk\n"),
        (GDM, "[daemon]\nAutomaticLoginEnable = false\nAutomaticLogin=clerk\n"),
        (GDM, "[security]\nAutomaticLoginEnable = true\n"),
        (LIGHTDM, "[Seat:*]\n#autologin-user=\nautologin-user=\nautologin-user-timeout=0\n"),
        (LIGHTDM, "[LightDM]\nautologin-user=clerk\n"),
        (SDDM, "[Autologin]\nUser=\nSession=\n"),
        (SDDM, "[Users]\nUser=clerk\n"),
        (SDDM, ""),
    ],
)
def test_it_is_found_off(tmp_path: Path, place: str, text: str) -> None:
    put(tmp_path, place, text)
    assert automatic_login(tmp_path) == Told("off")


def test_a_later_file_takes_back_what_an_earlier_one_said(tmp_path: Path) -> None:
    put(tmp_path, "etc/lightdm/lightdm.conf.d/10-image.conf", "[Seat:*]\nautologin-user=clerk\n")
    assert automatic_login(tmp_path).state == "on"
    put(tmp_path, "etc/lightdm/lightdm.conf.d/90-own.conf", "[Seat:*]\nautologin-user=\n")
    assert automatic_login(tmp_path).state == "off"
    put(tmp_path, LIGHTDM, "[Seat:*]\nautologin-user=clerk\n")
    assert automatic_login(tmp_path).state == "on"


def test_without_any_settings_nothing_is_known(tmp_path: Path) -> None:
    assert automatic_login(tmp_path) == Told("no_settings")
    put(tmp_path, "etc/systemd/system/getty@tty1.service.d/quiet.conf", "[Service]\nTTYVTDisallocate=no\n")
    assert automatic_login(tmp_path) == Told("no_settings")


def test_settings_that_cannot_be_read_are_told_unless_others_say_on(tmp_path: Path) -> None:
    (tmp_path / "etc/sddm.conf.d").mkdir(parents=True)
    (tmp_path / "etc/sddm.conf.d/kde.conf").symlink_to(tmp_path / "nowhere")
    assert automatic_login(tmp_path) == Told("unreadable", {"where": "SDDM"})
    put(tmp_path, GDM, "[daemon]\n")
    assert automatic_login(tmp_path).state == "unreadable"
    put(tmp_path, LIGHTDM, "[Seat:*]\nautologin-user=clerk\n")
    assert automatic_login(tmp_path).state == "on"


def test_odd_bytes_in_settings_do_no_harm(tmp_path: Path) -> None:
    path = put(tmp_path, GDM, "")
    path.write_bytes(b"\xff\xfe[daemon\n=x\n[daemon]\nAutomaticLoginEnable=\xfftrue\n")
    assert automatic_login(tmp_path).state == "off"


@pytest.mark.parametrize(("value", "state"), [("1", "on"), (" 1 ", "on"), ("0", "off"), ("", "off")])
def test_windows_says_it_in_one_value(value: str, state: str) -> None:
    assert windows_state({"AutoAdminLogon": value}).state == state
    assert windows_state({}).state == "off"
