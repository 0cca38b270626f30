"""A label of one line that ends in … when there is no room; the whole text is in the tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from app.ui.theme import px
from app.ui.widgets.plain_tooltip import plain_tooltip


class ElidedLabel(QLabel):
    """One line of somebody's text, never wider than its place."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text; line breaks become blanks."""
        super().setText(" ".join(text.split()))
        self.setToolTip("")

    def minimumSizeHint(self) -> QSize:
        """Get by with a few characters."""
        return QSize(min(px(48), self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        place = self.contentsRect()
        shown = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, place.width())
        whole = plain_tooltip(self.text()) if shown != self.text() else ""
        if self.toolTip() != whole:
            self.setToolTip(whole)
        flags = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        self.style().drawItemText(
            painter, place, int(flags), self.palette(), self.isEnabled(), shown, QPalette.ColorRole.WindowText
        )
        painter.end()
