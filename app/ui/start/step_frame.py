"""The frame around steps that can go back: where one is, what is asked, what is missing, and the two buttons."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.icons import put_icon
from app.ui.start.door_card import door_label
from app.ui.start.wizard_step import WizardStep
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.upright_scroll import upright_scroll


class StepFrame(QWidget):
    """Shows one of some steps; `after` names what follows the last one, `act` stands on its button."""

    cancelled = Signal()
    """The first step was left backwards."""

    def __init__(
        self, steps: tuple[WizardStep, ...], after: tuple[str, ...], act: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_role(self, role="page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.steps, self._after, self._act = steps, after, act
        self._current = 0
        self._touched = False
        self._marks: list[tuple[QLabel, QLabel]] = []
        self.title_label = door_label("", "title")
        self.line_label = door_label("", "muted")
        self.stack = QStackedWidget()
        self.note = Banner()
        self.back_button = QPushButton("上一步")
        self.back_button.clicked.connect(self.go_back)
        self.next_button = QPushButton("下一步")
        set_role(self.next_button, kind="primary")
        self.next_button.clicked.connect(self.go_on)
        self._lay_out()
        for step in self.steps:
            step.changed.connect(self._step_changed)
        self.show_step(0)

    def finish(self) -> None:
        """Do what the steps have gathered."""
        raise NotImplementedError

    def arrive(self, step: WizardStep) -> None:
        """Get a step ready that is shown next."""

    def go_on(self) -> None:
        """Go to the next step if nothing is missing here; from the last one, do it."""
        if not self.next_button.isEnabled():
            return
        missing = self.steps[self._current].missing()
        if missing:
            self.note.say(missing, Tone.WARNING)
            self.steps[self._current].take_focus()
        elif self._current < len(self.steps) - 1:
            self.show_step(self._current + 1)
        else:
            self.finish()

    def go_back(self) -> None:
        """Go back one step, from the first to where one came from. What was typed stays."""
        if self._current:
            self.show_step(self._current - 1)
        else:
            self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, or press the button that has the focus; a key held down does it once."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            focused = self.focusWidget()
            (focused if isinstance(focused, QPushButton) else self.next_button).click()

    def showEvent(self, event: QShowEvent) -> None:
        """Be ready for a key at once."""
        super().showEvent(event)
        self.steps[self._current].take_focus()

    def set_busy(self, busy: bool, words: str = "") -> None:
        """Close both buttons while something is done, and say what."""
        self.next_button.setEnabled(not busy)
        self.back_button.setEnabled(not busy)
        if busy:
            self.note.say(words, Tone.PRIMARY)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(36), px(24), px(36), px(20))
        layout.setSpacing(px(12))
        marks = QHBoxLayout()
        marks.setSpacing(px(8))
        for index, text in enumerate([*(step.label for step in self.steps), *self._after]):
            if index:
                line = QFrame()
                set_role(line, role="line")
                line.setFixedWidth(px(28))
                marks.addWidget(line)
            sign, word = QLabel(), QLabel(text)
            marks.addWidget(sign)
            marks.addWidget(word)
            self._marks.append((sign, word))
        marks.addStretch(1)
        layout.addLayout(marks)
        layout.addSpacing(px(4))
        layout.addWidget(self.title_label)
        layout.addWidget(self.line_label)
        for step in self.steps:
            # A line longer than this is hard to follow.
            step.setMaximumWidth(px(960))
            area = upright_scroll(step)
            step.came_to.connect(area.ensureWidgetVisible)
            self.stack.addWidget(area)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.note)
        foot = QHBoxLayout()
        foot.setSpacing(px(12))
        foot.addStretch(1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.next_button)
        layout.addLayout(foot)

    def show_step(self, index: int) -> None:
        """Show a step whatever the others lack."""
        self._current = index
        step = self.steps[index]
        self.arrive(step)
        self.title_label.setText(step.heading)
        self.line_label.setText(step.explanation)
        self.stack.setCurrentIndex(index)
        self.back_button.setText("上一步" if index else "返回")
        self.next_button.setText(self._act if index == len(self.steps) - 1 else "下一步")
        for place, (sign, word) in enumerate(self._marks):
            done, here = place < index, place == index
            put_icon(sign, "circle-check" if done else "chevron-right" if here else "minus", _tone(done, here), 16)
            set_role(word, role="strong" if here else "muted", tone="primary" if here else "")
        self._say_missing()
        step.take_focus()

    def _step_changed(self) -> None:
        self._touched = True
        self._say_missing()

    def _say_missing(self) -> None:
        missing = self.steps[self._current].missing()
        self.note.say(missing if self._touched else "", Tone.NEUTRAL)


def _tone(done: bool, here: bool) -> str:
    return "good" if done else "primary" if here else "muted"
