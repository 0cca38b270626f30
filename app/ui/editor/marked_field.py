"""A plain field of a few lines that grows with its words and shows the marks of the text check."""

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from app.services.text_checks import FieldFinding
from app.ui.editor.block_document import Placed
from app.ui.editor.check_marks import CheckMarks
from app.ui.editor.pasted_text import RTF_ONLY, offers_rtf_only
from app.ui.editor.plain_characters import unify
from app.ui.theme import px
from app.ui.widgets.drop_zone import dropped_paths


class MarkedField(QPlainTextEdit):
    """Holds one text known to the text check as `field`; `one_line` keeps line breaks out.

    `noted` carries a sentence about what could not be pasted.
    """

    edited = Signal()
    noted = Signal(str)

    def __init__(
        self, field: str, name: str, placeholder: str, *, one_line: bool, lines: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field, self._one_line, self._lines = field, one_line, lines
        self._composing = self._owed = self._loading = False
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.marks = CheckMarks(self)
        self.document().contentsChanged.connect(self._contents_changed)
        self._fit()

    @property
    def text(self) -> str:
        """The words, lines parted by line feeds."""
        return unify(self.toPlainText())

    def load(self, text: str) -> None:
        """Show a text; there is nothing to undo afterwards."""
        self._loading = True
        self.marks.clear()
        self.setPlainText(self._fitting(text))
        self._loading = False
        self._fit()

    def clear_secret(self) -> None:
        """Remove the text and everything that could be undone."""
        QGuiApplication.inputMethod().reset()
        self._composing = self._owed = False
        self.load("")
        self.document().clearUndoRedoStacks()

    def show_findings(self, findings: tuple[FieldFinding, ...], text: str) -> None:
        """Mark findings of a check of `text`, unless the words have changed since."""
        if text == self.text:
            self.marks.show([f for f in findings if f.field == self.field], {self.field: Placed(0, text)})

    def go_to(self, found: FieldFinding) -> bool:
        """Select the words of a finding; say False when they no longer stand."""
        mark = self.marks.find(found)
        if mark is None:
            return False
        cursor = QTextCursor(mark.cursor)
        self.setTextCursor(cursor)
        self.setFocus()
        return True

    def mask_words(self, found: FieldFinding) -> bool:
        """Put the replacement in place of a finding's words; say False when they no longer stand."""
        mark = self.marks.find(found)
        if mark is None or found.finding.replacement is None:
            return False
        QTextCursor(mark.cursor).insertText(found.finding.replacement)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave a field of one line with Enter."""
        if self._one_line and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Tell of words only when the input method has given them."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self._composing and self._owed:
            self._owed = False
            self.edited.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take words, but no files; of what is RTF alone it is told why it cannot be taken."""
        if dropped_paths(source):
            return False
        return offers_rtf_only(source) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words only."""
        if offers_rtf_only(source):
            self.noted.emit(RTF_ONLY)
        elif source.hasText():
            self.textCursor().insertText(self._fitting(source.text()))
            self.ensureCursorVisible()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow when the words need another line."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the scale."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange} and hasattr(self, "marks"):
            self.marks.renew()
            self._fit()

    def sizeHint(self) -> QSize:
        """Ask for the lines there are."""
        return QSize(px(200), self.height())

    def minimumSizeHint(self) -> QSize:
        """Allow a narrow window."""
        return QSize(px(120), self.height())

    def _fitting(self, text: str) -> str:
        text = unify(text)
        return " ".join(part.strip() for part in text.split("\n") if part.strip()) if self._one_line else text

    def _fit(self) -> None:
        lines = min(self._lines, max(1, int(self.document().size().height())))
        margins = self.contentsMargins()
        frame = margins.top() + margins.bottom() + 2 * int(self.document().documentMargin())
        height = lines * self.fontMetrics().lineSpacing() + frame + px(4)
        if height != self.height():
            self.setFixedHeight(height)

    def _contents_changed(self) -> None:
        self._fit()
        if self._loading:
            return
        if self._composing:
            self._owed = True
            return
        self._owed = False
        self.edited.emit()
