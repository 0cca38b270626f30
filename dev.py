#!/usr/bin/env python3
"""Everything a developer types: `python3 dev.py run|test|demo|check|bench|soak|build|release [ARGUMENTS]`.

Needs nothing but Python itself. Each word makes `.venv` from `requirements.lock`, looks for the system libraries
it needs, and then does its work; what stands after the word goes on to the program that does it.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib
import importlib.util
import io
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Word = Callable[[Sequence[str]], int]

HOME = Path(__file__).resolve().parent
OLDEST = (3, 11)
APT_INSTALL = ("apt-get", "install", "-y", "--no-install-recommends")
APT_LISTS = Path("/var/lib/apt/lists")
# bagit alone is published as source only; it is plain Python and needs no compiler.
WHEELS_ONLY = ("--only-binary", ":all:", "--no-binary", "bagit")


class Shelf(NamedTuple):
    """A virtual environment and the lock that says what it holds."""

    venv: Path
    lock: Path
    size: str

    @property
    def bin(self) -> Path:
        """The folder of its programs."""
        return self.venv / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        """Its Python."""
        return self.bin / ("python.exe" if os.name == "nt" else "python")

    @property
    def memory(self) -> Path:
        """What is remembered of the lock that was installed."""
        return self.venv / "installed-lock"


PROGRAM = Shelf(HOME / ".venv", HOME / "requirements.lock", "some 600 MB")
TOOLS = Shelf(HOME / "build" / "venv", HOME / "packaging" / "requirements-build.lock", "some 20 MB")
VENV, BIN, PYTHON = PROGRAM.venv, PROGRAM.bin, PROGRAM.python


class Stop(Exception):  # noqa: N818 - not an error: the sentence was said, and this is the exit code
    """End with this sentence and exit code."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


class Need(NamedTuple):
    """Something of the system, the names any one of which will do, and the Debian package that brings it."""

    kind: str
    names: tuple[str, ...]
    package: str


def _libraries(table: str) -> list[Need]:
    pairs = [line.split() for line in table.strip().splitlines()]
    return [Need("library", (name,), package) for name, package in pairs]


# What the linked objects of PySide6 name as needed and do not bring themselves (`objdump -p`, 6.12).
DRAWING = _libraries("""
    libGL.so.1            libgl1
    libEGL.so.1           libegl1
    libX11.so.6           libx11-6
    libglib-2.0.so.0      libglib2.0-0
    libgthread-2.0.so.0   libglib2.0-0
    libxkbcommon.so.0     libxkbcommon0
    libdbus-1.so.3        libdbus-1-3
    libfontconfig.so.1    libfontconfig1
    libfreetype.so.6      libfreetype6
    libbrotlicommon.so.1  libbrotli1
    libbrotlidec.so.1     libbrotli1
    libgssapi_krb5.so.2   libgssapi-krb5-2
    libzstd.so.1          libzstd1
""")
WINDOW = _libraries("""
    libX11-xcb.so.1         libx11-xcb1
    libxkbcommon-x11.so.0   libxkbcommon-x11-0
    libxcb.so.1             libxcb1
    libxcb-cursor.so.0      libxcb-cursor0
    libxcb-icccm.so.4       libxcb-icccm4
    libxcb-image.so.0       libxcb-image0
    libxcb-keysyms.so.1     libxcb-keysyms1
    libxcb-randr.so.0       libxcb-randr0
    libxcb-render.so.0      libxcb-render0
    libxcb-render-util.so.0 libxcb-render-util0
    libxcb-shape.so.0       libxcb-shape0
    libxcb-shm.so.0         libxcb-shm0
    libxcb-sync.so.1        libxcb-sync1
    libxcb-util.so.1        libxcb-util1
    libxcb-xfixes.so.0      libxcb-xfixes0
    libxcb-xkb.so.1         libxcb-xkb1
    libwayland-client.so.0  libwayland-client0
    libwayland-cursor.so.0  libwayland-cursor0
    libcups.so.2            libcups2
""")
# Without one of these the tests that need it say *skipped*; a release must show none.
TESTING = [
    Need("command", ("pdftotext",), "poppler-utils"),
    Need("command", ("gnome-keyring-daemon",), "gnome-keyring"),
    Need("command", ("dbus-run-session",), "dbus"),
    Need("command", ("chromium", "chromium-browser", "google-chrome"), "chromium"),
    Need("command", ("javac",), "default-jdk-headless"),
    Need("file", ("/usr/share/java/jaxb-runtime.jar",), "libjaxb-java"),
    Need("command", ("Xvfb",), "xvfb"),
    Need("command", ("xdotool",), "xdotool"),
    Need("command", ("xclip",), "xclip"),
    Need("command", ("objdump",), "binutils"),
    Need("file", ("/usr/sbin/mkfs.exfat",), "exfatprogs"),
    Need("file", ("/usr/sbin/mount.exfat-fuse",), "exfat-fuse"),
    Need("command", ("ntfs-3g",), "ntfs-3g"),
]


