from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, Qt, QUrl
from PySide6.QtGui import QFont, QGuiApplication, QImage, QImageWriter, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import FileUnreadableError
from app.models.content import Block, BlockKind, Picture
from app.models.finding import Finding, RuleKind, Severity
from app.services.text_checks import FieldFinding
from app.ui.editor.body_editor import BodyEditor
from app.ui.editor.body_tables import TableChange
from app.ui.editor.clip_blocks import MIME
from app.ui.editor.picture_shelf import PictureShelf
from app.ui.editor.typing_steps import PAUSE

P, H, B, N = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.BULLET, BlockKind.NUMBERED
PICTURE = Block(BlockKind.PICTURE, picture=Picture("a" * 64, "现场.jpg", "说明", "授权"))


def png(width: int = 8, height: int = 6, colour: Qt.GlobalColor = Qt.GlobalColor.red) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(colour)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def preview(data: bytes, side: int) -> bytes:
    if not data.startswith(b"\x89PNG"):
        raise FileUnreadableError("", "broken")
    return data


@pytest.fixture
def shelf() -> PictureShelf:
    return PictureShelf(preview, lambda sha256, side: png())


@pytest.fixture
def editor(qtbot: QtBot, shelf: PictureShelf) -> Iterator[BodyEditor]:
    field = BodyEditor(shelf)
    qtbot.addWidget(field)
    field.resize(640, 400)
    field.show()
    qtbot.waitExposed(field)
    yield field
    field.close()


def at(editor: BodyEditor, position: int, to: int | None = None) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(position)
    if to is not None:
        cursor.setPosition(to, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def words(editor: BodyEditor) -> list[tuple[str, str]]:
    return [(b.kind.value, b.plain) for b in editor.reading().blocks]


def mime(html: str = "", text: str = "", files: tuple[Path, ...] = (), image: QImage | None = None) -> QMimeData:
    found = QMimeData()
    if html:
        found.setHtml(html)
    if text:
        found.setText(text)
    if files:
        found.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    if image is not None:
        found.setImageData(image)
    return found


def commit(editor: BodyEditor, text: str, preedit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)


def finding(field: str, start: int, length: int, replacement: str | None = "***") -> FieldFinding:
    found = Finding(
        "mobile", Severity.BLOCK, RuleKind.MASKABLE, "第十条", start, length, 1, 1, "m", "s", "1**", replacement
    )
    return FieldFinding(field, found, "mobile")


# ---- undo ---------------------------------------------------------------------------------------


def test_an_empty_text_names_the_files_that_may_be_dropped_on_it(editor: BodyEditor) -> None:
    assert ".docx" in editor.placeholderText()
    assert ".txt" in editor.placeholderText()


def test_a_paste_is_one_step_back(editor: BodyEditor) -> None:
    editor.load((Block(P, "甲乙"),))
    at(editor, 1)
    editor.insertFromMimeData(
        mime("<h2>题</h2><p>一</p><ul><li>二</li></ul><table><tr><td>a</td><td>b</td></tr></table>")
    )
    assert [kind for kind, _ in words(editor)] == ["paragraph", "heading", "paragraph", "bullet", "table", "paragraph"]
    editor.undo()
    assert words(editor) == [("paragraph", "甲乙")]
    assert not editor.document().isUndoAvailable()


def test_a_sentence_typed_is_one_step_back(editor: BodyEditor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, "abc")
    commit(editor, "。")
    qtbot.keyClicks(editor, "def")
    editor.undo()
    assert words(editor) == [("paragraph", "abc。")]
    editor.undo()
    assert words(editor) == []


def test_typing_after_a_pause_is_a_step_of_its_own(editor: BodyEditor, qtbot: QtBot) -> None:
    moments = iter([0.0, 0.1, 0.1, 0.2 + PAUSE, 0.2 + PAUSE, 0.3 + PAUSE, 0.3 + PAUSE])
    editor._steps._clock = lambda: next(moments)
    qtbot.keyClicks(editor, "ab")
    editor._steps._clock = lambda: 10.0
    qtbot.keyClicks(editor, "cd")
    editor.undo()
    assert words(editor) == [("paragraph", "ab")]


def test_typing_elsewhere_is_a_step_of_its_own(editor: BodyEditor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, "ab")
    at(editor, 0)
    qtbot.keyClicks(editor, "cd")
    editor.undo()
    assert words(editor) == [("paragraph", "ab")]


def test_erasing_is_a_step_of_its_own(editor: BodyEditor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, "abcd")
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    editor.undo()
    assert words(editor) == [("paragraph", "abcd")]
    editor.redo()
    assert words(editor) == [("paragraph", "ab")]


def test_typing_after_undo_does_not_reach_back(editor: BodyEditor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, "ab")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "cd")
    editor.undo()
    qtbot.keyClicks(editor, "e")
    editor.undo()
    assert words(editor) == [("paragraph", "ab"), ("paragraph", "")]


