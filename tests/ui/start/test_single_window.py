import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.start.single_window import SingleWindow, server_name

HOME = Path(__file__).resolve().parents[3]
SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from app.ui.start.single_window import SingleWindow
app = QCoreApplication([])
sys.exit(0 if SingleWindow(Path(sys.argv[1])).claim() else 7)
"""


def test_a_second_start_raises_the_first_window(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleWindow(tmp_path)
    assert first.claim()
    second = SingleWindow(tmp_path)
    with qtbot.waitSignal(first.raise_asked):
        assert not second.claim()
    first.release()
    assert second.claim()
    second.release()


def test_another_process_is_a_second_start_too(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleWindow(tmp_path)
    assert first.claim()
    process = subprocess.Popen([sys.executable, "-c", SECOND, str(tmp_path)], cwd=HOME)
    with qtbot.waitSignal(first.raise_asked, timeout=20_000):
        pass
    assert process.wait(20) == 7
    first.release()


def test_other_records_have_a_window_of_their_own(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert server_name(tmp_path) != server_name(tmp_path / "a")
    assert server_name(tmp_path) == server_name(tmp_path / "a" / "..")
    one, other = SingleWindow(tmp_path), SingleWindow(tmp_path / "a")
    assert one.claim()
    assert other.claim()
    one.release()
    other.release()
