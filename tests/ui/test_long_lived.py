import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]

MANY_CALLS = """
import sys
{before}
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
widget = QWidget()
start = sys.getrefcount(None)
for _ in range(200_000):
    widget.parent(), widget.isVisible()
print("alive")
"""


def run(before: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", MANY_CALLS.format(before=before)],
        cwd=HOME,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_two_hundred_thousand_calls_that_return_nothing_do_no_harm() -> None:
    answer = run("import app.ui")
    assert (answer.returncode, answer.stdout.strip()) == (0, "alive"), answer.stderr


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None lives for ever by itself")
def test_without_the_care_python_stops() -> None:
    assert run("").returncode != 0, "PySide6 counts rightly again: app/ui/long_lived.py may go"
