import io
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFilter
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from app.errors import FileUnreadableError
from app.intake import scan_pages
from app.intake.scan_reading import page_picture, read_scan
from tests.intake.scan_maker import A4, CODE, page, photographed, recompressed, symbol, written


@pytest.fixture(scope="module")
def sheet() -> Image.Image:
    return page()


def reason(path: Path) -> str:
    with pytest.raises(FileUnreadableError) as refused:
        read_scan(path)
    return refused.value.reason


def _pen_across(sheet: Image.Image) -> Image.Image:
    marked = sheet.copy()
    ImageDraw.Draw(marked).line((1220, 290, 1560, 180), fill=0, width=5)
    return marked


HANDLINGS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "as it is": lambda sheet: sheet,
    "upside down": lambda sheet: sheet.rotate(180),
    "on its side": lambda sheet: sheet.rotate(90, expand=True),
    "askew": lambda sheet: sheet.rotate(7, Image.Resampling.BICUBIC, expand=True, fillcolor=255),
    "at an odd angle": lambda sheet: sheet.rotate(128, Image.Resampling.BICUBIC, expand=True, fillcolor=110),
    "coarse": lambda sheet: sheet.resize((A4[0] // 2, A4[1] // 2), Image.Resampling.LANCZOS),
    "pale": lambda sheet: sheet.point(lambda value: 200 + value * 0.1),
    "dark": lambda sheet: sheet.point(lambda value: value * 0.12),
    "blurred": lambda sheet: sheet.filter(ImageFilter.GaussianBlur(1.3)),
    "grainy": lambda sheet: Image.blend(sheet, Image.effect_noise(A4, 90), 0.35),
    "recompressed": lambda sheet: recompressed(sheet, 12),
    "black and white": lambda sheet: sheet.convert("1"),
    "in colour": lambda sheet: sheet.convert("RGB"),
    "see-through": lambda sheet: sheet.convert("LA"),
    "photographed": photographed,
    "photographed turned": lambda sheet: photographed(sheet).rotate(200, expand=True, fillcolor=60),
    "a pen across": _pen_across,
    "tall strip": lambda sheet: sheet.crop((1200, 0, 1654, 2339)),
}


@pytest.mark.parametrize("handling", HANDLINGS)
def test_a_code_is_read_however_the_page_was_handled(tmp_path: Path, sheet: Image.Image, handling: str) -> None:
    (read,) = read_scan(written(tmp_path / "扫描.png", HANDLINGS[handling](sheet)))
    assert read.codes == (CODE,)
    assert read.problem == ""


@pytest.mark.parametrize(("turned", "told"), [(0, 0), (90, 270), (180, 180), (270, 90)])
def test_how_a_page_lies_is_told_and_shown_upright(tmp_path: Path, sheet: Image.Image, turned: int, told: int) -> None:
    path = written(tmp_path / "a.png", sheet.rotate(turned, expand=True))
    (read,) = read_scan(path)
    assert read.turn == told
    with Image.open(io.BytesIO(page_picture(path, 1, 800, read.turn))) as shown:
        assert shown.format == "PNG"
        assert shown.height == 800
        assert shown.width < 800
        corner = shown.convert("L").crop((shown.width * 3 // 4, 30, shown.width - 50, 160))
        assert sum(corner.histogram()[:100]) > 1500


def test_every_page_of_a_pdf_is_read_by_itself(tmp_path: Path, sheet: Image.Image) -> None:
    second = replace(CODE, page=2)
    bare = page("")
    read = read_scan(written(tmp_path / "扫描件.pdf", sheet, bare, page(code=second).rotate(180)))
    assert [(p.number, p.codes, p.turn) for p in read] == [(1, (CODE,), 0), (2, (), 0), (3, (second,), 180)]
    assert page_picture(tmp_path / "扫描件.pdf", 2, 300)[:8] == b"\x89PNG\r\n\x1a\n"
    assert page_picture(tmp_path / "扫描件.pdf", 99, 300) == page_picture(tmp_path / "扫描件.pdf", 3, 300)


def test_pages_of_a_tiff_and_an_upright_telephone_picture_are_read(tmp_path: Path, sheet: Image.Image) -> None:
    read = read_scan(written(tmp_path / "a.tif", sheet.convert("1"), page("").convert("1"), sheet.convert("1")))
    assert [bool(p.codes) for p in read] == [True, False, True]
    exif = Image.Exif()
    exif[0x0112] = 6
    sheet.rotate(90, expand=True).save(tmp_path / "a.jpg", exif=exif, quality=80)
    (upright,) = read_scan(tmp_path / "a.jpg")
    assert (upright.codes, upright.turn) == ((CODE,), 0)


def test_a_drawn_pdf_of_any_page_size_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # ReportLab can write an inline picture only so, and the papers ask for shorter files.
    monkeypatch.setattr(rl_config, "useA85", 1)
    picture = symbol(CODE.text(), 400)
    for name, size in {"normal": (595, 842), "huge": (2480, 3508), "small": (120, 170), "wide": (1400, 500)}.items():
        canvas = Canvas(str(tmp_path / f"{name}.pdf"), pagesize=size)
        side = min(size) / 6
        canvas.drawInlineImage(picture, size[0] - side * 1.2, size[1] - side * 1.2, side, side)
        canvas.save()
        (read,) = read_scan(tmp_path / f"{name}.pdf")
        assert read.codes == (CODE,), name


def test_two_papers_on_one_picture_are_both_read(tmp_path: Path, sheet: Image.Image) -> None:
    other = replace(CODE, subject_id="87654321-1234-4234-8234-123456789abc")
    both = Image.new("L", (A4[0] * 2, A4[1]), 255)
    both.paste(sheet, (0, 0))
    both.paste(page(code=other), (A4[0], 0))
    (read,) = read_scan(written(tmp_path / "a.png", both))
    assert set(read.codes) == {CODE, other}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("https://weixin.example.cn/abc", "foreign"),
        (CODE.text().replace("XS1:", "XS2:"), "newer"),
        (CODE.text().replace(":RS:", ":ZZ:"), "newer"),
        (CODE.text()[:-9], "damaged"),
        ("", ""),
    ],
)
def test_a_code_that_does_not_count_says_why(tmp_path: Path, text: str, problem: str) -> None:
    (read,) = read_scan(written(tmp_path / "a.png", page(text)))
    assert (read.codes, read.problem) == ((), problem)


def test_a_code_with_a_hole_is_damaged(tmp_path: Path, sheet: Image.Image) -> None:
    holed = sheet.copy()
    ImageDraw.Draw(holed).ellipse((1360, 160, 1480, 280), fill=0)
    (read,) = read_scan(written(tmp_path / "a.png", holed))
    assert (read.codes, read.problem) == ((), "damaged")


def test_a_foreign_code_beside_ours_is_passed_over(tmp_path: Path, sheet: Image.Image) -> None:
    both = sheet.copy()
    both.paste(symbol("https://weixin.example.cn/abc", 260), (250, 1600))
    (read,) = read_scan(written(tmp_path / "a.png", both))
    assert (read.codes, read.problem) == ((CODE,), "")


# ---- refusals ------------------------------------------------------------------------------------


def test_a_locked_a_broken_and_an_empty_pdf_are_refused(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.drawString(100, 100, "x")
    canvas.save()
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="u", owner="o"))
        pdf.save(tmp_path / "readable.pdf", encryption=pikepdf.Encryption(user="", owner="o"))
    assert reason(tmp_path / "locked.pdf") == "encrypted"
    assert len(read_scan(tmp_path / "readable.pdf")) == 1
    (tmp_path / "broken.pdf").write_bytes((tmp_path / "a.pdf").read_bytes()[:300])
    assert reason(tmp_path / "broken.pdf") == "broken"
    pikepdf.new().save(tmp_path / "bare.pdf")
    assert reason(tmp_path / "bare.pdf") == "broken"


