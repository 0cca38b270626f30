"""A paper as it will print, at the size of the paper; from here it is printed or saved."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError, TargetNotWritableError
from app.messages import explain
from app.services.papers import PaperBytes
from app.ui.desk import Desk
from app.ui.icons import put_icon
from app.ui.papers.paper_view import PaperView
from app.ui.papers.print_outcome import say_outcome, say_saved
from app.ui.papers.printing import print_paper
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.fitting_size import fit_to_screen
from app.ui.widgets.folder_banner import FolderBanner

Noted = Callable[[str], None]


class PreviewDialog(QDialog):
    """Shows one paper; `printed` records that it left the program (`printer` or `file`)."""

    def __init__(self, desk: Desk, parent: QWidget | None, load: Callable[[], PaperBytes], printed: Noted) -> None:
        super().__init__(parent.window() if parent else None)
        self._desk, self._printed = desk, printed
        self.paper: PaperBytes | None = None
        self.setWindowTitle("预览")
        fit_to_screen(self, 860, 940)
        self.title = ElidedLabel("正在准备……")
        set_role(self.title, role="subtitle")
        self.pages = QLabel()
        set_role(self.pages, role="muted")
        self.zoom_label = QPushButton("100 %")
        self.zoom_label.setAccessibleName("纸的实际大小")
        self.zoom_label.setToolTip("按纸的实际大小显示")
        self.width_button = QPushButton("适合宽度")
        self.view = PaperView()
        self.view.page_shown.connect(self._page_shown)
        self.view.zoomed.connect(lambda percent: self.zoom_label.setText(f"{percent} %"))
        self.notice = FolderBanner()
        self.print_button = QPushButton("打印……")
        set_role(self.print_button, kind="primary")
        self.print_button.setDefault(True)
        self.save_button = QPushButton("另存为 PDF……")
        self.close_button = QPushButton("关闭")
        self._lay_out()
        self.print_button.clicked.connect(self.print_paper)
        self.save_button.clicked.connect(self.save_paper)
        self.close_button.clicked.connect(self.accept)
        for keys, slot in (
            (QKeySequence.StandardKey.Print, self.print_paper),
            (QKeySequence.StandardKey.Save, self.save_paper),
            (QKeySequence.StandardKey.ZoomIn, lambda: self.view.zoom(1)),
            (QKeySequence.StandardKey.ZoomOut, lambda: self.view.zoom(-1)),
        ):
            QShortcut(keys, self, slot)
        for button in (self.print_button, self.save_button):
            button.setEnabled(False)
        desk.tasks.run(self, load, self.show_paper, self._failed, lane="files")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.title, 1)
        head.addWidget(self.pages)
        head.addSpacing(px(8))
        smaller, larger = QPushButton(), QPushButton()
        for button, name, words, slot in (
            (smaller, "zoom-out", "缩小", lambda: self.view.zoom(-1)),
            (self.zoom_label, "", "", lambda: self.view.set_zoom(1.0)),
            (larger, "zoom-in", "放大", lambda: self.view.zoom(1)),
            (self.width_button, "", "", self.view.fit_width),
        ):
            if name:
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
        layout.addWidget(self.notice)
        layout.addWidget(self.view, 1)
        layout.addLayout(foot)

    def show_paper(self, paper: PaperBytes) -> None:
        """Show a paper that is ready."""
        self.paper = paper
        self.title.setText(paper.file_name.removesuffix(".pdf"))
        self.view.show_pdf(paper.data)
        self._page_shown(0)
        for button in (self.print_button, self.save_button):
            button.setEnabled(True)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _page_shown(self, page: int) -> None:
        if self.paper is not None:
            self.pages.setText(f"第 {page + 1} 页，共 {self.paper.pages} 页" if self.paper.pages > 1 else "共 1 页")

    def _failed(self, error: AppError) -> bool:
        self.title.setText("印不出来")
        self.notice.say(str(explain(error)), Tone.DANGER)
        return True

    def print_paper(self) -> None:
        """Ask for a printer and print every page at its true size."""
        paper = self.paper
        if paper is None:
            return
        printer = self._desk.dialogs.printer(self, paper.file_name.removesuffix(".pdf"), paper.pages)
        if printer is not None:
            self._desk.tasks.run_with_progress(
                self,
                "正在打印",
                lambda report: print_paper(paper.data, printer, report),
                lambda taken: self._was_printed(printer, taken),
            )

    def _was_printed(self, printer: QPrinter, taken: bool) -> None:
        if where := say_outcome(self.notice, printer, taken, "已交给打印机。"):
            self._note(where)

    def save_paper(self) -> None:
        """Save the very bytes that were issued."""
        paper = self.paper
        if paper is None:
            return
        path = self._desk.dialogs.save_file(self, "另存为 PDF", paper.file_name, "PDF 文件 (*.pdf)")
        if path is None:
            return
        target = path
        if path.suffix.lower() != ".pdf":
            target = path.with_name(f"{path.name}.pdf")
            # The system asked about the name as it was typed only.
            if target.exists() and not self._desk.dialogs.ask(
                self, f"已经有“{target.name}”", "替换以后，原来的文件就没有了。", "替换", danger=True
            ):
                return

        def saved(_done: None) -> None:
            say_saved(self.notice, target)
            self._note("file")

        self._desk.tasks.run(self, lambda: _save(target, paper.data), saved, self._refused, lane="files")

    def _refused(self, error: AppError) -> bool:
        self.notice.say(str(explain(error)), Tone.DANGER)
        return True

    def _note(self, where: str) -> None:
        printed = self._printed
        self._desk.tasks.run(self, lambda: printed(where), lambda _done: self._desk.changes.tell("drafts"))

    def done(self, result: int) -> None:
        """Let the document go before its buffer."""
        self.view.close_pdf()
        super().done(result)


def _save(target: Path, data: bytes) -> None:
    try:
        target.write_bytes(data)
    except OSError as refused:
        raise TargetNotWritableError(str(target)) from refused
