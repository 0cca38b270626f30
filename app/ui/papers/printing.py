"""Printing pages: the system's own dialog, then one picture a page at 300 dpi, at the true size of the paper."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPoint, QRect, QSize, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from app.errors import CancelledError
from app.models.archive_package import Progress, ProgressReport

DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72


def new_printer(name: str) -> QPrinter:
    """Return the usual printer, set to A4 without margins of its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DOTS_PER_INCH)
    printer.setDocName(name)
    printer.setFullPage(True)
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    return printer


def ask_printer(parent: QWidget | None, name: str, pages: int) -> QPrinter | None:
    """Ask which printer, how many copies and which pages."""
    printer = new_printer(name)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    dialog.setFromTo(1, pages)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def print_paper(data: bytes, printer: QPrinter, report: ProgressReport) -> bool:
    """Print a PDF in whatever thread this is; say whether the printer took every page.

    Stops between two pages, and lets the printer forget what it has, when `report` raises `CancelledError`.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    try:
        return print_pages(
            document, printer, lambda done, of: report(Progress("print", len(data) * done // of, len(data)))
        )
    except CancelledError:
        printer.abort()
        raise
    finally:
        document.close()


def print_pages(
    document: QPdfDocument, printer: QPrinter, before_page: Callable[[int, int], None] = lambda _done, _of: None
) -> bool:
    """Print the chosen pages; say whether the printer took them all."""
    first = printer.fromPage() or 1
    last = min(printer.toPage() or document.pageCount(), document.pageCount())
    painter = QPainter()
    if not painter.begin(printer):
        return False
    dots = printer.resolution()
    taken = True
    try:
        for page in range(first - 1, last):
            before_page(page - first + 1, max(1, last - first + 1))
            if page > first - 1:
                taken = printer.newPage() and taken
            draw_page(painter, document, page, dots)
    finally:
        ended = painter.end()
    return ended and taken


def draw_page(painter: QPainter, document: QPdfDocument, page: int, dots_per_inch: int) -> None:
    """Draw one page at its true size for a printer of so many dots, from a picture of at most 300 dpi.

    A printer of 1200 dots would ask for a picture of half a gigabyte, and nobody sees the difference.
    """
    points = document.pagePointSize(page)
    picture = document.render(page, _dots(points, min(dots_per_inch, DOTS_PER_INCH)))
    painter.drawImage(QRect(QPoint(0, 0), _dots(points, dots_per_inch)), picture)


def _dots(points: QSizeF, dots: int) -> QSize:
    return QSize(round(points.width() * dots / _POINTS_PER_INCH), round(points.height() * dots / _POINTS_PER_INCH))
