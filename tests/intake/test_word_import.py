import io
from pathlib import Path

import pytest
from PIL import Image

from app.errors import FileUnreadableError
from app.intake.imported_text import ImportedText
from app.intake.word_import import read_word
from app.models.content import BlockKind
from tests.intake.word_maker import (
    NAMESPACES,
    cell,
    centred,
    docx,
    image,
    listed,
    p,
    picture,
    run,
    styled,
    table,
)  # fmt: skip

SAMPLES = Path(__file__).parent.parent / "data" / "samples"


def read(tmp_path: Path, body: str, **parts: object) -> ImportedText:
    return read_word(docx(tmp_path / "通知.docx", body, **parts))  # type: ignore[arg-type]


def texts(imported: ImportedText) -> list[str]:
    return [block.text for block in imported.blocks]


def kinds(imported: ImportedText) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.level, block.text) for block in imported.blocks]


def told(imported: ImportedText, words: str) -> bool:
    return any(words in note for note in imported.notes)


# ---- a real file of another program --------------------------------------------------------------


def test_a_file_of_another_program_comes_over_whole() -> None:
    imported = read_word(SAMPLES / "notice.docx")
    assert imported.title == "关于开展冬季便民服务日活动的通知"
    assert [block.kind.value for block in imported.blocks] == [
        "paragraph", "heading", "table", "heading", "paragraph", "picture", "paragraph", "picture", "heading",
        "numbered", "numbered", "paragraph",
    ]  # fmt: skip
    rows = imported.blocks[2].rows
    assert rows[0] == ("序号", "项目", "承办科室")
    assert rows[3] == ("3", "法律咨询、人民调解", "司法所")
    shown = [block.picture for block in imported.blocks if block.picture]
    assert [imported.pictures[p.sha256].media_type for p in shown] == ["image/png", "image/png"]


def test_a_long_file_keeps_every_paragraph() -> None:
    imported = read_word(SAMPLES / "long.docx")
    assert len(imported.blocks) == 216
    assert sum(block.kind is BlockKind.HEADING for block in imported.blocks) == 24
    assert sum(len(block.text) for block in imported.blocks) > 30_000


def test_five_thousand_paragraphs_come_in_order(tmp_path: Path) -> None:
    imported = read(tmp_path, "".join(p(f"第{n}段，内容。") for n in range(5000)))
    assert texts(imported) == [f"第{n}段，内容。" for n in range(5000)]


# ---- words ---------------------------------------------------------------------------------------


def test_tabs_breaks_hyphens_and_signs_of_symbol_fonts_become_plain_characters(tmp_path: Path) -> None:
    inside = (
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t><w:softHyphen/><w:t>丁</w:t>"
        '<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings" w:char="A8"/><w:br/><w:t>下一行</w:t></w:r>'
    )
    assert texts(read(tmp_path, p(inside))) == ["甲\t乙-丙丁√□", "下一行"]


def test_a_page_break_ends_a_paragraph(tmp_path: Path) -> None:
    assert texts(read(tmp_path, p('<w:r><w:t>前</w:t><w:br w:type="page"/><w:t>后</w:t></w:r>'))) == ["前", "后"]


def test_links_and_fields_leave_their_words(tmp_path: Path) -> None:
    link = p(f'<w:hyperlink r:id="x">{run("网站")}</w:hyperlink>')
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE \\@ "yyyy" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("2026年")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert texts(read(tmp_path, link + p(field + run("发布")))) == ["网站", "2026年发布"]


def test_a_field_that_never_ends_swallows_nothing(tmp_path: Path) -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    assert texts(read(tmp_path, p(broken + run("正文")) + p("再一段"))) == ["正文", "再一段"]


def test_an_automatic_list_of_contents_stays_behind(tmp_path: Path) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    body = (
        p(begin + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("一、情况 1"))
        + p(run("二、要求 3") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + p("正文开始。")
    )
    imported = read(tmp_path, body)
    assert texts(imported) == ["正文开始。"]
    assert told(imported, "目录没有导入")
    assert imported.left_out == ("一、情况 1", "二、要求 3")


def test_rare_characters_come_over_and_harmful_ones_do_not(tmp_path: Path) -> None:
    imported = read(tmp_path, p("𬭎𬘡𫖯同志\u202e到场\u200b。"))
    assert texts(imported) == ["𬭎𬘡𫖯同志到场。"]
    assert told(imported, "看不见的控制字符")


def test_formulas_keep_their_letters_and_are_told(tmp_path: Path) -> None:
    imported = read(tmp_path, p(f"<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>{run('为解。')}"))
    assert texts(imported) == ["x=1为解。"]
    assert told(imported, "公式")


def test_pinyin_above_the_words_stays_behind(tmp_path: Path) -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('róng')}</w:rt><w:rubyBase>{run('榕')}</w:rubyBase></w:ruby></w:r>"
    imported = read(tmp_path, p(ruby + run("城")))
    assert texts(imported) == ["榕城"]
    assert told(imported, "拼音")


