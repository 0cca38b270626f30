"""Papers of facts and tables: 月度存档封面及目录, 归档交接单, 待签清单, 责任清单 and the records of passwords."""

from app.forms.flow import Flow
from app.forms.plain_text import one_line
from app.forms.ruled_grid import field_rows, outline, row_mark
from app.forms.ruled_table import draw_span, draw_table
from app.forms.sheet import TYPE_WIDTH, ComposedPaper, Sheet
from app.forms.signing import DAY, MOMENT, sign_row
from app.forms.typeface import Fonts
from app.forms.typesetting import set_text
from app.models.paper import ListingPaper, TableSection
from app.models.papercode import PaperKind

_SIGN_HEIGHT, _SIGN_LEAST = 64.0, 44.0
"""Rows to sign in are lower where they then stand on the page of the table."""
_LONGEST_FACT = 600
_SIGNED_BY_DAY = frozenset({PaperKind.RESPONSIBILITY_LIST, PaperKind.PASSWORD_CHANGES, PaperKind.PASSWORD_LOANS})
_SHORT_COLUMNS = frozenset(
    {"序号", "编号", "期限", "时间", "日期", "性质", "缺项", "待签环节", "页数", "版次", "归还时间", "已重置"}
)


def compose_listing(paper: ListingPaper, fonts: Fonts) -> ComposedPaper:
    """Set a paper of facts, tables and signatures."""
    sheet = Sheet(paper.head, fonts, paper.footnote)
    flow = Flow(sheet, sheet.first_page(), "续页")
    _facts(flow, paper)
    for number, section in enumerate(paper.sections, start=1):
        signed = len(paper.signatures) * _SIGN_LEAST if number == len(paper.sections) else 0.0
        _section(flow, section, min(signed, flow.page_height / 2))
    if paper.signatures:
        _signatures(flow, paper.signatures, alone=not paper.sections)
    return sheet.compose()


def _facts(flow: Flow, paper: ListingPaper) -> None:
    facts = [fact for fact in paper.facts if len(fact.value) <= _LONGEST_FACT]
    rows = field_rows(facts, flow.sheet.text, 24, "……")
    start = flow.y
    for row in rows:
        height = row.height + 3
        if height > flow.room and not flow.fresh:
            flow.mark(outline(start, flow.y))
            flow.next_page()
            start = flow.y
        flow.mark(row_mark(row, flow.y, height, flow.sheet.label))
        flow.y += height
    if rows:
        flow.mark(outline(start, flow.y))
        flow.space(8 if paper.sections else 0)
    long = [(fact.label, fact.value) for fact in paper.facts if len(fact.value) > _LONGEST_FACT]
    if long:
        # A value of a page or more stands in a table, which breaks where a grid may not.
        draw_table(flow, long, widths=(1.0, 5.0), centred=frozenset({0}))
        flow.space(8)


def _section(flow: Flow, section: TableSection, signed: float) -> None:
    """Set a table with its note; `signed` is the height of signatures that are to stand with its last rows."""
    heading = one_line(section.heading) + (f"（{len(section.rows)}）" if section.rows else "")
    note = set_text(section.note, flow.sheet.fine, TYPE_WIDTH).height + 3 if one_line(section.note) else 0.0
    keep = signed + note + 9 if signed else 0.0
    if section.rows:
        centred = frozenset(n for n, name in enumerate(section.columns) if name in _SHORT_COLUMNS)
        draw_table(
            flow,
            section.rows,
            header=section.columns,
            widths=section.widths,
            centred=centred,
            sizes=(9.5, 9.0, 8.0, 7.0, 6.0),
            heading=heading,
            keep=keep,
        )
    else:
        draw_span(flow, "无", heading, keep)
    if one_line(section.note):
        flow.space(3)
        flow.text(section.note, flow.sheet.fine)
    flow.space(8)


def _signatures(flow: Flow, labels: tuple[str, ...], *, alone: bool) -> None:
    """Set a row to sign in for each label, all on one page; on a paper without tables they get its white space."""
    height = max(_SIGN_LEAST, min(_SIGN_HEIGHT, (flow.room - 0.5) / len(labels)))
    if alone:
        height = max(height, min(240.0, flow.room / len(labels)))
    flow.need(min(height * len(labels), flow.page_height))
    date = DAY if flow.sheet.head.kind in _SIGNED_BY_DAY else MOMENT
    start = flow.y
    for label in labels:
        if height > flow.room and not flow.fresh:
            flow.mark(outline(start, flow.y))
            flow.next_page()
            start = flow.y
        flow.mark(sign_row(label, flow.sheet.label, flow.sheet.text, flow.y, height, date))
        flow.y += height
    flow.mark(outline(start, flow.y))
