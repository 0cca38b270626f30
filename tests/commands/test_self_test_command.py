"""`--self-test` in words and exit codes; it leaves nothing behind."""

import tempfile
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from app.bootstrap import open_self_test
from app.paths import default_data_folder
from app.vault.passcode_hash import PasscodeHasher
from tests.commands.running import Runner


@pytest.fixture(autouse=True)
def _cheap_passcodes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hasher = PasscodeHasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    monkeypatch.setattr("app.commands.self_test_command.open_self_test", partial(open_self_test, hasher=hasher))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.mark.usefixtures("qapp")
def test_a_whole_installation_passes_and_leaves_nothing_behind(command: Runner, tmp_path: Path) -> None:
    answer = command("--self-test")
    assert answer.code == 0, answer.err
    lines = answer.err.splitlines()
    assert lines[-1] == "自检通过。"
    assert {line[0] for line in lines[1:-1]} == {"✓", "○"}
    assert [line.split("：")[0] for line in lines[-5:-1]] == ["✓　窗口", "✓　页面", "✓　图片", "✓　纸面预览"]
    assert answer.out == ""
    assert list(tmp_path.iterdir()) == []
    assert not default_data_folder().exists()


@pytest.mark.usefixtures("qapp")
def test_what_is_wanting_is_counted_and_ends_with_1(command: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.intake.scan_reading.codes_on", lambda *_: [])
    answer = command("--self-test")
    assert answer.code == 1
    assert "✗　审核表：二维码没有读出来。请重新安装本程序。" in answer.err
    # Without a paper there is none for the preview to draw.
    assert "纸面预览" not in answer.err
    assert answer.err.splitlines()[-1] == "有 1 项不正常。"


@pytest.mark.parametrize(
    "line", [["--self-test", "doctor"], ["--self-test", "--data", "x"], ["--self-test", "--as=甲"]]
)
def test_it_stands_alone(command: Runner, line: list[str]) -> None:
    answer = command(*line)
    assert (answer.code, answer.err.splitlines()[0]) == (2, "选项“--self-test”要单独使用。")


def test_a_command_does_not_know_it_and_the_help_does(command: Runner) -> None:
    assert "命令“doctor”没有选项“--self-test”" in command("doctor", "--self-test").err
    assert "--self-test" in command("--help").out
