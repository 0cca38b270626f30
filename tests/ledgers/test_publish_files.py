"""What a person publishes: HTML, .txt and .docx, the last read back by our own import."""

import hashlib
import io
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from app.intake.dropped_file import read_dropped
from app.ledgers.publish_files import rich_html, write_docx, write_txt
from app.models.content import Block, BlockKind, Picture

P, H, B, N, T = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.BULLET, BlockKind.NUMBERED, BlockKind.TABLE


def picture_file(kind: str = "PNG", mode: str = "RGB", colour: int = 90) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (300, 200), colour).save(buffer, kind)
    return buffer.getvalue()


def picture_block(content: bytes, caption: str = "") -> Block:
    return Block(BlockKind.PICTURE, picture=Picture(hashlib.sha256(content).hexdigest(), "现场.png", caption))


PNG = picture_file()
FILES = {hashlib.sha256(PNG).hexdigest(): PNG}
BODY = (
    Block(H, "一、基本情况", level=1),
    Block(P, "今天上午，示例街道开展演练。"),
    Block(H, "（一）准备", level=2),
    Block(B, "物资到位"),
    Block(B, "人员到位"),
    Block(N, "集合"),
    Block(N, "出发"),
    Block(P, "之后："),
    Block(N, "总结"),
    Block(H, "1.要点", level=3),
    Block(T, rows=(("街道", "人数"), ("示例街道", "35"))),
    picture_block(PNG, "演练现场"),
    Block(P, "𬭎𬘡𫖯同志到场。"),
)


