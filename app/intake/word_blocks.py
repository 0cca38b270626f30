"""Paragraphs and tables of a Word file become blocks of a draft."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.intake.decoded_text import clean
from app.intake.word_losses import Loss, Losses
from app.intake.word_numbering import NumberLabel, WordNumbering
from app.intake.word_package import child, local
from app.intake.word_pictures import WordPictures
from app.intake.word_runs import DrawnPicture, Piece, RunReader, TextBox
from app.intake.word_styles import ParagraphStyle, Role, WordStyles
from app.intake.word_tables import TableReader
from app.models.content import Block, BlockKind, Picture

_CAPTION = re.compile(r"图\s*[0-9０-９一二三四五六七八九十]+[-－—.．0-9]*[：:、.．\s\u3000]?\s*\S.*|图[：:]\s*\S.*|▲.+")
_LONGEST_CAPTION = 100
_BLANK = " \t\u3000"


@dataclass
class PlacedBlock:
    """A block with what only its place in the Word file tells."""

    block: Block
    role: Role = Role.BODY
    centred: bool = False
    line: int = 0
    """In which paragraph or table row of the body it begins, counted from 1; a text box counts as its paragraph."""


class BlockReader:
    """Walks a body (or a text box) and collects its blocks in reading order."""

    def __init__(
        self, styles: WordStyles, numbering: WordNumbering, runs: RunReader, pictures: WordPictures, losses: Losses
    ) -> None:
        self._styles, self._numbering, self._runs = styles, numbering, runs
        self._pictures, self._losses = pictures, losses
        self._tables = TableReader(runs, self._cell_label, losses)
        self._carried: list[Piece] = []
        self._last_number: NumberLabel | None = None
        self.placed: list[PlacedBlock] = []
        self._line = 0
        self._boxed = False
        self.removed = 0
        self.private = 0

    def read(self, container: Element) -> None:
        """Read everything that stands in a body, a cell or a text box."""
        for part in container:
            match local(part.tag):
                case "p":
                    self._paragraph(part)
                case "tbl":
                    self._table(part)
                case "altChunk":
                    self._losses.count(Loss.EMBEDDED)
                case "sectPr" | "sdtPr" | "tblPr" | "del" | "moveFrom":
                    continue
                case "sdt" if _is_contents_list(part):
                    self._losses.count(Loss.CONTENTS_LIST)
                case "AlternateContent":
                    self.read(next(iter(part), part))
                case _:
                    self.read(part)

    @property
    def line(self) -> int:
        """How many paragraphs and table rows were read, blank ones included."""
        return self._line

    def finish(self) -> None:
        """Take over what a last paragraph with a deleted end still carries."""
        carried, self._carried = self._carried, []
        self._lines(carried, BlockKind.PARAGRAPH, 0, PlacedBlock(Block(BlockKind.PARAGRAPH)), "")

    def words(self, text: str) -> str:
        """Clean a text and count what was taken out of it."""
        cleaned = clean(text)
        self.removed += cleaned.removed
        self.private += cleaned.private
        return cleaned.text

    def _place(self, block: Block, role: Role = Role.BODY, *, centred: bool = False) -> None:
        self.placed.append(PlacedBlock(block, role, centred, self._line))

    def _paragraph(self, paragraph: Element) -> None:
        self._line += not self._boxed
        style = self._styles.of(paragraph)
        pieces = [*self._carried, *self._runs.read(paragraph)]
        self._carried = []
        mark = child(paragraph, "pPr", "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            # With its end deleted, a paragraph runs on into the next one.
            self._losses.count(Loss.DELETED)
            self._carried = pieces
            return
        empty = not any(not isinstance(piece, str) or piece.strip(_BLANK + "\n") for piece in pieces)
        if empty:
            return
        label = self._numbering.label(style.list_id, style.list_level)
        kind, level, prefix = self._kind(style, label)
        self._lines(pieces, kind, level, PlacedBlock(Block(kind), style.role, style.centred), prefix)

    def _kind(self, style: ParagraphStyle, label: NumberLabel | None) -> tuple[BlockKind, int, str]:
        """Say which block a paragraph becomes, of which level, with which number written before it."""
        prefix = "" if label is None or label.bullet else label.text
        if style.role is Role.HEADING:
            return BlockKind.HEADING, min(style.level, 3), prefix
        if style.role is not Role.BODY or label is None:
            return BlockKind.PARAGRAPH, 0, prefix
        if label.bullet:
            return BlockKind.BULLET, 0, ""
        previous = self.placed[-1].block.kind if self.placed else None
        last = self._last_number
        if previous is BlockKind.NUMBERED and last is not None:
            follows = last.list_id == label.list_id and label.value == last.value + 1
        else:
            follows = label.value == 1
        # A numbered block counts by itself: one that would show another number than Word's keeps it as words.
        if label.plain and follows:
            self._last_number = label
            return BlockKind.NUMBERED, 0, ""
        return BlockKind.PARAGRAPH, 0, prefix

    def _lines(self, pieces: list[Piece], kind: BlockKind, level: int, like: PlacedBlock, prefix: str) -> None:
        boxes: list[TextBox] = []
        for line in _split(pieces):
            text = self.words("".join(piece for piece in line if isinstance(piece, str))).strip(_BLANK)
            first = next((n for n, p in enumerate(line) if isinstance(p, str) and p.strip(_BLANK)), len(line))
            for piece in line[:first]:
                self._drawn(piece, boxes)
            if text:
                self._text(Block(kind, f"{prefix}{text}", level), like)
                # A heading may be broken over two lines; any other paragraph ends where its line does.
                kind, level, prefix = (kind, level, "") if kind is BlockKind.HEADING else (BlockKind.PARAGRAPH, 0, "")
            for piece in line[first:]:
                self._drawn(piece, boxes)
        for box in boxes:
            before = len(self.placed)
            self._read_box(box)
            if any(placed.block.plain for placed in self.placed[before:]):
                self._losses.count(Loss.TEXT_BOX)

    def _text(self, block: Block, like: PlacedBlock) -> None:
        last = self.placed[-1].block if self.placed else None
        is_caption = like.role is Role.CAPTION or (
            like.role is Role.BODY and _CAPTION.fullmatch(block.text) is not None
        )
        if is_caption and len(block.text) <= _LONGEST_CAPTION and last and last.picture and not last.picture.caption:
            picture = Picture(last.picture.sha256, last.picture.name, block.text)
            self.placed[-1].block = Block(BlockKind.PICTURE, picture=picture)
            return
        self._place(block, like.role, centred=like.centred)

    def _drawn(self, piece: Piece, boxes: list[TextBox]) -> None:
        if isinstance(piece, TextBox):
            boxes.append(piece)
        elif isinstance(piece, DrawnPicture) and (block := self._pictures.block(piece)) is not None:
            self._place(block)

    def _read_box(self, box: TextBox) -> None:
        outer, self._boxed = self._boxed, True
        self.read(box.content)
        self._boxed = outer

    def _table(self, table: Element) -> None:
        only = self._tables.only_cell(table)
        if only is not None:
            # A table of one cell is a frame around text.
            self.read(only)
            return
        read = self._tables.read(table)
        rows = tuple(tuple(self.words(cell).strip(_BLANK + "\n") for cell in row) for row in read.rows)
        self._line += not self._boxed
        if any(any(row) for row in rows):
            self._place(Block(BlockKind.TABLE, rows=rows))
        self._line += 0 if self._boxed else max(len(rows) - 1, 0)
        boxes: list[TextBox] = []
        if any(isinstance(piece, DrawnPicture) for piece in read.drawn):
            self._losses.count(Loss.TABLE_PICTURE)
        for piece in read.drawn:
            self._drawn(piece, boxes)
        for box in boxes:
            self._losses.count(Loss.TEXT_BOX)
            self._read_box(box)

    def _cell_label(self, paragraph: Element) -> str:
        style = self._styles.of(paragraph)
        label = self._numbering.label(style.list_id, style.list_level)
        return "" if label is None else "· " if label.bullet else label.text


def _split(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Cut a paragraph at its line breaks."""
    line: list[Piece] = []
    for piece in pieces:
        if not isinstance(piece, str):
            line.append(piece)
            continue
        first, *more = piece.split("\n")
        line.append(first)
        for part in more:
            yield line
            line = [part]
    yield line


def _is_contents_list(control: Element) -> bool:
    gallery = child(control, "sdtPr", "docPartObj", "docPartGallery")
    return gallery is not None and "Table of Contents" in gallery.attrib.values()
