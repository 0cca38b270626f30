import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from app.models.content import Block, BlockKind, Picture
from app.ui.editor.block_document import (
    Placed,
    insert_blocks,
    load_blocks,
    read_blocks,
)
from app.ui.editor.body_formats import OBJECT, picture_format
from app.ui.editor.plain_characters import unify, unify_blocks
from app.ui.editor.text_offsets import code_point_index, utf16_length, utf16_offset

pytestmark = pytest.mark.usefixtures("qapp")

ODD = "\u2028\u2029\r\n\v\f\x85\ufffc\ufdd0\x00\ufeff\u200b\ud800 \t\u00a0\u3000a机密★𬭎𠮷👨\u200d👩\u200d👧😀"
words = st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=12)
rows = st.lists(st.lists(words, max_size=3).map(tuple), max_size=3).map(tuple)
picture = st.builds(
    Picture, st.sampled_from(["a" * 64, "b" * 64]), words.map(unify), words.map(unify), words.map(unify)
)
block = st.one_of(
    st.builds(Block, st.sampled_from([BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.NUMBERED]), words),
    st.builds(Block, st.just(BlockKind.HEADING), words, st.integers(1, 3)),
    st.builds(Block, st.just(BlockKind.TABLE), st.just(""), st.just(0), rows),
    st.builds(Block, st.just(BlockKind.PICTURE), st.just(""), st.just(0), st.just(()), picture),
)
bodies = st.lists(block, max_size=8).map(tuple)

SAMPLE = (
    Block(BlockKind.HEADING, "一、基本情况", 1),
    Block(BlockKind.PARAGRAPH, "𬭎𬘡𫖯同志到场。\n第二行"),
    Block(BlockKind.BULLET, "一"),
    Block(BlockKind.BULLET, "二"),
    Block(BlockKind.NUMBERED, "甲"),
    Block(BlockKind.NUMBERED, ""),
    Block(BlockKind.TABLE, rows=(("街道", "人数"), ("示例街道",))),
    Block(BlockKind.TABLE, rows=((), ("x\ny",))),
    Block(BlockKind.PICTURE, picture=Picture("a" * 64, "现场.jpg", "演练现场", "本单位拍摄")),
    Block(BlockKind.PARAGRAPH, ""),
)


def loaded(blocks: tuple[Block, ...]) -> QTextDocument:
    document = QTextDocument()
    load_blocks(document, blocks)
    return document


def test_a_body_comes_back_as_it_was_written() -> None:
    assert read_blocks(loaded(SAMPLE)).blocks == SAMPLE


@settings(max_examples=150, deadline=None)
@given(bodies)
def test_any_body_comes_back_whole(blocks: tuple[Block, ...]) -> None:
    tidy = unify_blocks(blocks)
    assert unify_blocks(tidy) == tidy
    assert read_blocks(loaded(blocks)).blocks == tidy


@pytest.mark.release
@settings(max_examples=3000, deadline=None)
@given(bodies)
def test_thousands_of_bodies_come_back_whole(blocks: tuple[Block, ...]) -> None:
    assert read_blocks(loaded(blocks)).blocks == unify_blocks(blocks)


@settings(max_examples=60, deadline=None)
@given(bodies)
def test_every_text_is_found_at_its_place(blocks: tuple[Block, ...]) -> None:
    document = loaded(blocks)
    reading = read_blocks(document)
    for number, found in enumerate(reading.blocks):
        if found.kind is BlockKind.TABLE:
            continue
        placed = reading.places[f"block:{number}"]
        cursor = QTextCursor(document)
        cursor.setPosition(placed.position)
        length = 1 if found.picture else utf16_length(placed.text)
        cursor.setPosition(placed.position + length, QTextCursor.MoveMode.KeepAnchor)
        assert cursor.selectedText() == (OBJECT if found.picture else placed.text)


def test_a_cell_is_found_at_its_place() -> None:
    document = loaded((Block(BlockKind.TABLE, rows=(("a", "𬭎b"), ("", "c\nd"))),))
    placed = read_blocks(document).places["block:0:row:1:cell:1"]
    cursor = QTextCursor(document)
    cursor.setPosition(placed.position + 2)
    cursor.setPosition(placed.position + 3, QTextCursor.MoveMode.KeepAnchor)
    assert (placed.text, cursor.selectedText()) == ("c\u2028d", "d")


def test_an_empty_document_has_no_body() -> None:
    assert read_blocks(loaded(())).blocks == ()
    assert read_blocks(loaded((Block(BlockKind.PARAGRAPH),))).blocks == ()


def test_an_empty_paragraph_beside_a_table_is_kept_when_somebody_wrote_it() -> None:
    table = Block(BlockKind.TABLE, rows=(("a",),))
    empty = Block(BlockKind.PARAGRAPH)
    for blocks in ((table, empty), (empty, table), (table, empty, table), (empty, empty, table, table, empty, empty)):
        assert read_blocks(loaded(blocks)).blocks == blocks


def test_words_typed_beside_a_table_are_a_paragraph() -> None:
    document = loaded((Block(BlockKind.TABLE, rows=(("a",),)),))
    QTextCursor(document).insertText("前")
    end = QTextCursor(document)
    end.movePosition(QTextCursor.MoveOperation.End)
    end.insertText("后")
    assert [b.text for b in read_blocks(document).blocks] == ["前", "", "后"]


def test_words_beside_a_picture_become_blocks_of_their_own() -> None:
    document = QTextDocument()
    cursor = QTextCursor(document)
    cursor.insertText("前𬭎")
    cursor.insertText(OBJECT + OBJECT, picture_format(Picture("a" * 64, "图", "说明", "授权")))
    cursor.insertText("后")
    reading = read_blocks(document)
    assert [b.kind for b in reading.blocks] == ["paragraph", "picture", "picture", "paragraph"]
    assert reading.places["block:2"] == Placed(4, "说明", whole=True)
    assert reading.places["block:2:licence"] == Placed(4, "授权", whole=True)
    assert reading.places["block:3"] == Placed(5, "后")


def test_loading_leaves_nothing_to_undo() -> None:
    document = loaded(SAMPLE)
    load_blocks(document, SAMPLE[:2])
    assert not document.isUndoAvailable()
    assert not document.isModified()
    assert read_blocks(document).blocks == SAMPLE[:2]


def test_inserted_blocks_are_one_step_back() -> None:
    document = loaded(())
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    insert_blocks(cursor, SAMPLE, fresh=True)
    cursor.endEditBlock()
    assert read_blocks(document).blocks == SAMPLE
    document.undo()
    assert read_blocks(document).blocks == ()
    document.redo()
    assert read_blocks(document).blocks == SAMPLE


@given(st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("𬭎𠮷😀"))), st.data())
def test_positions_agree_with_utf_16(text: str, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(text)))
    offset = utf16_offset(text, index)
    assert offset == len(text[:index].encode("utf-16-le")) // 2
    assert code_point_index(text, offset) == index


def test_the_second_half_of_a_pair_belongs_to_its_character() -> None:
    assert code_point_index("a𬭎b", 2) == 1
    assert code_point_index("a𬭎b", 3) == 2
