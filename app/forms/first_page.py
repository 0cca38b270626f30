"""Page 1 of 信息发布审核表: what stands on it and how high each row is, with every signature on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.errors import PaperImpossibleError
from app.forms.body_text import cell_text, characters
from app.forms.plain_text import one_line
from app.forms.ruled_grid import PAD, SEE_OVER, VALUE_WIDTH, GridRow, field_rows
from app.forms.sheet import Sheet
from app.forms.signing import COMPACT, DENSITIES, NORMAL, ROOMY, TIGHT, Density, StepRow, step_row
from app.forms.typesetting import SetText, Style, set_cut, set_text
from app.models.paper import ReviewSheet

CELL_PAD = 4.5
_TWO_LABEL_LINES = 27.0
_VALUE = VALUE_WIDTH - 2 * PAD
# How many lines a field and 发布前检查 may take, and how high 发布记录 is, by density.
_CAPS: dict[Density, tuple[int, int, float]] = {
    ROOMY: (4, 10, 34.0),
    NORMAL: (4, 8, 30.0),
    COMPACT: (2, 3, 26.0),
    TIGHT: (1, 1, 22.0),
}
# So many fields of one line would fill the page alone.
_MOST_FIELDS = 40
# No body of more characters is tried on page 1.
_LONGEST_ON_PAGE_1 = 1500
_MOST_WHITE_UNDER_CONTENT = 48.0


@dataclass
class FirstPage:
    """The rows of page 1 from top to bottom with their heights in points, and what goes on to 附页."""

    rows: list[GridRow]
    content: tuple[SetText, ...]
    checks: SetText
    steps: list[StepRow]
    publication_height: float
    body_here: bool
    moved: list[tuple[str, str]]
    """Label and whole text of what stands shortened or not at all on page 1."""
    content_height: float = 0.0
    step_heights: list[float] = field(default_factory=list)

    @property
    def checks_height(self) -> float:
        """The height of 发布前检查: its label has two lines."""
        return max(self.checks.height + 2 * CELL_PAD, _TWO_LABEL_LINES)

    @property
    def least_content(self) -> float:
        """The height that the words of 内容（摘要） need."""
        return max(sum(text.height for text in self.content) + 2 * CELL_PAD, _TWO_LABEL_LINES)

    @property
    def least(self) -> float:
        """The height that all rows need, without any white space to give away."""
        return (
            sum(row.height for row in self.rows)
            + self.least_content
            + self.checks_height
            + sum(step.height for step in self.steps)
            + self.publication_height
        )


def plan_first_page(sheet: ReviewSheet, paper: Sheet, height: float) -> FirstPage:
    """Choose the roomiest arrangement that fits; raises `PaperImpossibleError("too_long")` when none does."""
    for page in _candidates(sheet, paper):
        if page.least <= height:
            _give_away(page, height - page.least)
            return page
    raise PaperImpossibleError("too_long", "、".join(one_line(step.label) for step in sheet.steps))


def _candidates(sheet: ReviewSheet, paper: Sheet) -> Iterator[FirstPage]:
    if len(sheet.fields) <= _MOST_FIELDS:
        body = cell_text(sheet.body)
        if body is not None and len(body) <= _LONGEST_ON_PAGE_1:
            yield _arranged(sheet, paper, ROOMY, body, 12)
            yield _arranged(sheet, paper, NORMAL, body, 12)
        for density in (ROOMY, NORMAL, COMPACT):
            yield _arranged(sheet, paper, density, None, 8)
        for density in DENSITIES:
            yield _arranged(sheet, paper, density, None, 2)
    for fields in range(min(len(sheet.fields) - 1, _MOST_FIELDS), 0, -1):
        yield _arranged(sheet, paper, TIGHT, None, 1, fields)


def _arranged(
    sheet: ReviewSheet, paper: Sheet, density: Density, body: str | None, lines: int, fields: int | None = None
) -> FirstPage:
    most, check_lines, publication = _CAPS[density]
    shown = sheet.fields if fields is None else sheet.fields[:fields]
    rows = field_rows(shown, paper.text, most)
    moved = [
        (one_line(cell.field.label), one_line(cell.field.value)) for row in rows for cell in row.cells if cell.value.cut
    ]
    moved += [(one_line(rest.label), one_line(rest.value)) for rest in sheet.fields[len(shown) :]]
    content, summary_cut = _content(sheet, paper, body, lines, len(sheet.fields) - len(shown))
    if summary_cut:
        moved.append(("摘要", one_line(sheet.summary)))
    words = "\n".join(one_line(line) for line in sheet.checks) or "无"
    checks = set_cut(words, paper.text, _VALUE, check_lines, SEE_OVER)
    if checks.cut:
        moved.append(("发布前检查", words))
    steps = [step_row(box, density, paper.family) for box in sheet.steps]
    for step in steps:
        if step.cut:
            words = "\n".join(one_line(part) for part in (step.box.opinion, step.box.decided) if part)
            moved.append((one_line(step.box.label), words))
    return FirstPage(rows, content, checks, steps, publication, body is not None, moved)


def _content(
    sheet: ReviewSheet, paper: Sheet, body: str | None, lines: int, fields_over: int
) -> tuple[tuple[SetText, ...], bool]:
    """Set 内容（摘要）: the summary, the body or its beginning, and how much there is."""
    plain = paper.text
    indented = Style(plain.face, plain.size, plain.leading, indent=2.0)
    parts: list[SetText] = []
    cut = False
    summary = one_line(sheet.summary)
    if summary:
        set_summary = set_cut(f"摘要：{summary}" if body else summary, plain, _VALUE, lines, SEE_OVER)
        cut = set_summary.cut
        parts.append(set_summary)
    if body:
        parts.append(set_text(body, indented, _VALUE))
    elif body is None and not summary and lines > 1:
        opening = cell_text([block for block in sheet.body if not block.rows][:40]) or ""
        if opening:
            parts.append(set_cut(opening[:600], indented, _VALUE, lines - 1, "……"))
    tail = _tail(sheet, body is not None, fields_over)
    if tail:
        parts.append(set_cut(tail, plain, _VALUE, 3, "……）"))
    return tuple(parts), cut


def _tail(sheet: ReviewSheet, body_here: bool, fields_over: int) -> str:
    count = characters(sheet.body)
    parts: list[str] = []
    if count:
        parts.append(f"全文{count}字" if body_here else f"全文{count}字，见附页")
    elif not sheet.body and not sheet.summary:
        parts.append("无正文")
    pictures = sum(1 for block in sheet.body if block.picture)
    if pictures:
        parts.append(f"图片{pictures}幅见附页")
    if sheet.variants:
        parts.append(f"账号单独文案{len(sheet.variants)}份见附页")
    if fields_over:
        parts.append(f"其余{fields_over}栏见附页")
    return f"（{'。'.join(parts)}）" if parts else ""


def _give_away(page: FirstPage, spare: float) -> None:
    """Share the white space that is left: a little under the content, the rest to those who sign by hand."""
    weights = _weights(page.steps)
    content = spare if not sum(weights) else min(spare * 0.3, _MOST_WHITE_UNDER_CONTENT)
    page.content_height = page.least_content + content
    total = sum(weights) or 1.0
    page.step_heights = [
        step.height + (spare - content) * weight / total for step, weight in zip(page.steps, weights, strict=True)
    ]


def _weights(steps: Sequence[StepRow]) -> list[float]:
    """Give more room to the last to sign, the principal leader."""
    last = len(steps) - 1
    return [(1.6 if number == last and last else 1.0) if step.hands else 0.0 for number, step in enumerate(steps)]
