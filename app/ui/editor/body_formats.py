"""How a body's blocks are written down in a text document: the formats that carry meaning, and no other."""

from dataclasses import replace
from typing import Final

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextLength,
    QTextList,
    QTextListFormat,
    QTextTableCell,
    QTextTableFormat,
)

from app.models.content import BlockKind, Picture
from app.ui.editor.plain_characters import unify
from app.ui.theme import px

OBJECT: Final = "\ufffc"
SOFT_BREAK: Final = "\u2028"
PICTURE_OBJECT: Final = QTextFormat.ObjectTypes.UserObject.value + 1

_PICTURE_DIGEST: Final = QTextFormat.Property.UserProperty.value + 1
_PICTURE_NAME: Final = _PICTURE_DIGEST + 1
_PICTURE_CAPTION: Final = _PICTURE_DIGEST + 2
_PICTURE_LICENCE: Final = _PICTURE_DIGEST + 3
_STOPGAP: Final = _PICTURE_DIGEST + 4
"""Marks the empty block that a text document needs beside a table; while empty it is no paragraph of the body."""
_ABSENT: Final = _PICTURE_DIGEST + 5
"""Marks a cell that fills up a row shorter than its table."""

LISTS: Final = {
    BlockKind.BULLET: QTextListFormat.Style.ListDisc,
    BlockKind.NUMBERED: QTextListFormat.Style.ListDecimal,
}


def picture_format(picture: Picture) -> QTextCharFormat:
    """Return the character format of a picture's object character."""
    shape = QTextCharFormat()
    shape.setObjectType(PICTURE_OBJECT)
    shape.setProperty(_PICTURE_DIGEST, picture.sha256)
    shape.setProperty(_PICTURE_NAME, picture.name)
    shape.setProperty(_PICTURE_CAPTION, picture.caption)
    shape.setProperty(_PICTURE_LICENCE, picture.licence)
    return shape


def picture_of(shape: QTextFormat) -> Picture | None:
    """Return the picture a character format stands for."""
    if shape.objectType() != PICTURE_OBJECT:
        return None
    names = (_PICTURE_DIGEST, _PICTURE_NAME, _PICTURE_CAPTION, _PICTURE_LICENCE)
    return Picture(*(str(shape.property(name) or "") for name in names))


def block_format(kind: BlockKind, level: int = 0) -> QTextBlockFormat:
    """Return the block format of a paragraph, item, heading or picture; only the heading level is content."""
    shape = QTextBlockFormat()
    shape.setBottomMargin(px(6))
    if kind is BlockKind.PICTURE:
        shape.setTopMargin(px(4))
        return shape
    shape.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if kind is BlockKind.HEADING:
        shape.setHeadingLevel(min(3, max(1, level)))
        shape.setTopMargin(px(8))
    return shape


def list_format(kind: BlockKind) -> QTextListFormat:
    """Return the list format of an item's kind."""
    shape = QTextListFormat()
    shape.setStyle(LISTS[kind])
    shape.setIndent(1)
    return shape


def kind_of(block: QTextBlock) -> tuple[BlockKind, int]:
    """Return what a text block is, with its heading level."""
    level = block.blockFormat().headingLevel()
    if level:
        return BlockKind.HEADING, min(3, level)
    items: QTextList | None = block.textList()
    if items is not None:
        bulleted = items.format().style() is not QTextListFormat.Style.ListDecimal
        return BlockKind.BULLET if bulleted else BlockKind.NUMBERED, 0
    return BlockKind.PARAGRAPH, 0


def is_stopgap(block: QTextBlock) -> bool:
    """Say whether a block is only there because a table needs a neighbour."""
    return block.length() == 1 and bool(block.blockFormat().property(_STOPGAP))


def stopgap_format() -> QTextBlockFormat:
    """Return the format of the empty block that a table needs beside it."""
    shape = block_format(BlockKind.PARAGRAPH)
    shape.setProperty(_STOPGAP, True)
    return shape


def table_format() -> QTextTableFormat:
    """Return how every table is drawn."""
    shape = QTextTableFormat()
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    shape.setTopMargin(px(4))
    shape.setBottomMargin(px(8))
    shape.setCellPadding(px(4))
    shape.setCellSpacing(0)
    shape.setBorder(1)
    shape.setBorderCollapse(True)
    return shape


def mark_absent(cell: QTextTableCell) -> None:
    """Mark a cell that only fills up a row shorter than its table."""
    shape = cell.format()
    shape.setProperty(_ABSENT, True)
    cell.setFormat(shape)


def is_absent(cell: QTextTableCell) -> bool:
    """Say whether a cell only fills up its row; it counts as soon as words stand in it."""
    return bool(cell.format().property(_ABSENT))


def with_words(picture: Picture, caption: str, licence: str) -> Picture:
    """Return a picture with another caption and licence, each one line."""
    flat = [" ".join(unify(text).split("\n")).strip() for text in (caption, licence)]
    return replace(picture, caption=flat[0], licence=flat[1])
