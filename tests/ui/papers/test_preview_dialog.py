"""A paper is shown before it prints; from there it is printed on a chosen printer, or saved."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.errors import PaperImpossibleError
from app.services.papers import PaperBytes
from app.ui.papers.preview_dialog import PreviewDialog
from app.ui.papers.printing import new_printer
from tests.ui.work_office import Bench, click


@pytest.fixture
def noted() -> list[str]:
    return []


@pytest.fixture
def preview(bench: Bench, noted: list[str]) -> Callable[[], PreviewDialog]:
    def opened(load: Callable[[], PaperBytes] | None = None) -> PreviewDialog:
        sheet = load or (lambda: bench.services.papers.review_sheet(bench.ids["fresh"]))
        return bench.shown(PreviewDialog(bench.desk, None, sheet, noted.append))

    return opened


def pdf_printer(path: Path) -> QPrinter:
    printer = new_printer("审核表")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


@pytest.fixture
def opened_folders(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    found: list[Path] = []

    def note(url: QUrl) -> bool:
        found.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    return found


def test_a_paper_is_shown_page_by_page_with_its_name(preview: Callable[[], PreviewDialog]) -> None:
    dialog = preview()
    assert dialog.paper is not None
    assert dialog.title.text() == dialog.paper.file_name.removesuffix(".pdf")
    assert dialog.pages.text() == f"第 1 页，共 {dialog.paper.pages} 页"
    assert dialog.view._pdf.pageCount() == dialog.paper.pages > 1
    assert dialog.print_button.isEnabled()
    dialog.view.pageNavigator().jump(1, dialog.view.pageNavigator().currentLocation(), 0)
    assert dialog.pages.text() == f"第 2 页，共 {dialog.paper.pages} 页"


def test_until_the_paper_is_set_it_can_be_neither_printed_nor_saved(bench: Bench) -> None:
    papers, noted = bench.services.papers, list[str]()
    dialog = PreviewDialog(bench.desk, None, lambda: papers.review_sheet(bench.ids["fresh"]), noted.append)
    dialog.open()
    assert not dialog.print_button.isEnabled()
    assert not dialog.save_button.isEnabled()
    dialog.print_paper()
    dialog.save_paper()
    bench.settle()
    assert dialog.save_button.isEnabled()


def test_the_paper_can_be_seen_at_its_true_size_larger_and_smaller(preview: Callable[[], PreviewDialog]) -> None:
    dialog = preview()
    assert dialog.view.zoomMode() is QPdfView.ZoomMode.FitToWidth
    dialog.zoom_label.click()
    assert dialog.view.zoomFactor() == 1.0
    assert dialog.zoom_label.text() == "100 %"
    dialog.view.zoom(1)
    assert dialog.zoom_label.text() == "125 %"
    dialog.view.zoom(-1)
    dialog.view.zoom(-1)
    assert dialog.zoom_label.text() == "90 %"
    for _ in range(12):
        dialog.view.zoom(-1)
    assert dialog.view.percent == 50
    for _ in range(12):
        dialog.view.zoom(1)
    assert dialog.view.percent == 300
    dialog.width_button.click()
    fitting = dialog.view.percent
    dialog.resize(dialog.width() // 2, dialog.height())
    assert dialog.view.percent < fitting
    assert dialog.zoom_label.text() == f"{dialog.view.percent} %"


def test_it_prints_every_page_on_the_chosen_printer_at_the_true_size(
    bench: Bench, preview: Callable[[], PreviewDialog], noted: list[str], tmp_path: Path
) -> None:
    dialog = preview()
    assert dialog.paper is not None
    bench.dialogs.answers = [pdf_printer(tmp_path / "printed.pdf")]
    click(dialog, "打印……")
    bench.settle()
    assert noted == ["file"]
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert len(printed) == dialog.paper.pages
    assert [round(side) for side in printed[0].get_size()] == [595, 842]
    ink = printed[0].render(scale=0.5, grayscale=True).to_pil()
    assert min(ink.tobytes()) < 100, "the page is not white"
    printed.close()


def test_only_the_chosen_pages_are_printed(bench: Bench, preview: Callable[[], PreviewDialog], tmp_path: Path) -> None:
    printer = pdf_printer(tmp_path / "second.pdf")
    printer.setFromTo(2, 2)
    bench.dialogs.answers = [printer]
    dialog = preview()
    click(dialog, "打印……")
    bench.settle()
    printed = pypdfium2.PdfDocument(tmp_path / "second.pdf")
    assert len(printed) == 1
    printed.close()


# Qt says it as well.
@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_told_and_nothing_recorded(
    bench: Bench, preview: Callable[[], PreviewDialog], noted: list[str], tmp_path: Path
) -> None:
    bench.dialogs.answers = [new_printer("审核表"), pdf_printer(tmp_path / "no such folder" / "printed.pdf")]
    dialog = preview()
    click(dialog, "打印……")
    bench.settle()
    assert "打印机没有接收" in dialog.notice.text
    click(dialog, "打印……")
    bench.settle()
    assert "printed.pdf”写不进去" in dialog.notice.text
    assert "打印机" not in dialog.notice.text
    assert noted == []


def test_a_print_into_a_file_says_where_it_lies_and_opens_the_folder(
    bench: Bench, preview: Callable[[], PreviewDialog], tmp_path: Path, opened_folders: list[Path]
) -> None:
    dialog = preview()
    assert not dialog.notice.folder_button.isVisible()
    bench.dialogs.answers = [pdf_printer(tmp_path / "printed.pdf")]
    click(dialog, "打印……")
    bench.settle()
    assert dialog.notice.text == f"已存为“printed.pdf”，在 {tmp_path}。"
    click(dialog, "打开文件夹")
    assert opened_folders == [tmp_path]
    dialog.notice.say("别的话。")
    assert not dialog.notice.folder_button.isVisible()


def test_turning_away_from_the_printer_does_nothing(
    bench: Bench, preview: Callable[[], PreviewDialog], noted: list[str]
) -> None:
    bench.dialogs.answers = [None]
    click(preview(), "打印……")
    bench.settle()
    assert noted == []


def test_it_saves_the_very_bytes_that_were_issued(
    bench: Bench, preview: Callable[[], PreviewDialog], noted: list[str], tmp_path: Path, opened_folders: list[Path]
) -> None:
    dialog = preview()
    assert dialog.paper is not None
    bench.dialogs.answers = [tmp_path / "审核表"]
    click(dialog, "另存为 PDF……")
    bench.settle()
    assert (tmp_path / "审核表.pdf").read_bytes() == dialog.paper.data
    assert noted == ["file"]
    assert dialog.notice.text == f"已存为“审核表.pdf”，在 {tmp_path}。"
    click(dialog, "打开文件夹")
    assert opened_folders == [tmp_path]


def test_a_file_that_lies_there_is_not_replaced_unasked(
    bench: Bench, preview: Callable[[], PreviewDialog], tmp_path: Path
) -> None:
    old = tmp_path / "审核表.pdf"
    old.write_bytes(b"old")
    dialog = preview()
    bench.dialogs.answers = [tmp_path / "审核表", False]
    click(dialog, "另存为 PDF……")
    bench.settle()
    assert old.read_bytes() == b"old"
    bench.dialogs.answers = [tmp_path / "审核表", True]
    click(dialog, "另存为 PDF……")
    bench.settle()
    assert old.read_bytes().startswith(b"%PDF")


def test_a_folder_that_takes_nothing_is_told_in_place(
    bench: Bench, preview: Callable[[], PreviewDialog], noted: list[str], tmp_path: Path
) -> None:
    bench.dialogs.answers = [tmp_path / "no such folder" / "a.pdf", None]
    dialog = preview()
    click(dialog, "另存为 PDF……")
    bench.settle()
    assert "写不进去" in dialog.notice.text
    assert noted == []
    click(dialog, "另存为 PDF……")


def test_a_paper_that_cannot_be_set_says_why(preview: Callable[..., PreviewDialog]) -> None:
    def impossible() -> PaperBytes:
        raise PaperImpossibleError("no_glyph", "𰻝")

    dialog = preview(impossible)
    assert dialog.title.text() == "印不出来"
    assert "𰻝" in dialog.notice.text
    assert not dialog.print_button.isEnabled()


def test_keys_print_save_zoom_and_close(bench: Bench, preview: Callable[[], PreviewDialog], qtbot: QtBot) -> None:
    dialog = preview()
    control = Qt.KeyboardModifier.ControlModifier
    dialog.activateWindow()
    bench.dialogs.answers = [None, None]
    qtbot.keyClick(dialog, Qt.Key.Key_P, control)
    qtbot.keyClick(dialog, Qt.Key.Key_S, control)
    assert len(bench.dialogs.asked) == 2
    before = dialog.view.percent
    qtbot.keyClick(dialog, Qt.Key.Key_Plus, control)
    assert dialog.view.percent > before
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.view._pdf.pageCount() == 0


def test_printing_and_saving_are_acts_in_the_chain(bench: Bench, tmp_path: Path) -> None:
    papers, draft_id = bench.services.papers, bench.ids["fresh"]
    dialog = PreviewDialog(
        bench.desk, None, lambda: papers.review_sheet(draft_id), lambda where: papers.note_printed(draft_id, where)
    )
    bench.shown(dialog)
    bench.dialogs.answers = [tmp_path / "a.pdf", pdf_printer(tmp_path / "b.pdf")]
    click(dialog, "另存为 PDF……")
    bench.settle()
    click(dialog, "打印……")
    bench.settle()
    assert bench.audit("paper.print") == 2
    click(dialog, "关闭")
    assert dialog.result() == QDialog.DialogCode.Accepted
