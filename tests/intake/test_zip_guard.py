import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import FileUnreadableError
from app.intake.zip_guard import ZipLimits, checked_zip


def packed(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", method) as archive:
        warnings.simplefilter("ignore")
        for name, data in entries:
            archive.writestr(name, data)
    return buffer.getvalue()


def reason(data: bytes, limits: ZipLimits | None = None) -> str:
    """Return why a zip is refused, empty when it is not."""
    try:
        checked_zip(io.BytesIO(data), "通知.docx", limits)
    except FileUnreadableError as refused:
        return refused.reason
    return ""


def test_an_ordinary_zip_passes_and_can_be_read() -> None:
    archive = checked_zip(io.BytesIO(packed(("word/document.xml", b"<a/>"), ("b.txt", b"b"))), "a.docx")
    assert archive.read("word/document.xml") == b"<a/>"


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../up.xml", "word/../../up.xml", "C:/windows/x", "\\\\server\\x", "a\\..\\b", "a\nb"]
)
def test_names_that_lead_outside_are_refused(name: str) -> None:
    assert reason(packed((name, b"x"))) == "bomb"


def test_a_link_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("word/document.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert reason(buffer.getvalue()) == "bomb"


@pytest.mark.parametrize("twice", [("a.xml", "a.xml"), ("a.xml", "A.XML")])
def test_a_name_that_stands_twice_is_refused(twice: tuple[str, str]) -> None:
    assert reason(packed(*((name, b"x") for name in twice))) == "bomb"


def test_a_bomb_is_found_by_its_ratio_and_by_its_size_without_unpacking_it_whole() -> None:
    zeros = packed(("word/document.xml", bytes(64 * 1024 * 1024)))
    assert len(zeros) < 100_000
    assert reason(zeros) == "bomb"
    text = packed(*((f"{n}.xml", bytes(range(256)) * 4000) for n in range(8)))
    assert reason(text) == ""
    assert reason(text, ZipLimits(total=2_000_000)) == "bomb"


def test_too_many_entries_are_refused_before_they_are_listed() -> None:
    assert reason(packed(*((f"{n}", b"") for n in range(30))), ZipLimits(entries=20)) == "bomb"
    assert reason(packed(*((f"{n}", b"") for n in range(30))), ZipLimits(directory=300)) == "bomb"


def test_entries_that_share_their_bytes_are_refused() -> None:
    data = bytearray(packed(("a.xml", b"kernel" * 9), ("b.xml", b"kernel" * 9), method=zipfile.ZIP_STORED))
    second = data.rfind(b"PK\x01\x02")
    # The second entry of the directory points to the bytes of the first.
    struct.pack_into("<I", data, second + 42, 0)
    assert reason(bytes(data)) == "bomb"


def test_a_size_that_the_directory_understates_is_not_believed() -> None:
    data = bytearray(packed(("a.xml", bytes(32 * 1024 * 1024))))
    struct.pack_into("<I", data, data.rfind(b"PK\x01\x02") + 24, 10)
    assert reason(bytes(data)) in {"broken", "bomb"}


def _encrypted(data: bytearray) -> None:
    data[6] |= 1
    data[data.rfind(b"PK\x01\x02") + 8] |= 1


def _cut(data: bytearray) -> None:
    del data[len(data) // 2 :]


def _other_method(data: bytearray) -> None:
    struct.pack_into("<H", data, 8, 99)
    struct.pack_into("<H", data, data.rfind(b"PK\x01\x02") + 10, 99)


def _wrong_sum(data: bytearray) -> None:
    data[60] ^= 0xFF


@pytest.mark.parametrize(
    ("harm", "expected"),
    [(_encrypted, "encrypted"), (_cut, "broken"), (_other_method, "broken"), (_wrong_sum, "broken")],
)
def test_a_damaged_or_locked_zip_is_refused(harm: Callable[[bytearray], None], expected: str) -> None:
    data = bytearray(packed(("word/document.xml", bytes(range(256)) * 40), method=zipfile.ZIP_STORED))
    assert reason(bytes(data)) == ""
    harm(data)
    assert reason(bytes(data)) == expected


def test_what_is_no_zip_is_broken(tmp_path: Path) -> None:
    assert reason(b"PK\x03\x04") == "broken"
    assert reason(b"") == "broken"
    assert reason(b"PK\x05\x06" + bytes(10)) == "broken"
