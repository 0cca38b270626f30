import os
import shutil
import struct
from pathlib import Path

import pytest

from app.errors import FileUnreadableError
from app.intake.dropped_file import read_dropped
from tests.intake.word_maker import docx, image, p

SAMPLES = Path(__file__).parent.parent / "data" / "samples"


def ole(*names: str) -> bytes:
    """Make the smallest compound file with streams of these names."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHH", header, 24, 0x3E, 3, 0xFFFE, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<II", header, 68, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    directory = b""
    for name in ("Root Entry", *names):
        coded = name.encode("utf-16-le")
        entry = bytearray(128)
        entry[: len(coded)] = coded
        struct.pack_into("<HB", entry, 64, len(coded) + 2, 5 if name == "Root Entry" else 2)
        directory += bytes(entry)
    return bytes(header) + table + directory.ljust(512, b"\0")


def reason(path: Path) -> str:
    with pytest.raises(FileUnreadableError) as refused:
        read_dropped(path)
    assert refused.value.name == path.name
    return refused.value.reason


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "notice.docx", tmp_path / "通知.txt")
    shutil.copy(SAMPLES / "notice-gb18030.txt", tmp_path / "通知.docx")
    assert read_dropped(tmp_path / "通知.txt").title == "关于开展冬季便民服务日活动的通知"
    text = read_dropped(tmp_path / "通知.docx")
    assert text.title == "关于调整窗口服务时间的通知"
    assert "𬭎某、㛃某" in text.blocks[0].text


def test_a_text_that_begins_with_two_letters_of_a_bitmap_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("BM 品牌活动\n\n今天上午举行。", encoding="utf-8")
    assert read_dropped(tmp_path / "a.txt").title == "BM 品牌活动"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("锁.docx", ole("EncryptedPackage", "EncryptionInfo"), "encrypted"),
        ("旧.docx", ole("WordDocument", "1Table"), "old_word"),
        ("旧.wps", ole("WordDocument"), "wps"),
        ("旧.et", ole("Workbook"), "old_excel"),
        ("甲.wps", ole("CONTENTS"), "wps"),
        ("甲.doc", ole("Foo"), "not_text"),
        ("断.doc", ole("WordDocument")[:900], "broken"),
        ("网页.doc", b"<html><body>\xe9\x80\x9a</body></html>", "old_word"),
        ("富文本.rtf", rb"{\rtf1 abc}", "rtf"),
        ("富文本.doc", b"\xef\xbb\xbf{\\rtf1 abc}", "rtf"),
        ("网页.htm", b"<!DOCTYPE html>", "not_text"),
        ("图.docx", image(), "not_text"),
        ("a.pdf", b"%PDF-1.7\n", "not_text"),
        ("手机.heic", b"\0\0\0\x18ftypheic" + bytes(30), "heic"),
        ("空.docx", b"", "empty"),
        ("断.docx", b"PK\x03\x04" + bytes(50), "broken"),
        ("空白.txt", b" \r\n", "no_text"),
        ("无标记.txt", "关于放假的通知，各单位。123456".encode("utf-16-le"), "unknown_encoding"),
        ("程序.txt", b"MZ\x00\x01\x02", "unknown_kind"),
    ],
)
def test_what_cannot_be_taken_in_says_why(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert reason(tmp_path / name) == expected


def test_the_real_old_word_file_and_the_sheets_are_refused() -> None:
    assert reason(SAMPLES / "old.doc") == "old_word"
    assert reason(SAMPLES / "account-ledger.xlsx") == "not_text"


def test_a_missing_file_a_folder_and_a_pipe_are_refused_at_once(tmp_path: Path) -> None:
    assert reason(tmp_path / "没有.docx") == "missing"
    assert reason(tmp_path) == "folder"
    os.mkfifo(tmp_path / "管.txt")
    assert reason(tmp_path / "管.txt") == "unknown_kind"


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = docx(tmp_path / "a.docx", p("正文"))

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # Not by chmod: the tests may run as root, who may read everything.
    monkeypatch.setattr(Path, "open", refused)
    assert reason(path) == "no_permission"


def test_a_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.write(b"text")
        file.truncate(21 * 1024 * 1024)
    assert reason(path) in {"too_large", "not_text"}
    with path.open("wb") as file:
        file.truncate(600 * 1024 * 1024)
    assert reason(path) == "too_large"


def test_a_compound_file_whose_directory_runs_in_a_circle_ends(tmp_path: Path) -> None:
    data = bytearray(ole("WordDocument"))
    struct.pack_into("<I", data, 512 + 4, 1)
    (tmp_path / "圈.doc").write_bytes(bytes(data))
    assert reason(tmp_path / "圈.doc") == "broken"
