"""一次性口令单: the half above the line is cut off and handed over, the half below is signed for and kept."""

from app.forms.form_grid import GridRow, field_rows, outline, row_mark
from app.forms.pen import Pen
from app.forms.plain_text import one_line
from app.forms.sheet import BOTTOM, LEFT, RIGHT, TYPE_WIDTH, ComposedPaper, Sheet
from app.forms.signing import sign_line
from app.forms.typeface import Fonts
from app.forms.typesetting import Style, fitting_size, set_text
from app.labels import long_date
from app.models.paper import CodeSlip, Field

_CUT = 470.0
_STEPS = (
    "打开先审，选择自己的姓名，输入上面的一次性口令。",
    "按提示设置自己的口令：不少于8个字符，密码保管人不少于12个字符。",
    "设置成功后，一次性口令随即失效，请销毁本单。",
)
_WARNING = "本单只交给本人，不转告、不拍照、不留存。口令由本人自己设定，任何人不得代设或索要。"


def compose_code_slip(slip: CodeSlip, fonts: Fonts) -> ComposedPaper:
    """Set the slip with a one-time code."""
    paper = Sheet(slip.head, fonts)
    top = paper.first_page()
    y = _rows(paper, _fields(slip), top)
    y = _code(paper, one_line(slip.code), y, top)
    _advice(paper, y)
    paper.mark(_cut_line(paper))
    _receipt(paper, slip)
    return paper.compose()


def _fields(slip: CodeSlip) -> tuple[Field, ...]:
    expires = f"{long_date(slip.expires_on)}（含当日）" if slip.expires_on else "首次登录前有效"
    reason = (Field("重发原因", slip.reason, wide=True),) if one_line(slip.reason) else ()
    return (Field("姓名", slip.person), Field("有效期至", expires), *reason)


def _rows(paper: Sheet, fields: tuple[Field, ...], y: float) -> float:
    rows: list[GridRow] = field_rows(fields, paper.text, 3)
    for row in rows:
        paper.mark(row_mark(row, y, row.height + 6, paper.label))
        y += row.height + 6
    return y


def _code(paper: Sheet, code: str, y: float, top: float) -> float:
    face = paper.family.label
    size = fitting_size(code, face, TYPE_WIDTH - 40, (38.0, 32.0, 26.0, 20.0, 15.0, 11.0, 8.0))
    style = Style(face, size, size * 1.3)
    lines = set_text(code, style, TYPE_WIDTH - 40)
    small = paper.fine
    height = lines.height + 52

    def mark(pen: Pen) -> None:
        pen.centred((LEFT + RIGHT) / 2, y + 10 + small.drop(), "一次性口令", small.face, small.size)
        lines.draw_centred(pen, LEFT + 20, y + 30)

    paper.mark(mark)
    paper.mark(outline(top, y + height))
    return y + height


def _advice(paper: Sheet, y: float) -> None:
    style = Style(paper.family.text, 11.0, 19.0)
    y += 14
    for number, words in enumerate((*(f"{n}．{step}" for n, step in enumerate(_STEPS, start=1)), _WARNING)):
        lines = set_text(words, style, TYPE_WIDTH)
        at = y + (6 if number == len(_STEPS) else 0)
        paper.mark(lambda pen, lines=lines, at=at: lines.draw(pen, LEFT, at))
        y += lines.height


def _cut_line(paper: Sheet):
    style = paper.fine
    words = "沿此线剪开，上联交本人，下联由系统管理员留存"

    def mark(pen: Pen) -> None:
        half = style.width(words) / 2 + 8
        middle = (LEFT + RIGHT) / 2
        pen.rule(24, _CUT, middle - half, _CUT, 0.6, (4, 3))
        pen.rule(middle + half, _CUT, 571, _CUT, 0.6, (4, 3))
        pen.centred(middle, _CUT + 3, words, style.face, style.size)

    return mark


def _receipt(paper: Sheet, slip: CodeSlip) -> None:
    heading = Style(paper.family.title, 16.0, 22.0)
    top = _CUT + 22
    words = "一次性口令领取登记"
    paper.mark(lambda pen: pen.centred((LEFT + RIGHT) / 2, top + heading.drop(), words, heading.face, heading.size))
    grid = top + heading.leading + 8
    fields = (Field("姓名", slip.person), Field("印制日期", long_date(slip.head.issued_at)))
    reason = (Field("重发原因", slip.reason, wide=True),) if one_line(slip.reason) else ()
    y = _rows(paper, (*fields, *reason), grid)
    style = paper.text
    height = (min(BOTTOM - 8, y + 128) - y) / 2
    for number, label in enumerate(("领取人", "发放人")):
        at = y + number * height

        def mark(pen: Pen, at: float = at, label: str = label) -> None:
            from app.forms.form_grid import LABEL_WIDTH, PAD, VALUE_WIDTH, label_cell
            from app.forms.pen import THIN

            label_cell(pen, LEFT, at, height, label, paper.label)
            pen.frame(LEFT + LABEL_WIDTH, at, VALUE_WIDTH, height, THIN)
            sign_line(pen, LEFT + LABEL_WIDTH + PAD, RIGHT - PAD, at + height - 12, style)

        paper.mark(mark)
    paper.mark(outline(grid, y + 2 * height))
