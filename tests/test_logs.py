"""The log keeps faults and no secrets, and never keeps the program from starting."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.logs import redacted, start_log


@pytest.fixture(autouse=True)
def _without_handlers() -> Iterator[None]:
    log = logging.getLogger("xianshen")
    before = list(log.handlers)
    log.handlers.clear()
    yield
    for handler in log.handlers:
        handler.close()
    log.handlers[:] = before


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("口令：correct-horse", "口令：‹已隐藏›"),
        ("password=abc123 next", "password=‹已隐藏› next"),
        ("Passcode: xyz", "Passcode: ‹已隐藏›"),
        ("手机 13800138000 打不通", "手机 ‹数字› 打不通"),
        ("350111199003071234", "‹数字›"),
        ("第 118 号", "第 118 号"),
    ],
)
def test_secrets_and_long_numbers_are_hidden(said: str, kept: str) -> None:
    assert redacted(said) == kept


def test_a_traceback_is_redacted_too(tmp_path: Path) -> None:
    log = start_log(tmp_path)
    try:
        raise ValueError("password: hunter2 of 13800138000")
    except ValueError as wrong:
        log.exception("a job failed", exc_info=wrong)
    text = (tmp_path / "xianshen.log").read_text("utf-8")
    assert "ValueError" in text
    assert "hunter2" not in text
    assert "13800138000" not in text


def test_a_traceback_that_another_handler_wrote_first_is_redacted(tmp_path: Path) -> None:
    log = logging.getLogger("xianshen")
    log.addHandler(logging.StreamHandler(io.StringIO()))
    start_log(tmp_path)
    try:
        raise ValueError("password: hunter2")
    except ValueError:
        log.exception("a job failed")
    assert "hunter2" not in (tmp_path / "xianshen.log").read_text("utf-8")


def test_arguments_of_a_message_are_redacted(tmp_path: Path) -> None:
    start_log(tmp_path).warning("%s of %s", "secret=abc", "13800138000")
    text = (tmp_path / "xianshen.log").read_text("utf-8")
    assert "abc" not in text
    assert "13800138000" not in text


def test_a_log_that_cannot_be_written_says_its_faults_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "a file"
    place.write_text("in the way")
    start_log(place).error("a fault, password=abc")
    told = capsys.readouterr().err
    assert "a fault" in told
    assert "abc" not in told
