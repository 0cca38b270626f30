"""The command line: what is written wrong, and what becomes of every error."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from app import __version__
from app.commands import command_line
from app.commands.arguments import Request, WrongUseError, parse
from app.commands.command_line import COMMANDS
from app.errors import MonthTextError, NotABagError
from app.paths import log_folder
from tests.commands.running import Runner

HOME = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (["demos"], "不认识的命令“demos”。是不是“demo”？"),
        (["归档"], "不认识的命令“归档”。"),
        (["demo"], "命令“demo”少了选项“--out DIR”。"),
        (["demo", "--out"], "选项“--out”后面要写DIR。"),
        (["demo", "--out="], "选项“--out”后面要写DIR，不能是空的。"),
        (["demo", "--out", "--data"], "选项“--out”后面要写DIR。"),
        (["demo", "--ouf", "x"], "命令“demo”没有选项“--ouf”。是不是“--out”？"),
        (["--month", "2026-10"], "不认识的选项“--month”。"),
        (["check"], "命令“check”后面要写FILE。"),
        (["check", "a.txt", "--json=yes"], "选项“--json”后面不跟内容。"),
        (["verify", "a", "b"], "命令“verify”后面多了“b”。"),
        (["doctor", "now"], "命令“doctor”后面多了“now”。"),
        (["sample", "--years", "0", "--out", "x"], "选项“--years”要写 1 到 20 之间的整数，不是“0”。"),
        (["sample", "--years", "１", "--out", "x"], "不是“１”。"),
        (["sample", "--years", "1", "--out", "x", "--until", "2026-02-30"], "选项“--until”要写年-月-日"),
        (["sample", "--years", "1", "--out", "x", "--until", "2999-01-01"], "不能晚于今天"),
        (["archive", "--month", "2026-13", "--to", "x"], "“2026-13”不是一个月份。"),
        (["archive", "--month", "十月", "--to", "x"], "“十月”不是一个月份。"),
    ],
)
def test_wrong_use_is_said_in_chinese_on_stderr_with_code_2(command: Runner, line: list[str], told: str) -> None:
    answer = command(*line)
    assert answer.code == 2
    assert told in answer.err
    assert answer.out == ""
    assert "Traceback" not in answer.err


def test_general_options_stand_before_or_after_the_command() -> None:
    before = parse(["--data", "D", "--as", "甲", "verify", "BAG"], COMMANDS)
    after = parse(["verify", "BAG", "--as=甲", "--data=D"], COMMANDS)
    assert before == after == Request("verify", Path("D"), "甲", {}, ("BAG",))


def test_what_follows_two_dashes_is_no_option() -> None:
    assert parse(["check", "--", "--json", "-x"], COMMANDS).operands == ("--json", "-x")
    with pytest.raises(WrongUseError):
        parse(["check", "a", "-x"], COMMANDS)


def test_every_command_can_be_loaded_and_has_its_help(command: Runner) -> None:
    whole = command("--help")
    assert whole.code == 0
    for name, entry in COMMANDS.items():
        assert callable(entry.load())
        assert entry.usage in whole.out
        own = command(name, "--help")
        assert (own.code, own.err) == (0, "")
        assert own.out.startswith(f"main.py {entry.usage}")


def test_the_version_is_that_of_the_project(command: Runner) -> None:
    written = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert __version__ == written
    assert command("--version").out == f"先审 {written}\n"


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def work(request: Request) -> int:
        raise error

    monkeypatch.setattr(command_line, "_work", lambda request: work)


def test_a_fact_becomes_both_halves_of_its_sentence(command: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, NotABagError())
    answer = command("verify", "x")
    assert answer.code == 1
    assert answer.err == "所选文件夹不是一份存档。\n请选择存档的最外层文件夹，里面应有 bagit.txt。\n"
    failing(monkeypatch, MonthTextError("x"))
    assert command("verify", "x").code == 2


def test_a_bug_goes_to_the_log_and_never_to_the_terminal(command: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, ValueError("secret: 13912345678"))
    answer = command("verify", "x")
    assert answer.code == 1
    assert "程序出错，已写入日志。" in answer.err
    assert "Traceback" not in answer.err
    assert "secret" not in answer.err
    log = (log_folder() / "xianshen.log").read_text("utf-8")
    assert "ValueError" in log
    assert "13912345678" not in log


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(28, "No space left on device"), "磁盘已满"),
        (PermissionError(13, "denied", "/place"), "“/place”没有读写权限"),
    ],
)
def test_a_full_or_closed_disk_is_said_in_words(
    command: Runner, monkeypatch: pytest.MonkeyPatch, error: OSError, told: str
) -> None:
    failing(monkeypatch, error)
    answer = command("verify", "x")
    assert answer.code == 1
    assert told in answer.err


def test_an_interruption_ends_with_130(command: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, KeyboardInterrupt())
    answer = command("verify", "x")
    assert answer.code == 130
    assert "已中断" in answer.err


def test_without_a_command_and_without_a_display_it_says_so(command: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    answer = command()
    assert answer.code == 1
    assert "没有图形显示" in answer.err


def start(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(HOME / "main.py"), *arguments]
    return subprocess.run(command, capture_output=True, check=False, cwd=HOME, env=env)


def test_the_real_program_speaks_utf_8_into_a_pipe_whatever_the_locale() -> None:
    answer = start("frob", env={"LC_ALL": "C", "PATH": "/usr/bin", "PYTHONIOENCODING": "ascii"})
    assert answer.returncode == 2
    assert answer.stdout == b""
    assert "不认识的命令“frob”。" in answer.stderr.decode("utf-8")


def test_nothing_heavy_is_imported_before_a_command_is_known() -> None:
    code = (
        "import sys; sys.argv=['main.py','frob']\n"
        "from app.commands import run\n"
        "run(['frob'])\n"
        "heavy = {'argparse', 'sqlite_utils', 'sqlite3', 'reportlab', 'PIL', 'PySide6', 'app.bootstrap'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=HOME, encoding="utf-8")
    assert told.stdout == "[]\n"


@pytest.mark.parametrize("name", ["长" * 100, "x/" * 3000], ids=["name", "path"])
def test_a_path_that_is_too_long_is_wrong_use(command: Runner, tmp_path: Path, name: str) -> None:
    long = tmp_path / name
    for line in (("verify", long), ("doctor", "--data", long), ("backup", "--to", tmp_path, "--data", long)):
        answer = command(*line)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith("路径太长")
        assert "日志" not in answer.err
