"""A page: title, search, at most two buttons, and below them what the page is about."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.icons import put_icon
from app.ui.theme import px, set_role

if TYPE_CHECKING:
    from app.models.draft_list import DraftRow


class Page(QWidget):
    """One place of the window; it reads its records when shown and when a change it cares about arrives."""

    name: ClassVar[str] = ""
    heading: ClassVar[str] = ""
    interests: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title_label = QLabel(self.heading)
        self.title_label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.title_label, role="title")
        self.search: QLineEdit | None = None
        self.header = QHBoxLayout()
        self.header.setSpacing(px(12))
        self.header.addWidget(self.title_label)
        self.header.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(12))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(28), px(20), px(28), px(20))
        layout.setSpacing(px(14))
        layout.addLayout(self.header)
        layout.addLayout(self.body, 1)
        desk.changes.changed.connect(self._changed)

    def add_button(
        self, text: str, slot: Callable[[], object], *, primary: bool = False, icon: str = ""
    ) -> QPushButton:
        """Put a button at the right of the title."""
        button = QPushButton(text)
        if primary:
            set_role(button, kind="primary")
        if icon:
            put_icon(button, icon, "on_primary" if primary else "text", 16)
        button.clicked.connect(lambda _checked=False: slot())
        self.header.addWidget(button)
        return button

    def add_search(self, placeholder: str, changed: Callable[[str], object]) -> QLineEdit:
        """Put the search field at the right of the title; `changed` is called a moment after the last key."""
        field = QLineEdit()
        field.setPlaceholderText(placeholder)
        field.setAccessibleName(placeholder)
        field.setClearButtonEnabled(True)
        field.setMaxLength(200)
        # A file dropped here is meant for the page, not for the search.
        field.setAcceptDrops(False)
        field.setMinimumWidth(px(160))
        field.setMaximumWidth(px(320))
        pause = QTimer(field)
        pause.setSingleShot(True)
        pause.setInterval(150)
        pause.timeout.connect(lambda: changed(field.text()))
        field.textChanged.connect(lambda _text: pause.start())
        self.header.insertWidget(2, field, 2)
        self.search = field
        return field

    def refresh(self) -> None:
        """Read again what the page shows."""

    def find(self) -> None:  # type: ignore[override]
        """Put the cursor into the page's search field (Ctrl+F)."""
        if self.search is not None:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()

    def new(self) -> None:
        """Start a new thing of the page's kind (Ctrl+N)."""

    def printing(self) -> None:
        """Preview what the page would print (Ctrl+P)."""

    def step_back(self) -> bool:
        """Close what lies open on the page (Esc); say whether there was something to close."""
        return False

    def show_subject(self, subject: str) -> None:
        """Show one thing on the page, e.g. `draft:ID` or `draft-editor:ID`."""

    def row_under(self, _place: QPoint) -> "DraftRow | None":
        """Return the draft in review that lies under a place of the page, for a scan that is dropped there."""
        return None

    def scenes(self) -> Iterable[tuple[str, Callable[[], QWidget | None]]]:
        """Name further views of the page for its pictures: each act brings one about and returns what to picture.

        None pictures the window; a dialog that is returned must be shown and is closed afterwards.
        """
        return ()

    @property
    def unsaved(self) -> str:
        """What on this page cannot be saved and would be lost, in a sentence; nothing when all is kept."""
        return ""

    def keep_input(self) -> None:
        """Start saving what is being typed: the window is about to lock, to close or to leave the page."""

    def showEvent(self, event: QShowEvent) -> None:
        """Read the records when the page comes to the front."""
        super().showEvent(event)
        if not event.spontaneous():
            self.refresh()

    def _changed(self, kinds: frozenset[str]) -> None:
        if self.isVisible() and self.interests & kinds:
            self.refresh()