def is_present(need: Need) -> bool:
    """Tell whether the system has it: a library by loading it, so that it also fits this processor."""
    if need.kind == "library":
        return any(_loads(name) for name in need.names)
    if need.kind == "command":
        return any(shutil.which(name) for name in need.names)
    return any(Path(name).exists() for name in need.names)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing(needs: Sequence[Need], present: Callable[[Need], bool] = is_present) -> list[Need]:
    """Return those of the needs that the system does not have."""
    return [need for need in needs if not present(need)]


def packages(needs: Sequence[Need]) -> list[str]:
    """Return the Debian packages of these needs, each once."""
    return sorted({need.package for need in needs})


def line_to_type(names: Sequence[str]) -> str:
    """Return the one line that installs these Debian packages."""
    return " ".join(("sudo", *APT_INSTALL, *names))


def has_display(environment: dict[str, str], platform: str = sys.platform) -> bool:
    """Tell whether a window can open; a platform named by hand is believed."""
    if not platform.startswith("linux"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def provide(needs: Sequence[Need], *, without: str | None = None) -> None:
    """Install what is missing as root, or print the line to type.

    `without` says what becomes of the work when something stays missing; None ends it.
    """
    if not sys.platform.startswith("linux"):
        return
    absent = missing(needs)
    if absent and _may_install():
        _apt_install(packages(absent))
        absent = missing(needs)
    if not absent:
        return
    names = ", ".join(need.names[0] for need in absent)
    advice = f"Missing on this system: {names}\nOn Debian or Ubuntu type:\n    {line_to_type(packages(absent))}"
    if without is None:
        raise Stop(advice)
    print(f"{advice}\n{without}", flush=True)


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt_install(names: Sequence[str]) -> None:
    """Install Debian packages; one that cannot be had does not keep the others away."""
    print(f"Installing {' '.join(names)}", flush=True)
    if not any(APT_LISTS.glob("*_Packages*")):
        _apt("apt-get", "update")
    if _apt(*APT_INSTALL, *names) == 0:
        return
    _apt("apt-get", "update")
    if _apt(*APT_INSTALL, *names) != 0 and len(names) > 1:
        for name in names:
            _apt(*APT_INSTALL, name)


def _apt(*command: str) -> int:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wait = ("-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0", "-qq")
    return subprocess.call([*command, *wait], env=environment, stdin=subprocess.DEVNULL)


def lock_memory(lock: bytes, version: str) -> str:
    """Return what is remembered of an installed lock: its digest and the Python it was installed for."""
    return f"{hashlib.sha256(lock).hexdigest()} {version}\n"


def is_installed(memory: Path, lock: bytes, version: str) -> bool:
    """Tell whether exactly this lock was installed to its end for this Python."""
    return memory.is_file() and memory.read_text(encoding="ascii") == lock_memory(lock, version)


def _venv_version(shelf: Shelf) -> str:
    """Return the version of the Python on a shelf, empty when there is none that runs."""
    if not shelf.python.exists():
        return ""
    probe = [str(shelf.python), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    answer = subprocess.run(probe, capture_output=True, text=True, check=False)
    return answer.stdout.strip() if answer.returncode == 0 else ""


def prepare(shelf: Shelf | None = None, python: str = sys.executable) -> None:
    """Make `.venv`, or another shelf with a Python, and install its lock, unless this very lock is there already."""
    shelf = shelf or PROGRAM
    lock = shelf.lock.read_bytes()
    version = _venv_version(shelf)
    if version and is_installed(shelf.memory, lock, version):
        return
    if not version:
        _make_venv(shelf, python)
        version = _venv_version(shelf)
    shelf.memory.unlink(missing_ok=True)
    _install_lock(shelf)
    shelf.memory.write_text(lock_memory(lock, version), encoding="ascii")


def _make_venv(shelf: Shelf, python: str) -> None:
    if importlib.util.find_spec("ensurepip") is None and _may_install():
        _apt_install(["python3-venv"])
        importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") is not None:
        command = [python, "-m", "venv", "--clear", str(shelf.venv)]
    elif shutil.which("uv"):
        command = ["uv", "venv", "--clear", "--python", python, str(shelf.venv)]
    else:
        raise Stop(f"Python's venv module is missing. On Debian or Ubuntu type:\n    {line_to_type(['python3-venv'])}")
    print(f"Making {shelf.venv.relative_to(HOME)}", flush=True)
    code = subprocess.call(command)
    if code != 0 or not _venv_version(shelf):
        raise Stop(f"Could not make {shelf.venv}.", code or 1)


def _install_lock(shelf: Shelf) -> None:
    print(f"Installing {shelf.lock.name} ({shelf.size} in {shelf.venv.relative_to(HOME)}, once)", flush=True)
    options = ("--require-hashes", *WHEELS_ONLY, "-r", str(shelf.lock))
    if shutil.which("uv"):
        if subprocess.call(["uv", "pip", "install", "--python", str(shelf.python), *options]) == 0:
            return
        # uv does not read pip's own settings (an office's mirror, its certificate).
        print("uv could not install the lock; trying pip.", flush=True)
    pip = [str(shelf.python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "-qq"]
    code = subprocess.call([*pip, *options], stdin=subprocess.DEVNULL)
    if code != 0:
        raise Stop(f"{shelf.lock.name} could not be installed; the lines above say why.", code)


def surroundings() -> dict[str, str]:
    """Return the environment of a child: `.venv` first on the path."""
    path = os.pathsep.join((str(BIN), os.environ.get("PATH", os.defpath)))
    return {**os.environ, "PATH": path, "VIRTUAL_ENV": str(VENV)}


def start(*command: str, cwd: Path | None = HOME, python: Path = PYTHON) -> int:
    """Run one program of `.venv` in the foreground and return its exit code, as a shell would count it."""
    code = subprocess.call([str(python), *command], cwd=cwd, env=surroundings())
    return 128 - code if code < 0 else code


def run(arguments: Sequence[str]) -> int:
    """Start the program; without a display, the demo."""
    if not has_display(dict(os.environ)):
        print("没有图形显示，改为运行演示。\nThere is no display: running the demo instead.", flush=True)
        return demo([])
    provide(DRAWING)
    if not os.environ.get("QT_QPA_PLATFORM"):
        provide(WINDOW, without="Starting all the same; Qt says below if a window cannot open.")
    prepare()
    return start(str(HOME / "main.py"), *arguments, cwd=None)


def demo(arguments: Sequence[str]) -> int:
    """Run the demo into a new folder under `demo-out`, unless one is named."""
    provide(DRAWING)
    prepare()
    return start(str(HOME / "main.py"), "demo", *demo_arguments(arguments, time.strftime("%Y%m%d-%H%M%S")), cwd=None)


def demo_arguments(arguments: Sequence[str], moment: str) -> list[str]:
    """Return the demo's arguments with a folder of its own for each moment."""
    if any(word == "--out" or word.startswith("--out=") for word in arguments):
        return list(arguments)
    return [*arguments, "--out", str(HOME / "demo-out" / moment)]


def test(arguments: Sequence[str]) -> int:
    """Run pytest with the system's other programs at hand."""
    provide(DRAWING)
    provide([*WINDOW, *TESTING], without="Tests that need them will say *skipped*.")
    prepare()
    return start("-m", "pytest", *arguments)


def check(arguments: Sequence[str]) -> int:
    """Run ruff, its formatter, mypy and the import contracts side by side; all of them, whatever one says."""
    if arguments:
        raise Stop("check takes no arguments.", 2)
    prepare()
    steps = {
        "ruff check": [str(PYTHON), "-m", "ruff", "check", "."],
        "ruff format": [str(PYTHON), "-m", "ruff", "format", "--check", "."],
        "mypy --strict": [str(PYTHON), "-m", "mypy"],
        "import contracts": [str(BIN / "lint-imports"), "--no-logo"],
    }
    with ThreadPoolExecutor(len(steps)) as pool:
        answers = list(pool.map(_timed, steps.values()))
    for name, (code, seconds, output) in zip(steps, answers, strict=True):
        print(f"== {name}: {'ok' if code == 0 else f'FAILED ({code})'}, {seconds:.1f} s")
        if code != 0:
            print(output.rstrip())
    sys.stdout.flush()
    return worst(code for code, _, _ in answers)


def _timed(command: Sequence[str]) -> tuple[int, float, str]:
    begun = time.monotonic()
    answer = subprocess.run(
        command,
        cwd=HOME,
        env={**surroundings(), "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return answer.returncode, time.monotonic() - begun, answer.stdout


def worst(codes: Iterable[int]) -> int:
    """Return 0 when every code is 0, else the first that is not."""
    return next((code for code in codes if code), 0)


def _script(path: str, arguments: Sequence[str], otherwise: str) -> int:
    if not (HOME / path).is_file():
        raise Stop(otherwise, 2)
    provide(DRAWING)
    prepare()
    return start(path, *arguments)


def bench(arguments: Sequence[str]) -> int:
    """Measure against the floors of the same run."""
    return _script("tests/bench/bench.py", arguments, "There is no tests/bench/bench.py yet.")


def soak(arguments: Sequence[str]) -> int:
    """Run the long trials."""
    return _script("tests/soak/soak.py", arguments, "There is no tests/soak/soak.py yet.")


def build(arguments: Sequence[str]) -> int:
    """Build the program for this system into a folder of its own below `dist`, or below --out."""
    provide([*DRAWING, *WINDOW, *building()])
    prepare()
    prepare(TOOLS, str(PYTHON))
    return start(str(HOME / "packaging" / "build.py"), *arguments, cwd=None, python=TOOLS.python)


def building() -> list[Need]:
    """Return what PyInstaller takes from the system: a tool for linked objects, and Python as a shared library."""
    name = f"libpython{sys.version_info[0]}.{sys.version_info[1]}"
    folders = [Path(str(sysconfig.get_config_var("LIBDIR"))), Path("/usr/lib") / f"{platform.machine()}-linux-gnu"]
    return [
        Need("command", ("objcopy",), "binutils"),
        Need("file", tuple(str(folder / f"{name}.so.1.0") for folder in folders), name),
    ]


def release(arguments: Sequence[str]) -> int:
    """Run what does not fit in CI: check, every test, the long soak."""
    if arguments:
        raise Stop("release takes no arguments.", 2)
    return worst([check([]), test(["--release"]), soak(["--long"])])


WORDS: dict[str, Word] = {
    "run": run,
    "test": test,
    "demo": demo,
    "check": check,
    "bench": bench,
    "soak": soak,
    "build": build,
    "release": release,
}


def too_old(version: tuple[int, int], where: str) -> str:
    """Return the sentence for a Python that is too old, empty when it is not."""
    if version >= OLDEST:
        return ""
    return f"dev.py needs Python {OLDEST[0]}.{OLDEST[1]} or newer; {where} is {version[0]}.{version[1]}."


def main(arguments: Sequence[str]) -> int:
    """Do what the first word says and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if not arguments or arguments[0] not in WORDS:
        asked = bool(arguments) and arguments[0] in ("-h", "--help", "help")
        width = max(map(len, WORDS))
        lines = [f"  {name:<{width}}  {(word.__doc__ or '').strip().splitlines()[0]}" for name, word in WORDS.items()]
        print("python3 dev.py WORD [ARGUMENTS]", *lines, sep="\n", file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    try:
        sentence = too_old(sys.version_info[:2], sys.executable)
        if sentence:
            raise Stop(sentence, 2)
        return WORDS[arguments[0]](arguments[1:])
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.code
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
