"""Printing pages: the system's own dialog, then one picture a page at 300 dpi, at the true size of the paper."""

from PySide6.QtCore import QMarginsF, QRect, QSize, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72


def ask_printer(parent: QWidget, name: str, pages: int) -> QPrinter | None:
    """Ask which printer, how many copies and which pages."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DOTS_PER_INCH)
    printer.setDocName(name)
    printer.setFullPage(True)
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    dialog.setFromTo(1, pages)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def print_pages(document: QPdfDocument, printer: QPrinter) -> bool:
    """Print the chosen pages; say whether the printer took them all."""
    first = printer.fromPage() or 1
    last = printer.toPage() or document.pageCount()
    painter = QPainter()
    if not painter.begin(printer):
        return False
    dots = printer.resolution()
    taken = True
    for page in range(first - 1, min(last, document.pageCount())):
        if page > first - 1:
            taken = printer.newPage() and taken
        size = _dots(document.pagePointSize(page), dots)
        painter.drawImage(QRect(0, 0, size.width(), size.height()), document.render(page, size))
    return painter.end() and taken


def _dots(points: QSizeF, dots: int) -> QSize:
    return QSize(round(points.width() * dots / _POINTS_PER_INCH), round(points.height() * dots / _POINTS_PER_INCH))
