"""The field in which a body is written: blocks and pictures, no formatting, marks of the text check."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QTextCursor, QTextTable
from PySide6.QtWidgets import QWidget

from app.models.content import Block, BlockKind, Picture
from app.services.text_checks import FieldFinding
from app.ui.editor.block_document import BodyReading
from app.ui.editor.block_field import BlockField
from app.ui.editor.body_commands import one_step, picture_at, remove_picture, replace_words, set_picture
from app.ui.editor.body_formats import OBJECT, PICTURE_OBJECT, kind_of, picture_of, with_words
from app.ui.editor.body_tables import TableChange, change_table, insert_table
from app.ui.editor.check_marks import CheckMarks
from app.ui.editor.heading_look import HeadingLook
from app.ui.editor.paste_errand import ReadyPaste
from app.ui.editor.pasted_text import Clip
from app.ui.editor.picture_object import PictureObject
from app.ui.editor.picture_shelf import PictureShelf, Run, at_once
from app.ui.theme import px


class BodyEditor(BlockField):
    """Edits a tuple of blocks, shows its pictures, and marks what the text check found."""

    mask_wanted = Signal(object)

    def __init__(
        self, shelf: PictureShelf, run: Run = at_once, prefix: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(shelf, run, prefix, parent)
        self.setAccessibleName("正文")
        self.setMinimumHeight(px(120))
        self.setPlaceholderText("写正文：可以粘贴文字和图片，也可以拖入图片、Word 文档（.docx）和文本文件（.txt）。")
        self.document().setDocumentMargin(px(10))
        self._pictures = PictureObject(shelf, self)
        self.document().documentLayout().registerHandler(PICTURE_OBJECT, self._pictures)
        self._look = HeadingLook(self.document())
        self.marks = CheckMarks(self)
        shelf.arrived.connect(self._picture_arrived)
        self.picture_chosen.connect(self._show_chosen)
        self.load(())

    def load(self, blocks: tuple[Block, ...]) -> None:
        """Show a body; there is nothing to undo afterwards."""
        self.marks.clear()
        super().load(blocks)

    def clear_secret(self) -> None:
        """Remove the text, everything that could be undone, and every pasted picture."""
        QGuiApplication.inputMethod().reset()
        self.clearings += 1
        self._composing = self._owed = False
        self.load(())
        self.document().clearUndoRedoStacks()
        self._shelf.forget()
        self._pictures.flagged = frozenset()
        self.edited.emit()

    # ---- what a person does ---------------------------------------------------------------------------

    def kind(self) -> tuple[BlockKind, int]:
        """Return what the cursor's block is."""
        if self._chosen is not None:
            return BlockKind.PICTURE, 0
        cursor = self.textCursor()
        inside: QTextTable | None = cursor.currentTable()
        return (BlockKind.TABLE, 0) if inside is not None else kind_of(cursor.block())

    def insert_table(self, rows: int, columns: int) -> None:
        """Insert an empty table at the cursor."""
        cursor = self.textCursor()
        insert_table(cursor, rows, columns)
        self.setTextCursor(cursor)
        self.setFocus()

    def change_table(self, change: TableChange) -> None:
        """Change the table the cursor is in."""
        change_table(self.textCursor(), change)
        self.setFocus()

    def insert_files(self, paths: tuple[Path, ...]) -> None:
        """Put picture files in at the cursor."""
        self._paste(Clip(files=paths))

    def insert_ready(self, ready: ReadyPaste) -> None:
        """Put an imported text with its pictures in at the cursor."""
        self._pasted(ready, self.textCursor())

    def set_picture_words(self, caption: str, licence: str) -> None:
        """Write caption and licence of the picture the cursor is at; typing on is the same step of undo."""
        if self._chosen is None:
            return
        position, picture = self._chosen
        changed = with_words(picture, caption, licence)
        if changed != picture:
            with self._steps.step(f"picture:{position}"):
                set_picture(QTextCursor(self.document()), position, changed)
            self._cursor_moved()

    @property
    def pictures(self) -> tuple[tuple[int, Picture], ...]:
        """Every picture of the body with the position of its character, in reading order."""
        found, cursor = list[tuple[int, Picture]](), self.document().find(OBJECT)
        while not cursor.isNull():
            picture = picture_of(cursor.charFormat())
            if picture is not None:
                found.append((cursor.selectionStart(), picture))
            cursor = self.document().find(OBJECT, cursor)
        return tuple(found)

    def fill_licences(self, licence: str) -> None:
        """Write a licence beside every picture that has none, as one step of undo."""
        bare = [(position, picture) for position, picture in self.pictures if not picture.licence.strip()]
        if not bare:
            return
        self._steps.begin_anew()
        cursor = QTextCursor(self.document())
        with one_step(cursor):
            for position, picture in bare:
                set_picture(cursor, position, with_words(picture, picture.caption, licence))
        self._cursor_moved()

    def remove_picture(self) -> None:
        """Take the picture the cursor is at out of the body."""
        if self._chosen is not None:
            cursor = self.textCursor()
            remove_picture(cursor, self._chosen[0])
            self.setTextCursor(cursor)

    # ---- checks ---------------------------------------------------------------------------------------

    def show_findings(self, findings: Iterable[FieldFinding], reading: BodyReading) -> bool:
        """Mark findings of a check of `reading`; say False when the text has changed since."""
        if reading.revision != self.document().revision():
            return False
        found = [f for f in findings if f.field in reading.places]
        self.marks.show(found, reading.places)
        numbers = {f.field.removeprefix(self._prefix).split(":")[1] for f in found if reading.places[f.field].whole}
        pictures = (reading.blocks[int(number)].picture for number in numbers)
        self._pictures.flagged = frozenset((p.sha256, p.caption, p.licence) for p in pictures if p is not None)
        self.viewport().update()
        return True

    def go_to(self, found: FieldFinding) -> bool:
        """Select the words of a finding; say False when they no longer stand."""
        mark = self.marks.find(found)
        if mark is None:
            return False
        cursor = QTextCursor(self.document())
        cursor.setPosition(mark.cursor.selectionStart())
        cursor.setPosition(mark.cursor.selectionEnd(), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.setFocus()
        return True

    def mask_words(self, found: FieldFinding) -> bool:
        """Put the replacement in place of a finding's words; say False when they no longer stand."""
        mark, finding = self.marks.find(found), found.finding
        if mark is None or finding.replacement is None:
            return False
        cursor = QTextCursor(mark.cursor)
        picture = picture_at(cursor.document().findBlock(cursor.selectionStart()))
        self._steps.begin_anew()
        if picture is None:
            with one_step(cursor):
                cursor.insertText(finding.replacement)
            return True
        position, shown = picture
        licence = found.field.endswith(":licence")
        old = shown.licence if licence else shown.caption
        new = replace_words(old, finding.start, finding.length, finding.replacement)
        changed = with_words(shown, shown.caption if licence else new, new if licence else shown.licence)
        set_picture(cursor, position, changed)
        self._cursor_moved()
        return True

    # ---- Qt -------------------------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to mask what is marked, above Qt's own entries."""
        menu = self.createStandardContextMenu(event.pos())
        mark = self.marks.at(self.cursorForPosition(event.pos()).position())
        if mark is not None and mark.found.finding.replacement is not None and not self.isReadOnly():
            first = menu.actions()[0]
            action = QAction("遮盖", menu)
            menu.insertAction(first, action)
            menu.insertSeparator(first)
            action.triggered.connect(lambda: self.mask_wanted.emit(mark.found))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the scale."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange} and hasattr(self, "marks"):
            self.document().setDocumentMargin(px(10))
            # Laying the look anew is no change of the words.
            self._loading = True
            self._look.rehighlight()
            self._loading = False
            self.marks.renew()

    # ---- within ---------------------------------------------------------------------------------------

    def _show_chosen(self, _picture: object) -> None:
        self._pictures.chosen = self._chosen[0] if self._chosen else -1
        self.viewport().update()

    def _picture_arrived(self, _sha256: str) -> None:
        cursor = self.document().find(OBJECT)
        while not cursor.isNull():
            self.document().markContentsDirty(cursor.selectionStart(), 1)
            cursor = self.document().find(OBJECT, cursor)
        self.viewport().update()
