"""What linked objects ask of the system, against what others say of the same files."""

import importlib.metadata
import re
import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

import elf_needs

QT = Path(PySide6.__path__[0])
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads the ELF files of Linux")


def needs(path: Path) -> elf_needs.Needs:
    found = elf_needs.read_needs(path.read_bytes())
    assert found is not None
    return found


def test_versions_are_compared_as_numbers_and_others_do_not_count() -> None:
    assert elf_needs.newest_glibc(["GLIBC_2.4", "GLIBC_2.34", "GLIBC_2.2.5", "GLIBC_2.17"]) == "2.34"
    assert elf_needs.newest_glibc(["GLIBC_PRIVATE", "GLIBCXX_3.4.30", "CXXABI_1.3"]) == ""
    assert elf_needs.newest_glibc([]) == ""


@pytest.mark.parametrize("data", [b"", b"\x7fELF", b"MZ\x90\x00", b"#!/bin/sh\n", b"\x7fELF\x01\x01" + bytes(60)])
def test_what_is_no_linked_object_is_none(data: bytes) -> None:
    assert elf_needs.read_needs(data) is None


@linux
def test_qt_needs_the_glibc_that_its_wheel_is_tagged_with() -> None:
    wheel = importlib.metadata.distribution("PySide6_Essentials").read_text("WHEEL") or ""
    [major, minor] = max((tuple(map(int, tag)) for tag in re.findall(r"manylinux_(\d+)_(\d+)_", wheel)), default=(0, 0))
    objects = elf_needs.linked_objects(QT / "Qt" / "lib")
    assert len(objects) > 10
    found = elf_needs.newest_glibc(name for each in objects.values() for name in each.versions)
    assert found == f"{major}.{minor}"


@linux
@pytest.mark.skipif(shutil.which("objdump") is None, reason="binutils is missing")
@pytest.mark.parametrize("name", ["libQt6Core.so.6", "libQt6Gui.so.6", "libicuuc.so.73"])
def test_objdump_reads_the_same(name: str) -> None:
    path = QT / "Qt" / "lib" / name
    printed = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=True).stdout
    found = needs(path)
    assert found.soname == re.findall(r"SONAME +(\S+)", printed)[0]
    assert found.libraries == set(re.findall(r"NEEDED +(\S+)", printed))
    wanted = printed.partition("Version References:")[2]
    assert found.versions == set(re.findall(r"0x[0-9a-f]{8} 0x\w\w \d\d (\S+)", wanted))
    assert found.versions


def test_what_is_brought_is_not_asked_of_the_system() -> None:
    def one(soname: str, *libraries: str) -> elf_needs.Needs:
        return elf_needs.Needs(soname, frozenset(libraries), frozenset())

    objects = {
        Path("program"): one("", "libc.so.6", "libours.so.1", "libplain.so"),
        Path("libours.so.1.0.2"): one("libours.so.1", "libX11.so.6"),
        Path("libplain.so"): one("", "libc.so.6"),
    }
    assert elf_needs.asked_of_the_system(objects) == {"libc.so.6", "libX11.so.6"}


@linux
def test_only_linked_objects_are_found_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    shutil.copy(QT / "Qt" / "lib" / "libQt6Svg.so.6", tmp_path / "inner" / "libsvg.so")
    (tmp_path / "link.so").symlink_to(tmp_path / "inner" / "libsvg.so")
    (tmp_path / "note.so").write_text("INPUT(libsvg.so)")
    assert list(elf_needs.linked_objects(tmp_path)) == [tmp_path / "inner" / "libsvg.so"]
