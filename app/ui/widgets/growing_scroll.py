"""A part of a dialog that has room for all it holds, and scrolls only where the screen has not."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class GrowingScroll(QScrollArea):
    """Scrolls up and down only; `wants_more` tells how many pixels its content lacks."""

    wants_more = Signal(int)

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = inner
        self.setWidget(inner)

    @property
    def lacking(self) -> int:
        """How many pixels higher it would have to be to show everything."""
        inner, room = self._inner, self.viewport().size()
        wanted = inner.heightForWidth(room.width()) if inner.hasHeightForWidth() else inner.sizeHint().height()
        return max(0, wanted - room.height())

    def minimumSizeHint(self) -> QSize:
        """Need the width of what it holds beside its scroll bar, and next to no height."""
        hint = super().minimumSizeHint()
        width = self._inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(max(hint.width(), width), hint.height())

    def event(self, event: QEvent) -> bool:
        """Notice what grew within."""
        taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible() and (lacking := self.lacking):
            self.wants_more.emit(lacking)
        return taken
