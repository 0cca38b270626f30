import tempfile
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from app.models.content import LONG_PARAGRAPH, Block, BlockKind
from app.models.draft import TEXT_LIMIT
from app.ui.editor.pasted_text import (
    LARGEST_HTML,
    RTF_ONLY,
    Clip,
    Pasted,
    PastedPicture,
    is_clip_file,
    plain_blocks,
    read_clip,
    take_clip,
)

pytestmark = pytest.mark.usefixtures("qapp")
P = BlockKind.PARAGRAPH


def test_plain_text_with_mixed_line_ends() -> None:
    text = "甲\r\n\r\n　　乙\r丙\u2029丁\x0b戊\u00a0己\n \t\n\ufeff庚\u200b\x00\u202e"
    assert [b.text for b in plain_blocks(text)] == ["甲", "乙", "丙", "丁", "戊 己", "庚"]


def test_dropped_files_come_first_and_only_pictures_go_into_the_text(tmp_path: Path) -> None:
    picture, paper, missing = tmp_path / "图.PNG", tmp_path / "a.pdf", tmp_path / "无.jpg"
    picture.write_bytes(b"png")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(p)) for p in (picture, paper, missing)])
    mime.setText(str(picture))
    pasted = read_clip(take_clip(mime))
    assert pasted.pieces == (PastedPicture(b"png", "图.PNG"),)
    assert pasted.others == (paper,)
    assert "无.jpg" in pasted.notes[0]


def test_files_on_other_machines_are_not_opened() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("file://server/share/a.png"), QUrl("https://example.cn/a.png")])
    assert take_clip(mime).files == ()
    pasted = read_clip(Clip(html="<img src='file://server/share/a.png'><img src='https://example.cn/a.png'>"))
    assert pasted.pieces == ()
    assert len(pasted.notes) == 2


def test_a_page_cannot_bring_a_file_of_this_pc_with_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = Path.home() / "no-such-secret.png"
    for address in ("file:///etc/passwd", secret.as_uri(), "C:\\Users\\a\\b.png", "file:///tmp/../etc/passwd.png"):
        pasted = read_clip(Clip(html=f"<p>字<img src='{address}'></p>"))
        assert pasted.pieces == (Block(P, "字"),)
        assert "没有随文字贴入" in pasted.notes[0]
    assert not is_clip_file(Path("/etc/passwd"))


def test_a_name_of_another_system_is_no_clip_file_wherever_the_program_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert is_clip_file(tmp_path / "clip_image001.png")
    assert not is_clip_file(Path("clip_image001.png"))


def test_pictures_that_word_laid_out_for_the_clipboard_are_taken() -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "clip_image002.jpg"
        file.write_bytes(b"jpg")
        pasted = read_clip(Clip(html=f"<p>字<img src='{file.as_uri()}'></p>"))
        assert pasted.pieces == (Block(P, "字"), PastedPicture(b"jpg", "clip_image002.jpg"))
        link = Path(folder) / "link.png"
        link.symlink_to("/etc/passwd")
        assert not is_clip_file(link)


def test_a_lone_picture_with_its_page_address_is_taken_from_the_clipboard() -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(0)
    mime = QMimeData()
    mime.setHtml("<img src='https://example.cn/a.png'>")
    mime.setImageData(image)
    (piece,) = read_clip(take_clip(mime)).pieces
    assert isinstance(piece, PastedPicture)
    assert piece.data.startswith(b"\x89PNG")


def test_words_are_preferred_to_a_picture_of_them() -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    pasted = read_clip(Clip(html="<table><tr><td>a</td><td>b</td></tr></table>", text="a\tb", image=image))
    assert pasted.pieces == (Block(BlockKind.TABLE, rows=(("a", "b"),)),)


def test_a_page_beyond_all_measure_is_taken_as_plain_text() -> None:
    mime = QMimeData()
    mime.setHtml("<p>" + "x" * LARGEST_HTML)
    mime.setText("字")
    assert read_clip(take_clip(mime)).pieces == (Block(P, "字"),)


def test_more_than_a_body_may_hold_is_refused_in_words() -> None:
    pasted = read_clip(Clip(text="字" * (TEXT_LIMIT + 1)))
    assert pasted.pieces == ()
    assert str(TEXT_LIMIT) in pasted.notes[0]
    whole = read_clip(Clip(text="字" * TEXT_LIMIT))
    assert sum(len(piece.text) for piece in whole.pieces if isinstance(piece, Block)) == TEXT_LIMIT


def test_a_paragraph_of_a_whole_book_is_parted_behind_sentences() -> None:
    text = "一二三四五六七八九。" * 5_000
    pasted = read_clip(Clip(text=text))
    parts = [piece.text for piece in pasted.pieces if isinstance(piece, Block)]
    assert "".join(parts) == text
    assert all(len(part) <= LONG_PARAGRAPH and part.endswith("。") for part in parts)
    assert f"分成 {len(parts)} 段" in pasted.notes[0]


def test_a_long_paragraph_without_a_sentence_is_parted_all_the_same_and_keeps_its_words() -> None:
    pasted = read_clip(Clip(text="字" * (LONG_PARAGRAPH * 2 + 1)))
    parts = [piece.text for piece in pasted.pieces if isinstance(piece, Block)]
    assert [len(part) for part in parts] == [LONG_PARAGRAPH, LONG_PARAGRAPH, 1]
    assert "字句没有改动" in pasted.notes[0]


def test_a_table_of_a_whole_ledger_becomes_lines() -> None:
    html = "<table>" + "<tr><td>甲</td><td></td><td>乙</td></tr>" * 900 + "</table>"
    pasted = read_clip(Clip(html=html))
    assert set(pasted.pieces) == {Block(P, "甲　乙")}
    assert len(pasted.pieces) == 900
    assert "附件" in pasted.notes[0]


@pytest.mark.parametrize(
    "kind", ["text/rtf", "application/rtf", 'application/x-qt-windows-mime;value="Rich Text Format"']
)
def test_a_program_that_puts_up_rtf_alone_is_told_of_and_never_read_as_words(kind: str) -> None:
    mime = QMimeData()
    mime.setData(kind, rb"{\rtf1\ansi words}")
    assert read_clip(take_clip(mime)) == Pasted((), (RTF_ONLY,))
    mime.setText("字")
    assert read_clip(take_clip(mime)).pieces == (Block(BlockKind.PARAGRAPH, "字"),)
