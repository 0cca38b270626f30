"""Made-up signatures stand where the sheet asks for them, and the page can still be read."""

import io
from datetime import datetime

import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.intake.made_up_pictures import landscape, telephone_view
from app.intake.pictures import inspect_picture
from app.intake.signed_scan import DPI, Handling, Signature, bound_scan, signed_pages
from app.models.clock import BEIJING
from app.paths import FONTS

AT = datetime(2026, 10, 5, 14, 7, tzinfo=BEIJING)
FLAT = Handling(quality=95)
LINES = (700, 560)
"""Where the two signature lines of the sheet stand, in points from below."""


@pytest.fixture(scope="module")
def sheet() -> bytes:
    """A page with two rows to sign and a page with none."""
    pdfmetrics.registerFont(TTFont("scan-test", str(FONTS / "NotoSerifSC-Regular.ttf")))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont("scan-test", 11)
    for base in LINES:
        canvas.drawString(100, base + 60, "同意")
        canvas.drawString(180, base + 60, "不同意")
        canvas.drawString(220, base, "签字：")
        for place, word in enumerate("年月日时分"):
            canvas.drawString(380 + 32 * place, base, word)
    canvas.showPage()
    canvas.drawString(100, 700, "2")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def ink(page: bytes, left: float, bottom: float, right: float, top: float) -> int:
    """Count the blue pixels in a box in points from the lower left."""
    image = Image.open(io.BytesIO(page)).convert("RGB")
    scale = DPI / 72
    box = image.crop((int(left * scale), int((842 - top) * scale), int(right * scale), int((842 - bottom) * scale)))
    raw = box.tobytes()
    return sum(blue > red + 40 for red, blue in zip(raw[::3], raw[2::3], strict=True))


def signed_rows(page: bytes) -> list[bool]:
    return [ink(page, 250, base - 15, 340, base + 25) > 200 for base in LINES]


def test_each_signature_goes_to_its_own_line(sheet: bytes) -> None:
    one = Signature("审核员甲", "同意", AT)
    assert signed_rows(signed_pages(sheet, [], FLAT)[0]) == [False, False]
    assert signed_rows(signed_pages(sheet, [one], FLAT)[0]) == [True, False]
    assert signed_rows(signed_pages(sheet, [one, one, one], FLAT)[0]) == [True, True]


def test_the_box_of_the_choice_is_ticked_and_the_date_written(sheet: bytes) -> None:
    agreed = signed_pages(sheet, [Signature("局长甲", "同意", AT)], FLAT)[0]
    refused = signed_pages(sheet, [Signature("局长甲", "不同意", AT)], FLAT)[0]
    first, second = (85, LINES[0] + 55, 100, LINES[0] + 75), (165, LINES[0] + 55, 180, LINES[0] + 75)
    assert [ink(agreed, *box) > 20 for box in (first, second)] == [True, False]
    assert [ink(refused, *box) > 20 for box in (first, second)] == [False, True]
    assert ink(agreed, 345, LINES[0] - 5, 380, LINES[0] + 12) > 50


def test_the_same_hand_gives_the_same_page(sheet: bytes) -> None:
    signatures = [Signature("局长甲", "同意", AT)]
    assert signed_pages(sheet, signatures, FLAT) == signed_pages(sheet, signatures, FLAT)
    other = [Signature("副局长甲", "同意", AT)]
    assert signed_pages(sheet, signatures, FLAT)[0] != signed_pages(sheet, other, FLAT)[0]


def test_a_scan_is_turned_scaled_and_bound(sheet: bytes) -> None:
    pages = signed_pages(sheet, [], Handling(3.0, 0.8, 40))
    assert len(pages) == 2
    width, height = Image.open(io.BytesIO(pages[0])).size
    assert width > 595 * DPI / 72 * 0.8
    assert height > 842 * DPI / 72 * 0.8
    document = pypdfium2.PdfDocument(bound_scan(pages))
    assert len(document) == 2
    document.close()


def test_made_up_pictures_are_pictures_and_the_same_for_the_same_words() -> None:
    facts = inspect_picture(landscape("义诊现场"))
    assert (facts.kind, facts.width, facts.height) == ("jpeg", 960, 640)
    assert landscape("义诊现场") == landscape("义诊现场") != landscape("步道")
    long = "入冬以来，请留意以下事项。" * 200
    shot = telephone_view(
        "微信公众号“晋安示例局”", "标题" * 100, long, "2026年10月5日", FONTS / "NotoSansSC-Regular.ttf"
    )
    assert inspect_picture(shot).kind == "png"
