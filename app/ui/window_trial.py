"""Whether the window could open here: Qt, its Chinese, fonts, icons, pictures and papers, without showing anything."""

from importlib import import_module

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontMetrics, QImage, QImageReader
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from app.models.self_check import Look
from app.ui.application import start_application
from app.ui.icons import picture
from app.ui.pages import PAGES
from app.ui.papers.paper_view import PaperView
from app.ui.theme import apply_theme

_PICTURES = ("png", "jpeg", "gif", "webp", "tiff", "svg", "bmp")
_LOADED_LATER = (*(entry.loader.partition(":")[0] for entry in PAGES), "app.ui.papers.printing")
_CANCEL = ("QPlatformTheme", "Cancel")


def try_window(paper: bytes) -> tuple[Look, ...]:
    """Try what a window needs, with a PDF for the preview to draw if there is one.

    An application is started if none runs.
    """
    app = start_application("light")
    apply_theme(app, "light", 100)
    looks = (_window(app), _pages(), _pictures())
    return (*looks, _preview(paper)) if paper else looks


def _window(app: QApplication) -> Look:
    wanting = []
    if QCoreApplication.translate(*_CANCEL) == _CANCEL[1]:
        wanting.append("Qt 的中文")
    if not QFontMetrics(app.font()).inFont("审"):
        wanting.append("屏幕上的中文字体")
    if not _has_ink(picture("house").toImage()):
        wanting.append("图标")
    if wanting:
        return Look("窗口", False, f"缺少{'、'.join(wanting)}，请重新安装本程序。")
    return Look("窗口", True, f"中文、字体、图标都在（{app.platformName()}）。")


def _pages() -> Look:
    for module in _LOADED_LATER:
        try:
            import_module(module)
        except ImportError as lacking:
            return Look("页面", False, f"缺少组成部分 {lacking.name or module}，请重新安装本程序。")
    return Look("页面", True, f"{len(PAGES)} 个页面和打印都能打开。")


def _pictures() -> Look:
    known = {bytes(name.data()).decode("ascii") for name in QImageReader.supportedImageFormats()}
    wanting = [name for name in _PICTURES if name not in known]
    if wanting:
        return Look("图片", False, f"不能显示 {'、'.join(wanting)}，请重新安装本程序。")
    return Look("图片", True, f"{'、'.join(_PICTURES)} 都能显示。")


def _preview(paper: bytes) -> Look:
    view = PaperView()
    view.show_pdf(paper)
    document = view.document()
    drawn = _drawn(document)
    view.close_pdf()
    view.deleteLater()
    if not drawn:
        return Look("纸面预览", False, "印发件画不出来，请重新安装本程序。")
    return Look("纸面预览", True, "印发件画得出来。")


def _drawn(document: QPdfDocument) -> bool:
    return document.pageCount() > 0 and _has_ink(document.render(0, document.pagePointSize(0).toSize()))


def _has_ink(image: QImage) -> bool:
    """Say whether not every point is alike."""
    first = image.pixel(0, 0) if not image.isNull() else 0
    return any(image.pixel(x, y) != first for y in range(image.height()) for x in range(image.width()))
