"""The codes of a page: the QR that says which page of which paper it is, and the number as bars."""

import re

import zxingcpp

from app.forms.pen import Pen
from app.models.paper import PaperHead
from app.models.papercode import PaperCode

CODE_SIDE = 79.4
"""28 mm: a module of a full code is 0.57 mm, three pixels at 150 dpi."""

BARS_HEIGHT = 15.0
_BAR_WIDTH = 0.85
_DIGITS = re.compile("[0-9]+")


def page_code(head: PaperHead, page: int, pages: int) -> PaperCode:
    """Return the code of one page of a paper."""
    return PaperCode(
        unit_code=head.unit_code,
        kind=head.kind,
        subject_id=head.subject_id,
        revision=head.revision,
        page=page,
        pages=pages,
        fingerprint=head.fingerprint,
        audit_seq=head.audit_seq,
        audit_head=head.audit_head,
    )


def draw_page_code(pen: Pen, code: PaperCode, x: float, y: float, side: float = CODE_SIDE) -> None:
    """Draw the QR with its upper left corner at a place; the page around it is its quiet zone."""
    rows = _modules(zxingcpp.create_barcode(code.text(), zxingcpp.BarcodeFormat.QRCode, ec_level="M"))
    module = side / len(rows)
    cells = [(start, row, length, 1) for row, line in enumerate(rows) for start, length in _dark(line)]
    pen.modules(cells, x, y, module, module)


def bars_text(head: PaperHead) -> str:
    """Return what the bars say: the kind and the digits of the office number, else the id."""
    digits = _DIGITS.findall(head.number)
    return "-".join([str(head.kind), *digits]) if digits else f"{head.kind}-{head.subject_id.replace('-', '').upper()}"


def draw_bars(pen: Pen, head: PaperHead, x: float, y: float, width: float) -> None:
    """Draw the number as Code 128, no wider than `width`."""
    text = bars_text(head)[:48]
    cells = _modules(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128))[0]
    module = min(_BAR_WIDTH, width / len(cells))
    pen.modules([(start, 0, length, 1) for start, length in _dark(cells)], x, y, module, BARS_HEIGHT)


def _modules(barcode: zxingcpp.Barcode) -> list[bytes]:
    """Return the rows of a code, one byte a module, 0 where it is dark."""
    image = memoryview(barcode.to_image(add_quiet_zones=False))  # type: ignore[arg-type, unused-ignore]
    return [bytes(row) for row in image.tolist()]


def _dark(cells: bytes) -> list[tuple[int, int]]:
    """Return start and length of each dark run of a row."""
    return [(found.start(), found.end() - found.start()) for found in re.finditer(b"\x00+", cells)]
