"""The pages of a PDF one below the other; it knows how large they are shown."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView

from app.ui.theme import tokens

_ZOOMS = (0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0)
_POINTS_PER_INCH = 72


class PaperView(QPdfView):
    """Shows a PDF as wide as the view; `zoomed` carries the size in percent, `page_shown` the page on top from 0."""

    zoomed = Signal(int)
    page_shown = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._pdf = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self.setAccessibleName("纸面预览")
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Dark, QColor(tokens().line))
        self.setPalette(palette)
        self.setDocument(self._pdf)
        self.pageNavigator().currentPageChanged.connect(self.page_shown)

    def show_pdf(self, data: bytes) -> None:
        """Show the pages of a PDF."""
        self.close_pdf()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._pdf.load(self._buffer)
        self.zoomed.emit(self.percent)

    def close_pdf(self) -> None:
        """Let the document go, then what it reads from."""
        self._pdf.close()
        self._buffer.close()

    @property
    def percent(self) -> int:
        """How large the paper is shown; 100 is its true size."""
        if self.zoomMode() is QPdfView.ZoomMode.Custom:
            return round(self.zoomFactor() * 100)
        points = self._pdf.pagePointSize(0).width() or 1.0
        margins = self.documentMargins()
        width = self.viewport().width() - margins.left() - margins.right()
        return max(1, round(width * 100 * _POINTS_PER_INCH / (points * self.logicalDpiX())))

    def zoom(self, step: int) -> None:
        """Go to the next larger (1) or smaller (-1) size."""
        now = self.percent / 100
        larger = [zoom for zoom in _ZOOMS if zoom > now + 0.01]
        smaller = [zoom for zoom in _ZOOMS if zoom < now - 0.01]
        self.set_zoom((larger or [_ZOOMS[-1]])[0] if step > 0 else (smaller or [_ZOOMS[0]])[-1])

    def set_zoom(self, factor: float) -> None:
        """Show the paper at a size; 1.0 is its true size."""
        self.setZoomMode(QPdfView.ZoomMode.Custom)
        self.setZoomFactor(factor)
        self.zoomed.emit(self.percent)

    def fit_width(self) -> None:
        """Show the paper as wide as the view."""
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.zoomed.emit(self.percent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell how large the paper has become."""
        super().resizeEvent(event)
        if self._pdf.pageCount():
            self.zoomed.emit(self.percent)
