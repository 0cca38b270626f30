"""What will happen to the files that hang over the page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.ui.icons import put_icon
from app.ui.theme import px, set_role
from app.ui.widgets.plain_tooltip import plain_tooltip


class DropHint(QFrame):
    """A strip that floats over the foot of its parent while something is dragged."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_role(self, role="drop", over="true")
        sign = QLabel()
        put_icon(sign, "upload", "primary", 20)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.label, role="strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(14), px(20), px(14))
        row.setSpacing(px(10))
        row.addWidget(sign)
        row.addWidget(self.label)
        self.hide()

    def say(self, words: str) -> None:
        """Float with some words over the middle of the parent's foot."""
        room = self._under.rect()
        metrics = self.label.fontMetrics()
        self.label.setText(
            metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, max(px(200), room.width() - px(160)))
        )
        self.label.setToolTip(plain_tooltip(words))
        self.adjustSize()
        self.move(room.center().x() - self.width() // 2, room.bottom() - self.height() - px(28))
        self.show()
        self.raise_()
