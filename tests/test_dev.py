"""The words of dev.py, without installing anything."""

import ast
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import dev

GL = dev.Need("library", ("libGL.so.1",), "libgl1")
GLIB = dev.Need("library", ("libglib-2.0.so.0",), "libglib2.0-0")
GTHREAD = dev.Need("library", ("libgthread-2.0.so.0",), "libglib2.0-0")
BROWSER = dev.Need("command", ("no-such-browser", "python3", "python"), "chromium")


class Machine:
    """Records what dev.py would do to a computer that has `present` and can have what apt brings."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, present: set[str], *, root: bool, offered: set[str]) -> None:
        self.present = present
        self.offered = offered
        self.typed: list[list[str]] = []
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setattr(dev, "missing", self.missing)
        monkeypatch.setattr(dev, "_may_install", lambda: root)
        monkeypatch.setattr(dev, "_apt", self.apt)

    def missing(self, needs: list[dev.Need]) -> list[dev.Need]:
        return [need for need in needs if need.package not in self.present]

    def apt(self, *command: str) -> int:
        self.typed.append(list(command))
        if command[1] != "install":
            return 0
        wanted = set(command[len(dev.APT_INSTALL) :])
        if wanted <= self.offered:
            self.present |= wanted
            return 0
        return 100


def test_only_what_is_missing_is_named_and_each_package_once() -> None:
    absent = dev.missing([GL, GLIB, GTHREAD], lambda need: need is GL)
    assert absent == [GLIB, GTHREAD]
    assert dev.packages(absent) == ["libglib2.0-0"]
    assert dev.line_to_type(["libegl1", "libgl1"]) == "sudo apt-get install -y --no-install-recommends libegl1 libgl1"


def test_a_library_is_present_only_when_it_loads() -> None:
    assert not dev.is_present(dev.Need("library", ("libno-such-thing.so.7",), "x"))


@pytest.mark.skipif(sys.platform != "linux", reason="sonames are Linux's")
def test_the_c_library_is_present() -> None:
    assert dev.is_present(dev.Need("library", ("libc.so.6",), "libc6"))


def test_any_one_of_several_commands_will_do() -> None:
    assert dev.is_present(BROWSER)
    assert not dev.is_present(BROWSER._replace(names=("no-such-browser",)))


def test_a_file_is_present_when_it_exists(tmp_path: Path) -> None:
    jar = tmp_path / "a.jar"
    need = dev.Need("file", (str(jar),), "libjaxb-java")
    assert not dev.is_present(need)
    jar.touch()
    assert dev.is_present(need)


# Every Debian with Python has these, and nothing here asks for them.
FROM_DEBIAN_ITSELF = {
    *("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1", "libresolv.so.2"),
    *("ld-linux-x86-64.so.2", "libstdc++.so.6", "libgcc_s.so.1", "libz.so.1"),
}


@pytest.mark.skipif(sys.platform != "linux", reason="reads the ELF files of Linux's Qt")
@pytest.mark.parametrize(
    ("parts", "table"),
    [
        (
            [f"Qt{name}.abi3.so" for name in ("Core", "Gui", "Widgets", "Network", "Pdf", "Svg", "PrintSupport")],
            dev.DRAWING,
        ),
        (["Qt/plugins/platforms/libqoffscreen.so"], dev.DRAWING),
        (["Qt/plugins/platforms/libqxcb.so"], [*dev.DRAWING, *dev.WINDOW]),
        (["Qt/plugins/platforms/libqwayland.so"], [*dev.DRAWING, *dev.WINDOW]),
        (["Qt/plugins/printsupport/libcupsprintersupport.so"], [*dev.DRAWING, *dev.WINDOW]),
    ],
)
def test_the_tables_name_every_library_that_qt_wants_from_the_system(parts: list[str], table: list[dev.Need]) -> None:
    import PySide6

    home = Path(PySide6.__path__[0])
    wanted = {soname for part in parts for soname in _needed_of_qt(home, home / part)}
    assert "libGL.so.1" in wanted
    assert wanted - {need.names[0] for need in table} - FROM_DEBIAN_ITSELF == set()


def _needed_of_qt(home: Path, part: Path) -> set[str]:
    """Return the sonames that a part and the bundled Qt below it name and that are not bundled."""
    found: set[str] = set()
    waiting, seen = [part], set()
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        for soname in _needed(here.read_bytes()):
            inside = [path for path in (home / soname, home / "Qt" / "lib" / soname) if path.exists()]
            inside += list((home.parent / "shiboken6").glob(soname))
            if inside:
                waiting += inside
            else:
                found.add(soname)
    return found


def _needed(elf: bytes) -> list[str]:
    """Return the DT_NEEDED names of a 64-bit little-endian ELF file."""

    def number(at: int, size: int) -> int:
        return int.from_bytes(elf[at : at + size], "little")

    assert elf[:6] == b"\x7fELF\x02\x01"
    start, size, count = number(32, 8), number(54, 2), number(56, 2)
    headers = [start + i * size for i in range(count)]
    loads = [(number(h + 16, 8), number(h + 8, 8), number(h + 32, 8)) for h in headers if number(h, 4) == 1]
    at = next(number(h + 8, 8) for h in headers if number(h, 4) == 2)
    entries: list[tuple[int, int]] = []
    while number(at, 8):
        entries.append((number(at, 8), number(at + 8, 8)))
        at += 16
    strings = next(value for tag, value in entries if tag == 5)
    base = next(strings - virtual + offset for virtual, offset, length in loads if 0 <= strings - virtual < length)
    names = [base + value for tag, value in entries if tag == 1]
    return [elf[name : elf.index(b"\0", name)].decode() for name in names]


def test_root_with_apt_gets_what_is_missing_without_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, set(), root=True, offered={"libgl1", "libglib2.0-0"})
    monkeypatch.setattr(dev, "APT_LISTS", Path(__file__).parent)
    dev.provide([GL, GLIB])
    assert machine.typed[-1] == [*dev.APT_INSTALL, "libgl1", "libglib2.0-0"]


def test_lists_are_fetched_only_when_there_are_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    machine = Machine(monkeypatch, set(), root=True, offered={"libgl1"})
    monkeypatch.setattr(dev, "APT_LISTS", tmp_path)
    dev.provide([GL])
    assert machine.typed == [["apt-get", "update"], [*dev.APT_INSTALL, "libgl1"]]
    (tmp_path / "mirror_main_binary-amd64_Packages").touch()
    machine.present.clear()
    machine.typed.clear()
    dev.provide([GL])
    assert machine.typed == [[*dev.APT_INSTALL, "libgl1"]]


def test_one_package_that_cannot_be_had_keeps_no_other_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = Machine(monkeypatch, set(), root=True, offered={"libgl1"})
    dev.provide([GL, BROWSER], without="Some tests are skipped.")
    assert machine.present == {"libgl1"}
    printed = capsys.readouterr().out
    assert "no-install-recommends chromium\n" in printed
    assert printed.endswith("Some tests are skipped.\n")


def test_nobody_but_root_is_installed_for_and_the_line_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, {"libglib2.0-0"}, root=False, offered={"libgl1"})
    with pytest.raises(dev.Stop, match=r"install-recommends libgl1$"):
        dev.provide([GL, GLIB])
    assert machine.typed == []


def test_nothing_is_said_when_nothing_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = Machine(monkeypatch, {"libgl1"}, root=True, offered=set())
    dev.provide([GL])
    assert (machine.typed, capsys.readouterr().out) == ([], "")


def test_a_lock_is_remembered_by_its_bytes_and_its_python(tmp_path: Path) -> None:
    memory = tmp_path / "installed-lock"
    assert not dev.is_installed(memory, b"a==1", "3.11")
    memory.write_text(dev.lock_memory(b"a==1", "3.11"), encoding="ascii")
    assert dev.is_installed(memory, b"a==1", "3.11")
    assert not dev.is_installed(memory, b"a==2", "3.11")
    assert not dev.is_installed(memory, b"a==1", "3.12")


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a lock and a `.venv` whose Python answers."""
    (tmp_path / "requirements.lock").write_bytes(b"a==1")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(dev, "PROGRAM", dev.Shelf(tmp_path / ".venv", tmp_path / "requirements.lock", "a little"))
    monkeypatch.setattr(dev, "_venv_version", lambda _: "3.11")
    return tmp_path


