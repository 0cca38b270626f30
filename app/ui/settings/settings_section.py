"""One section of the settings: a heading, its fields, and what only the administrator may change."""

from typing import ClassVar

from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError
from app.messages import explain
from app.models.right import Right
from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.flow_layout import FlowLayout


class Section(QFrame):
    """A card with a heading, a notice, and a body to fill."""

    heading: ClassVar[str] = ""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        set_role(self, role="card")
        title = QLabel(self.heading)
        set_role(title, role="subtitle")
        self.notice = Banner()
        self.body = QVBoxLayout()
        self.body.setSpacing(px(12))
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(px(24), px(20), px(24), px(20))
        self.layout_.setSpacing(px(14))
        self.layout_.addWidget(title)
        self.layout_.addWidget(self.notice)
        self.layout_.addLayout(self.body)
        self.layout_.addStretch(1)

    @property
    def administers(self) -> bool:
        """Whether the person at the desk may change what the section shows."""
        return Right.ADMINISTER in self.desk.actor.rights

    def refresh(self) -> None:
        """Read again what the section shows."""

    def add_buttons(self, *buttons: QPushButton) -> None:
        """Put buttons below the body, at the right, in further rows where one is too narrow."""
        row = FlowLayout(right=True)
        for button in buttons:
            row.addWidget(button)
        self.body.addLayout(row)

    def allow(self, *buttons: QWidget) -> None:
        """Open what only the administrator may do, or say who may."""
        for button in buttons:
            button.setEnabled(self.administers)
            button.setToolTip("" if self.administers else "由系统管理员办理。")

    def saved(self, words: str = "已保存。") -> None:
        """Say that something was saved."""
        self.notice.say(words, Tone.GOOD)

    def refused(self, error: AppError) -> bool:
        """Say what was wrong, in place."""
        self.notice.say(str(explain(error)), Tone.DANGER)
        return True
