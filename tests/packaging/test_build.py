"""Building: nothing of anybody else's is removed, a failure is a sentence; for a release it is really built and run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import build
import bundle_parts as parts
import dev
import elf_needs
from tests.ui.display import test_real_window as real

screen = real.screen
PROGRAM = build.program_name(parts.NAME)


def test_a_folder_that_is_no_earlier_build_is_refused_and_stays(tmp_path: Path) -> None:
    theirs = tmp_path / "letters.txt"
    theirs.touch()
    with pytest.raises(dev.Stop, match="is no earlier build"):
        build.check_place(tmp_path)
    assert theirs.exists()
    (tmp_path / PROGRAM).touch()
    build.check_place(tmp_path)
    build.check_place(tmp_path / "not there yet")


def test_a_build_takes_the_place_of_the_earlier_one(tmp_path: Path) -> None:
    made, target = tmp_path / "made", tmp_path / "dist" / "xianshen-9"
    for folder, word in ((made, "new"), (target, "old")):
        folder.mkdir(parents=True)
        (folder / word).touch()
    build.place(made, target)
    assert [path.name for path in target.iterdir()] == ["new"]
    assert not made.exists()


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(dev.Stop, match=r"Cannot write .*What was built lies in"):
        build.place(tmp_path / "made", tmp_path / "file" / "xianshen")


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder to build in, and a PyInstaller that fails."""

    def fails(command: Sequence[str], **settings: object) -> int:
        assert command[1:3] == ["-m", "PyInstaller"]
        (tmp_path / "pyinstaller.log").write_text("one\n" * 40 + "ERROR: no such module\n", encoding="utf-8")
        return 1

    monkeypatch.setattr(build, "WORK", tmp_path)
    monkeypatch.setattr(build, "LINK", tmp_path / "program.pth")
    monkeypatch.setattr(subprocess, "call", fails)
    return tmp_path


def test_when_packing_fails_its_last_words_are_told(workshop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["--out", str(workshop / "dist")]) == 1
    told = capsys.readouterr().err
    assert "could not pack the program" in told
    assert told.count("one\n") == 11
    assert told.rstrip().endswith("ERROR: no such module")
    assert not (workshop / "dist").exists()


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_a_program_that_fails_its_own_test_does_not_count_as_built(tmp_path: Path) -> None:
    program = tmp_path / "xianshen"
    program.write_text('#!/bin/sh\n[ "$1" = --self-test ] && [ -z "$PYTHONPATH" ] && [ "$HOME" = "$PATH" ] && exit 3')
    program.chmod(0o755)
    with pytest.raises(dev.Stop, match="did not pass its own test"):
        build.self_test(program)
    program.write_text(program.read_text().replace("exit 3", "exit 0"))
    build.self_test(program)


def test_a_library_that_is_in_no_table_is_named() -> None:
    known = frozenset({"libc.so.6", "libGL.so.1", "libxcb-cursor.so.0", "libgtk-3.so.0"})
    assert build.unforeseen(known) == []
    assert build.unforeseen(known | {"libstrange.so.4"}) == ["libstrange.so.4"]


@pytest.mark.skipif(sys.platform != "linux", reason="the bootloader does it on Linux")
def test_what_the_program_starts_sees_the_libraries_of_the_system() -> None:
    code = "import runpy, os, sys; runpy.run_path(sys.argv[1]); print(os.environ.get('LD_LIBRARY_PATH'))"
    hook = str(parts.HOME / "packaging" / "plain_children.py")

    def seen(**environment: str) -> str:
        command = [sys.executable, "-c", code, hook]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()

    assert seen(LD_LIBRARY_PATH="/ours") == "None"
    assert seen(LD_LIBRARY_PATH="/ours:/theirs", LD_LIBRARY_PATH_ORIG="/theirs") == "/theirs"


# What follows is for a release. It is long because it is real.

released = pytest.mark.release
patient = pytest.mark.timeout(900)
linux = pytest.mark.skipif(sys.platform != "linux", reason="tried on Linux only")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Build, and move what was built to another place and name."""
    place = tmp_path_factory.mktemp("built")
    command = [sys.executable, str(parts.HOME / "dev.py"), "build", "--out", str(place / "dist")]
    answer = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=800)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "自检通过。" in answer.stderr
    assert "glibc 2." in answer.stdout
    [made] = (place / "dist").iterdir()
    (place / "a stick").mkdir()
    yield made.rename(place / "a stick" / "先审")
    shutil.rmtree(place)


@released
@patient
@linux
def test_the_built_folder_holds_what_the_program_needs_and_no_more(built: Path) -> None:
    inside = built / "_internal"
    resources = {path.relative_to(parts.HOME) for path in (parts.HOME / "resources").rglob("*") if path.is_file()}
    assert {path for path in resources if not (inside / path).is_file()} == set()
    for plugin in ("platforms/libqxcb.so", "platforms/libqwayland.so", "printsupport/libcupsprintersupport.so"):
        assert (inside / "PySide6" / "Qt" / "plugins" / plugin).is_file()
    assert not any(inside.glob("app/**/*.py"))
    assert not any((inside / name).exists() for name in ("pytest", "mypy", "pikepdf", "PyInstaller"))
    size = sum(path.stat().st_size for path in built.rglob("*") if path.is_file() and not path.is_symlink())
    assert size < build.LARGEST
    assert not build.unforeseen(elf_needs.asked_of_the_system(elf_needs.linked_objects(built)))


@released
@patient
@linux
def test_the_built_program_does_the_demo_without_python_or_sources(built: Path, tmp_path: Path) -> None:
    program, environment = str(built / PROGRAM), build.bare_environment(tmp_path)

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [program, *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=400
        )

    answer = run("demo", "--out", str(tmp_path / "demo"))
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip() == str(tmp_path / "demo")
    assert len(list((tmp_path / "demo" / "screens").glob("*.png"))) > 20
    assert run("verify", str(tmp_path / "demo" / "archive")).returncode == 0


@released
@patient
@linux
@real.pytestmark
def test_the_built_program_opens_its_window_and_closes_it(built: Path, tmp_path: Path, screen: real.Screen) -> None:
    environment = build.bare_environment(tmp_path) | {"DISPLAY": screen.number}
    command = [str(built / PROGRAM), "--data", str(tmp_path / "data")]
    with (tmp_path / "window.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    screen.started.append(process)
    real.until(screen.windows, "a window")
    screen.close(screen.windows()[0])
    assert process.wait(timeout=20) == 0
    assert (tmp_path / "window.log").read_bytes() == b""
