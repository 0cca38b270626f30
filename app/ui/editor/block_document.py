"""A body as a text document and back, without loss.

A heading is a text block with a heading level, an item belongs to a list, a table is a table, and a picture is
one object character in a block of its own. Nothing is said by character formats but the picture: fonts and
colours are the editor's look, not content.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import (
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrame,
    QTextList,
    QTextTable,
)

from app.models.content import Block, BlockKind
from app.ui.editor.body_formats import (
    LISTS,
    OBJECT,
    SOFT_BREAK,
    block_format,
    is_absent,
    is_stopgap,
    kind_of,
    list_format,
    mark_absent,
    picture_format,
    picture_of,
    stopgap_format,
    table_format,
)
from app.ui.editor.plain_characters import unify_blocks
from app.ui.editor.text_offsets import utf16_length


@dataclass(frozen=True)
class Placed:
    """Where a text of the body stands: its position in UTF-16 units, and the text itself.

    `whole` says that the text is a picture's caption or licence, placed at the picture's one character.
    """

    position: int
    text: str
    whole: bool = False


@dataclass(frozen=True)
class BodyReading:
    """A body as read from its document.

    `places` are keyed as the text check names fields: `block:3`, `block:3:row:1:cell:2`, `block:3:licence`; a
    picture's caption and licence are placed at its object character. `revision` is that of the document.
    """

    blocks: tuple[Block, ...]
    places: dict[str, Placed]
    revision: int


# ---- writing ------------------------------------------------------------------------------------


def load_blocks(document: QTextDocument, blocks: tuple[Block, ...]) -> None:
    """Fill a document with a body; there is nothing to undo afterwards."""
    document.setUndoRedoEnabled(False)
    document.clear()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setBlockFormat(block_format(BlockKind.PARAGRAPH))
    insert_blocks(cursor, unify_blocks(blocks), fresh=True)
    cursor.endEditBlock()
    document.setUndoRedoEnabled(True)
    document.setModified(False)


def insert_blocks(cursor: QTextCursor, blocks: tuple[Block, ...], *, fresh: bool) -> None:
    """Write blocks one after the other; `fresh` says that the cursor stands in an empty block to begin with.

    The cursor ends after the last of them; after a table in the block below it. The caller opens the edit block.
    """
    items: QTextList | None = None
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            _insert_table(cursor, block, fresh=fresh)
            items, fresh = None, True
            continue
        shape = block_format(block.kind, block.level)
        goes_on = items is not None and not fresh and items.format().style() is LISTS.get(block.kind)
        if goes_on:
            # The next item of the same list: quicker than a block that is put into the list afterwards.
            cursor.insertBlock()
        elif fresh:
            cursor.setBlockFormat(shape)
        else:
            cursor.insertBlock(shape, QTextCharFormat())
        if not goes_on:
            items = cursor.createList(list_format(block.kind)) if block.kind in LISTS else None
        if block.picture is not None:
            cursor.insertText(OBJECT, picture_format(block.picture))
        else:
            cursor.insertText(block.text.replace("\n", SOFT_BREAK), QTextCharFormat())
        fresh = False


def _insert_table(cursor: QTextCursor, block: Block, *, fresh: bool) -> None:
    if fresh:
        cursor.setBlockFormat(stopgap_format())
    columns = max(len(row) for row in block.rows)
    table = cursor.insertTable(len(block.rows), columns, table_format())
    for r, row in enumerate(block.rows):
        for c in range(columns):
            cell = table.cellAt(r, c)
            if c < len(row):
                if row[c]:
                    cell.firstCursorPosition().insertText(row[c].replace("\n", SOFT_BREAK))
            else:
                mark_absent(cell)
    cursor.setPosition(table.lastPosition() + 1)
    cursor.setBlockFormat(stopgap_format())


# ---- reading ------------------------------------------------------------------------------------


def read_blocks(document: QTextDocument) -> BodyReading:
    """Read a body from its document."""
    reading = _Reading(document)
    reading.take(document.rootFrame())
    if reading.blocks == [Block(BlockKind.PARAGRAPH)]:
        return BodyReading((), {}, document.revision())
    return BodyReading(tuple(reading.blocks), reading.places, document.revision())


class _Reading:
    """Walks a document once."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self.blocks: list[Block] = []
        self.places: dict[str, Placed] = {}

    def take(self, frame: QTextFrame) -> None:
        # An empty block beside a table stands for nothing unless somebody put it there.
        held: QTextBlock | None = None
        after_table = False
        walk = frame.begin()
        while not walk.atEnd():
            child = walk.currentFrame()
            if isinstance(child, QTextTable):
                held, after_table = None, True
                self._table(child)
            else:
                if held is not None:
                    self._text_block(held)
                    held = None
                block = walk.currentBlock()
                if not is_stopgap(block):
                    self._text_block(block)
                elif not after_table:
                    held = block
                after_table = False
            walk += 1
        if held is not None:
            self._text_block(held)

    def _text_block(self, block: QTextBlock) -> None:
        kind, level = kind_of(block)
        text = block.text()
        if OBJECT not in text:
            self._add(Block(kind, text.replace(SOFT_BREAK, "\n"), level), block.position(), text)
            return
        # Words beside a picture become blocks of their own, so that every picture stands alone.
        at = block.position()
        for piece, shape in _runs(block):
            if (picture := picture_of(shape)) is not None:
                for place in range(at, at + piece.count(OBJECT)):
                    self._add(Block(BlockKind.PICTURE, picture=picture), place, picture.caption, whole=True)
                    self.places[f"block:{len(self.blocks) - 1}:licence"] = Placed(place, picture.licence, whole=True)
            elif words := piece.replace(OBJECT, ""):
                self._add(Block(kind, words.replace(SOFT_BREAK, "\n"), level), at, words)
            at += utf16_length(piece)

    def _add(self, block: Block, position: int, text: str, *, whole: bool = False) -> None:
        self.places[f"block:{len(self.blocks)}"] = Placed(position, text, whole)
        self.blocks.append(block)

    def _table(self, table: QTextTable) -> None:
        number = len(self.blocks)
        rows: list[tuple[str, ...]] = []
        for r in range(table.rows()):
            row: list[str] = []
            filled = 0
            for c in range(table.columns()):
                cell = table.cellAt(r, c)
                start, end = cell.firstPosition(), cell.lastPosition()
                text = _words(self._document, start, end)
                self.places[f"block:{number}:row:{r}:cell:{c}"] = Placed(start, text)
                row.append(text.replace(SOFT_BREAK, "\n"))
                if text or not is_absent(cell):
                    filled = c + 1
            rows.append(tuple(row[:filled]))
        self.blocks.append(Block(BlockKind.TABLE, rows=tuple(rows)))


def _words(document: QTextDocument, start: int, end: int) -> str:
    """Return the words between two positions of a cell, its blocks parted by line breaks."""
    parts: list[str] = []
    block = document.findBlock(start)
    while block.isValid() and block.position() <= end:
        parts.append(block.text().replace(OBJECT, ""))
        block = block.next()
    return "\n".join(parts)


def _runs(block: QTextBlock) -> Iterator[tuple[str, QTextCharFormat]]:
    run = block.begin()
    while not run.atEnd():
        fragment = run.fragment()
        if fragment.isValid():
            yield fragment.text(), fragment.charFormat()
        run += 1
