"""The streams and the passcode."""

import io
import json
import sys

import pytest

from app.commands.arguments import WrongUseError
from app.commands.console import _rewriting, ask_line, ask_passcode, hand_out_json, progress_line
from app.models.archive_package import Progress


def typed(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8", newline=""))


def test_a_passcode_is_one_line_of_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "\ufeff姓名甲\r\n  with blanks \n第三行".encode())
    assert ask_line("姓名：") == "姓名甲"
    assert ask_passcode("口令：") == "  with blanks "
    assert ask_passcode("口令：") == "第三行"


@pytest.mark.parametrize("raw", [b"", b"\n"])
def test_no_passcode_to_read_is_wrong_use(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    typed(monkeypatch, raw)
    with pytest.raises(WrongUseError, match="没有读到“管理员甲的口令”"):
        ask_passcode("管理员甲的口令：")


def test_json_keeps_its_characters(capsys: pytest.CaptureFixture[str]) -> None:
    hand_out_json([{"file": "示例.txt"}])
    told = capsys.readouterr().out
    assert "示例" in told
    assert json.loads(told) == [{"file": "示例.txt"}]


def test_progress_rewrites_its_line_and_ends_it_once() -> None:
    shown: list[str] = []
    report = _rewriting(shown.append)
    for done in (0, 5, 50, 500, 999, 1000):
        report(Progress("write", done, 1000))
    assert shown == ["\r写入 0 %    ", "\r写入 5 %    ", "\r写入 50 %    ", "\r写入 99 %    ", "\r写入 100 %    \n"]


def test_there_is_no_progress_where_nobody_looks() -> None:
    assert progress_line() is None