def test_the_grey_words_of_an_empty_form_field_are_no_text(tmp_path: Path) -> None:
    empty = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击此处输入文字')}</w:sdtContent></w:sdt>"
    )
    filled = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('已填')}</w:sdtContent></w:sdt>"
    assert texts(read(tmp_path, p(empty + filled))) == ["已填"]


# ---- revisions, hidden text, comments ------------------------------------------------------------


def test_tracked_changes_are_accepted_and_told(tmp_path: Path) -> None:
    body = p(
        f"{run('会议')}<w:ins>{run('改')}</w:ins><w:del><w:r><w:delText>定</w:delText></w:r></w:del>{run('在周五。')}"
    )
    imported = read(tmp_path, body)
    assert texts(imported) == ["会议改在周五。"]
    assert told(imported, "修订痕迹")
    assert imported.left_out == ("定",)


def test_a_moved_paragraph_stands_once(tmp_path: Path) -> None:
    body = (
        p(f"<w:moveFrom>{run('搬走的话。')}</w:moveFrom>")
        + p("中间。")
        + p(f"<w:moveTo>{run('搬走的话。')}</w:moveTo>")
    )
    assert texts(read(tmp_path, body)) == ["中间。", "搬走的话。"]


def test_a_deleted_paragraph_end_joins_two_paragraphs(tmp_path: Path) -> None:
    assert texts(read(tmp_path, p("前半句，", "<w:rPr><w:del/></w:rPr>") + p("后半句。"))) == ["前半句，后半句。"]
    assert texts(read(tmp_path, p("最后一段。", "<w:rPr><w:del/></w:rPr>"))) == ["最后一段。"]


def test_deleted_rows_of_a_table_are_gone(tmp_path: Path) -> None:
    deleted = f"<w:trPr><w:del/></w:trPr>{cell('旧')}{cell('1')}"
    imported = read(tmp_path, table(cell("新") + cell("2"), deleted))
    assert imported.blocks[0].rows == (("新", "2"),)
    assert imported.left_out == ("旧", "1")


@pytest.mark.parametrize("hidden", ["<w:vanish/>", '<w:rStyle w:val="ghost"/>'])
def test_hidden_text_stays_behind_and_is_told(tmp_path: Path, hidden: str) -> None:
    imported = read(tmp_path, p(run("看得见") + run("机密★", hidden) + run("的话。", '<w:vanish w:val="0"/>')))
    assert texts(imported) == ["看得见的话。"]
    assert told(imported, "隐藏文字")
    assert imported.left_out == ("机密★",)


def test_headers_and_comments_are_kept_for_the_secrecy_check(tmp_path: Path) -> None:
    parts = {
        "header1.xml": ("header", f"<w:hdr {NAMESPACES}>{p(run('机') + run('密★1年'))}</w:hdr>"),
        "comments.xml": ("comments", f"<w:comments {NAMESPACES}><w:comment>{p('请领导改')}</w:comment></w:comments>"),
    }
    imported = read(tmp_path, p(run("正文。") + '<w:r><w:commentReference w:id="0"/></w:r>'), parts=parts)
    assert texts(imported) == ["正文。"]
    assert imported.left_out == ("机密★1年", "请领导改")
    assert told(imported, "批注")
    assert told(imported, "页眉页脚")


def test_a_picture_alone_in_a_page_header_is_told(tmp_path: Path) -> None:
    parts = {"header1.xml": ("header", f"<w:hdr {NAMESPACES}>{p(picture('a.png'))}</w:hdr>")}
    assert told(read(tmp_path, p("正文。"), parts=parts), "页眉页脚")
    empty = {"header1.xml": ("header", f"<w:hdr {NAMESPACES}>{p('')}</w:hdr>")}
    assert not told(read(tmp_path, p("正文。"), parts=empty), "页眉页脚")


# ---- figures above and below the line ------------------------------------------------------------

