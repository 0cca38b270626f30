"""A list and what is chosen in it side by side, or one at a time where there is no room for both."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app.ui.theme import px

_LIST_AT_LEAST, _DETAIL_AT_LEAST, _GAP, _DETAIL = 316, 312, 14, 344


class ListAndDetail(QSplitter):
    """Two parts; `narrowed` tells when they no longer stand side by side, or do again."""

    narrowed = Signal(bool)

    def __init__(self, first: QWidget, detail: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._list, self._detail = first, detail
        self.narrow = False
        self._detail_open = False
        self.setChildrenCollapsible(False)
        self.setHandleWidth(px(_GAP))
        self.addWidget(first)
        self.addWidget(detail)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.setSizes([px(_DETAIL * 3), px(_DETAIL)])
        self._arrange()

    @property
    def detail_open(self) -> bool:
        """Whether the detail can be seen."""
        return not self.narrow or self._detail_open

    def open_detail(self) -> None:
        """Show the detail, in place of the list where there is no room for both."""
        self._detail_open = True
        self._arrange()

    def close_detail(self) -> bool:
        """Go back to the list; say whether the detail stood in its place."""
        stood = self.narrow and self._detail_open
        self._detail_open = False
        self._arrange()
        return stood

    def minimumSizeHint(self) -> QSize:
        """Get by with the room of one of the two."""
        return QSize(px(_LIST_AT_LEAST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Part the two or bring them together as the room allows."""
        narrow = self.width() < px(_LIST_AT_LEAST + _GAP + _DETAIL_AT_LEAST)
        if narrow is not self.narrow:
            self.narrow = narrow
            self._arrange()
            self.narrowed.emit(narrow)
        super().resizeEvent(event)

    def _arrange(self) -> None:
        self._list.setMinimumWidth(0 if self.narrow else px(_LIST_AT_LEAST))
        self._detail.setMinimumWidth(0 if self.narrow else px(_DETAIL_AT_LEAST))
        self._list.setVisible(not self.narrow or not self._detail_open)
        self._detail.setVisible(self.detail_open)
