"""Where the editor says what comes up while somebody writes: away from the text, so that no line of it moves."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme import px


class NoticeShelf(QScrollArea):
    """Strips above one another, as high as they are up to a limit; beyond it they scroll.

    `moved` tells that the height changed, and that what lies above has more or less room now.
    """

    moved = Signal()

    def __init__(self, *strips: QWidget) -> None:
        super().__init__()
        self._strips, self._limit, self._wanted = strips, px(200), 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = QWidget()
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        for strip in strips:
            column.addWidget(strip)
            strip.installEventFilter(self)
        self.setWidget(self._inner)
        self._fit()

    def set_limit(self, height: int) -> None:
        """Grow to so many pixels at the most."""
        if height != self._limit:
            self._limit = height
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a strip that comes or goes."""
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self._fit()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Follow words that grew."""
        taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return taken

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the words the height they need at another width."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Ask for what the strips need, up to the limit."""
        return QSize(super().sizeHint().width(), self._wanted)

    def minimumSizeHint(self) -> QSize:
        """Need the width of the strips; on a low screen they scroll sooner."""
        return QSize(self._inner.minimumSizeHint().width(), min(self._wanted, px(56)))

    def _room(self) -> int:
        """Return the width that there will be: while hidden, the own one is that of long ago."""
        place = self.parentWidget() if self.isHidden() else None
        around = place.layout() if place is not None else None
        return around.contentsRect().width() if around is not None else self.width()

    def _fit(self) -> None:
        """Take the height of what is shown; without anything, take no room at all."""
        shown = [strip for strip in self._strips if not strip.isHidden()]
        column = self._inner.layout()
        if shown and column is not None:
            column.invalidate()
            height = min(column.totalHeightForWidth(self._room()), self._limit)
            if height != self._wanted:
                self._wanted = height
                self.updateGeometry()
                self.moved.emit()
        if not shown and not self.isHidden():
            self.hide()
            self.moved.emit()
        elif shown and self.isHidden():
            self.show()
            self.moved.emit()
