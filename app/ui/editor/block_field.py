"""A text field for blocks: keys, input methods, the clipboard and dropped files, one action one step of undo."""

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDropEvent, QInputMethodEvent, QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from app.models.content import Block, BlockKind, Picture
from app.ui.editor.block_document import BodyReading, load_blocks, read_blocks
from app.ui.editor.body_commands import erase_backwards_ends_kind, insert_at, leave_picture, picture_at, set_kind
from app.ui.editor.body_formats import block_format, kind_of
from app.ui.editor.body_tables import walk_cells
from app.ui.editor.clip_blocks import blocks_from, blocks_mime, blocks_of
from app.ui.editor.paste_errand import ReadyPaste, ready_paste
from app.ui.editor.pasted_text import Clip, offers_rtf_only, take_clip
from app.ui.editor.picture_shelf import PictureShelf, Run, at_once
from app.ui.editor.typing_steps import TypingSteps
from app.ui.widgets.drop_zone import take_copies

_HEADING_KEYS = {Qt.Key.Key_1: 1, Qt.Key.Key_2: 2, Qt.Key.Key_3: 3}
_HEADING_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ERASING = {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}


class BlockField(QTextEdit):
    """Holds a tuple of blocks.

    `edited` tells of every change of the content, but not while an input method still composes. `noted` carries a
    sentence about what a paste left behind, `files_dropped` files that are not pictures.
    """

    edited = Signal()
    picture_chosen = Signal(object)
    noted = Signal(str)
    files_dropped = Signal(tuple)

    def __init__(
        self, shelf: PictureShelf, run: Run = at_once, prefix: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shelf, self._run, self._prefix = shelf, run, prefix
        self._composing = self._owed = self._loading = False
        self._reading: BodyReading | None = None
        self._chosen: tuple[int, Picture] | None = None
        self.clearings = 0
        self._steps = TypingSteps(self)
        self.setTabChangesFocus(True)
        self.document().contentsChanged.connect(self._contents_changed)
        self.cursorPositionChanged.connect(self._cursor_moved)

    def load(self, blocks: tuple[Block, ...]) -> None:
        """Show a body; there is nothing to undo afterwards."""
        self._loading = True
        load_blocks(self.document(), blocks)
        self._loading, self._reading = False, None
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._steps.begin_anew()
        self._cursor_moved()

    def reading(self) -> BodyReading:
        """Return the body and the places of its texts; what an input method still composes is not in it."""
        if self._reading is None or self._reading.revision != self.document().revision():
            read = read_blocks(self.document())
            places = {self._prefix + name: placed for name, placed in read.places.items()}
            self._reading = BodyReading(read.blocks, places, read.revision)
        return self._reading

    @property
    def composing(self) -> bool:
        """Whether an input method has not yet given its words."""
        return self._composing

    @property
    def picture(self) -> Picture | None:
        """The picture the cursor is at."""
        return self._chosen[1] if self._chosen else None

    def set_kind(self, kind: BlockKind, level: int = 0) -> None:
        """Make the selected blocks paragraphs, items or headings."""
        self._steps.begin_anew()
        set_kind(self.textCursor(), kind, level)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, with Enter, Backspace and Ctrl+Alt+0…3 as the blocks need them."""
        if self.isReadOnly() or self._key_of_its_own(event):
            if self.isReadOnly():
                super().keyPressEvent(event)
            return
        words = event.text() if event.text().isprintable() else ""
        command = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        alt_graph = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if words and (not command or alt_graph):
            with self._steps.step("type"):
                self._leave_picture()
                super().keyPressEvent(event)
        elif event.key() in _ERASING and not command:
            with self._steps.step(f"erase:{event.key()}"):
                super().keyPressEvent(event)
        else:
            self._steps.begin_anew()
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take words from an input method; what it still composes is nobody's content yet."""
        self._composing = bool(event.preeditString())
        if event.commitString():
            with self._steps.step("type"):
                self._leave_picture()
                super().inputMethodEvent(event)
        else:
            super().inputMethodEvent(event)
        if not self._composing and self._owed:
            self._owed = False
            self.edited.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose a picture that is clicked on."""
        super().mouseReleaseEvent(event)
        if not self.textCursor().hasSelection():
            self._choose_at(event.position().toPoint())

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Walk the cells of a table with Tab before leaving the text."""
        cursor = self.textCursor()
        if walk_cells(cursor, forward=forward):
            self.setTextCursor(cursor)
            return True
        return super().focusNextPrevChild(forward)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy blocks, with plain words for other programs."""
        return blocks_mime(blocks_of(self.textCursor().selection()))

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what comes from elsewhere as a copy, whatever its program offered."""
        super().dropEvent(event)
        if event.isAccepted() and event.source() is not self:
            take_copies(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take words, pictures and files; of what is RTF alone it is told why it cannot be taken."""
        return offers_rtf_only(source) or source.hasText() or source.hasHtml() or source.hasImage() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste without formatting."""
        own = blocks_from(source)
        if own:
            kept = tuple(b for b in own if b.picture is None or self._shelf.knows(b.picture.sha256))
            self._insert(self.textCursor(), kept)
            return
        self._paste(take_clip(source))

    # ---- within ---------------------------------------------------------------------------------------

    def _paste(self, clip: Clip) -> None:
        cursor, clearings = self.textCursor(), self.clearings

        def arrived(ready: ReadyPaste) -> None:
            # Nothing that was on its way may come back into a text that was cleared.
            if clearings == self.clearings:
                self._pasted(ready, cursor)

        if clip.quick:
            arrived(ready_paste(clip, self._shelf))
        else:
            self._run(lambda: ready_paste(clip, self._shelf), arrived, lambda _error: False)

    def _pasted(self, ready: ReadyPaste, cursor: QTextCursor) -> None:
        for picture in ready.pictures:
            self._shelf.put(picture)
        self._insert(cursor, ready.blocks)
        if ready.notes:
            self.noted.emit("".join(ready.notes))
        if ready.others:
            self.files_dropped.emit(ready.others)

    def _insert(self, cursor: QTextCursor, blocks: tuple[Block, ...]) -> None:
        self._steps.begin_anew()
        if not blocks:
            return
        insert_at(cursor, blocks)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _key_of_its_own(self, event: QKeyEvent) -> bool:
        """Handle Enter, Backspace and Ctrl+Alt+0…3 where Qt's way would not fit blocks."""
        cursor, key = self.textCursor(), event.key()
        if event.modifiers() == _HEADING_MODIFIERS and key in {Qt.Key.Key_0, *_HEADING_KEYS}:
            level = _HEADING_KEYS.get(Qt.Key(key), 0)
            self.set_kind(BlockKind.HEADING if level else BlockKind.PARAGRAPH, level)
        elif key == Qt.Key.Key_Backspace and erase_backwards_ends_kind(cursor) and self._chosen is None:
            self.set_kind(BlockKind.PARAGRAPH)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._enter(cursor)
        else:
            return False
        return True

    def _enter(self, cursor: QTextCursor) -> None:
        kind, _level = kind_of(cursor.block())
        with self._steps.step("enter"):
            cursor.removeSelectedText()
            if cursor.currentTable() is not None:
                cursor.insertText("\u2028")
            elif picture_at(cursor.block()) is not None:
                leave_picture(cursor)
            elif kind in {BlockKind.BULLET, BlockKind.NUMBERED}:
                if cursor.block().length() == 1:
                    cursor.setBlockFormat(block_format(BlockKind.PARAGRAPH))
                else:
                    cursor.insertBlock()
            elif kind is BlockKind.HEADING and cursor.atBlockEnd():
                cursor.insertBlock(block_format(BlockKind.PARAGRAPH))
            else:
                cursor.insertBlock()
            self.setTextCursor(cursor)
        self._steps.begin_anew()

    def _leave_picture(self) -> None:
        cursor = self.textCursor()
        if cursor.hasSelection() or picture_at(cursor.block()) is None:
            return
        leave_picture(cursor)
        self.setTextCursor(cursor)

    def _contents_changed(self) -> None:
        self._reading = None
        if self._loading:
            return
        if self._composing:
            self._owed = True
            return
        self._owed = False
        self._cursor_moved()
        self.edited.emit()

    def _cursor_moved(self) -> None:
        found = picture_at(self.textCursor().block())
        if found == self._chosen:
            return
        self._chosen = found
        self.picture_chosen.emit(found[1] if found else None)

    def _choose_at(self, point: QPoint) -> None:
        layout = self.document().documentLayout()
        place = point + QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        position = layout.hitTest(place.toPointF(), Qt.HitTestAccuracy.ExactHit)
        if position >= 0 and picture_at(self.document().findBlock(position)) is not None:
            cursor = self.textCursor()
            cursor.setPosition(position)
            self.setTextCursor(cursor)
