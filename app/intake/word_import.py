"""A .docx becomes title, blocks and pictures (read from ECMA-376's own parts, nothing in between)."""

from pathlib import Path
from xml.etree.ElementTree import Element

from app.errors import FileUnreadableError
from app.intake.file_kind import LARGEST_OFFICE_FILE
from app.intake.imported_text import ImportedText
from app.intake.outside_file import opened
from app.intake.text_import import character_notes
from app.intake.word_blocks import BlockReader
from app.intake.word_losses import Loss, Losses
from app.intake.word_numbering import WordNumbering
from app.intake.word_package import WordPackage, attribute, child, local
from app.intake.word_pictures import WordPictures
from app.intake.word_runs import RunReader, holds_picture, words_of
from app.intake.word_styles import WordStyles
from app.intake.word_title import without_title
from app.models.content import Block, BlockKind

__all__ = ["ImportedText", "read_word"]


def read_word(path: Path) -> ImportedText:
    """Read a .docx; nothing is written and nothing outside the file is asked for.

    Raises `FileUnreadableError` with `broken`, `bomb`, `rigged`, `encrypted`, `too_large`, `no_text` or as `opened`.
    """
    with opened(path, LARGEST_OFFICE_FILE) as file:
        return _read(WordPackage(file, path.name), path.name)


def _read(package: WordPackage, name: str) -> ImportedText:
    body = child(package.tree(package.main), "body")
    if body is None:
        raise FileUnreadableError(name, "broken")
    losses = Losses()
    styles = WordStyles(package.related_tree("styles"))
    numbering = WordNumbering(package.related_tree("numbering"), styles)
    runs = RunReader(body, styles, losses)
    pictures = WordPictures(package)
    reader = BlockReader(styles, numbering, runs, pictures, losses)
    reader.read(body)
    reader.finish()
    title, title_line, placed, title_notes = without_title(reader.placed)
    blocks, lines = [item.block for item in placed], [item.line for item in placed]
    blocks += _note_blocks(package, runs, reader, losses)
    lines += range(reader.line + 1, reader.line + 1 + len(blocks) - len(lines))
    for kind, loss in (("header", Loss.HEADER), ("footer", Loss.HEADER), ("comments", Loss.COMMENT)):
        for part in package.related(kind):
            tree = package.tree(part)
            if holds_picture(tree):
                losses.count(loss)
            for words in words_of(tree):
                losses.leave(loss, f"{words}\n")
    if not title and not blocks:
        raise FileUnreadableError(name, "no_text")
    notes = (*title_notes, *losses.sentences(), *pictures.sentences(), *character_notes(reader.removed, reader.private))
    return ImportedText(title, tuple(blocks), pictures.kept, notes, losses.left_out(), title_line, tuple(lines))


def _note_blocks(package: WordPackage, runs: RunReader, reader: BlockReader, losses: Losses) -> list[Block]:
    """Return the footnotes and endnotes that the text refers to, in the order of their marks."""
    texts: dict[tuple[bool, str], str] = {}
    for kind in ("footnotes", "endnotes"):
        tree = package.related_tree(kind)
        for note in () if tree is None else tree:
            if attribute(note, "type") not in {"separator", "continuationSeparator", "continuationNotice"}:
                texts[kind == "endnotes", attribute(note, "id") or ""] = _note_text(note, runs)
    blocks = []
    for mark in tuple(runs.marks):
        text = reader.words(texts.get((mark.endnote, mark.note_id), "")).strip()
        if text:
            losses.count(Loss.NOTE)
            blocks.append(Block(BlockKind.PARAGRAPH, mark.text + text.replace("\n", " ")))
    return blocks


def _note_text(note: Element, runs: RunReader) -> str:
    lines = []
    for paragraph in note.iter():
        if local(paragraph.tag) == "p":
            lines.append("".join(piece for piece in runs.read(paragraph) if isinstance(piece, str)).strip())
    return " ".join(line for line in lines if line)