def test_too_many_pages_are_refused_before_any_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pikepdf.new() as pdf:
        for _ in range(201):
            pdf.add_blank_page()
        pdf.save(tmp_path / "a.pdf")
    assert reason(tmp_path / "a.pdf") == "too_many_pages"
    monkeypatch.setattr(scan_pages, "MOST_PAGES", 3)
    bits = [Image.new("1", (20, 20))] * 4
    assert reason(written(tmp_path / "a.tif", *bits)) == "too_many_pages"


def test_a_tiff_of_too_many_pixels_in_all_is_refused_before_any_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bits = [Image.new("1", (20, 20))] * 4
    path = written(tmp_path / "a.tif", *bits)
    monkeypatch.setattr(scan_pages, "MOST_PIXELS_OF_ALL", 1_600)
    assert len(read_scan(path)) == 4
    monkeypatch.setattr(scan_pages, "MOST_PIXELS_OF_ALL", 1_599)
    assert reason(path) == "scan_too_fine"


def test_pages_of_absurd_size_are_drawn_small(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(14_400, 14_400))
        pdf.add_blank_page(page_size=(14_400, 3))
        pdf.add_blank_page(page_size=(3, 3))
        pdf.save(tmp_path / "a.pdf")
    assert [p.codes for p in read_scan(tmp_path / "a.pdf")] == [(), (), ()]
    with Image.open(io.BytesIO(page_picture(tmp_path / "a.pdf", 1, 500))) as shown:
        assert shown.size == (500, 500)


def test_what_is_no_scan_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("文字", encoding="utf-8")
    assert reason(tmp_path / "a.txt") == "not_scan"
    (tmp_path / "a.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(30))
    assert reason(tmp_path / "a.heic") == "heic"
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff" + bytes(30))
    assert reason(tmp_path / "a.jpg") in {"broken", "not_picture"}
    assert reason(tmp_path / "none.pdf") == "missing"


def test_a_scan_is_never_changed(tmp_path: Path, sheet: Image.Image) -> None:
    path = written(tmp_path / "a.pdf", sheet)
    before, when = path.read_bytes(), path.stat().st_mtime_ns
    read_scan(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, when)


def test_two_threads_may_read_at_once(tmp_path: Path, sheet: Image.Image) -> None:
    path = written(tmp_path / "a.pdf", *[sheet] * 3)
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append(read_scan(path))),
        threading.Thread(target=lambda: found.extend(page_picture(path, n, 300) for n in (1, 2, 3))),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
