from pathlib import Path

import pytest

from app.intake.file_kind import FileKind, kind_of
from tests.intake.word_maker import docx, image, p

SAMPLES = Path(__file__).parent.parent / "data" / "samples"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.4", FileKind.PDF),
        (b"\r\n%PDF-1.4", FileKind.PDF),
        (image("JPEG"), FileKind.PICTURE),
        (image("WEBP"), FileKind.PICTURE),
        (image("BMP"), FileKind.PICTURE),
        (image("TIFF"), FileKind.PICTURE),
        ("BM 品牌".encode(), FileKind.TEXT),
        (b"\0\0\0\x18ftypmif1" + bytes(20), FileKind.HEIC),
        (b"\0\0\0\x18ftypisom" + bytes(20), FileKind.OTHER),
        (b"\xef\xbb\xbf<html>", FileKind.MARKUP),
        (b"MIME-Version: 1.0\n", FileKind.MARKUP),
        ("通知".encode("gb18030"), FileKind.TEXT),
        ("通知".encode("utf-16"), FileKind.TEXT),
        (b"\x7fELF\0\0", FileKind.OTHER),
    ],
)
def test_the_first_bytes_tell_what_a_file_is(tmp_path: Path, data: bytes, kind: FileKind) -> None:
    path = tmp_path / "文件.docx"
    path.write_bytes(data)
    assert kind_of(path) is kind


def test_containers_are_told_by_what_lies_in_them(tmp_path: Path) -> None:
    assert kind_of(docx(tmp_path / "a.zip", p("正文"))) is FileKind.WORD
    assert kind_of(SAMPLES / "account-ledger.xlsx") is FileKind.SHEET
    assert kind_of(SAMPLES / "old.doc") is FileKind.OLD_WORD