ABOVE, BELOW = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'


def test_figures_above_and_below_the_line_stay_there(tmp_path: Path) -> None:
    body = run("3×10") + run("6", ABOVE) + run("平方米，5m") + run("3", ABOVE) + run("，CO") + run("2", BELOW)
    body += run("，10") + run("-3", ABOVE) + run("，8", '<w:vertAlign w:val="baseline"/>')
    imported = read(tmp_path, p(body))
    assert texts(imported) == ["3×10⁶平方米，5m³，CO₂，10⁻³，8"]
    assert not told(imported, "上标")


def test_figures_above_the_line_in_a_cell_stay_there(tmp_path: Path) -> None:
    imported = read(tmp_path, table(cell(p("面积")) + cell(p(run("10") + run("6", ABOVE)))))
    assert imported.blocks[0].rows == (("面积", "10⁶"),)


def test_words_above_the_line_that_no_character_stands_for_are_told(tmp_path: Path) -> None:
    imported = read(tmp_path, p(run("甲") + run("注1", ABOVE)))
    assert texts(imported) == ["甲注1"]
    assert told(imported, "写不成上标或下标")


# ---- structure -----------------------------------------------------------------------------------


def test_headings_are_known_by_name_parent_and_outline(tmp_path: Path) -> None:
    body = (
        styled("t", "通知")
        + styled("1", "一级") + styled("2", "二级") + styled("my", "自定义")
        + styled("out", "大纲") + styled("5", "五级")
    )  # fmt: skip
    imported = read(tmp_path, body)
    assert imported.title == "通知"
    assert kinds(imported) == [
        ("heading", 1, "一级"), ("heading", 2, "二级"), ("heading", 2, "自定义"), ("heading", 3, "大纲"),
        ("heading", 3, "五级"),
    ]  # fmt: skip


def test_a_numbered_list_counts_by_itself_and_other_numbers_are_kept_as_words(tmp_path: Path) -> None:
    body = (
        listed(1, "先登记。") + listed(1, "再领取。") + p("说明一句。") + listed(1, "后归还。")
        + listed(3, "总体要求") + listed(3, "目标", 1) + listed(3, "任务", 1) + listed(3, "保障措施")
        + listed(2, "带好证件") + listed(1, "细目", 1)
    )  # fmt: skip
    assert kinds(read(tmp_path, body)) == [
        ("numbered", 0, "先登记。"), ("numbered", 0, "再领取。"), ("paragraph", 0, "说明一句。"),
        ("paragraph", 0, "3. 后归还。"), ("paragraph", 0, "一、总体要求"), ("paragraph", 0, "（一）目标"),
        ("paragraph", 0, "（二）任务"), ("paragraph", 0, "二、保障措施"), ("bullet", 0, "带好证件"),
        ("paragraph", 0, "3.1 细目"),
    ]  # fmt: skip


def test_a_list_that_starts_again_beside_another_keeps_its_numbers(tmp_path: Path) -> None:
    body = listed(1, "甲") + listed(1, "乙") + listed(4, "丙") + listed(4, "丁")
    assert kinds(read(tmp_path, body)) == [
        ("numbered", 0, "甲"), ("numbered", 0, "乙"), ("paragraph", 0, "1. 丙"), ("paragraph", 0, "2. 丁"),
    ]  # fmt: skip


def test_merged_cells_stand_once_and_rows_are_filled(tmp_path: Path) -> None:
    imported = read(
        tmp_path,
        table(
            cell("街道", '<w:vMerge w:val="restart"/>') + cell("合并两列", '<w:gridSpan w:val="2"/>'),
            cell("<w:p/>", "<w:vMerge/>") + cell("甲") + cell("乙"),
            cell("末行"),
        ),
    )
    assert imported.blocks[0].rows == (("街道", "合并两列", ""), ("", "甲", "乙"), ("末行", "", ""))


def test_a_nested_table_becomes_lines_of_its_cell(tmp_path: Path) -> None:
    inner = table(cell("里1") + cell("里2"), cell("里3") + cell("里4"))
    imported = read(tmp_path, table(cell("外") + cell(p("说明") + inner)))
    assert imported.blocks[0].rows == (("外", "说明\n里1　里2\n里3　里4"),)
    assert told(imported, "套的表格")


