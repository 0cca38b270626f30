"""A paste or drop on its way: read and looked at in a lane of its own, then put into the body."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from app.errors import AppError
from app.messages import explain
from app.models.content import Block, BlockKind, Picture
from app.ui.editor.pasted_text import Clip, read_clip
from app.ui.editor.picture_shelf import PictureShelf, ReadyPicture


class ImportedImage(Protocol):
    """A picture out of a file."""

    @property
    def data(self) -> bytes:
        """Its bytes."""

    @property
    def name(self) -> str:
        """Its name."""


class Imported(Protocol):
    """A text out of a file, as the in-tray reads it."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Its blocks; pictures are named by digest."""

    @property
    def pictures(self) -> Mapping[str, ImportedImage]:
        """Its pictures by digest."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left behind, in sentences."""


@dataclass(frozen=True)
class ReadyPaste:
    """What can go into the body now; `notes` are sentences, `others` files that are not pictures."""

    blocks: tuple[Block, ...]
    pictures: tuple[ReadyPicture, ...]
    notes: tuple[str, ...]
    others: tuple[Path, ...]


def ready_paste(clip: Clip, shelf: PictureShelf) -> ReadyPaste:
    """Read a clip and look at its pictures; a picture that cannot be taken is told of, not raised."""
    pasted = read_clip(clip)
    blocks: list[Block] = []
    pictures: list[ReadyPicture] = []
    notes = list(pasted.notes)
    for piece in pasted.pieces:
        if isinstance(piece, Block):
            blocks.append(piece)
            continue
        try:
            ready = shelf.prepare(piece.data, piece.name)
        except AppError as refused:
            notes.append(f"“{piece.name}”没有放入：{explain(refused)}")
        else:
            pictures.append(ready)
            blocks.append(Block(BlockKind.PICTURE, picture=Picture(ready.sha256, piece.name)))
    return ReadyPaste(tuple(blocks), tuple(pictures), tuple(notes), pasted.others)


def with_heading(ready: ReadyPaste, title: str) -> ReadyPaste:
    """Let a file's title stand over its text where there is a title already; what was said of the title is void."""
    said = tuple(note for note in ready.notes if title not in note)
    heading = Block(BlockKind.HEADING, title, level=1)
    return replace(ready, blocks=(heading, *ready.blocks), notes=said)


def imported_paste(imported: Imported, shelf: PictureShelf) -> ReadyPaste:
    """Look at the pictures of an imported text; nothing of it is kept yet."""
    pictures = tuple(shelf.prepare(picture.data, picture.name) for picture in imported.pictures.values())
    return ReadyPaste(imported.blocks, pictures, imported.notes, ())
