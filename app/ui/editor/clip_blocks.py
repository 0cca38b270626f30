"""Blocks on the clipboard between two places of the editor: a cut picture keeps its caption and licence."""

import json
from typing import Any, Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor, QTextDocument, QTextDocumentFragment

from app.models.content import Block, BlockKind, Picture
from app.ui.editor.block_document import read_blocks

MIME: Final = "application/x-xianshen-blocks"


def blocks_of(selection: QTextDocumentFragment) -> tuple[Block, ...]:
    """Return what is selected as blocks."""
    document = QTextDocument()
    QTextCursor(document).insertFragment(selection)
    return read_blocks(document).blocks


def blocks_mime(blocks: tuple[Block, ...]) -> QMimeData:
    """Put blocks up for pasting: whole for this program, as plain words for others."""
    mime = QMimeData()
    mime.setText("\n".join(block.plain for block in blocks))
    mime.setData(MIME, json.dumps([_written(block) for block in blocks]).encode())
    return mime


def blocks_from(mime: QMimeData) -> tuple[Block, ...]:
    """Return blocks that this program put up, or none; anybody may have written the bytes."""
    if not mime.hasFormat(MIME):
        return ()
    try:
        rows = json.loads(bytes(mime.data(MIME).data()))
        return tuple(_read(row) for row in rows)
    except (ValueError, KeyError, TypeError, RecursionError):
        return ()


def _written(block: Block) -> dict[str, Any]:
    picture = block.picture
    return {
        "kind": block.kind.value,
        "text": block.text,
        "level": block.level,
        "rows": block.rows,
        "picture": [picture.sha256, picture.name, picture.caption, picture.licence] if picture else None,
    }


def _read(row: dict[str, Any]) -> Block:
    kind = BlockKind(row["kind"])
    picture = Picture(*(str(part) for part in row["picture"])) if row["picture"] else None
    if (kind is BlockKind.PICTURE) != (picture is not None):
        raise ValueError("a picture block has a picture")
    rows = tuple(tuple(str(cell) for cell in cells) for cells in row["rows"])
    return Block(kind, str(row["text"]), min(3, max(0, int(row["level"]))), rows, picture)
