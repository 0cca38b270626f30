"""What all papers share: the page with its head and foot, and how the document is written."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from app.forms.page_code import CODE_SIDE, draw_bars, draw_page_code, page_code
from app.forms.paper_dates import paper_date, paper_moment
from app.forms.pdfa import PDF_VERSION, prepare
from app.forms.pen import FRAME, PAGE_HEIGHT, PAGE_WIDTH, Pen
from app.forms.plain_text import one_line
from app.forms.typeface import Fonts
from app.forms.typesetting import Style, fitting_size, set_cut
from app.models.paper import PaperHead
from app.models.papercode import PaperKind, grouped

# Pictures and streams as bytes, not as ASCII: a quarter smaller.
rl_config.useA85 = 0

LEFT, RIGHT = 70.9, 538.6
"""25 mm to bind, 20 mm on the other side."""
TYPE_WIDTH = RIGHT - LEFT
BOTTOM = 712.0
"""Where the grid and the running text end."""

_FOOT = 720.0
_FOLIO = 819.0
_TITLE_SIZES = (22.0, 20.0, 18.0, 16.0)
_CORNER = 34.0
_SEALED_BY_THE_UNIT = frozenset({PaperKind.ACCOUNT_FILING, PaperKind.ACCOUNT_CHANGE, PaperKind.ACCOUNT_CLOSING})
_ABOUT_CONTENT = _SEALED_BY_THE_UNIT | {PaperKind.REVIEW_SHEET, PaperKind.PASSWORD_HANDOVER}

Mark = Callable[[Pen], None]


@dataclass(frozen=True)
class ComposedPaper:
    """A finished PDF/A-2u and how many pages it has."""

    data: bytes
    pages: int


class Sheet:
    """A paper while it is laid out: its pages are drawn once their number is known."""

    def __init__(
        self, head: PaperHead, fonts: Fonts, footnote: str = "", *, corner: str = "", filled_on: date | None = None
    ) -> None:
        self.head = head
        self._corner = corner
        self._filled_on = filled_on
        self._fonts = fonts
        self.family = fonts.family(head.fonts)
        self._footnote = one_line(footnote)
        self._pages: list[list[Mark]] = []
        text, label = self.family.text, self.family.label
        self.text = Style(text, 10.5, 15.5)
        self.label = Style(label, 10.5, 15.0)
        self.fine = Style(text, 9.0, 12.5)
        self.foot = Style(label, 8.0, 11.5)

    @property
    def pages(self) -> int:
        """How many pages have been begun."""
        return len(self._pages)

    def mark(self, mark: Mark) -> None:
        """Add something to the page that was begun last."""
        self._pages[-1].append(mark)

    def first_page(self) -> float:
        """Begin the first page and return where its content may start."""
        self._pages.append([])
        return self._head(one_line(self.head.title), _TITLE_SIZES, 42.0)

    def further_page(self, word: str = "附页") -> float:
        """Begin another page with the same head and return where its content may start."""
        self._pages.append([])
        top = self._head(f"{one_line(self.head.title)}（{word}）", (15.0, 14.0, 13.0, 12.0), 40.0)
        self.mark(lambda pen: pen.rule(LEFT, top, RIGHT, top, FRAME))
        self.mark(lambda pen: pen.rule(LEFT, BOTTOM, RIGHT, BOTTOM, FRAME))
        return top + 8

    def compose(self) -> ComposedPaper:
        """Draw all pages and write the document."""
        head = self.head
        out = io.BytesIO()
        with self._fonts.drawing:
            canvas = Canvas(
                out,
                pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
                pageCompression=1,
                invariant=1,
                # ReportLab would begin each page in Helvetica, which PDF/A has no place for.
                initialFontName=self.family.text.first_font,  # type: ignore[arg-type, unused-ignore]
                pdfVersion=PDF_VERSION,
                lang="zh-CN",
            )
            prepare(
                canvas,
                title=" ".join(part for part in (one_line(head.title), one_line(head.number)) if part),
                author=one_line(head.unit_name),
                subject=self._revision_words(),
                at=head.issued_at,
            )
            for number, marks in enumerate(self._pages, start=1):
                pen = Pen(canvas, self.family.label)
                for mark in marks:
                    mark(pen)
                self._draw_foot(pen, number)
                canvas.showPage()
            canvas.save()
        return ComposedPaper(out.getvalue(), len(self._pages))

    def _head(self, title: str, sizes: tuple[float, ...], top: float) -> float:
        face = self.family.title
        size = fitting_size(title, face, TYPE_WIDTH, sizes)
        style = Style(face, size, size * 1.35)
        if style.width(title) > TYPE_WIDTH:
            style = Style(face, sizes[-1] * 0.8, sizes[-1])
        heading = set_cut(title, style, TYPE_WIDTH, 4, "……")
        if self._corner:
            self.mark(lambda pen: pen.words(LEFT, _CORNER, self._corner, self.label.face, self.label.size))
        self.mark(lambda pen: heading.draw_centred(pen, LEFT, top))
        return self._head_line(top + heading.height + 4)

    def _head_line(self, y: float) -> float:
        """Set unit, day and number under the title, on one line where all fit."""
        style = Style(self.family.text, 10.0, 14.0)
        unit = f"{_unit_word(self.head.kind)}：{one_line(self.head.unit_name)}"
        number = f"编号：{one_line(self.head.number)}" if self.head.number else paper_moment(self.head.issued_at)
        day = f"填报日期：{paper_date(self._filled_on)}" if self._filled_on else ""
        free = TYPE_WIDTH - style.width(unit) - style.width(day) - style.width(number)
        if free >= (4 if day else 2) * style.size:
            middle = LEFT + style.width(unit) + free / 2
            self.mark(lambda pen: pen.words(LEFT, y + style.drop(), unit, style.face, style.size))
            self.mark(lambda pen: pen.words(middle, y + style.drop(), day, style.face, style.size))
            self.mark(lambda pen: pen.to_right(RIGHT, y + style.drop(), number, style.face, style.size))
            return y + style.leading + 3
        lines = set_cut(unit, style, TYPE_WIDTH, 3, "……")
        self.mark(lambda pen: lines.draw(pen, LEFT, y, full=False))
        below = y + lines.height
        if day and style.width(day) + style.width(number) + 2 * style.size > TYPE_WIDTH:
            above = below
            self.mark(lambda pen: pen.words(LEFT, above + style.drop(), day, style.face, style.size))
            below += style.leading
        elif day:
            beside = below
            self.mark(lambda pen: pen.words(LEFT, beside + style.drop(), day, style.face, style.size))
        last = set_cut(number, style, TYPE_WIDTH, 2, "……")
        if len(last.lines) == 1:
            self.mark(lambda pen: pen.to_right(RIGHT, below + style.drop(), number, style.face, style.size))
        else:
            self.mark(lambda pen: last.draw(pen, LEFT, below, full=False))
        return below + last.height + 3

    def _revision_words(self) -> str:
        head = self.head
        if not head.revision:
            return ""
        return f"第{head.revision}{'稿' if head.kind is PaperKind.REVIEW_SHEET else '版'}"

    def _draw_foot(self, pen: Pen, number: int) -> None:
        head, style = self.head, self.foot
        left, y = LEFT, _FOOT
        room = TYPE_WIDTH - CODE_SIDE - 14
        for name, digest, beside in self._witnesses():
            pen.words(left, y + style.drop(), name, style.face, style.size)
            pen.words(left + 42, y + style.drop(), digest, style.face, style.size)
            pen.words(left + 258, y + style.drop(), beside, style.face, style.size)
            y += style.leading + 1
        note = self._footnote
        if pen.substituted:
            shown = "、".join(f"U+{ord(char):04X}" for char in sorted(pen.substituted)[:6])
            note = (
                f"{note}字库没有的字印成方框，框内是它的统一码（{shown}{' 等' if len(pen.substituted) > 6 else ''}）。"
            )
        if note:
            set_cut(note, style, room, 2, "……").draw(pen, left, y, full=False)
        draw_bars(pen, head, left, _FOOT + CODE_SIDE - 15, room * 0.75)
        draw_page_code(pen, page_code(head, number, len(self._pages)), RIGHT - CODE_SIDE, _FOOT)
        pen.centred((LEFT + RIGHT) / 2, _FOLIO, f"— {number} —", self.family.text, 10.5)
        if head.ribbon:
            pen.band(one_line(head.ribbon), self.family.label, 12)

    def _witnesses(self) -> list[tuple[str, str, str]]:
        head = self.head
        rows: list[tuple[str, str, str]] = []
        if head.fingerprint.strip("0"):
            name = "内容指纹" if head.kind in _ABOUT_CONTENT else "清单指纹"
            rows.append((name, grouped(head.fingerprint), self._revision_words()))
        rows.append(("存证号", grouped(head.audit_head), f"序号 {head.audit_seq}"))
        rows.append(("印制时间", paper_moment(head.issued_at), "" if len(rows) > 1 else self._revision_words()))
        return rows


def _unit_word(kind: PaperKind) -> str:
    """Say what the unit is to a paper: a filing paper bears its seal at the head too."""
    if kind in _SEALED_BY_THE_UNIT:
        return "填报单位（盖章）"
    return "填报单位" if kind is PaperKind.REVIEW_SHEET else "单位"
