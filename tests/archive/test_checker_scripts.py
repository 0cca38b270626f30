"""The checkers that lie in every archive: plain ASCII for any console, and a Chinese explanation Notepad shows."""

import re
import subprocess
from pathlib import Path

from app.archive.bag_writer import write_package
from app.archive.checker_scripts import checker_files
from app.models.archive_package import Package


def test_the_scripts_are_ascii_with_windows_line_ends() -> None:
    batch, power, text = checker_files()
    for script in (batch, power):
        assert script.data is not None
        assert script.data.isascii()
        assert b"\n" not in script.data.replace(b"\r\n", b"")
    assert text.data is not None
    assert text.data.startswith(b"\xef\xbb\xbf")


def test_the_scripts_say_their_sentences_in_chinese() -> None:
    power = checker_files()[1].data
    assert power is not None
    said = [
        "".join(chr(int(code, 16)) for code in codes.split())
        for codes in re.findall(r"\(Text '([0-9A-F ]+)'\)", power.decode("ascii"))
    ]
    assert "核对完毕，全部文件完好。文件数：" in said


def test_the_commands_of_the_explanation_work(tmp_path: Path) -> None:
    folder = write_package(Package("bag", checker_files(), ()), tmp_path).folder
    text = (folder / "data" / "verify.txt").read_text("utf-8-sig")
    command = next(line.strip() for line in text.splitlines() if line.strip().startswith("sha256sum -c"))
    quiet = subprocess.run(command.split(), cwd=folder, capture_output=True, check=False)
    assert (quiet.returncode, quiet.stdout) == (0, b"")
    (folder / "data" / "verify.txt").write_text("changed")
    loud = subprocess.run(command.split(), cwd=folder, capture_output=True, check=False)
    assert loud.returncode == 1
    assert b"data/verify.txt" in loud.stdout
