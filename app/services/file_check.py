"""Checking files that belong to no draft: what the text check says of each, at its line and column."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.errors import FileUnreadableError
from app.intake.decoded_text import decode
from app.intake.dropped_file import read_dropped
from app.intake.file_kind import FileKind, kind_of
from app.intake.imported_text import ImportedText
from app.intake.outside_file import opened
from app.intake.text_import import LARGEST_TEXT
from app.models.content import BlockKind
from app.models.finding import Finding
from app.services.text_checks import TextChecks


@dataclass(frozen=True)
class FileFindings:
    """What one file gave; `refusal` says why it could not be read, and then there are no findings."""

    path: Path
    findings: tuple[Finding, ...] = ()
    refusal: FileUnreadableError | None = None


_NOT_IMPORTED = "在页眉页脚、批注、隐藏或已删的文字里："


class FileCheck:
    """Reads files and checks them; nothing is kept."""

    def __init__(self, checks: TextChecks) -> None:
        self._checks = checks

    def check(self, path: Path) -> FileFindings:
        """Check one file: a text file by its own lines, a Word file by its paragraphs and table rows.

        Words of a Word file that no import takes over (a page header, a comment) follow its last line.
        """
        try:
            return FileFindings(path, self._findings(path))
        except FileUnreadableError as refused:
            return FileFindings(path, refusal=refused)

    def _findings(self, path: Path) -> tuple[Finding, ...]:
        if kind_of(path) is FileKind.TEXT:
            with opened(path, LARGEST_TEXT) as file:
                return self._checks.check_text(decode(file.read(LARGEST_TEXT + 1), path.name))
        imported = read_dropped(path)
        pieces = _pieces(imported)
        found = []
        for finding in self._checks.check_text("\n".join(piece.text for piece in pieces)):
            piece = pieces[finding.line - 1]
            found.append(replace(finding, line=piece.line, column=piece.column + finding.column - 1))
        last = max((piece.line for piece in pieces), default=0)
        for line, words in enumerate(imported.left_out, last + 1):
            # Each may be a page header: a mark alone in it counts, however long the text before it is.
            for finding in self._checks.check_text(words):
                found.append(replace(finding, line=line, message=f"{_NOT_IMPORTED}{finding.message}"))
        return tuple(found)


@dataclass(frozen=True)
class _Piece:
    """A line of checked text with the line and column of the file that it begins at."""

    text: str
    line: int
    column: int = 1


def _pieces(imported: ImportedText) -> list[_Piece]:
    """Return title, paragraphs and table cells in the order of the file; the title may have been taken out of it."""
    pieces = [] if not imported.title or not imported.title_line else [_Piece(imported.title, imported.title_line)]
    for number, block in enumerate(imported.blocks):
        line = imported.lines[number] if imported.lines else number + 1
        if block.kind is not BlockKind.TABLE:
            pieces += [_Piece(text, line) for text in block.plain.split("\n")]
            continue
        for place, row in enumerate(block.rows):
            column = 1
            for cell in row:
                for text in cell.split("\n"):
                    pieces.append(_Piece(text, line + place, column))
                    column += len(text) + 1
    return sorted(pieces, key=lambda piece: piece.line)
