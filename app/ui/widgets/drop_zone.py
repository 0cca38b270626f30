"""A place that files can be dropped on, with a button for those who would rather choose."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui.icons import put_icon
from app.ui.theme import px, set_role


def dropped_paths(offer: QMimeData) -> tuple[Path, ...]:
    """Return the local files that are dragged or pasted."""
    return tuple(Path(url.toLocalFile()) for url in offer.urls() if url.isLocalFile())


def take_copies(event: QDropEvent) -> None:
    """Take what is dragged as a copy: a program that was told of a move might remove its own."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


class DropZone(QFrame):
    """Takes dropped files; `dropped` carries a tuple of paths."""

    dropped = Signal(tuple)

    def __init__(
        self, sentence: str, choose: str = "", slot: Callable[[], object] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        set_role(self, role="drop", over="false")
        sign = QLabel()
        put_icon(sign, "upload", "muted", 24)
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label = QLabel(sentence)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(label, role="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(16), px(16), px(16), px(16))
        layout.setSpacing(px(8))
        layout.addStretch(1)
        layout.addWidget(sign)
        layout.addWidget(label)
        self.button = QPushButton(choose)
        self.button.setVisible(bool(choose))
        if slot is not None:
            self.button.clicked.connect(lambda _checked=False: slot())
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up for files."""
        if dropped_paths(event.mimeData()):
            take_copies(event)
            set_role(self, over="true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go dark again."""
        set_role(self, over="false")

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files over."""
        set_role(self, over="false")
        paths = dropped_paths(event.mimeData())
        if paths:
            take_copies(event)
            self.dropped.emit(paths)
