"""The words for all accounts, or for one that needs its own: title, summary, body."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.models.content import Block
from app.models.draft import TITLE_LIMIT
from app.services.text_checks import FieldFinding
from app.ui.editor.block_document import BodyReading
from app.ui.editor.body_editor import BodyEditor
from app.ui.editor.marked_field import MarkedField
from app.ui.editor.picture_shelf import PictureShelf, Run
from app.ui.theme import px, set_role


class TextSheet(QWidget):
    """One text; `account_id` is empty for the main one, which alone has a summary."""

    edited = Signal()
    mask_wanted = Signal(object)

    def __init__(self, shelf: PictureShelf, run: Run, account_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.account_id = account_id
        self.prefix = f"variant:{account_id}:" if account_id else ""
        self.title = MarkedField(
            f"{self.prefix}title",
            "标题",
            "标题（留空则用主文案的标题）" if account_id else "标题",
            one_line=True,
            lines=3,
        )
        set_role(self.title, kind="title")
        self.counter = QLabel()
        set_role(self.counter, role="small")
        self.summary = MarkedField("summary", "摘要", "摘要（可不填）", one_line=False, lines=4)
        if account_id:
            self.summary.hide()
        self.body = BodyEditor(shelf, run, self.prefix)
        if account_id:
            self.body.setPlaceholderText("这个账号单独使用的正文；留空则用主文案的正文。")
        self.reading = self.body.reading()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.title, 1)
        row.addWidget(self.counter, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(row)
        layout.addWidget(self.summary)
        layout.addWidget(self.body, 1)
        for part in (self.title, self.summary, self.body):
            part.edited.connect(self.edited)
        self.body.mask_wanted.connect(self.mask_wanted)
        self.title.edited.connect(self._count)
        self._count()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in title and body."""
        return not self.title.text.strip() and not self.body.reading().blocks

    def load(self, title: str, blocks: tuple[Block, ...], summary: str = "") -> None:
        """Show a text."""
        self.title.load(title)
        self.summary.load(summary)
        self.body.load(blocks)
        self._count()

    def note_reading(self) -> BodyReading:
        """Read the body now and remember the reading for the check that is about to run."""
        self.reading = self.body.reading()
        return self.reading

    def show_findings(self, findings: tuple[FieldFinding, ...], title: str, summary: str) -> None:
        """Mark what a check of this title, summary and the remembered reading found."""
        self.title.show_findings(findings, title)
        self.summary.show_findings(findings, summary)
        self.body.show_findings(findings, self.reading)

    def go_to(self, found: FieldFinding) -> bool:
        """Select the words of a finding."""
        return any(part.go_to(found) for part in (self.title, self.summary, self.body))

    def mask_words(self, found: FieldFinding) -> bool:
        """Mask the words of a finding."""
        return any(part.mask_words(found) for part in (self.title, self.summary, self.body))

    def forget_undo(self) -> None:
        """Let nothing be undone that was typed until now."""
        for part in (self.title, self.summary, self.body):
            part.document().clearUndoRedoStacks()

    def clear_secret(self) -> None:
        """Remove the words and everything that could be undone."""
        for part in (self.title, self.summary, self.body):
            part.clear_secret()
        self._count()

    def set_read_only(self, read_only: bool) -> None:
        """Close the text for typing, or open it."""
        for part in (self.title, self.summary, self.body):
            part.setReadOnly(read_only)

    def _count(self) -> None:
        length = len(self.title.text)
        self.counter.setText(f"{length}/{TITLE_LIMIT}")
        too_long = length > TITLE_LIMIT
        set_role(self.counter, role="" if too_long else "small", tone="danger" if too_long else "")
