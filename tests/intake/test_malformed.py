import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import FileUnreadableError
from tests.intake.malformed import run

HOME = Path(__file__).parent.parent.parent


def trials(*arguments: str) -> str:
    command = [sys.executable, "-m", "tests.intake.malformed", *arguments]
    answer = subprocess.run(command, cwd=HOME, capture_output=True, encoding="utf-8", check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def test_160_malformed_files_are_read_or_refused_within_time_and_memory() -> None:
    assert "160 trials, 0 violations" in trials("160")


@pytest.mark.release
@pytest.mark.timeout(7200)
def test_10000_malformed_files_are_read_or_refused_within_time_and_memory() -> None:
    assert "10000 trials, 0 violations" in trials("10000", "1")


def test_a_reader_that_stumbles_is_a_violation(capsys: pytest.CaptureFixture[str]) -> None:
    def stumbles(path: Path) -> None:
        path.read_bytes()[10**9]

    def vague(path: Path) -> None:
        raise FileUnreadableError(path.name, "no idea")

    assert len(run(3, 1, [("a.txt", b"abc", stumbles)])) == 3
    assert len(run(3, 1, [("a.txt", b"abc", vague)])) == 3
    assert "3 trials, 3 violations" in capsys.readouterr().out
