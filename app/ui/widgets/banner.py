"""A strip inside a page that informs, warns or alarms, with perhaps one button."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.ui.icons import put_icon
from app.ui.theme import px, set_role
from app.ui.tokens import Tone

_ICONS = {
    Tone.PRIMARY: "info",
    Tone.GOOD: "circle-check",
    Tone.WARNING: "triangle-alert",
    Tone.DANGER: "circle-alert",
    Tone.NEUTRAL: "info",
}


_NARROW = 420


class Banner(QFrame):
    """One sentence on a soft ground; hidden while it has nothing to say."""

    def __init__(self, text: str = "", tone: Tone | str = Tone.PRIMARY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.sign = QLabel()
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.button: QPushButton | None = None
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(px(10))
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._parts.setContentsMargins(px(14), px(10), px(14), px(10))
        self._parts.setSpacing(px(10))
        self._parts.addLayout(row, 1)
        self._parts.addLayout(self._acts)
        self.say(text, tone)

    @property
    def text(self) -> str:
        """The sentence."""
        return self.label.text()

    def say(self, text: str, tone: Tone | str = Tone.PRIMARY) -> None:
        """Show a sentence in a tone; an empty one hides the strip."""
        tone = Tone(tone)
        self.label.setText(text)
        put_icon(self.sign, _ICONS[tone], "muted" if tone is Tone.NEUTRAL else tone.value, 18)
        set_role(self, tone=tone.value)
        set_role(self.label, tone=tone.value)
        self.setVisible(bool(text))

    def offer(self, text: str, slot: Callable[[], object]) -> QPushButton:
        """Put a button at the right of the sentence; in a narrow strip it stands below."""
        button = QPushButton(text)
        button.clicked.connect(lambda _checked=False: slot())
        self._acts.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.button = button
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the sentence where they would leave it a few letters a line."""
        super().resizeEvent(event)
        narrow = self.width() < px(_NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if way != self._parts.direction():
            self._parts.setDirection(way)
            self._parts.setAlignment(self._acts, Qt.AlignmentFlag.AlignRight if narrow else Qt.AlignmentFlag(0))
