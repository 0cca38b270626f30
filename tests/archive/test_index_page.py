"""index.html opens in a real browser without a network, finds and sorts, and shows hostile text as text."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from app.archive.index_page import index_html
from app.models.archive_package import IndexRow

CHROMIUM = next((name for name in ("chromium", "chromium-browser", "google-chrome") if shutil.which(name)), "")
needs_browser = pytest.mark.skipif(not CHROMIUM, reason="lacks Chromium")
HOSTILE = "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>"


def row(number: int, title: str, section: str = "发布台账", **other: str) -> IndexRow:
    facts = {"account": "微信公众号“晋安示例”", "state": "审后发布", "link": "", "note": ""} | other
    return IndexRow(
        section=section,
        day=f"2026年10月{number}日 09:0{number % 10}",
        number=f"晋示审〔2026〕{number}号",
        title=title,
        files=(("审核表", f"items/{number:04d}/sheet.pdf"),),
        **facts,
    )


ROWS = (
    row(2, "晋安区开展防汛应急演练"),
    row(10, "关于冬季用电用气安全的提示", state="内容不符", note="平台自动改了一个字"),
    row(1, HOSTILE, link="javascript:alert(1)"),
    row(3, "𬭎𬘡𫖯同志到场", section="未发布的审核件", link="https://example.gov.cn/a?b=1&c=2"),
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "index.html"
    facts = (("单位", "晋安区示例局办公室"), ("存档月份", "2026年10月"))
    path.write_bytes(index_html("2026年10月政务新媒体存档", "示例局", "2026年10月", facts, ROWS, "本页可离线打开。"))
    return path


def browse(page: Path, profile: Path, *options: str, address: str = "") -> str:
    """Open the page in a browser that reaches nothing, and return the document as it then stands."""
    command = [
        *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *("--proxy-server=127.0.0.1:9", f"--user-data-dir={profile}", "--virtual-time-budget=2000", *options),
        f"{page.as_uri()}{address}",
    ]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=90).stdout


def shown_titles(document: str) -> list[str]:
    rows = re.findall(r"<tr(?P<mark>[^>]*)><td class=\"number\">.*?<td class=\"title\">(.*?)</td>", document, re.DOTALL)
    return [re.sub(r"<[^>]+>.*", "", title) for mark, title in rows if "hidden" not in mark]


@needs_browser
def test_the_page_lists_everything_and_runs_nothing_foreign(page: Path, tmp_path: Path) -> None:
    document = browse(page, tmp_path, "--dump-dom")
    assert "<title>2026年10月政务新媒体存档</title>" in document
    assert len(shown_titles(document)) == 4
    assert "共 4 项" in document
    assert "&lt;img src=x onerror" in document
    assert "<img" not in document.replace("&lt;img", "")
    assert 'href="javascript' not in document


@needs_browser
@pytest.mark.parametrize(
    ("address", "titles"),
    [
        ("#q=%E7%94%A8%E7%94%B5", ["关于冬季用电用气安全的提示"]),
        ("#q=%E3%80%942026%E3%80%953", ["𬭎𬘡𫖯同志到场"]),
        ("#section=2", ["𬭎𬘡𫖯同志到场"]),
    ],
)
def test_the_page_finds_by_its_address(page: Path, tmp_path: Path, address: str, titles: list[str]) -> None:
    document = browse(page, tmp_path, "--dump-dom", address=address)
    # A row of a hidden section is not shown either.
    visible = re.sub(r"<tbody[^>]* hidden.*?</tbody>", "", document, flags=re.DOTALL)
    assert shown_titles(visible) == titles


@needs_browser
def test_the_page_sorts_numbers_as_numbers(page: Path, tmp_path: Path) -> None:
    document = browse(page, tmp_path, "--dump-dom", address="#sort=1&dir=asc&section=1")
    numbers = re.findall(r"〔2026〕(\d+)号</td>", document)
    assert numbers[:3] == ["1", "2", "10"]


@needs_browser
def test_the_page_asks_the_network_for_nothing(page: Path, tmp_path: Path) -> None:
    log = tmp_path / "net.json"
    browse(page, tmp_path / "profile", f"--log-net-log={log}", "--dump-dom")
    asked = re.findall(r'"url":"(https?://[^"]+)"', log.read_text(errors="replace"))
    assert [url for url in asked if "example.gov.cn" in url] == []


@needs_browser
def test_the_page_can_be_looked_at(page: Path, tmp_path: Path) -> None:
    picture = tmp_path / "index.png"
    browse(page, tmp_path / "profile", f"--screenshot={picture}", "--window-size=1280,800")
    assert picture.stat().st_size > 10_000


def test_an_empty_month_says_so_in_every_section() -> None:
    text = index_html("空", "示例局", "2026年10月", (), (), "").decode()
    assert text.count(">无</td>") == 4


def test_the_page_forbids_everything_but_its_own_style_and_script(page: Path) -> None:
    text = page.read_text("utf-8")
    assert "default-src 'none'" in text
    assert "unsafe-inline" not in text
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//(?!example\.gov\.cn)", text)


def test_characters_that_turn_a_line_round_are_taken_out() -> None:
    rows = (row(1, "甲\u202e乙\x07丙"),)
    text = index_html("t", "u", "m", (), rows, "").decode()
    assert "甲乙\ufffd丙" in text
