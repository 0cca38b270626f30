"""A scan or phone photograph of signed papers: which page carries which code."""

import io
from dataclasses import dataclass
from pathlib import Path

from app.errors import PaperCodeError
from app.intake.code_reading import ReadCode, codes_on
from app.intake.scan_pages import READING_SIDE, scan_pages
from app.models.papercode import PaperCode


@dataclass(frozen=True)
class ScanPage:
    """One page of a scan, numbered from 1.

    `problem` says why a page without a code has none that counts: `newer`, `damaged`, `foreign`, or empty when
    no code was seen at all. `turn` is how far the page lies turned clockwise: 0, 90, 180 or 270 degrees.
    """

    number: int
    codes: tuple[PaperCode, ...]
    problem: str = ""
    turn: int = 0


def read_scan(path: Path) -> tuple[ScanPage, ...]:
    """Read the codes of all pages; the file is not changed.

    Raises `FileUnreadableError` as `scan_pages`.
    """
    with scan_pages(path) as pages:
        return tuple(
            _page(number, codes_on(pages.picture(number, READING_SIDE), _is_ours))
            for number in range(1, pages.count + 1)
        )


def page_picture(path: Path, number: int, side: int, turn: int = 0) -> bytes:
    """Return a page as a PNG of at most `side` pixels, turned back by `turn`; errors as `read_scan`."""
    with scan_pages(path) as pages:
        shown = pages.picture(min(max(number, 1), pages.count), side, grey=False)
        if turn:
            shown = shown.rotate(turn, expand=True)
        buffer = io.BytesIO()
        shown.save(buffer, "PNG", compress_level=3)
        return buffer.getvalue()


def _is_ours(text: str) -> bool:
    return _parsed(text)[0] is not None


def _parsed(text: str) -> tuple[PaperCode | None, str]:
    if not text:
        return None, "damaged"
    try:
        return PaperCode.parse(text), ""
    except PaperCodeError as refused:
        return None, refused.reason


def _page(number: int, found: list[ReadCode]) -> ScanPage:
    codes: dict[PaperCode, int] = {}
    problems = set()
    for read in found:
        code, problem = _parsed(read.text)
        if code is None:
            problems.add(problem)
        else:
            codes.setdefault(code, read.turn)
    turn = round(next(iter(codes.values()), 0) / 90) % 4 * 90
    worst = next((reason for reason in ("newer", "damaged", "foreign") if reason in problems), "")
    return ScanPage(number, tuple(codes), "" if codes else worst, turn)