def test_a_second_call_installs_nothing_and_a_new_lock_installs_again(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[bytes] = []
    monkeypatch.setattr(dev, "_install_lock", lambda shelf: installed.append(shelf.lock.read_bytes()))
    dev.prepare()
    dev.prepare()
    (clone / "requirements.lock").write_bytes(b"a==2")
    dev.prepare()
    dev.prepare()
    assert installed == [b"a==1", b"a==2"]


def test_an_installation_that_broke_off_is_not_remembered(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(_: dev.Shelf) -> None:
        raise dev.Stop("no network")

    monkeypatch.setattr(dev, "_install_lock", break_off)
    dev.PROGRAM.memory.write_text(dev.lock_memory(b"an older lock", "3.11"), encoding="ascii")
    with pytest.raises(dev.Stop, match="no network"):
        dev.prepare()
    assert not dev.PROGRAM.memory.exists()


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "win32", True),
    ],
)
def test_a_display_is_seen_where_there_is_one(environment: dict[str, str], platform: str, expected: bool) -> None:
    assert dev.has_display(environment, platform) is expected


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Record what would be started, with everything installed."""
    calls: list[tuple[str, ...]] = []

    def start(*command: str, cwd: Path | None = dev.HOME, python: Path = dev.PYTHON) -> int:
        calls.append(command if python == dev.PYTHON else (str(python), *command))
        return 7

    monkeypatch.setattr(dev, "start", start)
    monkeypatch.setattr(dev, "prepare", lambda *_: None)
    monkeypatch.setattr(dev, "provide", lambda *_, **__: None)
    return calls


def test_words_after_test_go_to_pytest_and_its_exit_code_comes_back(started: list[tuple[str, ...]]) -> None:
    assert dev.main(["test", "-k", "no such", "tests/forms"]) == 7
    assert started == [("-m", "pytest", "-k", "no such", "tests/forms")]


def test_run_hands_its_words_to_the_program(started: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert dev.main(["run", "--data", "somewhere"]) == 7
    assert started == [(str(dev.HOME / "main.py"), "--data", "somewhere")]


def test_run_without_a_display_says_so_in_both_languages_and_runs_the_demo(
    started: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "has_display", lambda _: False)
    assert dev.main(["run"]) == 7
    assert started[0][:3] == (str(dev.HOME / "main.py"), "demo", "--out")
    printed = capsys.readouterr().out
    assert "没有图形显示" in printed
    assert "no display" in printed


def test_the_demo_keeps_the_folder_it_was_given() -> None:
    assert dev.demo_arguments(["--out", "here"], "20260101-080000") == ["--out", "here"]
    assert dev.demo_arguments(["--out=here"], "20260101-080000") == ["--out=here"]
    assert dev.demo_arguments([], "20260101-080000") == ["--out", str(dev.HOME / "demo-out" / "20260101-080000")]


def test_a_program_killed_by_a_signal_counts_as_a_shell_counts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    assert dev.start("-c", "raise SystemExit(5)") == 5
    if sys.platform != "win32":
        assert dev.start("-c", "import os; os.kill(os.getpid(), 9)") == 137


def test_build_prepares_the_program_and_its_tools_apart_and_runs_with_the_tools(
    started: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[tuple[object, ...]] = []
    monkeypatch.setattr(dev, "prepare", lambda *given: prepared.append(given))
    assert dev.main(["build", "--out", "there"]) == 7
    assert prepared == [(), (dev.TOOLS, str(dev.PYTHON))]
    assert started == [(str(dev.TOOLS.python), str(dev.HOME / "packaging" / "build.py"), "--out", "there")]
    assert dev.TOOLS.venv != dev.PROGRAM.venv


def test_building_asks_for_what_pyinstaller_takes_from_the_system() -> None:
    tool, library = dev.building()
    assert (tool.names, tool.package) == (("objcopy",), "binutils")
    assert library.package == "libpython{}.{}".format(*sys.version_info)
    assert all(Path(name).name == f"{library.package}.so.1.0" for name in library.names)


def test_both_locks_are_there_and_belong_to_no_one_folder() -> None:
    assert dev.PROGRAM.lock.is_file()
    assert dev.TOOLS.lock.is_file()
    assert dev.PROGRAM.memory != dev.TOOLS.memory


def test_check_runs_every_step_and_fails_when_one_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "prepare", lambda: None)
    monkeypatch.setattr(dev, "_timed", lambda command: (3 if "mypy" in command else 0, 0.5, "one wrong type\n"))
    assert dev.main(["check"]) == 3
    printed = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in printed if line.startswith("==")] == [
        "== ruff check",
        "== ruff format",
        "== mypy --strict",
        "== import contracts",
    ]
    assert "one wrong type" in printed


def test_release_runs_all_three_and_none_hides_another(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, Sequence[str]]] = []

    def word(name: str, code: int) -> Callable[[Sequence[str]], int]:
        def told(arguments: Sequence[str]) -> int:
            seen.append((name, arguments))
            return code

        return told

    for name, code in (("check", 0), ("test", 1), ("soak", 0)):
        monkeypatch.setattr(dev, name, word(name, code))
    assert dev.release([]) == 1
    assert seen == [("check", []), ("test", ["--release"]), ("soak", ["--long"])]


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["walk"], 2), (["--help"], 0)])
def test_an_unknown_word_lists_the_known_ones(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(arguments) == code
    printed = capsys.readouterr()
    assert all(f"  {word} " in printed.out + printed.err for word in dev.WORDS)


def test_an_old_python_gets_a_sentence_and_can_read_the_file_that_says_it() -> None:
    assert dev.too_old((3, 9), "/usr/bin/python3") == "dev.py needs Python 3.11 or newer; /usr/bin/python3 is 3.9."
    assert dev.too_old((3, 11), "python3") == ""
    ast.parse((dev.HOME / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_dev_needs_nothing_but_the_standard_library() -> None:
    bare = [sys.executable, "-I", "-S", str(dev.HOME / "dev.py"), "--help"]
    answer = subprocess.run(bare, capture_output=True, text=True, check=False, encoding="utf-8")
    assert (answer.returncode, answer.stderr) == (0, "")