class Reader(HTMLParser):
    """Keeps tags in order and the words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.sources += [value or "" for name, value in attrs if name in {"src", "href", "onerror"}]

    def handle_data(self, data: str) -> None:
        self.words += [data] if data.strip() else []


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def read_back(tmp_path: Path, content: bytes) -> tuple[str, tuple[Block, ...], tuple[str, ...]]:
    file = tmp_path / "稿件.docx"
    file.write_bytes(content)
    imported = read_dropped(file)
    return imported.title, imported.blocks, imported.notes


def test_the_html_is_plain_and_semantic() -> None:
    reader = read(rich_html("晋安区开展演练", BODY, FILES))
    body = reader.tags[reader.tags.index("body") + 1 :]
    assert body == [
        *("h2", "p", "h3", "ul", "li", "li", "ol", "li", "li", "p", "ol", "li", "h4"),
        *("table", "tbody", "tr", "td", "td", "tr", "td", "td", "p", "img", "p", "p"),
    ]
    assert reader.words[0] == "晋安区开展演练"
    assert reader.words[1:3] == ["一、基本情况", "今天上午，示例街道开展演练。"]


def test_the_title_is_not_in_the_body_that_is_pasted() -> None:
    html = rich_html("晋安区开展演练", BODY, FILES)
    assert html.count("晋安区开展演练") == 1
    assert "<title>晋安区开展演练</title>" in html


@pytest.mark.parametrize(
    ("kind", "media"), [("PNG", "png"), ("JPEG", "jpeg"), ("GIF", "gif"), ("WEBP", "webp"), ("BMP", "bmp")]
)
def test_pictures_are_inside_the_html(kind: str, media: str) -> None:
    content = picture_file(kind)
    [source] = read(rich_html("", [picture_block(content)], {hashlib.sha256(content).hexdigest(): content})).sources
    assert source.startswith(f"data:image/{media};base64,")


def test_a_picture_that_no_editor_shows_is_named_in_its_place() -> None:
    tiff = picture_file("TIFF")
    files = {hashlib.sha256(tiff).hexdigest(): tiff}
    html = rich_html("", [picture_block(PNG), picture_block(tiff, "地图")], files)
    assert read(html).words == ["〔图1〕", "〔图2：地图〕"]


def test_words_that_look_like_html_are_words() -> None:
    nasty = '<img src="file:///etc/passwd" onerror="x">&lt;'
    blocks = [Block(kind, nasty) for kind in (P, B, N)] + [Block(T, rows=((nasty,),)), picture_block(PNG, nasty)]
    reader = read(rich_html(nasty, blocks, FILES))
    assert reader.sources == [f"data:image/png;base64,{reader.sources[0].partition(',')[2]}"]
    assert "".join(reader.words).count(nasty) == 6


def test_line_breaks_inside_a_block_are_kept() -> None:
    assert "<p>上<br>下</p>" in rich_html("", [Block(P, "上\r\n下")], {})
    assert write_txt("", [Block(P, "上\r\n下")]) == "上\n下\n"


def test_the_plain_text_reads_as_the_body_does() -> None:
    assert write_txt("晋安区\n开展演练", BODY).split("\n") == [
        *(
            "晋安区 开展演练",
            "",
            "一、基本情况",
            "今天上午，示例街道开展演练。",
            "（一）准备",
            "• 物资到位",
            "• 人员到位",
        ),
        *("1. 集合", "2. 出发", "之后：", "1. 总结", "1.要点", "街道\t人数", "示例街道\t35", "〔图1：演练现场〕"),
        *("𬭎𬘡𫖯同志到场。", ""),
    ]


def test_a_text_to_be_published_has_no_line_that_names_a_picture() -> None:
    assert "〔图" not in write_txt("", BODY, name_pictures=False)
    assert write_txt("", BODY, name_pictures=False).count("\n") == write_txt("", BODY).count("\n") - 1


def test_an_empty_content_gives_empty_files(tmp_path: Path) -> None:
    assert write_txt(" ", ()) == ""
    assert read(rich_html("", (), {})).tags == ["html", "head", "meta", "title", "body"]
    assert docx.Document(io.BytesIO(write_docx("", (), {}))).paragraphs == []


def test_our_own_import_reads_the_word_file_back(tmp_path: Path) -> None:
    title, blocks, notes = read_back(tmp_path, write_docx("晋安区开展演练", BODY, FILES))
    assert (title, notes) == ("晋安区开展演练", ())
    assert [(b.kind, b.level, b.text, b.rows) for b in blocks] == [(b.kind, b.level, b.text, b.rows) for b in BODY]
    [picture] = [b.picture for b in blocks if b.picture]
    assert (picture.caption, picture.sha256) == ("演练现场", hashlib.sha256(PNG).hexdigest())


def test_each_numbered_list_of_the_word_file_begins_at_one() -> None:
    document = docx.Document(io.BytesIO(write_docx("", BODY, FILES)))
    lists = [
        properties.numId.val
        for paragraph in document.paragraphs
        for properties in paragraph._p.iter(qn("w:numPr"))
        if properties.numId is not None
    ]
    assert lists[0] == lists[1] != lists[2]
    numbering = document.part.numbering_part.element
    for number in set(lists):
        assert numbering.num_having_numId(number).lvlOverride_lst[0].startOverride.val == 1


def test_chinese_typefaces_are_named_and_no_theme_stands_before_them() -> None:
    document = docx.Document(io.BytesIO(write_docx("标题", BODY, FILES)))
    faces = {}
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        fonts = document.styles[name].element.rPr.rFonts
        assert [key for key in fonts.attrib if key.endswith("Theme")] == []
        faces[name] = fonts.get(qn("w:eastAsia"))
    assert list(faces.values()) == ["仿宋", "宋体", "黑体", "楷体", "仿宋", "仿宋"]
    page = document.sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)


@pytest.mark.parametrize(
    ("kind", "mode", "held"),
    [
        *(("PNG", "RGBA", True), ("PNG", "1", True), ("JPEG", "CMYK", True), ("JPEG", "L", True), ("GIF", "L", True)),
        *(("BMP", "RGB", True), ("WEBP", "RGB", False), ("TIFF", "RGB", False)),
    ],
)
def test_an_odd_picture_is_held_or_named_and_never_stops_the_file(
    kind: str, mode: str, held: bool, tmp_path: Path
) -> None:
    content = picture_file(kind, mode, 1)
    files = {hashlib.sha256(content).hexdigest(): content}
    _, blocks, _ = read_back(tmp_path, write_docx("标题", [Block(P, "前"), picture_block(content, "说明")], files))
    if held:
        assert [b.picture.caption for b in blocks if b.picture] == ["说明"]
    else:
        assert [b.text for b in blocks] == ["前", "〔图1：说明，见文件夹中的图片文件〕"]


@pytest.mark.parametrize("content", [b"", b"no picture", PNG[:20], b"\xff\xd8\xff\xe0"])
def test_a_broken_or_missing_picture_is_named(content: bytes) -> None:
    document = docx.Document(
        io.BytesIO(write_docx("", [picture_block(content)], {hashlib.sha256(content).hexdigest(): content}))
    )
    assert [p.text for p in document.paragraphs] == ["〔图1，见文件夹中的图片文件〕"]
    missing = docx.Document(io.BytesIO(write_docx("", [picture_block(PNG)], {})))
    assert [p.text for p in missing.paragraphs] == ["〔图1，见文件夹中的图片文件〕"]


def test_a_picture_used_twice_lies_in_the_file_once() -> None:
    content = write_docx("", [picture_block(PNG, "一"), picture_block(PNG, "二")], FILES)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert [name for name in parts.namelist() if "media" in name or "thumbnail" in name] == [
            "word/media/image1.png"
        ]
    assert len(docx.Document(io.BytesIO(content)).inline_shapes) == 2


@pytest.mark.parametrize("size", [(12_000, 10), (10, 12_000), (1, 1), (4_000, 3_000)])
def test_a_picture_fits_between_the_margins(size: tuple[int, int]) -> None:
    buffer = io.BytesIO()
    Image.new("1", size).save(buffer, "PNG")
    files = {hashlib.sha256(buffer.getvalue()).hexdigest(): buffer.getvalue()}
    [shape] = docx.Document(io.BytesIO(write_docx("", [picture_block(buffer.getvalue())], files))).inline_shapes
    assert 0 < shape.width.mm <= 156
    assert 0 < shape.height.mm <= 200


def test_the_same_content_is_the_same_word_file(monkeypatch: pytest.MonkeyPatch) -> None:
    first = write_docx("标题", BODY, FILES)
    monkeypatch.setattr("time.localtime", lambda *_: (1999, 1, 1, 0, 0, 0, 0, 1, 0))
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert write_docx("标题", BODY, FILES) == first


def test_odd_tables_are_written(tmp_path: Path) -> None:
    wide = tuple(str(n) for n in range(70))
    tables = [Block(T), Block(T, rows=((),)), Block(T, rows=(("a",), ("b", "c"))), Block(T, rows=(wide,))]
    document = docx.Document(io.BytesIO(write_docx("", tables, {})))
    assert [len(table.columns) for table in document.tables] == [2, 63]
    assert document.tables[1].rows[0].cells[62].text == "\t".join(wide[62:])
    assert [tag for tag in read(rich_html("", tables, {})).tags if tag == "table"] == ["table", "table"]
    assert write_txt("", tables[2:3]) == "a\nb\tc\n"


def test_control_characters_and_halves_do_not_stop_a_file() -> None:
    nasty = "a\x00\x0c\ud800\uffffb"
    blocks = [Block(kind, nasty, level=1) for kind in (P, H, B, N)] + [
        Block(T, rows=((nasty,),)),
        picture_block(PNG, nasty),
    ]
    document = docx.Document(io.BytesIO(write_docx(nasty, blocks, FILES)))
    assert document.paragraphs[0].text == "a\ufffd\ufffd\ufffd\ufffdb"
    assert "\x00" not in rich_html(nasty, blocks, FILES) + write_txt(nasty, blocks)
    rich_html(nasty, blocks, FILES).encode()


def test_a_long_body_is_written_in_time_that_grows_with_it() -> None:
    rows = tuple(tuple(f"{r},{c}" for c in range(8)) for r in range(400))
    document = docx.Document(io.BytesIO(write_docx("长", [*[Block(P, "字" * 300)] * 1_000, Block(T, rows=rows)], {})))
    assert (len(document.paragraphs), len(document.tables[0].rows)) == (1_002, 400)


def test_the_longest_title_and_an_ideographic_one_are_kept(tmp_path: Path) -> None:
    title = "关于" + "很" * 496 + "通知"
    document = docx.Document(io.BytesIO(write_docx(title, (), {})))
    assert document.paragraphs[0].text == title
    assert len(document.core_properties.title) == 255
