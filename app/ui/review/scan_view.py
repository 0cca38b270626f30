"""The scan beside the form: its pages one below the other, as wide as there is room."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.errors import AppError
from app.ui.desk import Desk
from app.ui.theme import px

_MOST_PAGES = 12
_SIDE = 1600


class ScanView(QScrollArea):
    """Shows the pages of a scan; the file itself is never changed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._images: list[QImage] = []
        self.setAccessibleName("扫描件")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self._pages = QVBoxLayout(inner)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.setSpacing(px(10))
        self.setWidget(inner)

    def show_file(self, path: Path) -> None:
        """Show a file's pages as soon as they are drawn."""
        self._clear()
        scans = self._desk.services.scans
        self._desk.tasks.run(
            self, lambda: scans.pictures(path, _SIDE, _MOST_PAGES), self._show, self._failed, lane="files", topic="scan"
        )

    def _failed(self, _error: AppError) -> bool:
        # Whoever reads the codes says what is wrong with the file.
        return True

    def _show(self, pages: tuple[bytes, ...]) -> None:
        self._clear()
        for number, data in enumerate(pages, start=1):
            image = QImage.fromData(data)
            self._images.append(image)
            label = QLabel()
            label.setAccessibleName(f"第 {number} 页")
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
            self._pages.addWidget(label)
        self._pages.addStretch(1)
        self._fit()

    def _clear(self) -> None:
        self._images = []
        while (item := self._pages.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = max(px(120), self.viewport().width() - px(4))
        ratio = self.devicePixelRatioF()
        for number, image in enumerate(self._images):
            item = self._pages.itemAt(number)
            label = item.widget() if item is not None else None
            if isinstance(label, QLabel):
                scaled = image.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
                scaled.setDevicePixelRatio(ratio)
                label.setPixmap(QPixmap.fromImage(scaled))
