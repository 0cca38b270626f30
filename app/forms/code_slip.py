"""一次性口令单 and 恢复口令单: the half above the line is handed over or sealed, the half below is signed and kept."""

from dataclasses import dataclass

from app.forms.paper_dates import paper_date
from app.forms.pen import PAGE_WIDTH, THIN, Pen
from app.forms.plain_text import one_line
from app.forms.ruled_grid import field_rows, outline, row_mark
from app.forms.sheet import LEFT, RIGHT, TYPE_WIDTH, ComposedPaper, Mark, Sheet
from app.forms.signing import sign_row
from app.forms.typeface import Fonts
from app.forms.typesetting import Style, fitting_size, set_cut, set_text
from app.models.paper import CodeSlip, Field

_CUT = 421.0
"""Half of A4: the sheet may as well be folded and torn."""
_MIDDLE = (LEFT + RIGHT) / 2
_ROW_EXTRA = 5.0
_SIGN_HEIGHT = 56.0
_CODE_SIZES = (38.0, 32.0, 26.0, 20.0, 15.0, 11.0, 8.0)


@dataclass(frozen=True)
class _Wording:
    """What a kind of slip says around its code."""

    caption: str
    advice: tuple[str, ...]
    warning: str
    cut: str
    receipt: str
    signers: tuple[str, ...]


_FOR_A_PERSON = _Wording(
    "一次性口令",
    (
        "打开先审，选择自己的姓名，输入上面的一次性口令。",
        "按提示设置自己的口令：不少于8个字符，密码保管人不少于12个字符。",
        "设置成功后，一次性口令随即失效，请销毁本单。",
    ),
    "本单只交给本人，不转告、不拍照、不留存。口令由本人自己设定，任何人不得代设或索要。",
    "沿此线剪开，上联交本人，下联由系统管理员留存",
    "一次性口令领取登记",
    ("领取人", "发放人"),
)
_FOR_THE_SAFE = _Wording(
    "恢复口令",
    (
        "本单不发给个人：装进信封封好，放进保险柜，由保险柜的保管人保管。",
        "系统管理员忘记口令时启封：打开先审，点“忘记口令”，填写姓名和上面的恢复口令。",
        "只能用一次。用过即失效，先审当场另出一张一次性口令单和一张新的恢复口令单；旧单销毁，新单照样封存。",
    ),
    "拿到本单就能重设系统管理员的口令，不拍照、不复印、不存在电脑里。信封开过而没有用的，请在“设置—人员与角色”里更换。",
    "沿此线剪开，上联装信封封存，下联由系统管理员留存",
    "恢复口令单封存登记",
    ("封存人", "保管人", "启封人"),
)


def compose_code_slip(slip: CodeSlip, fonts: Fonts) -> ComposedPaper:
    """Set the slip with a one-time or recovery code: always one page; a name or reason too long is cut short."""
    paper = Sheet(slip.head, fonts)
    top = paper.first_page()
    y = _rows(paper, _upper_fields(slip), top)
    wording = _FOR_THE_SAFE if slip.recovery else _FOR_A_PERSON
    y = _code(paper, wording.caption, one_line(slip.code), y)
    paper.mark(outline(top, y))
    _advice(paper, wording, y + 9)
    paper.mark(_cut_line(wording.cut, paper.fine))
    _receipt(paper, wording, slip)
    return paper.compose()


def _upper_fields(slip: CodeSlip) -> tuple[Field, ...]:
    if slip.recovery:
        return (Field("用途", "系统管理员忘记口令时用"), Field("有效期至", "用过一次或换成新单时"))
    expires = f"{paper_date(slip.expires_on)}（含当日）" if slip.expires_on else "首次登录前"
    return (Field("姓名", slip.person), Field("有效期至", expires), *_reason(slip))


def _reason(slip: CodeSlip) -> tuple[Field, ...]:
    return (Field("重发原因", slip.reason, wide=True),) if one_line(slip.reason) else ()


def _rows(paper: Sheet, fields: tuple[Field, ...], y: float) -> float:
    for row in field_rows(fields, paper.text, 2, "……"):
        paper.mark(row_mark(row, y, row.height + _ROW_EXTRA, paper.label))
        y += row.height + _ROW_EXTRA
    return y


def _code(paper: Sheet, caption: str, code: str, y: float) -> float:
    face, small = paper.family.label, paper.fine
    width = TYPE_WIDTH - 40
    size = fitting_size(code, face, width, _CODE_SIZES)
    lines = set_cut(code, Style(face, size, size * 1.3), width, 4, "……")

    def mark(pen: Pen) -> None:
        pen.centred(_MIDDLE, y + 7 + small.drop(), caption, small.face, small.size)
        lines.draw_centred(pen, LEFT + 20, y + 22)

    paper.mark(mark)
    return y + lines.height + 34


def _advice(paper: Sheet, wording: _Wording, y: float) -> None:
    style = Style(paper.family.text, 10.5, 16.0)
    numbered = tuple(f"{number}．{step}" for number, step in enumerate(wording.advice, start=1))
    lines = set_text("\n".join((*numbered, wording.warning)), style, TYPE_WIDTH)
    paper.mark(lambda pen: lines.draw(pen, LEFT, y))


def _cut_line(words: str, style: Style) -> Mark:
    def mark(pen: Pen) -> None:
        half = style.width(words) / 2 + 8
        pen.rule(24, _CUT, _MIDDLE - half, _CUT, THIN, (4, 3))
        pen.rule(_MIDDLE + half, _CUT, PAGE_WIDTH - 24, _CUT, THIN, (4, 3))
        pen.centred(_MIDDLE, _CUT + 3, words, style.face, style.size)

    return mark


def _receipt(paper: Sheet, wording: _Wording, slip: CodeSlip) -> None:
    heading = Style(paper.family.title, 18.0, 24.0)
    top = _CUT + 30
    paper.mark(lambda pen: pen.centred(_MIDDLE, top + heading.drop(), wording.receipt, heading.face, heading.size))
    grid = top + heading.leading + 10
    printed = Field("印制日期", paper_date(slip.head.issued_at))
    whose = Field("保管地点", "") if slip.recovery else Field("姓名", slip.person)
    y = _rows(paper, (whose, printed, *_reason(slip)), grid)
    for label in wording.signers:
        paper.mark(sign_row(label, paper.label, paper.text, y, _SIGN_HEIGHT))
        y += _SIGN_HEIGHT
    paper.mark(outline(grid, y))
