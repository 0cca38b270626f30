import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from app.errors import FileUnreadableError
from app.intake.pictures import as_png, inspect_picture, print_picture, reshaped, thumbnail


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def huge_png(width: int, height: int) -> bytes:
    """Make the head of a PNG that claims this size; nobody has to hold it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def reason(data: bytes | Path) -> str:
    with pytest.raises(FileUnreadableError) as refused:
        inspect_picture(data)
    return refused.value.reason


RED = Image.new("RGB", (60, 40), "#c03030")


@pytest.mark.parametrize(
    ("kind", "told"),
    [("JPEG", "jpeg"), ("PNG", "png"), ("GIF", "gif"), ("WEBP", "webp"), ("BMP", "bmp"), ("TIFF", "tiff")],
)
def test_every_usual_kind_is_known_by_its_content(kind: str, told: str) -> None:
    facts = inspect_picture(saved(RED, kind))
    assert (facts.kind, facts.width, facts.height, facts.animated) == (told, 60, 40, False)


def test_a_telephone_picture_stands_upright_everywhere() -> None:
    half = Image.new("RGB", (60, 40), "white")
    half.paste("black", (0, 0, 60, 20))
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(half, "JPEG", exif=exif, quality=95)
    assert (inspect_picture(data).width, inspect_picture(data).height) == (40, 60)
    for shown in (opened(print_picture(data)), opened(thumbnail(data, 60))):
        assert shown.size == (40, 60)
        assert not shown.getexif().get(0x0112)
        assert shown.convert("L").getpixel((35, 30)) < 60  # type: ignore[operator]
        assert shown.convert("L").getpixel((5, 30)) > 200  # type: ignore[operator]


@pytest.mark.parametrize(
    "picture",
    [
        RED,
        RED.convert("L"),
        RED.convert("1"),
        RED.convert("P"),
        RED.convert("CMYK"),
        RED.convert("RGBA"),
        RED.convert("LA"),
        Image.new("I;16", (60, 40), 40_000),
        Image.new("I", (60, 40), 40_000),
        Image.new("F", (60, 40), 0.5),
        RED.convert("YCbCr"),
    ],
    ids=lambda picture: picture.mode,
)
def test_paper_gets_eight_bits_of_grey_or_rgb_without_transparency(picture: Image.Image) -> None:
    shown = opened(print_picture(saved(picture, "TIFF")))
    assert shown.mode in {"L", "RGB"}
    assert shown.format in {"PNG", "JPEG"}
    assert "transparency" not in shown.info
    assert "icc_profile" not in shown.info
    assert shown.size == (60, 40)


def test_transparency_is_laid_on_white_for_paper_and_kept_for_the_screen() -> None:
    glass = Image.new("RGBA", (10, 10), (200, 0, 0, 0))
    assert opened(print_picture(saved(glass, "PNG"))).convert("RGB").getpixel((5, 5)) == (255, 255, 255)
    assert opened(thumbnail(saved(glass, "PNG"), 10)).getpixel((5, 5))[3] == 0  # type: ignore[index]
    palette = RED.convert("P")
    palette.info["transparency"] = palette.getpixel((0, 0))
    data = saved(palette, "PNG", transparency=palette.getpixel((0, 0)))
    assert opened(print_picture(data)).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_sixteen_bits_of_grey_keep_their_brightness() -> None:
    shown = opened(print_picture(saved(Image.new("I;16", (20, 20), 32_768), "PNG")))
    assert shown.getpixel((10, 10)) == 128


def test_a_profile_is_turned_into_srgb_and_one_that_does_not_fit_is_left() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    data = saved(RED, "PNG", icc_profile=profile.tobytes())
    assert opened(print_picture(data)).convert("RGB").getpixel((5, 5)) == (192, 48, 48)
    same = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    red, green, blue = opened(print_picture(saved(RED, "PNG", icc_profile=same.tobytes()))).getpixel((5, 5))  # type: ignore[misc]
    assert abs(red - 192) + abs(green - 48) + abs(blue - 48) <= 6
    assert opened(print_picture(saved(RED, "PNG", icc_profile=b"none"))).getpixel((5, 5)) == (192, 48, 48)


def test_what_moves_shows_its_first_picture() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)
    assert inspect_picture(data).animated
    red, _, blue = opened(print_picture(data)).convert("RGB").getpixel((5, 5))  # type: ignore[misc]
    assert (red, blue) == (255, 0)


def test_a_large_picture_is_made_small_for_paper_and_a_photograph_stays_a_jpeg() -> None:
    noise = Image.effect_noise((3000, 1000), 90).convert("RGB")
    shown = opened(print_picture(saved(noise, "JPEG")))
    assert (shown.format, shown.size) == ("JPEG", (1600, 533))
    assert max(opened(thumbnail(saved(noise, "JPEG"), 200)).size) == 200
    assert opened(print_picture(saved(noise, "PNG"))).format == "JPEG"


def test_notes_and_places_of_a_photograph_do_not_reach_the_paper() -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET-PLACE"
    data = saved(RED, "JPEG", exif=exif)
    assert b"SECRET-PLACE" in data
    assert b"SECRET-PLACE" not in print_picture(data) + thumbnail(data, 40) + as_png(data)


def test_a_cut_and_turned_picture_shows_the_right_part() -> None:
    two = Image.new("RGB", (40, 20), "red")
    two.paste("blue", (20, 0, 40, 20))
    shown = opened(reshaped(saved(two, "PNG"), (0.5, 0.0, 0.0, 0.5), 1))
    assert shown.size == (10, 20)
    assert shown.convert("RGB").getpixel((5, 5)) == (0, 0, 255)
    assert opened(reshaped(saved(two, "PNG"), (0.9, 0, 0.9, 0), 0)).size == (40, 20)


def test_a_picture_of_200_megapixels_is_refused_by_its_head(tmp_path: Path) -> None:
    data = huge_png(20_000, 10_000)
    assert len(data) < 2_000
    assert reason(data) == "picture_too_large"
    path = tmp_path / "大图.png"
    path.write_bytes(data)
    assert reason(path) == "picture_too_large"
    for ask in (print_picture, as_png):
        with pytest.raises(FileUnreadableError):
            ask(data)
    assert reason(huge_png(2**31 - 1, 2**31 - 1)) == "picture_too_large"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"])
def test_a_picture_that_was_cut_off_is_broken(kind: str) -> None:
    whole = saved(Image.effect_noise((200, 200), 80), kind)
    assert reason(whole[: len(whole) // 2]) in {"broken", "not_picture"}


def test_what_is_no_picture_is_refused() -> None:
    assert reason(b"") == "empty"
    assert reason(b"%PDF-1.7") == "not_picture"
    assert reason(b"P6\n2 2\n255\n" + bytes(12)) == "not_picture"
    assert reason(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n") == "not_picture"
