"""What an empty list says: what belongs there, and the first step."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui.icons import put_icon
from app.ui.theme import px, set_role


class EmptyNotice(QWidget):
    """An icon, a sentence, and perhaps a button with the first step."""

    def __init__(
        self,
        icon: str,
        sentence: str,
        step: str = "",
        slot: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.sign = QLabel()
        put_icon(self.sign, icon, "muted", 36)
        self.sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence_label = QLabel(sentence)
        self.sentence_label.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence_label.setWordWrap(True)
        self.sentence_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self.sentence_label, role="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(24), px(24), px(24))
        layout.setSpacing(px(12))
        layout.addStretch(2)
        layout.addWidget(self.sign)
        layout.addWidget(self.sentence_label)
        self.button = QPushButton(step)
        self.button.setVisible(bool(step))
        if slot is not None:
            self.button.clicked.connect(lambda _checked=False: slot())
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def say(self, sentence: str, icon: str = "") -> None:
        """Change the sentence, e.g. when a search found nothing."""
        self.sentence_label.setText(sentence)
        if icon:
            put_icon(self.sign, icon, "muted", 36)
