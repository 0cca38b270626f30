"""What a dropped text or Word file gives: title, blocks, pictures, and what was not taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.models.content import Block


@dataclass(frozen=True)
class ImportedPicture:
    """A picture out of a file; `width` and `height` in pixels as a person sees it."""

    data: bytes
    name: str
    media_type: str
    width: int
    height: int


@dataclass(frozen=True)
class ImportedText:
    """A file as a draft can use it.

    `pictures` are keyed by the SHA-256 their blocks name; `notes` are whole sentences for the person;
    `left_out` holds words that stand in the file but not in the blocks (headers, comments, deleted or
    hidden text), so that a mark of secrecy in them is not overlooked. `title_line` and `lines` (one a block) count
    the paragraphs and table rows of a Word file, blank ones included; of another file they are 0 and empty.
    """

    title: str
    blocks: tuple[Block, ...]
    pictures: Mapping[str, ImportedPicture] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    title_line: int = 0
    lines: tuple[int, ...] = ()