def test_a_caption_typed_is_one_step_back(editor: BodyEditor) -> None:
    editor.load((PICTURE,))
    for caption in ("说", "说话", "说话了"):
        editor.set_picture_words(caption, "授权")
    assert editor.reading().blocks[0].picture == Picture("a" * 64, "现场.jpg", "说话了", "授权")
    editor.undo()
    assert editor.reading().blocks == (PICTURE,)
    assert editor.picture == PICTURE.picture


def test_a_picture_removed_comes_back_in_one_step(editor: BodyEditor) -> None:
    body = (Block(P, "前"), PICTURE, Block(P, "后"))
    editor.load(body)
    at(editor, 2)
    editor.remove_picture()
    assert words(editor) == [("paragraph", "前"), ("paragraph", "后")]
    editor.undo()
    assert editor.reading().blocks == body


# ---- keys ---------------------------------------------------------------------------------------


def test_headings_and_lists_are_left_by_enter_and_backspace(editor: BodyEditor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, "A")
    qtbot.keyClick(editor, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    editor.set_kind(N)
    qtbot.keyClicks(editor, "B")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "C")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "D")
    assert words(editor) == [("heading", "A"), ("numbered", "B"), ("numbered", "C"), ("paragraph", "D")]
    assert editor.reading().blocks[0].level == 2
    at(editor, 0)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert words(editor)[0] == ("paragraph", "A")


def test_items_go_on_counting_in_the_list_above(editor: BodyEditor) -> None:
    editor.load((Block(N, "一"), Block(P, "二"), Block(P, "三")))
    at(editor, 2, 5)
    editor.set_kind(N)
    block = editor.document().lastBlock()
    assert block.textList().itemNumber(block) == 2


def test_words_typed_at_a_picture_stand_beside_it(editor: BodyEditor, qtbot: QtBot) -> None:
    editor.load((PICTURE,))
    at(editor, 1)
    qtbot.keyClicks(editor, "z")
    at(editor, 0)
    commit(editor, "甲")
    assert words(editor) == [("paragraph", "甲"), ("picture", "说明"), ("paragraph", "z")]
    editor.undo()
    editor.undo()
    assert words(editor) == [("picture", "说明")]


def test_tab_walks_the_cells_and_then_leaves(editor: BodyEditor, qtbot: QtBot) -> None:
    editor.insert_table(1, 2)
    qtbot.keyClicks(editor, "a")
    assert editor.focusNextPrevChild(True)
    qtbot.keyClicks(editor, "b")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "c")
    assert editor.reading().blocks == (Block(BlockKind.TABLE, rows=(("a", "b\nc"),)),)
    editor.change_table(TableChange.ROW)
    editor.change_table(TableChange.DROP_COLUMN)
    assert editor.reading().blocks == (Block(BlockKind.TABLE, rows=(("a",), ("",))),)
    editor.change_table(TableChange.DROP_TABLE)
    assert editor.reading().blocks in {(), (Block(P), Block(P))}


def test_a_heading_is_drawn_larger_without_a_format_in_the_text(editor: BodyEditor) -> None:
    editor.load((Block(H, "题", 1), Block(P, "文")))
    first = editor.document().begin()
    drawn = first.layout().formats()
    assert drawn[0].format.fontWeight() == QFont.Weight.Bold
    assert first.begin().fragment().charFormat().isEmpty()
    assert not first.next().layout().formats()


# ---- input method -------------------------------------------------------------------------------


def test_nothing_is_told_while_an_input_method_composes(editor: BodyEditor, qtbot: QtBot) -> None:
    told: list[str] = []
    editor.edited.connect(lambda: told.append(editor.toPlainText()))
    for part in ("j", "ji", "jim", "jimi"):
        commit(editor, "", part)
        assert editor.composing
    assert told == []
    assert editor.reading().blocks == ()
    commit(editor, "机密")
    assert told == ["机密"]
    assert words(editor) == [("paragraph", "机密")]


def test_a_composition_given_up_changes_nothing(editor: BodyEditor) -> None:
    editor.load((Block(P, "甲"),))
    commit(editor, "", "ji")
    commit(editor, "", "")
    assert not editor.composing
    assert words(editor) == [("paragraph", "甲")]
    assert not editor.document().isUndoAvailable()


