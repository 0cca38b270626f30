"""A body on paper: as plain lines for a cell, or whole as running text with its tables and pictures."""

from collections.abc import Iterator, Mapping, Sequence

from app.forms.flow import Flow
from app.forms.plain_text import one_line, printable
from app.forms.ruled_table import draw_table
from app.models.content import Block, BlockKind
from app.models.paper import PlacedPicture


def characters(blocks: Sequence[Block]) -> int:
    """Count the characters of a body as an office does: without blanks, captions left out."""
    return sum(len("".join(printable(block.plain).split())) for block in blocks if not block.picture)


def cell_text(blocks: Sequence[Block]) -> str | None:
    """Return a body as lines for a cell, or None when a table in it needs the width of 附页."""
    if any(block.kind is BlockKind.TABLE for block in blocks):
        return None
    return "\n".join(line for line in _lines(blocks) if line)


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    pictures = 0
    for block, mark in zip(blocks, list_marks(blocks), strict=True):
        if block.picture:
            pictures += 1
            caption = one_line(block.picture.caption)
            yield f"〔图{pictures}　{caption}〕" if caption else f"〔图{pictures}〕"
            continue
        for number, line in enumerate(_paragraphs(block.text)):
            yield f"{mark}{line}" if number == 0 else line


def list_marks(blocks: Sequence[Block]) -> list[str]:
    """Return what stands before each block: a dot or a number for the items of lists."""
    marks: list[str] = []
    count = 0
    for block in blocks:
        count = count + 1 if block.kind is BlockKind.NUMBERED else 0
        marks.append(f"{count}．" if count else "• " if block.kind is BlockKind.BULLET else "")
    return marks


def set_body(flow: Flow, blocks: Sequence[Block], pictures: Mapping[str, PlacedPicture], first: int = 1) -> int:
    """Set a whole body as running text, pictures numbered from `first`; returns the next number."""
    number = first
    for block, mark in zip(blocks, list_marks(blocks), strict=True):
        if block.picture:
            set_picture(flow, pictures[block.picture.sha256], number)
            number += 1
        elif block.kind is BlockKind.TABLE:
            flow.space(6)
            draw_table(flow, block.rows)
            flow.space(8)
        elif block.kind is BlockKind.HEADING:
            flow.heading(block.text, block.level + 1)
        else:
            for index, line in enumerate(_paragraphs(block.text)):
                flow.text(f"{mark}{line}" if index == 0 else line)
    return number


def set_picture(flow: Flow, picture: PlacedPicture, number: int) -> None:
    """Set a picture with its number, caption and licence."""
    caption = f"图{number}　{one_line(picture.caption)}".rstrip()
    licence = one_line(picture.licence)
    flow.picture(picture.data, caption, f"授权说明：{licence}" if licence else "")


def _paragraphs(text: str) -> list[str]:
    return [line.strip(" \u3000") for line in printable(text).split("\n") if line.strip(" \u3000")]
