"""A .txt becomes title and paragraphs."""

from pathlib import Path

from app.errors import FileUnreadableError
from app.intake.decoded_text import clean, decode
from app.intake.imported_text import ImportedText
from app.intake.outside_file import MEGABYTE, opened
from app.models.content import Block, BlockKind

LARGEST_TEXT = 20 * MEGABYTE
LONGEST_TITLE = 60
_SENTENCE_ENDS = "。；;！!？?，,、：:"


def read_text_file(path: Path) -> ImportedText:
    """Read a text file, one paragraph a line; a short first line set apart by a blank one is the title.

    Raises `FileUnreadableError` with `too_large`, `unknown_encoding`, `unknown_kind`, `no_text` or as `opened`.
    """
    with opened(path, LARGEST_TEXT) as file:
        raw = file.read(LARGEST_TEXT + 1)
    cleaned = clean(decode(raw, path.name))
    lines = [line.strip(" \t\u3000") for line in cleaned.text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    words = [line for line in lines if line]
    if not words:
        raise FileUnreadableError(path.name, "no_text")
    title, notes = "", []
    if could_be_title(words[0]) and len(words) > 1:
        title = words[0]
        if not lines[1]:
            words = words[1:]
            notes.append(f"已把第一行“{title}”作为标题，正文中不再重复。")
        else:
            notes.append(f"标题暂取第一行“{title}”，正文中仍保留这一行，请核对。")
    notes += character_notes(cleaned.removed, cleaned.private)
    return ImportedText(title, tuple(Block(BlockKind.PARAGRAPH, line) for line in words), notes=tuple(notes))


def could_be_title(line: str) -> bool:
    """Say whether a line is short and does not end as a sentence does."""
    return 2 <= len(line) <= LONGEST_TITLE and line[-1] not in _SENTENCE_ENDS


def character_notes(removed: int, private: int) -> list[str]:
    """Tell the person of characters that were taken out or that no font shows."""
    notes = []
    if removed:
        notes.append(f"已去掉 {removed} 个看不见的控制字符。")
    if private:
        notes.append(f"文件里有 {private} 个自造字，别的电脑和纸面上可能显示不出来，请改用规范字。")
    return notes
