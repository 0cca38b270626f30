"""A paste or drop on its way: read and looked at in a lane of its own, then put into the body."""

from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError
from app.messages import explain
from app.models.content import Block, BlockKind, Picture
from app.ui.editor.pasted_text import Clip, read_clip
from app.ui.editor.picture_shelf import PictureShelf, ReadyPicture


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