# ---- marks --------------------------------------------------------------------------------------


def test_a_mark_stands_under_its_words_behind_rare_characters(editor: BodyEditor) -> None:
    editor.load((Block(H, "𬭎𬘡", 1), Block(P, "𬭎😀电话13812345678。")))
    assert editor.show_findings([finding("block:1", 4, 11)], editor.reading())
    assert editor.marks.marks[0].cursor.selectedText() == "13812345678"
    assert editor.mask_words(editor.marks.marks[0].found)
    assert words(editor)[1] == ("paragraph", "𬭎😀电话***。")
    editor.undo()
    assert words(editor)[1] == ("paragraph", "𬭎😀电话13812345678。")


def test_a_mark_follows_its_words_and_goes_when_they_change(editor: BodyEditor, qtbot: QtBot) -> None:
    editor.load((Block(P, "x13812345678"),))
    found = finding("block:0", 1, 11)
    editor.show_findings([found], editor.reading())
    at(editor, 0)
    qtbot.keyClicks(editor, "ab")
    at(editor, editor.document().characterCount() - 1)
    qtbot.keyClicks(editor, "9")
    at(editor, 3)
    qtbot.keyClicks(editor, "c")
    assert editor.go_to(found)
    assert editor.textCursor().selectedText() == "13812345678"
    at(editor, 6)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.marks.marks == ()
    assert not editor.go_to(found)
    assert not editor.mask_words(found)


def test_findings_of_an_older_text_are_left_aside(editor: BodyEditor, qtbot: QtBot) -> None:
    editor.load((Block(P, "13812345678"),))
    reading = editor.reading()
    qtbot.keyClicks(editor, "x")
    assert not editor.show_findings([finding("block:0", 0, 11)], reading)
    assert editor.marks.marks == ()


def test_caption_licence_and_cells_are_masked_in_their_places(editor: BodyEditor) -> None:
    picture = Picture("a" * 64, "图", "𬭎13812345678", "找13812345678")
    editor.load((Block(BlockKind.PICTURE, picture=picture), Block(BlockKind.TABLE, rows=(("", "𬭎13812345678"),))))
    for name in ("block:0", "block:0:licence", "block:1:row:0:cell:1"):
        found = finding(name, 1, 11)
        assert editor.show_findings([found], editor.reading())
        assert editor.mask_words(found)
    masked, table = editor.reading().blocks
    assert masked.picture == Picture("a" * 64, "图", "𬭎***", "找***")
    assert table.rows == (("", "𬭎***"),)


def test_a_variant_marks_its_own_fields_only(qtbot: QtBot, shelf: PictureShelf) -> None:
    field = BodyEditor(shelf, prefix="variant:acc-2:")
    qtbot.addWidget(field)
    field.load((Block(P, "13812345678"),))
    field.show_findings([finding("block:0", 0, 11), finding("variant:acc-2:block:0", 0, 11)], field.reading())
    assert [mark.found.field for mark in field.marks.marks] == ["variant:acc-2:block:0"]


# ---- pictures and clipboard ---------------------------------------------------------------------


def test_a_dropped_picture_lands_in_place_and_waits_for_the_save(
    editor: BodyEditor, shelf: PictureShelf, tmp_path: Path
) -> None:
    file = tmp_path / "现场.png"
    file.write_bytes(png())
    editor.load((Block(P, "前后"),))
    at(editor, 1)
    editor.insertFromMimeData(mime(files=(file,)))
    before, middle, after = editor.reading().blocks
    assert (before.text, after.text) == ("前", "后")
    assert middle.picture is not None
    assert middle.picture.name == "现场.png"
    digest = middle.picture.sha256
    assert shelf.pending(frozenset({digest})) == {digest: png()}
    shelf.kept(frozenset({digest}))
    assert shelf.pending(frozenset({digest})) == {}
    assert shelf.image(digest) is not None


