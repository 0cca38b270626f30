import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.services.office import Services
from app.ui.window_memory import FILE_NAME, WindowMemory, recall, remember

HOME = Path(__file__).resolve().parents[2]

RUN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from app.bootstrap import create_sample, open_services
from app.ui import application
from app.ui.opening import Opening

folder = Path(sys.argv[1])
heavy = ("reportlab", "pikepdf", "PIL", "openpyxl", "zxcvbn", "docx", "xlsxwriter", "pypdfium2", "zxingcpp")
made = application.make_window

def watched(opening, memory=None):
    window = made(opening, memory)
    up = window.raise_up
    window.raise_up = lambda: (up(), print("raised", flush=True), window.close())
    def look():
        if window.door.threshold is None:
            QTimer.singleShot(10, look)
            return
        print(type(window.door.step).__name__, [name for name in heavy if name in sys.modules], flush=True)
        if "stay" not in sys.argv:
            window.close()
    QTimer.singleShot(10, look)
    return window

application.make_window = watched
sys.exit(application.run_window(Opening(open_services, create_sample, folder, folder.with_name("sample"))))
"""


def run(folder: Path, *more: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", RUN, str(folder), *more]
    return subprocess.Popen(
        command, cwd=HOME, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )


def test_the_sign_in_page_comes_without_a_heavy_library(office: Services) -> None:
    window = run(office.folder)
    out, errors = window.communicate(timeout=60)
    assert (window.returncode, out.strip()) == (0, "SignInPage []"), errors
    assert recall(office.folder).unit == "晋安区示例局办公室"


def test_a_second_start_raises_the_first_and_goes_away(office: Services) -> None:
    first = run(office.folder, "stay")
    assert first.stdout is not None
    assert first.stdout.readline().startswith("SignInPage")
    second = run(office.folder)
    out, errors = second.communicate(timeout=60)
    assert (second.returncode, out) == (0, ""), errors
    rest, errors = first.communicate(timeout=60)
    assert (first.returncode, rest.strip()) == (0, "raised"), errors


def test_an_empty_folder_begins_with_the_welcome(tmp_path: Path) -> None:
    window = run(tmp_path / "new")
    out, errors = window.communicate(timeout=60)
    assert (window.returncode, out.strip()) == (0, "WelcomePage []"), errors
    memory = recall(tmp_path / "new")
    assert memory.unit == ""
    assert memory.geometry is not None


def test_what_the_window_remembers_comes_back(tmp_path: Path) -> None:
    memory = WindowMemory(None, "dark", 130, "晋安区示例局办公室", True, "管理员甲")
    remember(tmp_path, memory)
    assert recall(tmp_path) == memory


@pytest.mark.parametrize("text", ["", "[General]\nscale=many\nsample=perhaps\ngeometry=x\n", "\0\0\0"])
def test_a_spoilt_memory_is_forgotten(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    memory = recall(tmp_path)
    assert (memory.scale, memory.sample, memory.geometry) == (100, False, None)


def test_a_folder_that_is_gone_remembers_nothing(tmp_path: Path) -> None:
    remember(tmp_path / "gone", WindowMemory())
    assert not (tmp_path / "gone").exists()
