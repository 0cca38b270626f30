"""口令单: the one-time codes on paper, shown once, printed or saved, and kept nowhere."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from app.errors import CancelledError, TargetNotWritableError
from app.models.archive_package import Progress, ProgressReport
from app.services.code_desk import OneTimeCode
from app.ui.desk import Desk
from app.ui.papers.print_outcome import say_outcome
from app.ui.papers.printing import draw_page
from app.ui.start.door_card import door_label
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.folder_banner import FolderBanner
from app.ui.widgets.plain_tooltip import plain_tooltip

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from app.services.papers import PaperBytes

EXPLANATION = "每人一张，当面交给本人；封存的恢复口令单装信封放进保险柜。口令不保存在电脑里，关掉这一页就再也看不到。"
_ON_PAPER = "已送到打印机。请核对每张口令单都打印清楚，再交给本人。"
_IN_FILES = "打印后请删除存下的文件，口令不要留在电脑里。"


class SlipsPage(QWidget):
    """A list of slips, the chosen one as it will print, and buttons for all of them."""

    finished = Signal()

    def __init__(self, desk: Desk, codes: tuple[OneTimeCode, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, role="page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk, self._codes = desk, codes
        self.papers: tuple[PaperBytes, ...] = ()
        self.taken = False
        self._buffer = QBuffer(self)
        self.document = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setAccessibleName("口令单预览")
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setDocument(self.document)
        self.list = QListWidget()
        self.list.setAccessibleName("口令单")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentRowChanged.connect(self._show_slip)
        self.note = FolderBanner()
        self.print_button = QPushButton("打印全部……")
        set_role(self.print_button, kind="primary")
        self.print_button.clicked.connect(self.print_all)
        self.save_button = QPushButton("全部存为 PDF……")
        self.save_button.clicked.connect(self.save_all)
        self.done_button = QPushButton("已交到本人，去登录")
        self.done_button.clicked.connect(self.finish)
        self._lay_out()
        for button in (self.print_button, self.save_button):
            button.setEnabled(False)
        desk.tasks.run(self, self._set_slips, self._have_slips, lane="files")

    @property
    def unsaved(self) -> bool:
        """Whether codes would be lost by going away."""
        return not self.taken

    def finish(self) -> None:
        """Leave the page; unprinted slips are asked about, since nobody can show them again."""
        if not self.taken and not self._desk.dialogs.ask(
            self,
            "口令单还没有打印，也没有存为 PDF",
            "离开后口令再也看不到，没有拿到口令单的人就登录不了。",
            "仍然离开",
            "回去打印",
            danger=True,
        ):
            return
        self.finished.emit()

    def print_all(self) -> None:
        """Print every slip on one printer."""
        printer = self._desk.dialogs.printer(self, "口令单", 1)
        if printer is None:
            return
        papers = self.papers
        self._desk.tasks.run_with_progress(
            self,
            "正在打印口令单",
            lambda report: _print(papers, printer, report),
            lambda taken: self._printed(printer, taken),
        )

    def save_all(self) -> None:
        """Save every slip as a file of its own."""
        folder = self._desk.dialogs.folder(self, "把口令单存到哪个文件夹")
        if folder is not None:
            papers = self.papers
            self._desk.tasks.run(self, lambda: _save(folder, papers), lambda _done: self._saved(folder), lane="files")

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(28), px(20), px(28), px(20))
        layout.setSpacing(px(12))
        layout.addWidget(door_label("口令单", "title"))
        layout.addWidget(door_label(EXPLANATION, "muted"))
        sides = QHBoxLayout()
        sides.setSpacing(px(16))
        sides.addWidget(self.list, 2)
        sides.addWidget(self.view, 5)
        layout.addLayout(sides, 1)
        layout.addWidget(self.note)
        foot = QHBoxLayout()
        foot.setSpacing(px(12))
        foot.addWidget(self.done_button)
        foot.addStretch(1)
        foot.addWidget(self.save_button)
        foot.addWidget(self.print_button)
        layout.addLayout(foot)

    def _set_slips(self) -> tuple[PaperBytes, ...]:
        return tuple(self._desk.services.papers.code_slip(code) for code in self._codes)

    def _have_slips(self, papers: tuple[PaperBytes, ...]) -> None:
        self.papers = papers
        for button in (self.print_button, self.save_button):
            button.setEnabled(True)
        for code in self._codes:
            item = QListWidgetItem(code.person)
            item.setToolTip(plain_tooltip(code.person))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.print_button.setFocus()

    def _show_slip(self, index: int) -> None:
        if 0 <= index < len(self.papers):
            self.document.close()
            _load(self.document, self._buffer, self.papers[index].data)

    def _printed(self, printer: QPrinter, taken: bool) -> None:
        if where := say_outcome(self.note, printer, taken, _ON_PAPER, _IN_FILES):
            self.taken = True
            self._record(where)

    def _record(self, where: str) -> None:
        papers, codes = self._desk.services.papers, self._codes
        self._desk.tasks.run(self, lambda: papers.note_slips_printed(codes, where), lambda _done: None)

    def _saved(self, folder: Path) -> None:
        self.taken = True
        self._record("file")
        self.note.say_written(f"已存到 {folder}。{_IN_FILES}", folder, Tone.WARNING)


def _load(document: QPdfDocument, buffer: QBuffer, data: bytes) -> None:
    buffer.close()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)


def _save(folder: Path, papers: tuple[PaperBytes, ...]) -> None:
    names = Counter[str]()
    for paper in papers:
        names[paper.file_name] += 1
        stem, count = Path(paper.file_name).stem, names[paper.file_name]
        # A slip over another's would leave somebody without a code.
        target = folder / (f"{stem}（{count}）.pdf" if count > 1 else paper.file_name)
        try:
            target.write_bytes(paper.data)
        except OSError as refused:
            raise TargetNotWritableError(str(target)) from refused


def _print(papers: tuple[PaperBytes, ...], printer: QPrinter, report: ProgressReport) -> bool:
    """Print every slip as one job, in whatever thread this is; say whether the printer took them all."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    total, done, taken = sum(len(paper.data) for paper in papers), 0, True
    try:
        for paper in papers:
            report(Progress("print", done, total))
            document, buffer = QPdfDocument(), QBuffer()
            _load(document, buffer, paper.data)
            for page in range(document.pageCount()):
                if done or page:
                    taken = printer.newPage() and taken
                draw_page(painter, document, page, printer.resolution())
            document.close()
            done += len(paper.data)
    except CancelledError:
        printer.abort()
        raise
    finally:
        ended = painter.end()
    return ended and taken
