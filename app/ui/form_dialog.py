"""The one shape of a form in a window of its own: heading, fields, what is wrong, and at the foot 取消 and the act."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError
from app.messages import explain
from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.typed_fields import TypedFields
from app.ui.widgets.banner import Banner
from app.ui.widgets.fitting_size import grow_by, grow_to_words
from app.ui.widgets.growing_scroll import GrowingScroll

Result = TypeVar("Result")
LEFT_OVER = "上次没有填完的内容还在。"


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
        self.kept_notice = Banner()
        again = self.kept_notice.offer("重新填写", self._start_over)
        again.setAutoDefault(False)
        self.area: GrowingScroll | None = None
        self._about = ""
        self._typed: TypedFields | None = None
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
        """Lay the parts below the heading; `tall` is the one of them that takes the room left over.

        Without one, all but the notice scroll where the screen is too low: the buttons are always reached.
        """
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(14))
        layout.addWidget(self.heading)
        layout.addWidget(self.kept_notice)
        below = [part for part in parts if part is self.notice]
        if tall is None:
            layout.addWidget(self._scrolling([part for part in parts if part is not self.notice]), 1)
        for part in below if tall is None else parts:
            layout.addWidget(part, 1 if part is tall else 0)
        layout.addLayout(self.foot)

    def _scrolling(self, parts: list[QWidget]) -> GrowingScroll:
        inner = QWidget()
        flow = QVBoxLayout(inner)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(px(14))
        for part in parts:
            flow.addWidget(part)
        flow.addStretch(1)
        self.area = area = GrowingScroll(inner)
        area.wants_more.connect(self._grow)
        return area

    def _grow(self, pixels: int) -> None:
        grow_by(self, pixels)

    def showEvent(self, event: QShowEvent) -> None:
        """Have room for every line: Qt gives a window two thirds of the screen at first."""
        super().showEvent(event)
        grow_to_words(self)
        if self.area is not None and not event.spontaneous():
            QApplication.sendPostedEvents(self, QEvent.Type.LayoutRequest.value)
            self._grow(self.area.lacking)

    def remember(self, about: str, *fields: QWidget) -> None:
        """Keep what is typed into fields when the form is closed before it is done, and fill in what was kept.

        Called once the fields stand as they are to be at first; `about` names what the form is about.
        """
        self._about, self._typed = about, TypedFields(*fields)
        if kept := self._desk.unfinished.take(type(self).__name__, about):
            self._typed.put_back(kept)
            self.kept_notice.say(LEFT_OVER)
            # Otherwise Qt gives the focus to the act, because a button comes first.
            fields[0].setFocus()

    def _start_over(self) -> None:
        if self._typed is not None:
            self._typed.start_over()
        self.kept_notice.say("")

    def done(self, result: int) -> None:
        """Keep what was typed, unless the act is done."""
        if self._typed is not None:
            typed = self._typed.typed if result != QDialog.DialogCode.Accepted else {}
            self._desk.unfinished.keep(type(self).__name__, self._about, typed or None)
        super().done(result)

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
