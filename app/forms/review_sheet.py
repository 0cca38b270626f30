"""信息发布审核表 (article 15(1)): page 1 holds all signatures, what does not fit goes whole to 附页."""

from app.forms.body_text import characters, set_body, set_picture
from app.forms.first_page import CELL_PAD, FirstPage, plan_first_page
from app.forms.flow import Flow
from app.forms.pen import THIN, Pen
from app.forms.plain_text import one_line
from app.forms.ruled_grid import LABEL_WIDTH, PAD, VALUE_WIDTH, label_cell, outline, row_mark
from app.forms.ruled_table import draw_table
from app.forms.sheet import BOTTOM, LEFT, ComposedPaper, Sheet
from app.forms.signing import step_mark
from app.forms.typeface import Fonts
from app.forms.typesetting import SetText
from app.models.paper import ReviewSheet


def compose_review_sheet(sheet: ReviewSheet, fonts: Fonts) -> ComposedPaper:
    """Set a review sheet.

    Raises `PaperImpossibleError` with `too_long` when more people sign than one page has room for, and with
    `picture` for one that PDF/A may not hold.
    """
    paper = Sheet(sheet.head, fonts, sheet.footnote)
    top = paper.first_page()
    page = plan_first_page(sheet, paper, BOTTOM - top)
    _draw_first_page(paper, page, top)
    _continue(sheet, paper, page)
    return paper.compose()


def _draw_first_page(paper: Sheet, page: FirstPage, top: float) -> None:
    y = top
    for row in page.rows:
        paper.mark(row_mark(row, y, row.height, paper.label))
        y += row.height
    y = _wide(paper, "内容\n（摘要）", page.content, y, page.content_height)
    y = _wide(paper, "发布前\n检查", (page.checks,), y, page.checks_height)
    for step, height in zip(page.steps, page.step_heights, strict=True):
        paper.mark(step_mark(step, y, height, paper.family, paper.label))
        y += height
    _publication(paper, y, page.publication_height)
    paper.mark(outline(top, y + page.publication_height))


def _wide(paper: Sheet, label: str, texts: tuple[SetText, ...], y: float, height: float) -> float:
    def mark(pen: Pen) -> None:
        label_cell(pen, LEFT, y, height, label, paper.label)
        pen.frame(LEFT + LABEL_WIDTH, y, VALUE_WIDTH, height, THIN)
        at = y + CELL_PAD
        for text in texts:
            text.draw(pen, LEFT + LABEL_WIDTH + PAD, at)
            at += text.height

    paper.mark(mark)
    return y + height


def _publication(paper: Sheet, y: float, height: float) -> None:
    style = paper.text

    def mark(pen: Pen) -> None:
        label_cell(pen, LEFT, y, height, "发布记录", paper.label)
        left = LEFT + LABEL_WIDTH
        pen.frame(left, y, VALUE_WIDTH, height, THIN)
        base = y + (height - style.leading) / 2 + style.drop()
        for share, words in ((0.0, "发布人："), (0.3, "实际发布时间："), (0.76, "核对一致：")):
            pen.words(left + PAD + share * VALUE_WIDTH, base, words, style.face, style.size)
        end = left + PAD + 0.76 * VALUE_WIDTH + style.width("核对一致：")
        pen.tick_box(end + 2, base, style.size)

    paper.mark(mark)


def _continue(sheet: ReviewSheet, paper: Sheet, page: FirstPage) -> None:
    """Set 附页: shortened fields in full, the body or its pictures, and the text of single accounts."""
    pictures = [sheet.pictures[block.picture.sha256] for block in sheet.body if block.picture]
    rest_of_body = bool(sheet.body) and not page.body_here
    if not (page.moved or pictures or rest_of_body or sheet.variants):
        return
    flow = Flow(paper, paper.further_page())
    if page.moved:
        flow.heading("第1页栏目全文", 2)
        draw_table(flow, page.moved, header=("栏目", "全文"), widths=(1.0, 5.0), centred=frozenset({0}))
        flow.space(10)
    if rest_of_body:
        flow.heading(f"正文（全文{characters(sheet.body)}字）", 2)
        set_body(flow, sheet.body, sheet.pictures)
    elif pictures:
        flow.heading(f"图片（{len(pictures)}幅）", 2)
        for number, picture in enumerate(pictures, start=1):
            set_picture(flow, picture, number)
    for variant in sheet.variants:
        flow.space(10)
        count = characters(variant.blocks)
        flow.heading(
            f"单独文案：{one_line(variant.account)}（{f'全文{count}字' if variant.blocks else '仅标题不同'}）", 2
        )
        if variant.title:
            flow.text(f"标题：{one_line(variant.title)}", flow.plain)
        set_body(flow, variant.blocks, sheet.pictures)
