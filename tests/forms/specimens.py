"""Papers to set, and ways to read a finished paper back with other people's programs."""

import io
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import zxingcpp
from PIL import Image

from app.forms.code_slip import compose_code_slip
from app.forms.listing import compose_listing
from app.forms.review_sheet import compose_review_sheet
from app.forms.sheet import ComposedPaper
from app.forms.typeface import Fonts
from app.models.content import Block, BlockKind, Picture
from app.models.paper import (
    CodeSlip,
    Field,
    ListingPaper,
    PaperHead,
    PlacedPicture,
    ReviewSheet,
    SignatureBox,
    TableSection,
    VariantText,
)
from app.models.papercode import PaperCode, PaperKind, grouped

FONTS_FOLDER = Path(__file__).parents[2] / "resources" / "fonts"
FINGERPRINT, AUDIT_HEAD = "ca978112" * 8, "3e23e816" * 8
AGREE = ("同意", "退回修改", "不同意")
SECRECY = ("可以公开", "处理后公开", "不予公开", "报上级审定")
RARE = "𬭎𬘡𫖯"
HOSTILE = (
    '<img src="file:///etc/passwd">',
    f"{RARE}同志",
    "\x00\x07\x1b[31m红\x7f\x9f",
    "\u202e从右到左\u202c\u200f\u2066\ufeff",
    "🔥👨\u200d👩\u200d👧\ufe0f",
    "عربي עברית",
    "\ue000\U000f0000\uffff",
    "&amp;<b>粗</b><br/>%s{0}\\n$1",
    "（“《『【" * 12,
    "，。；：！？”》】）…——" * 8,
    "W" * 400,
    "https://example.gov.cn/" + "a/b?c=d&" * 30,
    "\u3000" * 60,
    " \t\r\n\x0b\x0c\u2028\u2029",
    "长" * 500,
    "•–€²㎡㎏①ﬁ𝐀",
    "e\u0301\u0301\u0301" * 20,
    "",
)


@cache
def fonts() -> Fonts:
    return Fonts(FONTS_FOLDER)


def head(
    kind: PaperKind = PaperKind.REVIEW_SHEET,
    title: str = "福州市晋安区政务新媒体信息发布审核表",
    number: str = "晋示审〔2026〕118号",
    revision: int = 3,
    fingerprint: str = FINGERPRINT,
    **more: str,
) -> PaperHead:
    return PaperHead(
        unit_name="晋安区示例局办公室",
        unit_code="11350111MB0000000X",
        kind=kind,
        subject_id="3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        title=title,
        number=number,
        revision=revision,
        fingerprint=fingerprint,
        audit_seq=20417,
        audit_head=AUDIT_HEAD,
        issued_at=datetime(2026, 11, 23, 2, 15, tzinfo=UTC),
        **more,
    )


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


def table(*rows: tuple[str, ...]) -> Block:
    return Block(BlockKind.TABLE, rows=rows)


def picture_block(key: str) -> Block:
    return Block(BlockKind.PICTURE, picture=Picture(key, f"{key}.jpg", "演练现场", "本单位拍摄"))


