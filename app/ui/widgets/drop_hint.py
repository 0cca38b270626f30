"""What will happen to the files that hang over a part of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.ui.icons import put_icon
from app.ui.theme import px, set_role
from app.ui.widgets.plain_tooltip import plain_tooltip


class DropHint(QFrame):
    """A frame around its parent while something is dragged over it, with the words in a strip over its foot."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_role(self, role="drop_frame")
        self.strip = QFrame(self)
        set_role(self.strip, role="drop", over="true")
        sign = QLabel()
        put_icon(sign, "upload", "primary", 20)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.label, role="strong")
        row = QHBoxLayout(self.strip)
        row.setContentsMargins(px(20), px(14), px(20), px(14))
        row.setSpacing(px(10))
        row.addWidget(sign)
        row.addWidget(self.label)
        self.hide()

    def show_words(self, words: str) -> None:
        """Stand around the parent with some words over the middle of its foot; without words, go away."""
        if not words:
            self.hide()
            return
        room = self._under.rect()
        self.setGeometry(room)
        metrics = self.label.fontMetrics()
        broad = max(px(160), room.width() - px(90))
        self.label.setText(metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, broad))
        self.label.setToolTip(plain_tooltip(words))
        self.strip.adjustSize()
        # Where the parent is low, the strip stands in its middle.
        below = min(px(28), max(0, (room.height() - self.strip.height()) // 2))
        self.strip.move(room.center().x() - self.strip.width() // 2, room.height() - self.strip.height() - below)
        self.show()
        self.raise_()
