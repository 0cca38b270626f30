"""Checking files that belong to no draft: what the text check says of each, at its line and column."""

from dataclasses import dataclass
from pathlib import Path

from app.errors import FileUnreadableError
from app.intake.decoded_text import decode
from app.intake.dropped_file import read_dropped
from app.intake.file_kind import FileKind, kind_of
from app.intake.outside_file import opened
from app.intake.text_import import LARGEST_TEXT
from app.models.finding import Finding
from app.services.text_checks import TextChecks


@dataclass(frozen=True)
class FileFindings:
    """What one file gave; `refusal` says why it could not be read, and then there are no findings."""

    path: Path
    findings: tuple[Finding, ...] = ()
    refusal: FileUnreadableError | None = None


class FileCheck:
    """Reads files and checks them; nothing is kept."""

    def __init__(self, checks: TextChecks) -> None:
        self._checks = checks

    def check(self, path: Path) -> FileFindings:
        """Check one file: a text file by its own lines, a Word file with one line a paragraph or table row."""
        try:
            return FileFindings(path, self._checks.check_text(_words(path)))
        except FileUnreadableError as refused:
            return FileFindings(path, refusal=refused)


def _words(path: Path) -> str:
    if kind_of(path) is FileKind.TEXT:
        with opened(path, LARGEST_TEXT) as file:
            return decode(file.read(LARGEST_TEXT + 1), path.name)
    imported = read_dropped(path)
    body = [block.plain for block in imported.blocks]
    # The title stands apart when the import took it out of the body; a mark in a page header counts as well.
    title = [imported.title] if imported.title and imported.title not in body[:1] else []
    return "\n".join([*title, *body, *imported.left_out])