def test_a_broken_picture_is_told_of(editor: BodyEditor, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "坏.jpg"
    file.write_bytes(b"not a picture")
    with qtbot.waitSignal(editor.noted) as told:
        editor.insertFromMimeData(mime(files=(file,)))
    assert "坏.jpg" in told.args[0]
    assert editor.reading().blocks == ()


def test_other_files_are_handed_on(editor: BodyEditor, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "方案.pdf"
    file.write_bytes(b"%PDF")
    with qtbot.waitSignal(editor.files_dropped) as dropped:
        editor.insertFromMimeData(mime(files=(file,)))
    assert dropped.args[0] == (file,)


def test_a_screenshot_is_pasted(editor: BodyEditor) -> None:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    editor.insertFromMimeData(mime(image=image))
    assert [b.kind for b in editor.reading().blocks] == [BlockKind.PICTURE]


def test_cut_pictures_keep_caption_and_licence(editor: BodyEditor, shelf: PictureShelf) -> None:
    editor.load((Block(P, "前"), PICTURE, Block(N, "后")))
    assert shelf.image("a" * 64) is not None
    editor.selectAll()
    copied = editor.createMimeDataFromSelection()
    assert copied.text() == "前\n说明\n后"
    editor.load(())
    editor.insertFromMimeData(copied)
    assert editor.reading().blocks == (Block(P, "前"), PICTURE, Block(N, "后"))


def test_foreign_bytes_under_our_name_do_no_harm(editor: BodyEditor) -> None:
    for raw in (
        b"",
        b"[",
        b"[1]",
        b'[{"kind":"x"}]',
        b"[" * 100_000,
        b'[{"kind":"picture","text":"","level":0,"rows":[],"picture":null}]',
    ):
        foreign = mime(text="字")
        foreign.setData(MIME, raw)
        editor.load(())
        editor.insertFromMimeData(foreign)
        assert words(editor) == [("paragraph", "字")]
    unknown = QMimeData()
    unknown.setData(MIME, b'[{"kind":"picture","text":"","level":0,"rows":[],"picture":["f","n","c","l"]}]')
    editor.load(())
    editor.insertFromMimeData(unknown)
    assert editor.reading().blocks == ()


# ---- secrets ------------------------------------------------------------------------------------


def test_a_cleared_secret_is_nowhere(editor: BodyEditor, shelf: PictureShelf, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "密.png"
    file.write_bytes(png())
    qtbot.keyClicks(editor, "abc")
    editor.insertFromMimeData(mime(text="机密★"))
    editor.insertFromMimeData(mime(files=(file,)))
    digest = next(b.picture.sha256 for b in editor.reading().blocks if b.picture)
    commit(editor, "", "jimi")
    editor.clear_secret()
    document = editor.document()
    assert editor.reading().blocks == ()
    assert not document.isUndoAvailable()
    assert not document.isRedoAvailable()
    document.undo()
    document.redo()
    assert document.toPlainText() == ""
    assert "机密" not in document.toHtml()
    assert not shelf.knows(digest)
    assert shelf.pending(frozenset({digest})) == {}
    qtbot.keyClicks(editor, "x")
    editor.undo()
    assert editor.reading().blocks == ()


def test_a_paste_on_its_way_does_not_come_back_after_clearing(qtbot: QtBot, tmp_path: Path) -> None:
    waiting: list[tuple[object, object]] = []
    shelf = PictureShelf(preview, lambda sha256, side: png())
    field = BodyEditor(shelf, run=lambda job, done, failed: waiting.append((job, done)))
    qtbot.addWidget(field)
    file = tmp_path / "密.png"
    file.write_bytes(png())
    field.insertFromMimeData(mime(files=(file,)))
    ((job, done),) = waiting
    field.clear_secret()
    done(job())  # type: ignore[operator]
    assert field.reading().blocks == ()
    assert not shelf.knows("")


def test_pictures_on_their_way_are_drawn_when_they_arrive(qtbot: QtBot) -> None:
    waiting: list[tuple[object, object]] = []
    shelf = PictureShelf(
        preview, lambda sha256, side: png(600, 300), lambda job, done, failed: waiting.append((job, done))
    )
    field = BodyEditor(shelf)
    qtbot.addWidget(field)
    field.resize(600, 500)
    field.load((PICTURE,))
    field.grab()
    before = field.document().size().height()
    ((job, done),) = waiting
    done(job())  # type: ignore[operator]
    field.grab()
    assert field.document().size().height() > before
    assert not field.document().isModified()


def test_the_clipboard_is_left_alone_by_a_paste(editor: BodyEditor) -> None:
    QGuiApplication.clipboard().setText("甲\r\n\r\n　　乙\u2029丙")
    editor.paste()
    assert words(editor) == [("paragraph", "甲"), ("paragraph", "乙"), ("paragraph", "丙")]


def test_a_change_of_theme_redraws_the_marks(editor: BodyEditor) -> None:
    editor.load((Block(P, "13812345678"),))
    editor.show_findings([finding("block:0", 0, 11)], editor.reading())
    editor.changeEvent(QEvent(QEvent.Type.StyleChange))
    assert len(editor.extraSelections()) == 1
    assert not editor.document().isUndoAvailable()
