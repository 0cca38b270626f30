"""A dropped text or Word file, told apart by its content and not by its name."""

from pathlib import Path

from app.errors import FileUnreadableError
from app.intake.file_kind import FileKind, kind_of, refuse
from app.intake.imported_text import ImportedText
from app.intake.text_import import read_text_file
from app.intake.word_import import read_word

_OFFICE_ENDINGS = {".doc", ".docx", ".wps", ".dot"}


def read_dropped(path: Path) -> ImportedText:
    """Read a .docx or .txt; the file itself is never changed.

    Raises `FileUnreadableError` with the reason why not.
    """
    kind = kind_of(path)
    if kind is FileKind.WORD:
        return read_word(path)
    if kind is FileKind.TEXT or (kind is FileKind.OTHER and path.suffix.lower() == ".txt"):
        return read_text_file(path)
    if kind is FileKind.MARKUP and path.suffix.lower() in _OFFICE_ENDINGS:
        # Office systems export web pages under the name of Word: the way out is the same.
        raise FileUnreadableError(path.name, "old_word")
    raise refuse(path, kind, "not_text")
