"""The one shape of a form in a window of its own: heading, fields, what is wrong, and at the foot 取消 and the act."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError
from app.messages import explain
from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.fitting_size import grow_to_words

Result = TypeVar("Result")


class FormDialog(QDialog):
    """Enter in a field does the act, Esc turns away; what is refused is said in place, and nothing typed is lost."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None,
        title: str,
        heading: str,
        act: str,
        *,
        width: int = 520,
        turn_away: str = "取消",
    ) -> None:
        super().__init__(parent.window() if parent is not None else None)
        self._desk = desk
        self.setWindowTitle(title)
        self.setMinimumWidth(px(width))
        self.heading = QLabel(heading)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setWordWrap(True)
        set_role(self.heading, role="subtitle")
        self.notice = Banner()
        self.act_button, self.cancel_button = QPushButton(act), QPushButton(turn_away)
        set_role(self.act_button, kind="primary")
        # Qt would give Enter to the first button it finds, and that is 取消.
        self.cancel_button.setAutoDefault(False)
        self.act_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(px(8))
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel_button)
        self.foot.addWidget(self.act_button)

    def lay_out(self, *parts: QWidget, tall: QWidget | None = None) -> None:
        """Lay the parts below the heading; `tall` is the one of them that takes the room left over."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(14))
        for part in (self.heading, *parts):
            layout.addWidget(part, 1 if part is tall else 0)
        layout.addLayout(self.foot)

    def showEvent(self, event: QShowEvent) -> None:
        """Have room for every line: Qt gives a window two thirds of the screen at first."""
        super().showEvent(event)
        grow_to_words(self)

    def done_with(self, *changed: str) -> None:
        """Tell the pages what was changed, and close."""
        self._desk.changes.tell(*changed)
        self.accept()

    def act(self, job: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """Do the act once, however often it is pressed; when it is refused it can be done again."""
        self.act_button.setEnabled(False)

        def refused(error: AppError) -> bool:
            self.act_button.setEnabled(True)
            return self.refused(error)

        self._desk.tasks.run(self, job, done, refused)

    def refused(self, error: AppError) -> bool:
        """Say in place what is wrong; what was typed stays."""
        self.notice.say(str(explain(error)), Tone.DANGER)
        grow_to_words(self)
        return True
