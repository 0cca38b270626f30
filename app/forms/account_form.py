"""备案登记表, 变更申请表, 关停（注销）申请表, 密码交接单: page 1 holds all opinions, what does not fit goes to 附页."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import PaperImpossibleError
from app.forms.flow import Flow
from app.forms.form_rows import SetSection, Tightness, set_section, side_mark
from app.forms.opinion_boxes import OpinionBlock, beside, draw_opinions, stacked
from app.forms.plain_text import one_line
from app.forms.ruled_grid import outline
from app.forms.ruled_table import draw_table
from app.forms.sheet import BOTTOM, ComposedPaper, Sheet
from app.forms.typeface import Fonts
from app.forms.typesetting import Style
from app.models.paper import AccountForm, TableSection

REFERENCE = "参考式样"
_ROOMY = Tightness(10.5, 15.5, 4.2, 8, 8)
_NORMAL = Tightness(10.5, 15.0, 3.0, 8, 8)
# From the roomiest to the tightest: words get smaller, to 9.5, before what they say goes on to 附页.
_BESIDE = (
    _ROOMY,
    _NORMAL,
    Tightness(10.0, 13.5, 2.6, 6, 6),
    Tightness(9.5, 12.5, 2.2, 5, 5),
    Tightness(9.5, 12.5, 2.2, 3, 3),
    Tightness(9.5, 12.5, 2.2, 2, 2),
    Tightness(9.0, 11.5, 1.6, 2, 2),
    *(Tightness(9.5, 12.5, 2.2, 2, 2, rows) for rows in (20, 14, 10, 7, 5, 3)),
    Tightness(9.0, 11.5, 1.6, 2, 2, 3),
    Tightness(9.0, 11.5, 1.6, 1, 1, 3),
    *(Tightness(8.5, 11.0, 1.3, 1, 1, 1, fields) for fields in (60, 12, 6, 2, 0)),
)
_MOST_SECTIONS = 30
_SHORT = 8
# What a row gets of the white space at first, and at the most when those who sign have theirs.
_ROW_WHITE, _MOST_ROW_WHITE = 9.0, 16.0


@dataclass
class _Page:
    """What stands on page 1."""

    sections: list[SetSection]
    opinions: OpinionBlock
    tight: Tightness

    @property
    def least(self) -> float:
        """The height in points that everything needs."""
        return sum(section.least for section in self.sections) + self.opinions.least

    @property
    def rows(self) -> int:
        """How many rows the grid has above the opinions."""
        return sum(len(section.rows) for section in self.sections)


def compose_account_form(form: AccountForm, fonts: Fonts) -> ComposedPaper:
    """Set a form of an account's life or of its password.

    Raises `PaperImpossibleError("too_long")` when more people decide than one page has room for.
    """
    corner = REFERENCE if form.reference else ""
    paper = Sheet(form.head, fonts, form.footnote, corner=corner, filled_on=form.filled_on)
    top = paper.first_page()
    page = _plan(form, paper, BOTTOM - top)
    _draw(paper, page, top)
    _continue(paper, page)
    return paper.compose()


def _plan(form: AccountForm, paper: Sheet, height: float) -> _Page:
    for page in _candidates(form, paper):
        if page.least <= height:
            return page
    raise PaperImpossibleError("too_long", "、".join(one_line(box.label) for box in form.opinions))


def _candidates(form: AccountForm, paper: Sheet) -> Iterator[_Page]:
    sections = [section for section in form.sections if section.fields or section.table is not None]
    if len(sections) > _MOST_SECTIONS:
        return
    for tight in (_ROOMY, _NORMAL):
        made = [set_section(section, tight, paper.family) for section in sections]
        yield _Page(made, stacked(form.opinions, _style(paper, tight)), tight)
    for tight in _BESIDE:
        made = [set_section(section, tight, paper.family) for section in sections]
        yield _Page(made, beside(form.opinions, _style(paper, tight)), tight)


def _style(paper: Sheet, tight: Tightness) -> Style:
    return Style(paper.family.text, tight.size, tight.leading)


def _draw(paper: Sheet, page: _Page, top: float) -> None:
    """Draw page 1: the rows get a little of the white space, those who sign by hand the rest."""
    spare = BOTTOM - top - page.least
    row_white = 0.0
    if page.rows:
        signed = bool(page.opinions.columns)
        row_white = min(_ROW_WHITE, spare * 0.5 / page.rows) if signed else spare / page.rows
        wanted = max(0.0, page.opinions.ample - page.opinions.least)
        beyond = spare - row_white * page.rows - wanted
        if signed and beyond > 0:
            row_white = min(_MOST_ROW_WHITE, row_white + beyond / page.rows)
    opinions = page.opinions.least + spare - row_white * page.rows
    y = top
    label = Style(paper.family.label, page.tight.size, page.tight.leading)
    for section in page.sections:
        begun = y
        for row in section.rows:
            paper.mark(row.at(y, row.height + row_white))
            y += row.height + row_white
        if section.heading:
            paper.mark(side_mark(section.heading, begun, y - begun, label))
    draw_opinions(paper, page.opinions, _style(paper, page.tight), y, opinions)
    paper.mark(outline(top, BOTTOM))


def _continue(paper: Sheet, page: _Page) -> None:
    """Set 附页: what stands shortened on page 1 in full, each table whole."""
    moved = [pair for section in page.sections for pair in section.moved]
    tables = [(section.heading, section.moved_table) for section in page.sections if section.moved_table]
    if not (moved or tables):
        return
    flow = Flow(paper, paper.further_page())
    if moved:
        flow.heading("第1页栏目全文", 2)
        draw_table(flow, moved, header=("栏目", "全文"), widths=(1.0, 5.0), centred=frozenset({0}))
        flow.space(10)
    for heading, table in tables:
        name = one_line(table.heading) or heading
        draw_table(
            flow,
            [tuple(map(one_line, row)) for row in table.rows],
            header=table.columns,
            widths=table.widths,
            centred=_short_columns(table),
            sizes=(10.5, 9.5, 9.0, 8.0, 7.0, 6.0),
            heading=f"{name}（{len(table.rows)}）" if table.rows else name,
        )
        flow.space(10)


def _short_columns(table: TableSection) -> frozenset[int]:
    count = max((len(row) for row in table.rows), default=0)
    return frozenset(n for n in range(count) if all(len(row[n]) <= _SHORT for row in table.rows if n < len(row)))