def test_serial_numbers_of_a_column_are_written_out(tmp_path: Path) -> None:
    rows = [cell(p("<w:r/>", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')) + cell(x) for x in "甲乙"]
    assert read(tmp_path, table(*rows)).blocks[0].rows == (("1.", "甲"), ("2.", "乙"))


def test_a_frame_of_one_cell_is_no_table(tmp_path: Path) -> None:
    assert texts(read(tmp_path, table(cell(p("框里一段。") + p("又一段。"))))) == ["框里一段。", "又一段。"]


def test_a_table_of_absurd_width_is_cut(tmp_path: Path) -> None:
    imported = read(tmp_path, table(cell("宽", '<w:gridSpan w:val="999999999"/>') + cell("乙") + cell("丙")))
    assert imported.blocks[0].rows == (("宽", "乙", "丙"),)
    wide = read(tmp_path, table(cell("宽", '<w:gridSpan w:val="9999"/>') + cell("乙")))
    assert len(wide.blocks[0].rows[0]) == 63


def test_a_text_box_follows_its_paragraph_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('框中话')}</w:txbxContent>"
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        "</mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    imported = read(tmp_path, p(run("段落。") + both) + p("下一段。"))
    assert texts(imported) == ["段落。", "框中话", "下一段。"]
    assert told(imported, "文本框")


def test_notes_stand_at_the_end_with_their_mark(tmp_path: Path) -> None:
    note = f'<w:footnotes {NAMESPACES}><w:footnote w:type="separator" w:id="-1">{p("——")}</w:footnote>'
    note += f'<w:footnote w:id="2">{p("数据来自统计局。")}</w:footnote></w:footnotes>'
    body = p(run("人口八十万") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("。")) + p("末段。")
    imported = read(tmp_path, body, parts={"footnotes.xml": ("footnotes", note)})
    assert texts(imported) == ["人口八十万［1］。", "末段。", "［1］数据来自统计局。"]
    assert told(imported, "脚注")


# ---- pictures ------------------------------------------------------------------------------------


def test_pictures_stand_in_their_places_with_their_captions(tmp_path: Path) -> None:
    body = (
        p("前文。") + p(picture("a.png")) + styled("cap", "演练现场") + p("中间。") + p(picture("b.jpeg"))
        + centred("图2 领导讲话") + p("图书馆照常开放。")
    )  # fmt: skip
    imported = read(tmp_path, body, media={"a.png": image(), "b.jpeg": image("JPEG", colour="#3030c0")})
    assert [(b.kind.value, b.plain) for b in imported.blocks] == [
        ("paragraph", "前文。"), ("picture", "演练现场"), ("paragraph", "中间。"), ("picture", "图2 领导讲话"),
        ("paragraph", "图书馆照常开放。"),
    ]  # fmt: skip
    assert [kept.media_type for kept in imported.pictures.values()] == ["image/png", "image/jpeg"]


def test_a_picture_used_twice_is_kept_once(tmp_path: Path) -> None:
    imported = read(tmp_path, p(picture("a.png")) + p("话。") + p(picture("a.png")), media={"a.png": image()})
    assert len(imported.pictures) == 1
    assert [block.kind.value for block in imported.blocks] == ["picture", "paragraph", "picture"]


def test_a_picture_inside_a_sentence_follows_it(tmp_path: Path) -> None:
    imported = read(tmp_path, p(run("前半") + picture("a.png") + run("后半。")), media={"a.png": image()})
    assert [(b.kind.value, b.text) for b in imported.blocks] == [("paragraph", "前半后半。"), ("picture", "")]


def test_what_was_cropped_away_in_word_does_not_come_over(tmp_path: Path) -> None:
    two = Image.new("RGB", (100, 40), "#ff0000")
    two.paste("#0000ff", (50, 0, 100, 40))
    buffer = io.BytesIO()
    two.save(buffer, "PNG")
    body = p(picture("a.png", 'l="50000"', 'rot="5400000"'))
    imported = read(tmp_path, body, media={"a.png": buffer.getvalue()})
    (kept,) = imported.pictures.values()
    assert (kept.width, kept.height) == (40, 50)
    with Image.open(io.BytesIO(kept.data)) as shown:
        assert shown.convert("RGB").getcolors() == [(2000, (0, 0, 255))]


def test_pictures_that_cannot_be_taken_over_are_told_by_number(tmp_path: Path) -> None:
    body = "".join(p(picture(name)) for name in ("a.emf", "b.png", "c.wmf", "d.png", "gone", "far"))
    far = '<Relationship Id="far" Type="x/image" Target="file:///etc/passwd" TargetMode="External"/>'
    media = {"a.emf": b"\x01\0\0\0emf", "b.png": image(), "c.wmf": b"wmf", "d.png": image()[:60]}
    imported = read(tmp_path, body, media=media, links=far)
    assert [block.kind.value for block in imported.blocks] == ["picture"]
    assert told(imported, "图片 1、3是矢量格式")
    assert told(imported, "图片 4已损坏")
    assert told(imported, "图片 5在文件里找不到")
    assert told(imported, "图片 6没有存在文件里")


def test_pictures_of_a_table_stand_behind_it(tmp_path: Path) -> None:
    imported = read(tmp_path, table(cell("甲") + cell(p(picture("a.png")))), media={"a.png": image()})
    assert [block.kind.value for block in imported.blocks] == ["table", "picture"]
    assert told(imported, "表格里的图片")


def test_a_kind_of_picture_that_no_platform_shows_becomes_png(tmp_path: Path) -> None:
    imported = read(tmp_path, p(picture("a.tiff")), media={"a.tiff": image("TIFF")})
    assert [kept.media_type for kept in imported.pictures.values()] == ["image/png"]


def test_charts_and_embedded_files_are_told(tmp_path: Path) -> None:
    chart = '<w:r><w:drawing><c:chart xmlns:c="c" r:id="c1"/></w:drawing></w:r>'
    ole = '<w:r><w:object><o:OLEObject xmlns:o="o" r:id="o1"/></w:object></w:r>'
    imported = read(tmp_path, p(run("见图。") + chart + ole))
    assert told(imported, "图表")
    assert told(imported, "嵌在文件里")


# ---- title ---------------------------------------------------------------------------------------


def test_the_only_heading_of_the_first_level_is_the_title_and_the_others_move_up(tmp_path: Path) -> None:
    imported = read(tmp_path, styled("1", "关于放假的通知") + styled("2", "一、安排") + p("正文。"))
    assert imported.title == "关于放假的通知"
    assert kinds(imported) == [("heading", 1, "一、安排"), ("paragraph", 0, "正文。")]


def test_a_letterhead_is_not_taken_for_the_title(tmp_path: Path) -> None:
    body = centred("福州市晋安区示例局文件") + centred("晋示〔2026〕12号") + centred("关于放假的通知") + p("各单位：")
    imported = read(tmp_path, body)
    assert imported.title == "关于放假的通知"
    assert texts(imported) == ["福州市晋安区示例局文件", "晋示〔2026〕12号", "各单位："]
    assert told(imported, "前面还有 2 段")


def test_a_text_that_begins_at_once_has_no_title(tmp_path: Path) -> None:
    imported = read(
        tmp_path, p("今天上午，全区召开冬季消防安全工作会议，部署近期重点任务，各街道参加。") + centred("完")
    )
    assert imported.title == ""
    assert told(imported, "没有认出标题")


def test_a_title_of_five_hundred_characters_stays_in_the_text(tmp_path: Path) -> None:
    long = "长" * 500
    imported = read(tmp_path, styled("t", long) + p("正文。"))
    assert imported.title == ""
    assert kinds(imported)[0] == ("heading", 1, long)


# ---- refusals ------------------------------------------------------------------------------------


def test_a_file_without_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadableError) as refused:
        read(tmp_path, "<w:p/>")
    assert refused.value.reason == "no_text"


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "rigged"),
        ("<w:document", "broken"),
        ("<a/>", "broken"),
        ("<a>" * 500 + "</a>" * 500, "rigged"),
    ],
)
def test_harmful_or_broken_xml_is_refused(tmp_path: Path, document: str, reason: str) -> None:
    path = docx(tmp_path / "a.docx", p("正文"), parts={"x": ("x", "")})
    import zipfile

    with zipfile.ZipFile(path) as old:
        entries = {name: old.read(name) for name in old.namelist()}
    entries["word/document.xml"] = document.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in entries.items():
            new.writestr(name, data)
    with pytest.raises(FileUnreadableError) as refused:
        read_word(path)
    assert refused.value.reason == reason


def test_nothing_outside_the_file_is_asked_for_and_the_file_is_not_changed(tmp_path: Path) -> None:
    far = '<Relationship Id="rt" Type="x/attachedTemplate" Target="http://203.0.113.1/t.dotm" TargetMode="External"/>'
    path = docx(tmp_path / "a.docx", p("正文。"), links=far)
    before = path.read_bytes()
    assert texts(read_word(path)) == ["正文。"]
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
