"""Underlines under what a check found; they follow the words while somebody types."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip

from app.labels import label
from app.models.finding import Finding, Severity
from app.services.text_checks import FieldFinding
from app.ui.editor.block_document import Placed
from app.ui.editor.text_offsets import utf16_offset
from app.ui.theme import tokens

MOST_MARKS: Final = 2_000
"""Findings beyond these stand in the list of checks only."""


@dataclass(frozen=True)
class Mark:
    """A finding and where it stands now; `length` is what it had when it was found, in UTF-16 units."""

    found: FieldFinding
    cursor: QTextCursor
    length: int


def why(found: FieldFinding) -> str:
    """Say why something is marked, by which article, and what to do."""
    finding = found.finding
    return f"{label(finding.severity)}：{reason_of(finding)}{finding.suggestion}"


def reason_of(finding: Finding) -> str:
    """Say why something is marked, naming the article once."""
    named = not finding.article or finding.article in finding.message
    return finding.message if named else f"{finding.message}（{finding.article}）"


class CheckMarks(QObject):
    """The marks of one text field."""

    def __init__(self, field: QTextEdit | QPlainTextEdit) -> None:
        super().__init__(field)
        self._field = field
        self._marks: list[Mark] = []
        field.viewport().installEventFilter(self)
        field.document().contentsChange.connect(self._typed)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks in reading order."""
        return tuple(self._marks)

    def show(self, findings: Iterable[FieldFinding], places: Mapping[str, Placed]) -> None:
        """Mark findings at the places of their fields; those of other fields are left aside."""
        self._marks = []
        for found in findings:
            placed = places.get(found.field)
            if placed is not None and len(self._marks) < MOST_MARKS:
                cursor = self._cursor(found, placed)
                self._marks.append(Mark(found, cursor, cursor.selectionEnd() - cursor.selectionStart()))
        self.renew()

    def clear(self) -> None:
        """Take every mark away."""
        self._marks = []
        self.renew()

    def renew(self) -> None:
        """Draw the marks again, e.g. after the theme changed."""
        shapes = {severity: _shape(severity) for severity in Severity}
        selections = []
        for mark in self._marks:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = mark.cursor
            selection.format = shapes[mark.found.finding.severity]
            selections.append(selection)
        self._field.setExtraSelections(selections)

    def at(self, position: int) -> Mark | None:
        """Return the mark at a position of the document, the gravest first."""
        here = [m for m in self._marks if m.cursor.selectionStart() <= position < m.cursor.selectionEnd()]
        return min(here, key=lambda m: list(Severity).index(m.found.finding.severity), default=None)

    def find(self, found: FieldFinding) -> Mark | None:
        """Return the mark of a finding while its words stand."""
        return next((mark for mark in self._marks if mark.found == found), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say in a tooltip why words are marked."""
        if event.type() is not QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return False
        position = self._field.cursorForPosition(event.pos()).position()
        mark = self.at(position) or (self.at(position - 1) if position else None)
        if mark is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPos(), f"<p>{escape(why(mark.found))}</p>", self._field)
        return True

    def _cursor(self, found: FieldFinding, placed: Placed) -> QTextCursor:
        cursor = QTextCursor(self._field.document())
        start, length = placed.position, 1
        if not placed.whole:
            finding = found.finding
            start += utf16_offset(placed.text, finding.start)
            length = placed.position + utf16_offset(placed.text, finding.start + finding.length) - start
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        # Words typed right behind the mark do not become part of it.
        cursor.setKeepPositionOnInsert(True)
        return cursor

    def _typed(self, position: int, removed: int, added: int) -> None:
        """Drop the marks whose words were changed: the next check says whether they are still wrong."""
        if not self._marks:
            return
        kept = [m for m in self._marks if not _touched(m, position, removed, added)]
        if len(kept) != len(self._marks):
            self._marks = kept
            self.renew()


def _touched(mark: Mark, position: int, removed: int, added: int) -> bool:
    start, stop = mark.cursor.selectionStart(), mark.cursor.selectionEnd()
    exchanged = removed > 0 and added > 0 and start < position + added and position < stop
    return exchanged or stop - start != mark.length


def _shape(severity: Severity) -> QTextCharFormat:
    look = tokens()
    front, soft = {
        Severity.BLOCK: (look.danger, look.danger_soft),
        Severity.WARN: (look.warning, look.warning_soft),
        Severity.HINT: (look.primary, look.primary_soft),
    }[severity]
    shape = QTextCharFormat()
    shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    shape.setUnderlineColor(QColor(front))
    shape.setBackground(QColor(soft))
    return shape
