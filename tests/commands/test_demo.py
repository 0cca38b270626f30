"""The demo does the whole job on the shipped sample, and judges that know nothing of this program find it right."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import bagit
import openpyxl
import pytest
from PIL import Image

from app.archive.bag_verifier import verify_bag

HOME = Path(__file__).resolve().parent.parent.parent
VERAPDF = HOME / "tests" / "pdfa" / "verapdf"
CHROMIUM = next((name for name in ("chromium", "chromium-browser", "google-chrome") if shutil.which(name)), "")
JAVA = shutil.which("javac") is not None and Path("/usr/share/java/jaxb-runtime.jar").exists()


@dataclass(frozen=True)
class Done:
    """What a run of the demo left: its folder, exit code and words."""

    out: Path
    code: int
    told: str
    handed_out: str


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    place = tmp_path_factory.mktemp("demo")
    surroundings = {**os.environ, "HOME": str(place), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, str(HOME / "main.py"), "demo", "--out", str(place / "out")]
    answer = subprocess.run(command, env=surroundings, capture_output=True, encoding="utf-8", check=False, timeout=110)
    yield Done(place / "out", answer.returncode, answer.stderr, answer.stdout)
    shutil.rmtree(place)


def text_of(pdf: Path) -> str:
    return subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True).stdout.decode()


def test_it_ends_well_and_says_each_step(demo: Done) -> None:
    assert demo.code == 0, demo.told
    assert [f"【{step}/10】" in demo.told for step in range(1, 11)] == [True] * 10
    assert demo.handed_out.strip() == str(demo.out)
    assert "Traceback" not in demo.told


def test_the_stale_sheet_was_refused_the_gap_explained_and_the_difference_told(demo: Done) -> None:
    assert "签的是第 1 稿，现在是第 2 稿，这份签字不能用" in demo.told
    assert "没有登记发布链接。说明：" in demo.told
    assert "已如实登记为“内容不符”" in demo.told
    assert "没有保存" in demo.told


def test_every_folder_of_the_demo_is_there(demo: Done) -> None:
    assert {"data", "sheets", "scans", "archive", "screens"} <= {path.name for path in demo.out.iterdir()}


def test_its_archive_is_a_bag_for_every_judge(demo: Done) -> None:
    bag = demo.out / "archive"
    assert bagit.Bag(str(bag)).validate()
    assert verify_bag(bag).problems == ()
    judged = subprocess.run(["sha256sum", "-c", "--quiet", "manifest-sha256.txt"], cwd=bag, check=False)
    assert judged.returncode == 0


def test_verify_finds_the_bag_whole_and_a_changed_one_wanting(demo: Done, tmp_path: Path) -> None:
    verify = [sys.executable, str(HOME / "main.py"), "verify"]
    assert subprocess.run([*verify, str(demo.out / "archive")], capture_output=True, check=False).returncode == 0
    shutil.copytree(demo.out / "archive", tmp_path / "changed")
    with (tmp_path / "changed" / "data" / "ledger.xlsx").open("ab") as ledger:
        ledger.write(b"x")
    answer = subprocess.run([*verify, str(tmp_path / "changed")], capture_output=True, encoding="utf-8", check=False)
    assert answer.returncode == 1
    assert "data/ledger.xlsx" in answer.stderr + answer.stdout


@pytest.mark.skipif(not JAVA, reason="lacks a JDK or libjaxb-java")
def test_its_papers_are_pdf_a_for_verapdf(demo: Done) -> None:
    papers = sorted([*(demo.out / "sheets").glob("*.pdf"), demo.out / "archive" / "data" / "cover.pdf"])
    assert len(papers) >= 5
    answer = subprocess.run([str(VERAPDF), "2u", *map(str, papers)], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert answer.stdout.count("compliant=true") == len(papers)


def test_its_sheets_say_what_was_written(demo: Done) -> None:
    texts = {path.name: text_of(path) for path in (demo.out / "sheets").glob("*审核表.pdf")}
    assert any("关于开展冬季便民服务日活动的通知" in text for text in texts.values())
    rare = next(text for name, text in texts.items() if "〔2026〕2号 第2稿" in name)
    assert "𬭎" in rare
    assert "139****0000" in rare.replace(" ", "")


def test_the_scans_in_the_archive_are_those_that_were_dropped_byte_for_byte(demo: Done) -> None:
    dropped = {path.read_bytes() for path in (demo.out / "scans").iterdir()}
    kept = {path.read_bytes() for path in (demo.out / "archive" / "data" / "items").glob("*/scan-*")}
    assert len(kept) >= 3
    assert kept <= dropped


def test_the_ledger_tells_of_the_difference(demo: Done) -> None:
    book = openpyxl.load_workbook(demo.out / "archive" / "data" / "ledger.xlsx")
    texts = {str(cell) for row in book["发布台账"].iter_rows(values_only=True) for cell in row}
    assert {"审后发布", "内容不符"} <= texts


@pytest.mark.skipif(not CHROMIUM, reason="lacks Chromium")
def test_its_index_opens_in_a_browser(demo: Done, tmp_path: Path) -> None:
    page = (demo.out / "archive" / "data" / "index.html").as_uri()
    command = [
        *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *(
            "--proxy-server=127.0.0.1:9",
            f"--user-data-dir={tmp_path}",
            "--virtual-time-budget=2000",
            "--dump-dom",
            page,
        ),
    ]
    document = subprocess.run(command, check=True, capture_output=True, text=True, timeout=90).stdout
    assert "关于开展冬季便民服务日活动的通知" in document
    for link in re.findall(r'<a href="(items/[^"]+)"', document):
        assert (demo.out / "archive" / "data" / link).is_file(), link


def test_every_page_is_pictured_light_and_dark(demo: Done) -> None:
    names = {path.name for path in (demo.out / "screens").glob("*.png")}
    for page in (
        "sign-in",
        "restore-1",
        "restore-2",
        "restore-3",
        "today",
        "drafts",
        "accounts",
        "archive",
        "settings",
    ):
        for theme in ("light", "dark"):
            assert any(page in name and theme in name for name in names), (page, theme)
    for path in (demo.out / "screens").glob("*.png"):
        with Image.open(path) as picture:
            assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 20, path.name


def test_its_records_hold_no_passcode_and_an_unbroken_chain(demo: Done) -> None:
    path = demo.out / "data" / "xianshen.db"
    assert b"xianshen-sample" not in path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM audit").fetchone()[0] > 80
    doctor = [sys.executable, str(HOME / "main.py"), "--data", str(demo.out / "data"), "doctor"]
    answer = subprocess.run(doctor, capture_output=True, encoding="utf-8", check=False)
    assert "审计记录" in answer.stderr + answer.stdout


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept")
    command = [sys.executable, str(HOME / "main.py"), "demo", "--out", str(tmp_path)]
    answer = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert answer.returncode in {1, 2}
    assert "已经有东西" in answer.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
