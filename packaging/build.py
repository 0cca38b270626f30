"""Build the program for this system: `python3 dev.py build [--out DIR]`, which prepares what this needs.

The folder `xianshen-VERSION-SYSTEM-MACHINE` holds everything but what every desktop brings. It counts as built only
when its own self-test passed in an environment without this source tree and without Python.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections import deque
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import bundle_parts as parts
import dev
import elf_needs
from dev import Stop

WORK = parts.HOME / "build"
LINK = Path(sysconfig.get_path("purelib")) / "program.pth"
"""Leads from the tools to the program's libraries, behind their own."""
LARGEST = 300_000_000
"""Bytes that the whole folder may take."""


def main(arguments: list[str]) -> int:
    try:
        out = _asked(arguments)
        print(f"Built: {build(out)}")
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.code
    return 0


def _asked(arguments: list[str]) -> Path:
    parser = argparse.ArgumentParser(prog="python3 dev.py build", description="Build the program for this system.")
    parser.add_argument(
        "--out", type=Path, default=parts.HOME / "dist", metavar="DIR", help="where to; dist by default"
    )
    return Path(parser.parse_args(arguments).out).absolute()


def build(out: Path) -> Path:
    """Build, look the result over, let it test itself, and return its folder; raises `Stop` with a sentence."""
    target = out / parts.bundle_name(parts.version(), sys.platform, platform.machine())
    check_place(target)
    made = _run_pyinstaller()
    shutil.copy2(parts.HOME / "LICENSE", made)
    _look_over(made)
    print("Self-test of the built program:", flush=True)
    self_test(made / program_name(parts.NAME))
    place(made, target)
    return target


def program_name(name: str) -> str:
    return f"{name}.exe" if sys.platform == "win32" else name


def check_place(target: Path) -> None:
    """Refuse a target that is there and was not built by this; nothing of anybody else's is ever removed."""
    if target.exists() and not (target / program_name(parts.NAME)).is_file():
        raise Stop(f"{target} is there and is no earlier build. Move it away, or name another folder with --out.")


def place(made: Path, target: Path) -> None:
    """Move what was built to its place, for an earlier build of the same version."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            shutil.rmtree(target)
        shutil.move(made, target)
    except OSError as refused:
        raise Stop(f"Cannot write {target}: {refused.strerror}. What was built lies in {made}.") from refused


def _run_pyinstaller() -> Path:
    """Run PyInstaller beside `.venv`: the libraries packed are the very ones that the tests ran with."""
    LINK.write_text(sysconfig.get_path("purelib", "venv", {"base": str(dev.VENV)}) + "\n", encoding="utf-8")
    made, log = WORK / "out", WORK / "pyinstaller.log"
    # A hash seed that differs would order the packed modules anew each time.
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYINSTALLER_CONFIG_DIR": str(WORK / "cache")}
    spec = parts.HOME / "packaging" / "xianshen.spec"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "INFO"]
    command += ["--distpath", str(made), "--workpath", str(WORK / "work"), str(spec)]
    print("Packing with PyInstaller (half a minute)", flush=True)
    with log.open("w", encoding="utf-8") as told:
        code = subprocess.call(
            command, cwd=WORK, env=environment, stdin=subprocess.DEVNULL, stdout=told, stderr=subprocess.STDOUT
        )
    if code != 0:
        with log.open(encoding="utf-8", errors="replace") as told:
            last = "".join(deque(told, 12))
        raise Stop(f"PyInstaller could not pack the program. Its last lines, all of them in {log}:\n{last}")
    return made / parts.NAME


def _look_over(made: Path) -> None:
    """Print size and needs, and stop at what nobody has foreseen."""
    files = [path for path in made.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    print(f"Size: {size / 1e6:.0f} MB in {len(files)} files")
    if size > LARGEST:
        raise Stop(f"That is more than {LARGEST / 1e6:.0f} MB; `du -a {made} | sort -n` shows what is large.")
    if not sys.platform.startswith("linux"):
        return
    objects = elf_needs.linked_objects(made)
    asked = elf_needs.asked_of_the_system(objects)
    print(f"Needs: glibc {needed_glibc(objects)} or newer, {len(asked - parts.OF_EVERY_SYSTEM)} libraries of a desktop")
    strange = unforeseen(asked)
    if strange:
        wanting = {name: [path.name for path, needs in objects.items() if name in needs.libraries] for name in strange}
        lines = "\n".join(f"    {name} for {', '.join(users)}" for name, users in wanting.items())
        raise Stop(f"These libraries are neither packed nor foreseen on the system (bundle_parts.py):\n{lines}")


def needed_glibc(objects: dict[Path, elf_needs.Needs]) -> str:
    return elf_needs.newest_glibc(name for needs in objects.values() for name in needs.versions)


def unforeseen(asked: frozenset[str]) -> list[str]:
    """Return those libraries that are asked of the system and stand in no table."""
    foreseen = {name for need in (*dev.DRAWING, *dev.WINDOW) for name in need.names}
    return sorted(asked - foreseen - parts.OF_EVERY_SYSTEM - parts.OF_A_DESKTOP)


def self_test(program: Path) -> None:
    """Let the program test itself where there is neither Python nor this source tree nor anybody's records."""
    with tempfile.TemporaryDirectory() as home:
        environment = bare_environment(Path(home))
        code = subprocess.call([str(program), "--self-test"], cwd=home, env=environment, stdin=subprocess.DEVNULL)
    if code != 0:
        raise Stop(f"The built program did not pass its own test (exit code {code}); it stays in {program.parent}.")


def bare_environment(home: Path) -> dict[str, str]:
    """Return an environment that leads to nothing but a home."""
    if sys.platform == "win32":
        kept = ("SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP")
        return {name: os.environ[name] for name in kept if name in os.environ} | {"LOCALAPPDATA": str(home)}
    return {"HOME": str(home), "PATH": str(home), "LANG": "C.UTF-8"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
