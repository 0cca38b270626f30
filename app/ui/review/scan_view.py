"""The scan beside the form: its pages one below the other, as wide as there is room."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.errors import AppError
from app.messages import explain
from app.ui.desk import Desk
from app.ui.theme import px, set_role

_MOST_PAGES = 12
_SIDE = 1600
_PAUSE = 40


class ScanView(QScrollArea):
    """Shows the pages of a scan; the file itself is never changed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._images: list[QImage] = []
        self._labels: list[QLabel] = []
        self.setAccessibleName("扫描件")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        inner = QWidget()
        self._pages = QVBoxLayout(inner)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.setSpacing(px(10))
        self.setWidget(inner)
        # Scaling twelve pages smoothly takes longer than one step of a window's edge.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._fit)
        self.clear()

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return len(self._images)

    def show_files(self, paths: Sequence[Path]) -> None:
        """Show the pages of a paper's files as soon as they are drawn."""
        scans = self._desk.services.scans

        def drawn() -> tuple[bytes, ...]:
            pages: tuple[bytes, ...] = ()
            for path in paths:
                pages += scans.pictures(path, _SIDE, _MOST_PAGES - len(pages))
            return pages

        self._ask(drawn)

    def show_stored(self, sha256: str) -> None:
        """Show the pages of a scan that is kept with a draft."""
        scans = self._desk.services.scans
        self._ask(lambda: scans.stored_pictures(sha256, _SIDE, _MOST_PAGES))

    def _ask(self, job: Callable[[], tuple[bytes, ...]]) -> None:
        self.clear()
        self._desk.tasks.run(self, job, self._show, self._failed, lane="files", topic="scan")

    def _failed(self, error: AppError) -> bool:
        self.clear(str(explain(error)))
        return True

    def _show(self, pages: tuple[bytes, ...]) -> None:
        self.clear("")
        for number, data in enumerate(pages, start=1):
            self._images.append(QImage.fromData(data))
            label = QLabel()
            label.setAccessibleName(f"第 {number} 页")
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
            self._pages.addWidget(label)
            self._labels.append(label)
        self._pages.addStretch(1)
        self._fit()
        self.verticalScrollBar().setValue(0)

    def clear(self, words: str = "正在读取……") -> None:
        """Show no page, but some words in their place."""
        self._images, self._labels = [], []
        while (item := self._pages.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if words:
            notice = QLabel(words)
            notice.setTextFormat(Qt.TextFormat.PlainText)
            notice.setWordWrap(True)
            notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
            set_role(notice, role="muted")
            self._pages.addWidget(notice)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width, once it has come to rest."""
        super().resizeEvent(event)
        self._pause.start()

    def _fit(self) -> None:
        width = max(px(120), self.viewport().width() - px(4))
        ratio = self.devicePixelRatioF()
        for image, label in zip(self._images, self._labels, strict=True):
            scaled = image.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
            scaled.setDevicePixelRatio(ratio)
            label.setPixmap(QPixmap.fromImage(scaled))
