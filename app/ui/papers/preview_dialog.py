"""A paper as it will print, at the size of the paper; from here it is printed or saved."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError, TargetNotWritableError
from app.services.papers import PaperBytes
from app.ui.desk import Desk
from app.ui.icons import put_icon
from app.ui.papers.printing import ask_printer, print_pages
from app.ui.theme import px, set_role
from app.ui.widgets.elided_label import ElidedLabel

Noted = Callable[[str], None]
_ZOOMS = (0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0)


class PreviewDialog(QDialog):
    """Shows one paper; `printed` records that it left the program (`printer` or `file`)."""

    def __init__(
        self, desk: Desk, parent: QWidget | None, load: Callable[[], PaperBytes], printed: Noted | None = None
    ) -> None:
        super().__init__(parent.window() if parent else None)
        self._desk, self._printed = desk, printed
        self.paper: PaperBytes | None = None
        self.setWindowTitle("预览")
        self.resize(px(860), px(900))
        self.title = ElidedLabel("正在准备……")
        set_role(self.title, role="subtitle")
        self.pages = QLabel()
        set_role(self.pages, role="muted")
        self.document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self.view = QPdfView(self)
        self.view.setAccessibleName("纸面预览")
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setDocument(self.document)
        self.print_button = QPushButton("打印……")
        set_role(self.print_button, kind="primary")
        self.save_button = QPushButton("另存为 PDF……")
        self.close_button = QPushButton("关闭")
        self._lay_out()
        self.print_button.clicked.connect(self.print_paper)
        self.save_button.clicked.connect(self.save_paper)
        self.close_button.clicked.connect(self.accept)
        QShortcut(QKeySequence.StandardKey.Print, self, self.print_paper)
        for button in (self.print_button, self.save_button):
            button.setEnabled(False)
        desk.tasks.run(self, load, self.show_paper, self._failed, lane="files")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.pages)
        for name, words, slot in (
            ("zoom-out", "缩小", lambda: self._zoom(-1)),
            ("zoom-in", "放大", lambda: self._zoom(1)),
        ):
            button = QPushButton()
            put_icon(button, name, "text", 16)
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
            head.addWidget(button)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addStretch(1)
        for button in (self.close_button, self.save_button, self.print_button):
            button.setAutoDefault(button is self.print_button)
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(16), px(20), px(16))
        layout.setSpacing(px(12))
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        layout.addLayout(foot)

    def show_paper(self, paper: PaperBytes) -> None:
        """Show a paper that is ready."""
        self.paper = paper
        self.title.setText(paper.file_name.removesuffix(".pdf"))
        self.pages.setText(f"共 {paper.pages} 页")
        self._buffer.setData(QByteArray(paper.data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        for button in (self.print_button, self.save_button):
            button.setEnabled(True)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: AppError) -> bool:
        self._desk.dialogs.show_error(self, error)
        self.reject()
        return True

    def print_paper(self) -> None:
        """Ask for a printer and print every page at its true size."""
        if self.paper is None:
            return
        printer = ask_printer(self, self.paper.file_name.removesuffix(".pdf"), self.paper.pages)
        if printer is None:
            return
        if print_pages(self.document, printer):
            self._note("printer")
        else:
            self._desk.dialogs.tell(self, "打印机没有接收", "请核对打印机是否联机、是否缺纸，再打印一次。")

    def save_paper(self) -> None:
        """Save the very bytes that were issued."""
        paper = self.paper
        if paper is None:
            return
        path = self._desk.dialogs.save_file(self, "另存为 PDF", paper.file_name, "PDF 文件 (*.pdf)")
        if path is not None:
            target = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
            self._desk.tasks.run(
                self, lambda: _save(target, paper.data), lambda _done: self._note("file"), lane="files"
            )

    def _note(self, where: str) -> None:
        printed = self._printed
        if printed is not None:
            self._desk.tasks.run(self, lambda: printed(where), lambda _done: self._desk.changes.tell("drafts"))

    def _zoom(self, step: int) -> None:
        now = self.view.zoomFactor()
        if self.view.zoomMode() is not QPdfView.ZoomMode.Custom:
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
            now = 1.0
        near = min(range(len(_ZOOMS)), key=lambda index: abs(_ZOOMS[index] - now))
        self.view.setZoomFactor(_ZOOMS[max(0, min(len(_ZOOMS) - 1, near + step))])

    def done(self, result: int) -> None:
        """Let the document go before its buffer."""
        self.document.close()
        super().done(result)


def _save(target: Path, data: bytes) -> None:
    try:
        target.write_bytes(data)
    except OSError as refused:
        raise TargetNotWritableError(str(target)) from refused
