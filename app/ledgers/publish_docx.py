"""Approved content as a .docx in the shape of an office paper (GB/T 9704): A4, 宋 title, 仿宋 body."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.image.image import BaseImageHeader, Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from app.ledgers.cell_text import xml_text
from app.ledgers.picture_head import PictureHead, picture_head
from app.models.content import Block, BlockKind, Picture

_WIDEST, _HIGHEST = Mm(156), Mm(200)
_LATIN: Final = "Times New Roman"
_STYLES: Final = (
    # style, Chinese typeface, size in points, bold
    ("Normal", "仿宋", 16, False),
    ("Title", "宋体", 22, True),
    ("Heading 1", "黑体", 16, False),
    ("Heading 2", "楷体", 16, False),
    ("Heading 3", "仿宋", 16, True),
    ("List Bullet", "仿宋", 16, False),
    ("List Number", "仿宋", 16, False),
    ("Caption", "仿宋", 12, False),
)
# The file says nothing about when it was written: the same content gives the same bytes.
_FIXED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - python-docx takes it for UTC
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)


def write_docx(title: str, blocks: Sequence[Block], pictures: Mapping[str, bytes]) -> bytes:
    """Write title and body as .docx; `pictures` are keyed by SHA-256.

    A picture that Word cannot hold is named by a line in its place and lies beside the file. EXIF turning and
    print colours are for whoever hands the pictures over.
    """
    document = Document()
    _prepare(document, title)
    if title.strip():
        document.add_paragraph(xml_text(title), style="Title")
    numbered: int | None = None
    placed = _Pictures(document, pictures)
    for block in blocks:
        if block.kind is BlockKind.NUMBERED:
            numbered = numbered or _new_numbering(document)
            _add_numbered(document, block.text, numbered)
            continue
        numbered = None
        if block.kind is BlockKind.PICTURE:
            placed.add(block.picture)
        elif block.kind is BlockKind.TABLE:
            _add_table(document, block.rows)
        elif block.kind is BlockKind.HEADING:
            document.add_paragraph(xml_text(block.text), style=f"Heading {min(max(block.level, 1), 3)}")
        elif block.kind is BlockKind.BULLET:
            document.add_paragraph(xml_text(block.text), style="List Bullet")
        else:
            _indent(document.add_paragraph(xml_text(block.text)))
    return _packed(document)


def _prepare(document: DocumentType, title: str) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    for name, typeface, size, bold in _STYLES:
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        _dress(style, typeface, size, bold=bold)
    facts = document.core_properties
    facts.title, facts.author, facts.comments, facts.last_modified_by = xml_text(title)[:255], "", "", ""
    facts.created = facts.modified = _FIXED
    facts.language = "zh-CN"
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        # The template's own small picture, which shows another paper.
        del relations[key]


def _dress(style: ParagraphStyle, typeface: str, size: int, *, bold: bool) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = _LATIN, Pt(size), bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in [key for key in fonts.attrib if key.endswith("Theme")]:
        # Word prefers a theme's typeface to one that is named.
        del fonts.attrib[name]
    for script in ("w:eastAsia", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), typeface if script == "w:eastAsia" else _LATIN)
    if style.name in {"Title", "Caption"}:
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.space_after = Pt(24 if style.name == "Title" else 0)
    style.paragraph_format.line_spacing = 1.5
    for tag in ("w:pBdr", "w:contextualSpacing"):
        for drawn in style.element.findall(f"{qn('w:pPr')}/{qn(tag)}"):
            drawn.getparent().remove(drawn)
    for tag in ("w:spacing", "w:kern"):
        for drawn in properties.findall(qn(tag)):
            properties.remove(drawn)


def _indent(paragraph: Paragraph) -> None:
    """Indent the first line by two characters, whatever the size of the type."""
    indentation = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indentation.set(qn("w:firstLineChars"), "200")
    indentation.set(qn("w:firstLine"), str(16 * 20 * 2))


def _new_numbering(document: DocumentType) -> int:
    """Begin a list of its own at 1: paragraphs of one Word list go on counting through the whole paper."""
    style: Any = document.styles["List Number"].element
    numbering: Any = document.part.numbering_part.element
    listed = numbering.num_having_numId(style.pPr.numPr.numId.val)
    fresh = numbering.add_num(listed.abstractNumId.val)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(fresh.numId)


def _add_numbered(document: DocumentType, text: str, numbering: int) -> None:
    paragraph = document.add_paragraph(xml_text(text), style="List Number")
    properties: Any = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering


class _KnownHead(BaseImageHeader):
    """The head of a picture as we read it: python-docx's own reader stumbles over many pictures that Word shows."""

    def __init__(self, head: PictureHead) -> None:
        super().__init__(head.width, head.height, 96, 96)
        self._kind = head.kind

    @property
    def content_type(self) -> str:
        return f"image/{self._kind}"

    @property
    def default_ext(self) -> str:
        return self._kind


class _Pictures:
    """Puts pictures into a document, each file once."""

    def __init__(self, document: DocumentType, files: Mapping[str, bytes]) -> None:
        self._document, self._files = document, files
        self._relations: dict[str, str] = {}
        self._count = 0

    def add(self, picture: Picture | None) -> None:
        """Add a picture with its caption below, or a line that names it."""
        self._count += 1
        caption = xml_text(picture.caption).strip() if picture else ""
        content = self._files.get(picture.sha256, b"") if picture else b""
        head = picture_head(content)
        if picture is None or head is None or not head.fits_word:
            line = f"〔图{self._count}{'：' + caption if caption else ''}，见文件夹中的图片文件〕"
            self._document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
            return
        if picture.sha256 not in self._relations:
            self._relations[picture.sha256] = self._relate(content, head)
        scale = min(_WIDEST / head.width, _HIGHEST / head.height, Mm(25.4) / 96)
        width, height = Emu(max(1, round(head.width * scale))), Emu(max(1, round(head.height * scale)))
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = bool(caption)
        name = f"图{self._count}"
        inline = CT_Inline.new_pic_inline(self._count, self._relations[picture.sha256], name, width, height)
        inline.docPr.set("descr", caption)
        paragraph.add_run()._r.add_drawing(inline)
        if caption:
            self._document.add_paragraph(caption, style="Caption")

    def _relate(self, content: bytes, head: PictureHead) -> str:
        name = f"image{len(self._relations) + 1}.{head.kind}"
        part = ImagePart.from_image(Image(content, name, _KnownHead(head)), PackURI(f"/word/media/{name}"))
        return self._document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)


def _add_table(document: DocumentType, rows: tuple[tuple[str, ...], ...]) -> None:
    columns = max(map(len, rows), default=0)
    if not columns:
        return
    table = document.add_table(rows=len(rows), cols=min(columns, 63), style="Table Grid")
    for line, row in zip(table.rows, rows, strict=True):
        # Word has at most 63 columns; what is beyond stands in the last one.
        shown = row if len(row) <= 63 else (*row[:62], "\t".join(row[62:]))
        for cell, text in zip(line.cells, shown, strict=False):
            cell.paragraphs[0].text = xml_text(text)
    # A table at the end of a paper, or beside another one, needs a paragraph after it.
    document.add_paragraph()


def _packed(document: DocumentType) -> bytes:
    """Return the file with every part at a fixed time."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in parts.infolist():
            member = zipfile.ZipInfo(part.filename, _ZIP_TIME)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(member, parts.read(part))
    return packed.getvalue()