def picture_bytes(width: int = 320, height: int = 200, mode: str = "RGB", kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert(mode).save(out, kind)
    return out.getvalue()


SENTENCE = "是外出前检查燃气阀门，使用燃气热水器时保持通风（见“2026年通报”）；二是大功率电器不共用同一插座。"
BODY = (paragraph(f"入冬以来，居民用电用气负荷明显上升。为保障安全，请留意以下事项：一{SENTENCE}"),)
FIELDS = (
    Field("标题", "关于冬季用电用气安全的提示", wide=True),
    Field("发布账号", "微信公众号、微博"),
    Field("拟发布时间", "2026年11月23日 18:00"),
    Field("信息员", "信息员甲（办公室）"),
    Field("审核等级", "一般"),
    Field("信息来源", "原创"),
    Field("附件", "无"),
)
CHECKS = ("涉及国家秘密、工作秘密：否　　含个人信息：否", "机器检查：无未处理事项（词表版本 2026-11）")
STEPS = (
    SignatureBox("初审", AGREE, "同意", "内容属实。", "系统内同意　陈主任　2026年11月20日 16:20"),
    SignatureBox("保密审查", SECRECY),
    SignatureBox("主要领导签批", AGREE),
)
FOOTNOTE = "本表与第3稿内容一一对应，内容改动后本表作废。"
SHEET = ReviewSheet(head(), FIELDS, "", BODY, checks=CHECKS, steps=STEPS, footnote=FOOTNOTE)


def long_body(paragraphs: int) -> tuple[Block, ...]:
    return tuple(paragraph(f"第{number}段。{SENTENCE * 4}") for number in range(paragraphs))


def sheet(**changes: object) -> ReviewSheet:
    return replace(SHEET, **changes)  # type: ignore[arg-type]


def review_paper(**changes: object) -> ComposedPaper:
    return compose_review_sheet(sheet(**changes), fonts())


def eight_steps(signers: int = 3) -> tuple[SignatureBox, ...]:
    names = ("初审", "核稿", "会签", "保密审查", "分管领导", "会签", "分管领导", "主要领导签批")
    return tuple(SignatureBox(name, SECRECY if name == "保密审查" else AGREE, signers=signers) for name in names)


def full_sheet() -> ReviewSheet:
    """A sheet with everything at once: tables, lists, pictures, variants, cut fields, a ribbon."""
    pictures = {
        "a": PlacedPicture(picture_bytes(), "演练现场", "本单位拍摄"),
        "b": PlacedPicture(picture_bytes(90, 700, "L", "PNG"), "", ""),
        "c": PlacedPicture(picture_bytes(1, 1), "一个像素", "本单位拍摄"),
    }
    blocks = (
        Block(BlockKind.HEADING, "一、基本情况", 1),
        *BODY,
        picture_block("a"),
        table(("街道", "人数", "说明"), *((f"示例街道{n}", str(n), SENTENCE * (n % 4)) for n in range(40))),
        Block(BlockKind.NUMBERED, SENTENCE),
        Block(BlockKind.NUMBERED, SENTENCE),
        Block(BlockKind.BULLET, SENTENCE),
        table(("高", "格" * 4000), ("短",), ()),
        table(tuple(f"列{n}" for n in range(80))),
        table(tuple(f"列{n}" for n in range(20))),
        picture_block("b"),
    )
    return sheet(
        head=head(ribbon="示例数据"),
        fields=(Field("标题", "标" * 500, wide=True), *FIELDS[1:]),
        summary=SENTENCE * 20,
        body=blocks,
        pictures=pictures,
        variants=(
            VariantText("晋安示例·微博", "短标题", (paragraph("短文。"), picture_block("c"))),
            VariantText("抖音", "只改标题", ()),
        ),
    )


def slip(**changes: object) -> CodeSlip:
    given = CodeSlip(
        head(PaperKind.CODE_SLIP, "首次登录一次性口令单", "", 0, "0" * 64),
        "陈晓敏",
        "K7QM-4F2X-9PZA",
        "",
        date(2026, 11, 30),
    )
    return replace(given, **changes)  # type: ignore[arg-type]


def recovery_slip(**changes: object) -> CodeSlip:
    safe = head(PaperKind.CODE_SLIP, "系统管理员恢复口令单", "", 0, "0" * 64)
    return slip(**{"head": safe, "person": "系统管理员恢复口令单", "expires_on": None, "recovery": True, **changes})


def cover(rows: int = 70, gaps: int = 0, **more: str) -> ListingPaper:
    missing = tuple(("缺少链接", f"审〔2026〕{n}号", f"平台没有公开链接，说明{n}号") for n in range(1, gaps + 1))
    lines = tuple(
        (str(n), f"审〔2026〕{n}号", "关于冬季用电用气安全的提示" * (1 + n % 3), "晋安示例", "10-02 18:00", "审后发布")
        for n in range(1, rows + 1)
    )
    return ListingPaper(
        head(PaperKind.ARCHIVE_COVER, "政务新媒体月度存档封面及目录", "晋示档〔2026〕10号", 1, "0" * 64, **more),
        (Field("单位", "晋安区示例局", wide=True), Field("存档月份", "2026年10月"), Field("版次", "第1版")),
        (
            TableSection(
                "目录", ("序号", "编号", "标题", "账号", "时间", "性质"), (0.6, 1.6, 3.8, 1.9, 1.5, 1.1), lines
            ),
            TableSection("缺项说明", ("缺项", "编号", "书面说明"), (1.3, 1.3, 4), missing, "缺项以月末为准。"),
        ),
        ("编制人", "审核人"),
    )


def handover() -> ListingPaper:
    return ListingPaper(
        head(PaperKind.HANDOVER_SLIP, "政务新媒体月度归档交接单", "晋示档〔2026〕10号", 1),
        (
            Field("存档月份", "2026年10月"),
            Field("版次", "第1版"),
            Field("SHA-256 清单指纹", grouped(FINGERPRINT, 64), wide=True),
        ),
        (),
        ("移交人", "接收人"),
        "接收方可凭清单指纹核对收到的存档是否完整、未改动。",
    )


def waiting_list(rows: int = 12) -> ListingPaper:
    lines = tuple(
        (str(n), f"〔2026〕{n}号", "关于冬季用电用气安全的提示", "主要领导签批", "11-24", "") for n in range(rows)
    )
    columns = ("序号", "编号", "标题", "待签环节", "期限", "签收")
    return ListingPaper(
        head(PaperKind.WAITING_LIST, "待签清单", "", 0, "0" * 64),
        (Field("共计", f"{rows} 件"),),
        (TableSection("待签审核表", columns, (0.6, 1.4, 4.2, 1.3, 0.9, 1.2), lines),),
    )


@cache
def every_paper() -> dict[str, ComposedPaper]:
    """One paper of each kind and of each extreme."""
    from tests.forms.account_specimens import account_papers

    hostile = " ".join(HOSTILE)
    return {
        **account_papers(),
        "short": review_paper(),
        "long": review_paper(body=long_body(60), summary=SENTENCE),
        "full": compose_review_sheet(full_sheet(), fonts()),
        "eight": review_paper(steps=eight_steps()),
        "hostile": review_paper(
            fields=(Field("标题", hostile, wide=True), *FIELDS[1:]), body=(paragraph(hostile),), summary=hostile
        ),
        "bare": review_paper(fields=FIELDS[:1], body=(), checks=(), steps=STEPS[2:], footnote=""),
        "slip": compose_code_slip(slip(), fonts()),
        "renewed slip": compose_code_slip(slip(person=hostile, reason=hostile, expires_on=None), fonts()),
        "recovery slip": compose_code_slip(recovery_slip(), fonts()),
        "cover": compose_listing(cover(ribbon="示例数据"), fonts()),
        "handover": compose_listing(handover(), fonts()),
        "waiting": compose_listing(waiting_list(), fonts()),
        "nothing waiting": compose_listing(waiting_list(0), fonts()),
    }


def text_of(paper: ComposedPaper, *options: str) -> str:
    """The words of a paper as poppler copies them out."""
    command = ["pdftotext", *options, "-enc", "UTF-8", "-", "-"]
    done = subprocess.run(command, input=paper.data, capture_output=True, check=True)
    return done.stdout.decode()


def pages_of(paper: ComposedPaper) -> list[str]:
    """The words of each page in the order they were set, without any blanks or line ends."""
    return ["".join(page.split()) for page in text_of(paper, "-raw").split("\f")[:-1]]


@dataclass(frozen=True)
class Box:
    left: float
    bottom: float
    right: float
    top: float
    char: str = ""


def _box(edges: tuple[float, float, float, float], char: str) -> Box:
    left, bottom, right, top = edges
    return Box(left, bottom, right, top, char)


def opened(paper: ComposedPaper) -> pdfium.PdfDocument:
    return pdfium.PdfDocument(paper.data)


def ink_of(page: pdfium.PdfPage) -> list[Box]:
    """Where the ink of each visible character of a page lies, in points from the lower left."""
    words = page.get_textpage()
    boxes = [
        _box(words.get_charbox(index, loose=False), words.get_text_range(index, 1))
        for index in range(words.count_chars())
    ]
    words.close()
    return [box for box in boxes if box.char.strip() and box.right > box.left]


def lines_of(page: pdfium.PdfPage) -> list[Box]:
    """The ruled lines of a page, each as a thin box; outlines give their four sides."""
    lines: set[Box] = set()
    for shape in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = shape.get_bounds()
        if top > 842 and right > 596:
            # The ribbon lies askew over the corner.
            continue
        lines |= {Box(left, bottom, right, bottom), Box(left, top, right, top)}
        lines |= {Box(left, bottom, left, top), Box(right, bottom, right, top)}
    return list(lines)


def crossings(page: pdfium.PdfPage, hair: float = 0.6) -> Iterator[str]:
    """Name each character whose ink lies across a ruled line."""
    lines = lines_of(page)
    for box in ink_of(page):
        for line in lines:
            across = line.left <= box.right - hair and line.right >= box.left + hair
            along = line.bottom <= box.top - hair and line.top >= box.bottom + hair
            upright = line.right - line.left < line.top - line.bottom
            inside = box.left + hair < line.left < box.right - hair if upright else across
            level = along if upright else box.bottom + hair < line.bottom < box.top - hair
            if inside and level:
                yield f"{box} over {line}"
                break


def rendered(paper: ComposedPaper, page: int, dpi: int = 150) -> Image.Image:
    document = opened(paper)
    image: Image.Image = document[page].render(scale=dpi / 72).to_pil().convert("L")
    document.close()
    return image


def codes_in(image: Image.Image) -> list[PaperCode]:
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return [PaperCode.parse(code.text) for code in found]
