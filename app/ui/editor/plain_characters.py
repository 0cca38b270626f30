"""The characters a body may hold: everything that can be seen, one kind of line break, nothing that hides."""

import re
from dataclasses import replace

from app.models.content import Block, BlockKind

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0\ufdd1\ufffc\ufffe\uffff\ufeff\u00ad\u200b\u2060"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def unify(text: str) -> str:
    """Write every line break as a line feed and take out what the document cannot hold or nobody can see."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def unify_blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks as the editor gives them back: a body of unified texts, without tables that have no cell.

    For a body that came out of the editor this changes nothing.
    """
    kept = tuple(_unified(block) for block in blocks if block.kind is not BlockKind.TABLE or any(block.rows))
    return () if kept == (Block(BlockKind.PARAGRAPH),) else kept


def _unified(block: Block) -> Block:
    rows = tuple(tuple(unify(cell) for cell in row) for row in block.rows)
    return replace(block, text=unify(block.text), rows=rows)
