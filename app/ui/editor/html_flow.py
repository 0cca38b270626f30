"""Blocks being gathered from HTML: of the body, or of one cell of a table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from app.models.content import Block, BlockKind
from app.ui.editor.plain_characters import unify

_MOST_CELLS: Final = 20_000
_WIDE: Final = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff\u3000-\u303f“”‘’…—"
_WRAPPED: Final = re.compile(f"(?<=[{_WIDE}])[ \t]*[\r\n]+[ \t]*(?=[{_WIDE}])")
_SPACE: Final = re.compile("[ \t\r\n\f\u00a0]+")
_EDGE: Final = " \t\n\u3000"
_NUMBER: Final = re.compile(r"(\d{1,4})[.．、)）]?")
_BULLETS: Final = frozenset("·•●○■□◆◇➢►–-*ulnqüØÜov§\uf0b7\uf06c\uf06e\uf075\uf0d8\uf0a7\uf0fc")


@dataclass(frozen=True)
class ImageSource:
    """A picture named in HTML: its bytes when they stand in the HTML itself, else its address."""

    address: str = ""
    data: bytes = b""


Piece = Block | ImageSource


@dataclass
class HtmlLosses:
    """What of pasted HTML is not in its pieces as it was seen or written."""

    hidden: bool = False
    struck: bool = False
    """Words that were crossed out, or deleted with the change on record."""
    raised: bool = False
    """Words above or below the line that no character stands for; they are there as plain words."""

    def notes(self) -> Iterator[str]:
        """Tell the person, one sentence a kind."""
        if self.struck:
            yield "划掉的或带修订标记删除的文字没有贴入，请核对。"
        if self.hidden:
            yield "网页或文档里隐藏的文字没有贴入。"
        if self.raised:
            yield "有写不成上标或下标的字，已作为普通文字贴入，请核对。"


@dataclass
class Flow:
    """Blocks being gathered: for the body, or for one cell of a table."""

    pieces: list[Piece] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marker: str | None = None
    """The written marker of a Word list item; None outside one."""
    count: int = 0
    """The number of the last item of a list that Word numbered."""

    def flush(self) -> None:
        """End the block that is being written."""
        text = tidy("".join(self.words))
        self.words.clear()
        if self.marker is not None:
            self._word_item(text)
            self.marker = None
        elif text and self.kind is BlockKind.PARAGRAPH:
            self.pieces += [Block(self.kind, line) for line in text.split("\n") if line]
        elif text:
            self.pieces.append(Block(self.kind, text, self.level))

    def _word_item(self, text: str) -> None:
        assert self.marker is not None
        marker = tidy(self.marker)
        number = _NUMBER.fullmatch(marker)
        if not text:
            return
        if number is None and (not marker or marker in _BULLETS):
            self.pieces.append(Block(BlockKind.BULLET, text))
        elif number is not None and int(number[1]) == self.next_number():
            self.count = self.next_number()
            self.pieces.append(Block(BlockKind.NUMBERED, text))
        else:
            # 一、（二） and numbers that go on from elsewhere are words of the text.
            self.pieces.append(Block(BlockKind.PARAGRAPH, f"{marker} {text}" if number else marker + text))

    def next_number(self) -> int:
        """Return the number the next numbered item would show."""
        last = self.pieces[-1] if self.pieces else None
        return self.count + 1 if isinstance(last, Block) and last.kind is BlockKind.NUMBERED else 1


@dataclass
class Table:
    """A table being gathered: rows of cells, each a flow of its own."""

    rows: list[list[Flow]] = field(default_factory=list)
    owed: dict[tuple[int, int], None] = field(default_factory=dict)
    """Places covered by a cell that reaches down from above."""
    cells: int = 0
    stray: Flow = field(default_factory=Flow)
    """Words between the cells, which belong before the table."""

    def row(self) -> None:
        """Begin a row."""
        self.rows.append([])
        self._fill()

    def cell(self, columns: int, rows: int) -> Flow:
        """Begin a cell that reaches over some columns and rows; the places it covers are empty cells."""
        if not self.rows:
            self.row()
        flow, at = Flow(), len(self.rows) - 1
        columns = columns if self.cells < _MOST_CELLS else 1
        start = len(self.rows[at])
        self.rows[at].append(flow)
        self.rows[at] += [Flow() for _ in range(columns - 1)]
        self.cells += columns
        for down in range(1, rows if len(self.owed) < _MOST_CELLS else 1):
            for c in range(start, start + columns):
                self.owed[at + down, c] = None
        self._fill()
        return flow

    def _fill(self) -> None:
        at = len(self.rows) - 1
        while (at, len(self.rows[at])) in self.owed:
            del self.owed[at, len(self.rows[at])]
            self.rows[at].append(Flow())

    def pieces(self) -> list[Piece]:
        """Return the table, or what stands in it when it only lays out a page."""
        rows = [row for row in self.rows if row]
        flows = [flow for row in rows for flow in row]
        width = max((len(row) for row in rows), default=0)
        if width <= 1 or self.cells > _MOST_CELLS:
            return [*self.stray.pieces, *(piece for flow in flows for piece in flow.pieces)]
        pictures = [piece for flow in flows for piece in flow.pieces if isinstance(piece, ImageSource)]
        cells = tuple(tuple(_flat(flow) for flow in row) + ("",) * (width - len(row)) for row in rows)
        table = [Block(BlockKind.TABLE, rows=cells)] if any(map(any, cells)) else []
        return [*self.stray.pieces, *table, *pictures]


def tidy(text: str) -> str:
    r"""Collapse white space as a browser does; a line that Word wrapped between two characters is joined.

    <br> is \v until here.
    """
    lines = (_SPACE.sub(" ", _WRAPPED.sub("", line)).strip(_EDGE) for line in text.split("\v"))
    return unify("\n".join(lines)).strip(_EDGE)


def _flat(flow: Flow) -> str:
    return "\n".join(piece.plain for piece in flow.pieces if isinstance(piece, Block) and piece.plain)
