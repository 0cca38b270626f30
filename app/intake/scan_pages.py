"""The pages of a scan or photograph as pictures, one at a time: PDF, TIFF of many pages, or a single picture."""

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.errors import FileUnreadableError
from app.intake.file_kind import LARGEST_FILE, FileKind, kind_of, refuse
from app.intake.outside_file import opened
from app.intake.pictures import MOST_PIXELS, open_picture, upright

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PAGES: Final = 200
MOST_PIXELS_OF_ALL: Final = 2_000_000_000
"""Pixels of all pages of a TIFF together: 200 pages of A4 at 300 dpi have 1,740 million."""
READING_SIDE: Final = 3400
"""Pixels along the longer side of a page: about 290 dpi on A4."""
_SMALLEST_SIDE: Final = 1
_GLANCE: Final = 64
"""Pixels that are enough to see that a page can be drawn."""
PDFIUM: Final = threading.Lock()
"""PDFium keeps state of its own and may be asked by one thread at a time only."""


class ScanPages:
    """An opened scan; `picture` draws one page, numbered from 1."""

    def __init__(self, count: int) -> None:
        self.count = count

    def picture(self, number: int, side: int, *, grey: bool = True) -> "Image":
        """Return a page as people see it, its longer side about `side` pixels (a photograph is never enlarged)."""
        raise NotImplementedError


class _PdfPages(ScanPages):
    def __init__(self, document: Any, name: str) -> None:
        super().__init__(len(document))
        self._document, self._name = document, name

    def picture(self, number: int, side: int, *, grey: bool = True) -> "Image":
        from pypdfium2 import PdfiumError

        with PDFIUM:
            try:
                page = self._document[number - 1]
            except PdfiumError as failed:
                raise FileUnreadableError(self._name, "broken") from failed
            try:
                width, height = page.get_size()
                if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
                    raise FileUnreadableError(self._name, "broken")
                scale = side / max(width, height)
                # A page of a hair's width would be drawn with no pixel across.
                scale = max(scale, _SMALLEST_SIDE / min(width, height)) if max(width, height) < 20_000 else scale
                bitmap = page.render(scale=scale, grayscale=grey)
                try:
                    drawn: Image = bitmap.to_pil().copy()
                finally:
                    bitmap.close()
            except PdfiumError as failed:
                raise FileUnreadableError(self._name, "broken") from failed
            finally:
                page.close()
        return drawn


class _PicturePages(ScanPages):
    def __init__(self, image: "Image", name: str) -> None:
        self._image, self._name = image, name
        super().__init__(_frames(image, name))

    def picture(self, number: int, side: int, *, grey: bool = True) -> "Image":
        image = self._image
        if self.count > 1:
            image.seek(number - 1)
        if image.width * image.height > MOST_PIXELS:
            raise FileUnreadableError(self._name, "picture_too_large")
        image.draft("L" if grey else "RGB", (side, side))
        shown = upright(image, side)
        if shown.mode in {"LA", "RGBA", "La", "RGBa"}:
            shown = _on_white(shown)
        return shown.convert("L" if grey else "RGB")


@contextmanager
def scan_pages(path: Path) -> Iterator[ScanPages]:
    """Open a PDF, JPG, PNG, TIFF or BMP, judged by its content.

    Raises `FileUnreadableError` with `too_many_pages`, `scan_too_fine` (a TIFF of over 2,000 million pixels),
    `encrypted`, `broken`, `picture_too_large`, the reason of a kind that cannot be read, or as `opened`; drawing a
    page may raise `broken` too.
    """
    kind = kind_of(path)
    if kind is FileKind.PDF:
        with _pdf(path) as pages:
            yield pages
    elif kind is FileKind.PICTURE:
        with open_picture(path) as image:
            yield _PicturePages(image, path.name)
    else:
        raise refuse(path, kind, "not_scan")


def check_scans(*paths: Path) -> None:
    """Refuse, as `scan_pages`, what cannot be looked at page by page and so is no scan of anything."""
    for path in paths:
        with scan_pages(path) as pages:
            pages.picture(1, _GLANCE)


@contextmanager
def _pdf(path: Path) -> Iterator[ScanPages]:
    with pdf_document(path) as document:
        with PDFIUM:
            pages = _PdfPages(document, path.name)
        if pages.count > MOST_PAGES:
            raise FileUnreadableError(path.name, "too_many_pages")
        yield pages


@contextmanager
def pdf_document(path: Path) -> Iterator[Any]:
    """Open a PDF of at least one page as PDFium does; whoever asks it anything holds `PDFIUM`.

    Raises `FileUnreadableError` with `encrypted`, `broken` or as `opened`.
    """
    from pypdfium2 import PdfDocument, PdfiumError
    from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

    with opened(path, LARGEST_FILE) as file:
        try:
            with PDFIUM:
                document = PdfDocument(file)
        except PdfiumError as failed:
            locked = getattr(failed, "err_code", None) in {FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY}
            raise FileUnreadableError(path.name, "encrypted" if locked else "broken") from failed
        try:
            with PDFIUM:
                count = len(document)
            if count == 0:
                raise FileUnreadableError(path.name, "broken")
            yield document
        finally:
            with PDFIUM:
                document.close()


def _frames(image: "Image", name: str) -> int:
    """Count the pages of a TIFF; what moves in other kinds of picture is no further page."""
    if image.format != "TIFF":
        return 1
    count = pixels = 0
    while True:
        try:
            image.seek(count)
        except EOFError:
            break
        count += 1
        pixels += image.width * image.height
        if pixels > MOST_PIXELS_OF_ALL:
            raise FileUnreadableError(name, "scan_too_fine")
        if count > MOST_PAGES:
            raise FileUnreadableError(name, "too_many_pages")
    image.seek(0)
    return count


def _on_white(image: "Image") -> "Image":
    from PIL import Image

    paper = Image.new("RGB", image.size, (255, 255, 255))
    paper.paste(image.convert("RGB"), mask=image.getchannel("A"))
    return paper
