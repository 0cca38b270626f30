"""The right of the editor: everything about the draft beside its words, and what the check found."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.ui.editor.account_section import AccountSection
from app.ui.editor.attachment_section import AttachmentSection
from app.ui.editor.declaration_section import DeclarationSection
from app.ui.editor.finding_section import FindingSection
from app.ui.editor.handling_section import HandlingSection
from app.ui.editor.section import Section
from app.ui.editor.source_section import SourceSection
from app.ui.editor.video_section import VideoSection
from app.ui.theme import px
from app.ui.widgets.upright_scroll import upright_scroll

FACTS, CHECKS = "facts", "checks"


class SidePanel(QWidget):
    """Two scrolling columns: 送审信息 and 检查."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.accounts = AccountSection()
        self.handling = HandlingSection()
        self.source = SourceSection()
        self.declarations = DeclarationSection()
        self.attachments = AttachmentSection()
        self.video = VideoSection()
        self.findings = FindingSection()
        self.sections: tuple[Section, ...] = (
            self.accounts,
            self.handling,
            self.source,
            self.declarations,
            self.attachments,
            self.video,
        )
        for section in self.sections:
            section.edited.connect(self.edited)
        self.stack = QStackedWidget()
        self.facts_area = scrolling_cards(*self.sections)
        self.stack.addWidget(self.facts_area)
        self.checks_area = scrolling_cards(self.findings)
        self.stack.addWidget(self.checks_area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def show_part(self, part: str) -> None:
        """Show 送审信息 or 检查."""
        self.stack.setCurrentIndex(1 if part == CHECKS else 0)

    def step_to(self, section: Section) -> None:
        """Bring a section into view and put the cursor into it."""
        self.show_part(CHECKS if section is self.findings else FACTS)
        area = self.checks_area if section is self.findings else self.facts_area
        area.ensureWidgetVisible(section)
        section.step_to()

    def set_read_only(self, read_only: bool) -> None:
        """Close every section for changes, or open them."""
        for section in (*self.sections, self.findings):
            section.set_read_only(read_only)


def scrolling_cards(*sections: Section) -> QScrollArea:
    """Return cards above one another, which scroll up and down only."""
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, px(8), 0)
    column.setSpacing(px(10))
    for section in sections:
        column.addWidget(section)
    column.addStretch(1)
    area = upright_scroll(inner, frame=True)
    # Bringing a field into view must not push the cards out at the left, where nothing brings them back.
    sideways = area.horizontalScrollBar()
    sideways.valueChanged.connect(lambda _value: sideways.setValue(0))
    return area
