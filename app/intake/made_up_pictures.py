"""Pictures for the demo and the sample: a landscape for a text, and what a post looks like on a telephone."""

import io
import random
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_WIDTH, _HEIGHT = 540, 960
_SKIES = ((196, 220, 240), (240, 214, 190), (206, 226, 214))


def landscape(seed: str, width: int = 960, height: int = 640) -> bytes:
    """Return a made-up view of hills, a river and houses as a JPEG; the same for the same seed."""
    from PIL import Image, ImageDraw

    rng = random.Random(seed)
    image = Image.new("RGB", (width, height), rng.choice(_SKIES))
    draw = ImageDraw.Draw(image)
    sun = rng.uniform(0.15, 0.85) * width
    draw.ellipse((sun - 40, 60, sun + 40, 140), fill=(250, 236, 190))
    for row in range(3):
        base, tone = height * (0.45 + 0.12 * row), 150 - 30 * row
        crest = [(x, base - rng.uniform(0, height * 0.14)) for x in range(0, width + 61, 60)]
        draw.polygon([(0, height), *crest, (width, height)], fill=(tone - 40, tone, tone - 30))
    draw.polygon([(0, height), (0, height * 0.86), (width, height * 0.8), (width, height)], fill=(120, 160, 190))
    for _ in range(rng.randint(3, 6)):
        x, size = rng.uniform(0, width - 90), rng.uniform(40, 80)
        top = height * 0.8 - size
        draw.rectangle((x, top, x + size, top + size), fill=(228, 220, 208))
        draw.polygon([(x - 6, top), (x + size / 2, top - size * 0.4), (x + size + 6, top)], fill=(150, 80, 66))
    return _written(image, "JPEG", quality=82)


def telephone_view(account: str, title: str, text: str, when: str, font: Path) -> bytes:
    """Return a made-up screenshot of a post as a PNG."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (_WIDTH, _HEIGHT), (255, 255, 255))
    draw = ImageDraw.Draw(image)
    small, plain, large = (ImageFont.truetype(str(font), size) for size in (20, 24, 32))
    draw.rectangle((0, 0, _WIDTH, 72), fill=(243, 244, 246))
    draw.text((24, 22), account, font=plain, fill=(30, 34, 40))
    y = 96
    for line in _wrapped(title, 15)[:3]:
        draw.text((24, y), line, font=large, fill=(20, 22, 26))
        y += 44
    draw.text((24, y + 6), when, font=small, fill=(130, 136, 146))
    y += 52
    for paragraph in text.splitlines():
        for line in _wrapped(paragraph, 20):
            if y > _HEIGHT - 60:
                return _written(image, "PNG")
            draw.text((24, y), line, font=plain, fill=(40, 44, 52))
            y += 36
        y += 10
    return _written(image, "PNG")


def _wrapped(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


def _written(image: "Image", kind: str, **settings: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **settings)
    return buffer.getvalue()
