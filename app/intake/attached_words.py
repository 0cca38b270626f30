"""The words of a file that goes with a post as it is, so that a mark of secrecy in it is not overlooked."""

from pathlib import Path
from typing import Any

from app.errors import FileUnreadableError
from app.intake.dropped_file import read_dropped
from app.intake.file_kind import FileKind, kind_of
from app.intake.scan_pages import PDFIUM, pdf_document


def attached_words(path: Path) -> tuple[tuple[str, ...], ...]:
    """Return the words of a .docx, a text or a PDF, in parts that each may begin with a mark; none of other kinds.

    The paragraphs of the text are one part, each page of a PDF and what a page header or a comment says one of its own.
    An attachment may be of any kind and may be locked or broken: that is no reason to refuse it.
    """
    try:
        if kind_of(path) is FileKind.PDF:
            return _pdf_words(path)
        imported = read_dropped(path)
    except FileUnreadableError:
        return ()
    text = (imported.title, *(block.plain for block in imported.blocks))
    return (text, *((words,) for words in imported.left_out))


def _pdf_words(path: Path) -> tuple[tuple[str, ...], ...]:
    with pdf_document(path) as document:
        with PDFIUM:
            count = len(document)
        # Page by page, so that a scan that waits for the lock is soon let in.
        return tuple((_page_words(document, number),) for number in range(count))


def _page_words(document: Any, number: int) -> str:
    from pypdfium2 import PdfiumError

    with PDFIUM:
        try:
            page = document[number]
        except PdfiumError:
            # A page that is broken shows nobody its words; the others may.
            return ""
        try:
            text = page.get_textpage()
            try:
                words: str = text.get_text_bounded()
            finally:
                text.close()
        except PdfiumError:
            return ""
        finally:
            page.close()
    return words.replace("\r\n", "\n")
