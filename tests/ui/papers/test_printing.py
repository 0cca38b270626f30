"""Printing in whatever thread: page by page, with a way to stop."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from app.errors import CancelledError
from app.models.archive_package import Progress
from app.ui.papers import printing
from app.ui.papers.printing import ask_printer, new_printer, print_pages, print_paper
from tests.ui.work_office import Bench


def pdf_printer(path: Path) -> QPrinter:
    printer = new_printer("审核表")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_progress_is_told_before_each_page_and_ends_within_the_whole(bench: Bench, tmp_path: Path) -> None:
    sheet = bench.services.papers.review_sheet(bench.ids["fresh"])
    told: list[Progress] = []
    assert print_paper(sheet.data, pdf_printer(tmp_path / "a.pdf"), told.append)
    assert len(told) == sheet.pages
    assert told[0].done == 0
    assert all(progress.done < progress.total == len(sheet.data) for progress in told)


def test_stopping_between_two_pages_leaves_the_printer_free(bench: Bench, tmp_path: Path) -> None:
    sheet = bench.services.papers.review_sheet(bench.ids["fresh"])
    told: list[Progress] = []

    def stop(progress: Progress) -> None:
        told.append(progress)
        if len(told) == 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        print_paper(sheet.data, pdf_printer(tmp_path / "a.pdf"), stop)
    assert print_paper(sheet.data, pdf_printer(tmp_path / "b.pdf"), lambda _progress: None)
    document = pypdfium2.PdfDocument(tmp_path / "b.pdf")
    assert len(document) == sheet.pages
    document.close()


def test_a_printer_of_1200_dots_gets_the_true_size_from_a_picture_that_a_pc_can_hold(
    bench: Bench, tmp_path: Path
) -> None:
    sheet = bench.services.papers.review_sheet(bench.ids["fresh"])
    asked: list[QSize] = []

    class Watched(QPdfDocument):
        def render(self, page: int, size: QSize) -> QImage:  # type: ignore[override]
            asked.append(size)
            return super().render(page, size)

    (tmp_path / "sheet.pdf").write_bytes(sheet.data)
    document = Watched()
    document.load(str(tmp_path / "sheet.pdf"))
    inks = {}
    for dots in (300, 1200):
        printer = pdf_printer(tmp_path / f"{dots}.pdf")
        printer.setResolution(dots)
        assert print_pages(document, printer)
        printed = pypdfium2.PdfDocument(tmp_path / f"{dots}.pdf")
        inks[dots] = printed[0].render(scale=0.5, grayscale=True).to_pil()
        printed.close()
    document.close()
    assert {(size.width(), size.height()) for size in asked} == {(2480, 3508)}
    # What is black lies at the same place: at a quarter of the size it would not.
    assert inks[300].size == inks[1200].size
    apart = [abs(a - b) for a, b in zip(inks[300].tobytes(), inks[1200].tobytes(), strict=True)]
    assert sum(apart) / len(apart) < 2


@pytest.mark.parametrize("accepted", [True, False])
def test_the_systems_own_dialog_chooses_printer_copies_and_pages(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, accepted: bool
) -> None:
    seen: list[tuple[int, int]] = []

    class Answering(QPrintDialog):
        def exec(self) -> int:
            seen.append((self.minPage(), self.maxPage()))
            return int(QPrintDialog.DialogCode.Accepted if accepted else QPrintDialog.DialogCode.Rejected)

    monkeypatch.setattr(printing, "QPrintDialog", Answering)
    printer = ask_printer(None, "审核表", 3)
    assert seen == [(1, 3)]
    assert (printer is not None) is accepted
    if printer is not None:
        assert printer.docName() == "审核表"
        assert printer.resolution() == 300
