"""What can be done to a body at a cursor, each as one step of undo."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextList

from app.models.content import Block, BlockKind, Picture, parted
from app.ui.editor.block_document import insert_blocks
from app.ui.editor.body_formats import (
    LISTS,
    OBJECT,
    SOFT_BREAK,
    block_format,
    kind_of,
    list_format,
    picture_format,
    picture_of,
)
from app.ui.editor.plain_characters import unify_blocks
from app.ui.editor.text_offsets import code_point_index


@contextmanager
def one_step(cursor: QTextCursor) -> Iterator[None]:
    """Hold several changes within one step of undo."""
    cursor.beginEditBlock()
    try:
        yield
    finally:
        cursor.endEditBlock()


def picture_at(block: QTextBlock) -> tuple[int, Picture] | None:
    """Return the picture of a block with the position of its character."""
    if not block.isValid() or OBJECT not in block.text():
        return None
    run = block.begin()
    while not run.atEnd():
        fragment = run.fragment()
        picture = picture_of(fragment.charFormat())
        if picture is not None:
            return fragment.position(), picture
        run += 1
    return None


def set_kind(cursor: QTextCursor, kind: BlockKind, level: int = 0) -> None:
    """Make the selected blocks paragraphs, items or headings; pictures and cells stay what they are."""
    with one_step(cursor):
        items: QTextList | None = None
        for block in _selected(cursor):
            here = QTextCursor(block)
            if here.currentTable() is not None or picture_at(block) is not None:
                items = None
                continue
            if kind_of(block) == (kind, level):
                items = block.textList()
                continue
            here.setBlockFormat(block_format(kind, level))
            if kind in LISTS:
                items = items or _neighbour_list(block, kind)
                if items is not None:
                    items.add(block)
                else:
                    items = here.createList(list_format(kind))


def insert_at(cursor: QTextCursor, blocks: tuple[Block, ...]) -> None:
    """Put blocks in place of the selection: a first paragraph goes on where the cursor stands, as does the rest."""
    blocks = parted(unify_blocks(blocks))
    if not blocks:
        return
    with one_step(cursor):
        cursor.removeSelectedText()
        if cursor.currentTable() is not None:
            words = "\n".join(block.plain for block in blocks if block.picture is None)
            cursor.insertText(words.replace("\n", SOFT_BREAK), QTextCharFormat())
            return
        if picture_at(cursor.block()) is not None:
            leave_picture(cursor)
        first, *rest = blocks
        if first.kind is BlockKind.PARAGRAPH and (not rest or not cursor.atBlockStart()):
            cursor.insertText(first.text.replace("\n", SOFT_BREAK), QTextCharFormat())
            blocks = tuple(rest)
        if blocks:
            _insert_between(cursor, blocks)


def _insert_between(cursor: QTextCursor, blocks: tuple[Block, ...]) -> None:
    fresh = cursor.atBlockStart()
    tail = not cursor.atBlockEnd()
    if tail:
        cursor.insertBlock()
        cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    insert_blocks(cursor, blocks, fresh=fresh)
    if tail and blocks[-1].kind is BlockKind.PARAGRAPH:
        place = cursor.position()
        cursor.deleteChar()
        cursor.setPosition(place)


def leave_picture(cursor: QTextCursor) -> None:
    """Open an empty paragraph before or behind the picture the cursor is at, on the cursor's side."""
    before = cursor.atBlockStart()
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock if before else QTextCursor.MoveOperation.EndOfBlock)
    kept = cursor.blockFormat()
    cursor.insertBlock(block_format(BlockKind.PARAGRAPH), QTextCharFormat())
    if before:
        cursor.setBlockFormat(kept)
        cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
        cursor.setBlockFormat(block_format(BlockKind.PARAGRAPH))


def set_picture(cursor: QTextCursor, position: int, picture: Picture) -> None:
    """Exchange the picture at a position, e.g. for the same one with another caption."""
    cursor.setPosition(position)
    cursor.setPosition(position + 1, QTextCursor.MoveMode.KeepAnchor)
    # A new character rather than a new format: Qt miscounts when it takes several changes of format back at once.
    cursor.insertText(OBJECT, picture_format(picture))


def remove_picture(cursor: QTextCursor, position: int) -> None:
    """Take a picture out with its block."""
    with one_step(cursor):
        cursor.setPosition(position)
        cursor.deleteChar()
        if cursor.block().length() == 1:
            if cursor.block().next().isValid():
                cursor.deleteChar()
            else:
                cursor.deletePreviousChar()
        if cursor.block().length() == 1:
            cursor.setBlockFormat(block_format(BlockKind.PARAGRAPH))


def replace_words(text: str, start: int, length: int, replacement: str) -> str:
    """Exchange some code points of a text."""
    return text[:start] + replacement + text[start + length :]


def erase_backwards_ends_kind(cursor: QTextCursor) -> bool:
    """Say whether Backspace here only makes a heading or item a paragraph."""
    plain = cursor.currentTable() is None and not cursor.hasSelection() and cursor.atBlockStart()
    return plain and kind_of(cursor.block())[0] is not BlockKind.PARAGRAPH


def character_before(cursor: QTextCursor) -> str:
    """Return the character before the cursor within its block."""
    text, offset = cursor.block().text(), cursor.positionInBlock()
    return text[code_point_index(text, offset - 1)] if offset else ""


def _selected(cursor: QTextCursor) -> list[QTextBlock]:
    document = cursor.document()
    block = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd()).blockNumber()
    blocks: list[QTextBlock] = []
    while block.isValid() and block.blockNumber() <= last:
        blocks.append(block)
        block = block.next()
    return blocks


def _neighbour_list(block: QTextBlock, kind: BlockKind) -> QTextList | None:
    """Return the list just above, so that its numbers go on."""
    above = block.previous()
    if above.isValid() and kind_of(above)[0] is kind:
        found: QTextList | None = above.textList()
        return found
    return None
