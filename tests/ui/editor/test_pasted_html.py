import base64
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.content import Block, BlockKind
from app.ui.editor.html_flow import HtmlLosses, ImageSource
from app.ui.editor.pasted_html import read_html

P, H, B, N, T = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.BULLET, BlockKind.NUMBERED, BlockKind.TABLE

WECHAT = """<html><body>
<!--StartFragment--><section data-role="outer" style="font-size: 16px; color: rgb(62,62,62);">
<section style="text-align: center;"><h2 style="color: red;"><strong>一、</strong>演练<em>情况</em></h2></section>
<p style="text-indent: 2em;"><span leaf="">　　今天上午，</span><span style="color:#1f5fad" leaf=""
><strong>示例街道</strong></span>
<span leaf="">开展防汛演练。</span></p>
<p><br></p>
<section nodeleaf=""><img class="rich_pages"
data-src="https://mmbiz.example.cn/a.png" src="data:image/svg+xml,%3Csvg/%3E" style="width:100%"></section>
<p style="display: none;">下一页</p><section style="display:none">看不见的</section>
<ul class="list-paddingleft-1"><li><p>组织有力</p></li>
<li><section><span leaf="">反应&nbsp;迅速</span></section></li></ul>
<p>值班电话：<a href="https://example.cn">12345</a>&amp;“转 1”</p>
</section><!--EndFragment--></body></html>"""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><title>题目</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm;} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<h1>工作<span lang=EN-US>2026</span>要点<o:p></o:p></h1>
<p class=MsoNormal style='text-indent:32.0pt'><span style='font-family:仿宋_GB2312'>各街道要提高认识，落实
责任，并于<span lang=EN-US>12</span>月<span lang=EN-US>1</span>日前
报送。<span lang=EN-US><o:p></o:p></span></span></p>
<p class=MsoListParagraph style='margin-left:21.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
lang=EN-US style='font-family:Wingdings'><span style='mso-list:Ignore'>l<span style='font:7.0pt "Times New"'>&nbsp;
</span></span></span><![endif]>第一点<span lang=EN-US><o:p></o:p></span></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span lang=EN-US><span
style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span></span><![endif]>甲</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span lang=EN-US><span
style='mso-list:Ignore'>2.<span>&nbsp;&nbsp; </span></span></span><![endif]>乙</p>
<p class=MsoNormal style='mso-list:l2 level1 lfo3'><![if !supportLists]><span
style='mso-list:Ignore'>（一）<span>&nbsp;</span></span><![endif]>丙</p>
<p class=MsoNormal style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>7.<span>&nbsp;</span></span><![endif]>丁</p>
<table class=MsoTableGrid border=1><tr><td width=277><p class=MsoNormal>街道</p></td><td><p class=MsoNormal>人
数</p></td></tr><tr><td rowspan=2>甲街</td><td>3</td></tr><tr><td>4<br>5</td></tr>
<tr><td colspan=2>合计</td></tr></table>
<p class=MsoNormal><span style='mso-hide:all'>隐藏</span><!--[if gte vml 1]><v:shape>
<v:imagedata src="file:///C:/x.png"/></v:shape><![endif]--><![if !vml]><img width=10
src="file:///C:/Temp/msohtmlclip1/01/clip_image002.jpg" v:shapes="x"><![endif]></p>
<!--EndFragment--></body></html>"""


def words(html: str) -> list[Block]:
    return [piece for piece in read_html(html) if isinstance(piece, Block)]


def test_an_article_from_the_wechat_editor() -> None:
    assert read_html(WECHAT) == (
        Block(H, "一、演练情况", 2),
        Block(P, "今天上午，示例街道开展防汛演练。"),
        ImageSource("data:", b"<svg/>"),
        Block(B, "组织有力"),
        Block(B, "反应 迅速"),
        Block(P, "值班电话：12345&“转 1”"),
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>3×10<sup>6</sup>平方米，5m<sup>3</sup></p>", "3×10⁶平方米，5m³"),
        ("<p>CO<sub>2</sub>、10<sup>-3</sup>、x<sup>n</sup></p>", "CO₂、10⁻³、xⁿ"),
        ("<p>10<span style='vertical-align: super;font-size:8pt'><span>6</span></span>吨</p>", "10⁶吨"),
        ("<p>10<sup><span lang=EN-US>12</span></sup>千瓦</p>", "10¹²千瓦"),
        ("<p>10<sup>6<p>后面6段</p>", "10⁶\n后面6段"),
        ("<p><span style='vertical-align:middle'>6</span></p>", "6"),
    ],
)
def test_figures_above_and_below_the_line_stay_there(html: str, text: str) -> None:
    losses = HtmlLosses()
    assert "\n".join(piece.plain for piece in read_html(html, losses) if isinstance(piece, Block)) == text
    assert list(losses.notes()) == []


def test_words_above_the_line_that_no_character_stands_for_are_told() -> None:
    losses = HtmlLosses()
    assert read_html("<p>据统计<sup>[1]</sup>，示例<sup>注</sup></p>", losses) == (Block(P, "据统计[1]，示例注"),)
    assert list(losses.notes()) == ["有写不成上标或下标的字，已作为普通文字贴入，请核对。"]


@pytest.mark.parametrize(
    "struck",
    [
        "<del>旧的</del>",
        "<s>旧的</s>",
        "<strike>旧<b>的</b></strike>",
        "<span style='text-decoration: line-through'>旧的<span>字</span></span>",
        "<span style='text-decoration-line:underline line-through'>旧的</span>",
        "<del cite='mailto:某' datetime='2026-09-01'>旧的</del>",
    ],
)
def test_crossed_out_words_stay_behind_and_are_told(struck: str) -> None:
    losses = HtmlLosses()
    assert read_html(f"<p>甲{struck}乙<ins>新的</ins></p>", losses) == (Block(P, "甲乙新的"),)
    assert list(losses.notes()) == ["划掉的或带修订标记删除的文字没有贴入，请核对。"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display: none'>看不见</p>",
        "<p style='display:none'>看不见",
        "<p hidden>看不见</p>",
        "<div style='DISPLAY:NONE'>看<div>不</div>见</div>",
        "<ul><li style='display:none'><p>看不见</p></li></ul>",
        "<h2 style='display:none'>看不见</h2>",
        "<span style='mso-hide:all'>看不见</span>",
    ],
)
def test_hidden_words_stay_behind_and_are_told(hidden: str) -> None:
    losses = HtmlLosses()
    assert read_html(f"<p>甲</p>{hidden}<p>乙</p>", losses) == (Block(P, "甲"), Block(P, "乙"))
    assert list(losses.notes()) == ["网页或文档里隐藏的文字没有贴入。"]


def test_nothing_is_told_of_what_holds_no_words() -> None:
    losses = HtmlLosses()
    html = "<style>p{}</style><p>甲<del> </del><span style='display:none'>&nbsp;</span><br style='display:none'>乙</p>"
    assert read_html(html, losses) == (Block(P, "甲乙"),)
    assert list(losses.notes()) == []


def test_a_page_copied_from_word() -> None:
    assert read_html(WORD) == (
        Block(H, "工作2026要点", 1),
        Block(P, "各街道要提高认识，落实责任，并于12月1日前报送。"),
        Block(B, "第一点"),
        Block(N, "甲"),
        Block(N, "乙"),
        Block(P, "（一）丙"),
        Block(P, "7. 丁"),
        Block(T, rows=(("街道", "人数"), ("甲街", "3"), ("", "4\n5"), ("合计", ""))),
        ImageSource("file:///C:/Temp/msohtmlclip1/01/clip_image002.jpg"),
    )


def test_a_table_copied_from_a_spreadsheet() -> None:
    html = """<html><head><style>td{mso-number-format:General}</style></head><body>
    <table><colgroup><col width=72></colgroup>
    <tbody><tr height=18><td>编号</td><td class=xl65>标题</td></tr>
    <tr><td align=right>1</td><td>&lt;b&gt;甲&lt;/b&gt;</td></tr></tbody>
    </table></body></html>"""
    assert words(html) == [Block(T, rows=(("编号", "标题"), ("1", "<b>甲</b>")))]


def test_a_table_that_only_lays_out_a_page_gives_its_words() -> None:
    inner = "<table><tr><td>a</td><td>b</td></tr></table>"
    html = f"<table><tr><td><h3>题</h3><p>一</p>{inner}</td></tr><tr><td>二</td></tr></table>"
    assert words(html) == [Block(H, "题", 3), Block(P, "一"), Block(T, rows=(("a", "b"),)), Block(P, "二")]


def test_line_breaks_part_paragraphs_but_not_items() -> None:
    assert words("一<br>二<br/><br>三<ul><li>甲<br>乙</li></ul>") == [
        *(Block(P, "一"), Block(P, "二"), Block(P, "三")),
        Block(B, "甲\n乙"),
    ]


def test_preformatted_lines_stay_lines() -> None:
    assert words("<pre>一\n二</pre><p>三\n四</p>") == [Block(P, "一"), Block(P, "二"), Block(P, "三四")]


def test_latin_words_wrapped_by_the_writer_keep_their_blank() -> None:
    assert words("<p>Open\nSource 软\n件</p>") == [Block(P, "Open Source 软件")]


def test_a_list_that_starts_elsewhere_keeps_its_numbers_as_words() -> None:
    assert words("<ol start=3><li>甲<li>乙</ol><ol><li>丙</ol>") == [
        *(Block(P, "3. 甲"), Block(P, "4. 乙")),
        Block(N, "丙"),
    ]


def test_scripts_and_attributes_are_no_words() -> None:
    html = "<script>alert('机密')</script><p title='标题' onclick=\"x('<b>')\">正文</p><style>p{}</style>"
    assert words(html) == [Block(P, "正文")]


def test_pictures_in_the_page_itself_are_read() -> None:
    data = base64.b64encode(b"\x89PNG").decode()
    html = f"<p>前<img src='data:image/png;base64,{data}'>后<img src='data:image/png;base64,@@'><img></p>"
    assert read_html(html) == (
        Block(P, "前"),
        ImageSource("data:", b"\x89PNG"),
        Block(P, "后"),
        ImageSource("data:", b""),
    )


def test_broken_markup_loses_no_words() -> None:
    for html in ("<p>甲", "甲</p></div></table></td>", "<table><td>甲", "<b><p>甲</b></p>", "<![foo[<p>甲", "<li>甲"):
        assert "甲" in "".join(block.plain for block in words(html)), html


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"甲乙 \n", "<p>", "</p>", "<td>", "<tr>", "<table>", "</table>", "<li>", "<ul>", "</ul>", "<br>"]
        )
    )
)
def test_any_mixture_of_tags_keeps_every_word(parts: list[str]) -> None:
    found = "".join(block.plain for block in words("".join(parts)))
    for word in "甲乙":
        assert found.count(word) == parts.count(word)


@pytest.mark.parametrize(
    "html",
    [
        *("<" * 200_000, "<a " * 100_000, "<!--" * 100_000, "<![" * 100_000, "</" * 100_000, "<p>x" * 50_000),
        *("<table><tr><td>" * 2_000, "<table>" + "<tr><td rowspan=60 colspan=60>x" * 2_000, "<ol>" + "<li>x" * 20_000),
    ],
    ids=lambda html: html[:8],
)
def test_hostile_pages_are_read_in_linear_time(html: str) -> None:
    started = time.process_time()
    read_html(html)
    assert time.process_time() - started < 10
