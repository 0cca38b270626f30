"""The left of the editor: the main text and the texts of single accounts, with what acts on them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.models.content import Content, Variant
from app.services.text_checks import FieldFinding
from app.ui.editor.body_toolbar import BodyToolbar
from app.ui.editor.picture_shelf import PictureShelf, Run
from app.ui.editor.picture_strip import PictureStrip
from app.ui.editor.text_sheet import TextSheet
from app.ui.theme import px
from app.ui.widgets.file_drop import FileDrop

_MAIN = ""
_TAB_WORDS = 14


class TextPane(QWidget):
    """Shows one text at a time; a tab for each account that has its own."""

    edited = Signal()
    mask_wanted = Signal(object)
    noted = Signal(str)
    files_dropped = Signal(tuple)
    picture_wanted = Signal()

    def __init__(self, shelf: PictureShelf, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf, self._run = shelf, run
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("文案")
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.currentChanged.connect(self._turned)
        self.stack = QStackedWidget()
        self.toolbar = BodyToolbar()
        self.toolbar.picture_wanted.connect(self.picture_wanted)
        self.sheets: dict[str, TextSheet] = {}
        self.strip = PictureStrip(lambda: [sheet.body for sheet in self.sheets.values()])
        self.drop_words: Callable[[tuple[Path, ...], QPoint], str] = lambda _paths, _place: ""
        """What letting go of files over a text would do."""
        self._captions: dict[str, str] = {}
        self._read_only = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self._row = QHBoxLayout()
        self._row.setSpacing(px(8))
        self._row.addWidget(self.tabs, 1)
        self._row.addWidget(self.toolbar)
        column.addLayout(self._row)
        column.addWidget(self.stack, 1)
        column.addWidget(self.strip)
        self.main = self._add(_MAIN, "主文案")

    @property
    def current(self) -> TextSheet:
        """The text in front."""
        sheet = self.stack.currentWidget()
        assert isinstance(sheet, TextSheet)
        return sheet

    def set_narrow(self, narrow: bool) -> None:
        """Put the tools below the tabs where there is no room beside them."""
        self._row.setDirection(QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight)

    def load(self, content: Content, captions: Mapping[str, str]) -> None:
        """Show a draft's texts; `captions` names accounts by id."""
        for account_id in [key for key in self.sheets if key]:
            self.drop_variant(account_id)
        self._captions = dict(captions)
        self.main.load(content.title, content.blocks, content.summary)
        for variant in content.variants:
            self.add_variant(variant.account_id).load(variant.title, variant.blocks)
        self.show_text(_MAIN)

    def variants(self) -> tuple[Variant, ...]:
        """Return the texts of single accounts; an empty one is none."""
        return tuple(
            Variant(sheet.account_id, sheet.title.text, sheet.body.reading().blocks)
            for key, sheet in self.sheets.items()
            if key and not sheet.is_empty
        )

    def add_variant(self, account_id: str) -> TextSheet:
        """Return the text of an account, adding an empty one."""
        if account_id not in self.sheets:
            self._add(account_id, self._captions.get(account_id, "单独文案"))
        return self.sheets[account_id]

    def drop_variant(self, account_id: str) -> None:
        """Take the text of an account away."""
        sheet = self.sheets.pop(account_id, None)
        if sheet is None:
            return
        place = self.stack.indexOf(sheet)
        self.tabs.removeTab(place)
        self.stack.removeWidget(sheet)
        self._attend()
        sheet.deleteLater()
        self.tabs.setVisible(self.tabs.count() > 1)

    def show_text(self, account_id: str) -> None:
        """Bring a text to the front."""
        self.tabs.setCurrentIndex(self.stack.indexOf(self.sheets[account_id]))

    def show_findings(self, findings: tuple[FieldFinding, ...], content: Content) -> None:
        """Mark what a check of `content` found, in every text that has not changed since."""
        for account_id, sheet in self.sheets.items():
            variant = content.variant_for(account_id) if account_id else None
            title = (variant.title if variant else "") if account_id else content.title
            sheet.show_findings(findings, title, content.summary if not account_id else "")

    def go_to(self, found: FieldFinding) -> bool:
        """Bring the words of a finding to the front and select them."""
        for account_id, sheet in self.sheets.items():
            if any(part.marks.find(found) for part in (sheet.title, sheet.summary, sheet.body)):
                self.show_text(account_id)
                return sheet.go_to(found)
        return False

    def mask_words(self, found: FieldFinding) -> bool:
        """Mask the words of a finding."""
        return any(sheet.mask_words(found) for sheet in self.sheets.values())

    def go_to_bare_picture(self) -> None:
        """Put the cursor at the first picture without a licence."""
        for account_id, sheet in self.sheets.items():
            reading = sheet.body.reading()
            for number, block in enumerate(reading.blocks):
                if block.picture is not None and not block.picture.licence.strip():
                    self.show_text(account_id)
                    cursor = sheet.body.textCursor()
                    cursor.setPosition(reading.places[f"{sheet.prefix}block:{number}"].position)
                    sheet.body.setTextCursor(cursor)
                    sheet.body.ensureCursorVisible()
                    self.strip.licence.setFocus()
                    return

    def clear_secret(self) -> None:
        """Empty every text, with everything that could be undone and every pasted picture."""
        for sheet in self.sheets.values():
            sheet.clear_secret()

    def forget_undo(self) -> None:
        """Let nothing be undone that was typed until now."""
        for sheet in self.sheets.values():
            sheet.forget_undo()

    def set_read_only(self, read_only: bool) -> None:
        """Close the texts for typing, or open them."""
        self._read_only = read_only
        for sheet in self.sheets.values():
            sheet.set_read_only(read_only)
        self.toolbar.setVisible(not read_only)
        self.strip.attend(self.current.body)

    def _add(self, account_id: str, caption: str) -> TextSheet:
        sheet = TextSheet(self._shelf, self._run, account_id)
        sheet.edited.connect(self.edited)
        sheet.mask_wanted.connect(self.mask_wanted)
        for part in (sheet.title, sheet.summary, sheet.body):
            part.noted.connect(self.noted)
        sheet.body.files_dropped.connect(self.files_dropped)
        FileDrop(sheet.body, self._drop_words)
        sheet.set_read_only(self._read_only)
        self.sheets[account_id] = sheet
        self.stack.addWidget(sheet)
        short = caption if len(caption) <= _TAB_WORDS else f"{caption[: _TAB_WORDS - 1]}…"
        place = self.tabs.addTab(short.replace("&", "&&"))
        self.tabs.setTabToolTip(place, caption)
        self.tabs.setVisible(self.tabs.count() > 1)
        self._attend()
        return sheet

    def _drop_words(self, paths: tuple[Path, ...], place: QPoint) -> str:
        return self.drop_words(paths, place)

    def _turned(self, place: int) -> None:
        if 0 <= place < self.stack.count():
            self.stack.setCurrentIndex(place)
            self._attend()

    def _attend(self) -> None:
        if self.stack.count():
            self.toolbar.attend(self.current.body)
            self.strip.attend(self.current.body)
