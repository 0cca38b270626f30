"""Pages with a code, as scanners and telephones deliver them."""

import io
import random
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.models.papercode import PaperCode, PaperKind

CODE = PaperCode(
    "11350111003636364U",
    PaperKind.REVIEW_SHEET,
    "12345678-1234-4234-8234-123456789abc",
    3,
    1,
    2,
    "ab" * 32,
    123456,
    "cd" * 32,
)
DPI = 200
A4 = (1654, 2339)


def millimetres(length: float) -> int:
    return round(length / 25.4 * DPI)


def symbol(text: str, side: int, level: str = "M") -> Image.Image:
    image: Any = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level).to_image(scale=1)
    drawn = memoryview(image)
    height, width = drawn.shape or (0, 0)
    small = Image.frombytes("L", (width, height), drawn.tobytes())
    return small.resize((side, side), Image.Resampling.NEAREST)


def page(text: str | None = None, *, code: PaperCode = CODE) -> Image.Image:
    """A page full of strokes with a code of 28 mm at the top right; an empty text leaves the code out."""
    text = code.text() if text is None else text
    sheet = Image.new("L", A4, 255)
    pen = ImageDraw.Draw(sheet)
    dice = random.Random(1)
    for y in range(200, A4[1] - 200, 38):
        for x in range(200, A4[0] - 200, 32):
            for _ in range(3):
                a, b = dice.randint(0, 25), dice.randint(0, 25)
                pen.line((x + a, y + b, x + dice.randint(0, 25), y + dice.randint(0, 25)), fill=0, width=2)
    if text:
        side = millimetres(28)
        x, y = A4[0] - side - millimetres(18), millimetres(14)
        pen.rectangle((x - 20, y - 20, x + side + 20, y + side + 20), fill=255)
        sheet.paste(symbol(text, side), (x, y))
    return sheet


def photographed(sheet: Image.Image, lean: float = 0.08) -> Image.Image:
    """Lay a sheet on a grey table, seen from the side, in light that falls off, a little out of focus."""
    table = Image.new("L", (sheet.width * 5 // 4, sheet.height * 5 // 4), 90)
    table.paste(sheet, (sheet.width // 8, sheet.height // 8))
    w, h = table.size
    corners = (lean * w, 0, 0, h, w, h * (1 - lean * 0.7), w * (1 - lean * 0.5), lean * h)
    seen = table.transform((w, h), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    light = Image.linear_gradient("L").resize((w, h)).point(lambda value: 70 + value * 0.7)
    dark = ImageChops.multiply(seen, light).filter(ImageFilter.GaussianBlur(0.8))
    return recompressed(dark, 45)


def recompressed(sheet: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    sheet.save(buffer, "JPEG", quality=quality)
    return Image.open(io.BytesIO(buffer.getvalue()))


def written(path: Path, *sheets: Image.Image) -> Path:
    """Save pages in the kind that the name says."""
    if path.suffix in {".pdf", ".tif", ".tiff"}:
        sheets[0].save(path, save_all=True, append_images=list(sheets[1:]), resolution=DPI)
    else:
        sheets[0].save(path)
    return path
