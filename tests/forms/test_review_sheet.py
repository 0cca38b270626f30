import cProfile
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from app.errors import PaperImpossibleError
from app.forms.paper_dates import paper_date, paper_moment
from app.forms.review_sheet import compose_review_sheet
from app.labels import long_date, long_moment
from app.models.content import Block, BlockKind
from app.models.paper import Field, PlacedPicture, ReviewSheet, SignatureBox, VariantText
from tests.forms.specimens import (
    AGREE,
    BODY,
    FIELDS,
    RARE,
    SENTENCE,
    SHEET,
    STEPS,
    Box,
    crossings,
    eight_steps,
    every_paper,
    fonts,
    head,
    ink_of,
    lines_of,
    long_body,
    opened,
    pages_of,
    paragraph,
    picture_block,
    picture_bytes,
    rendered,
    review_paper,
    table,
    text_of,
)


def test_page_one_says_everything_a_signer_must_know() -> None:
    (page,) = pages_of(review_paper(summary="冬季用电用气安全提示。"))
    for words in (
        "福州市晋安区政务新媒体信息发布审核表",
        "填报单位：晋安区示例局办公室",
        "编号：晋示审〔2026〕118号",
        "关于冬季用电用气安全的提示",
        "摘要：冬季用电用气安全提示。",
        "入冬以来，居民用电用气负荷明显上升。",
        "机器检查：无未处理事项（词表版本2026-11）",
        "系统内同意陈主任2026年11月20日16:20",
        "意见：内容属实。",
        "可以公开处理后公开不予公开报上级审定",
        "发布人：",
        "实际发布时间：",
        "核对一致：",
        "CA978112CA978112CA978112CA978112",
        "3E23E8163E23E8163E23E8163E23E816",
        "第3稿",
        "序号20417",
        "印制时间2026年11月23日10:15",
        "本表与第3稿内容一一对应，内容改动后本表作废。",
        "—1—",
    ):
        assert words in page, words


def test_a_step_decided_on_screen_has_no_line_to_sign_on() -> None:
    (page,) = pages_of(review_paper())
    assert page.count("签字：") == 2
    (page,) = pages_of(review_paper(steps=(replace(STEPS[0], signers=3), *STEPS[1:])))
    assert page.count("签字：") == 4


def test_only_the_box_of_what_was_decided_is_ticked() -> None:
    def ticks(steps: tuple[SignatureBox, ...]) -> int:
        # A tick is the one path on a sheet made of two strokes.
        return len(re.findall(rb"\S+ \S+ m\s+\S+ \S+ l\s+\S+ \S+ l\s+S", content_of(review_paper(steps=steps).data)))

    assert ticks(STEPS[1:]) == 0
    assert ticks(STEPS) == 1


def content_of(data: bytes) -> bytes:
    from io import BytesIO

    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        return b"".join(page.Contents.read_bytes() for page in pdf.pages)


@pytest.mark.parametrize("signers", [1, 2, 3])
@pytest.mark.parametrize("count", range(1, 9))
def test_all_signatures_stand_on_page_one(count: int, signers: int) -> None:
    steps = tuple(replace(step, signers=signers) for step in eight_steps()[-count:])
    pages = pages_of(review_paper(steps=steps, body=long_body(12), summary=SENTENCE * 9))
    assert pages[0].count("签字：") == count * signers
    assert pages[0].count("年月日时分") == count * signers
    assert all("签字：" not in page for page in pages[1:])
    assert "发布人：" in pages[0]


def test_very_many_fields_checks_and_long_opinions_do_not_push_a_signature_off_page_one() -> None:
    fields = (Field("标题", "标" * 500, wide=True), *FIELDS[1:], *(Field(f"附件{n}", f"文件{n}") for n in range(300)))
    steps = tuple(replace(step, opinion="意" * 700) for step in eight_steps())
    paper = review_paper(
        fields=fields,
        steps=steps,
        summary="摘" * 900,
        checks=tuple(f"提示{n}" * 9 for n in range(60)),
        body=long_body(3),
    )
    pages = pages_of(paper)
    assert pages[0].count("签字：") == 24
    rest = "".join(pages[1:])
    for words in ("文件299", "提示59"):
        assert words in rest
    whole = "".join(pages)
    assert len(re.findall("标", whole)) >= 500
    assert len(re.findall("摘", whole)) >= 900
    assert len(re.findall("意", whole)) >= 8 * 700


def test_more_people_than_a_page_can_hold_are_refused_in_words() -> None:
    with pytest.raises(PaperImpossibleError) as refused:
        review_paper(steps=tuple(SignatureBox("会签", AGREE, signers=9) for _ in range(20)))
    assert refused.value.reason == "too_long"


def test_a_short_body_stands_whole_on_page_one() -> None:
    paper = review_paper()
    assert paper.pages == 1
    count = len("".join(block.text for block in BODY))
    assert f"（全文{count}字）" in pages_of(paper)[0]


def test_a_long_body_goes_whole_to_the_following_pages() -> None:
    body = long_body(40)
    paper = review_paper(body=body, summary="摘要在此。")
    pages = pages_of(paper)
    count = sum(len(block.text) for block in body)
    assert f"全文{count}字，见附页" in pages[0]
    assert "摘要在此。" in pages[0]
    assert "第0段" not in pages[0]
    inside = "".join(re.sub("^.*?编号：晋示审〔2026〕118号|内容指纹.*$", "", page) for page in pages[1:])
    for number, block in enumerate(body):
        assert block.text in inside, number
    for number, page in enumerate(pages[1:], start=2):
        assert "审核表（附页）" in page
        assert f"—{number}—" in page


def test_without_a_summary_the_cell_shows_how_a_long_body_begins() -> None:
    (first, *_) = pages_of(review_paper(body=long_body(40)))
    assert "第0段。是外出前检查" in first
    assert "第3段" not in first


def test_rare_characters_copy_out_as_themselves() -> None:
    paper = review_paper(fields=(Field("标题", f"{RARE}同志", wide=True),), body=(paragraph(RARE * 30),))
    words = "".join(text_of(paper).split())
    assert words.count(RARE) == 31


def test_markup_as_a_title_is_only_words() -> None:
    title = '<img src="file:///etc/passwd">&amp;<b>粗</b>'
    words = "".join(text_of(review_paper(fields=(Field("标题", title, wide=True),))).split())
    assert title.replace(" ", "") in words
    assert "root:" not in words


def test_a_character_no_font_has_is_drawn_as_its_code_and_copies_as_itself() -> None:
    paper = review_paper(fields=(Field("标题", "火🔥与㎡", wide=True),))
    (page,) = pages_of(paper)
    assert "火🔥与㎡" in page
    assert "字库没有的字印成方框，框内是它的统一码（U+1F525）。" in page
    assert "字库没有的字" not in pages_of(review_paper())[0]
    assert b"/ActualText <FEFFD83DDD25>" in content_of(paper.data)
    document = opened(paper)
    boxes = ink_of(document[0])
    document.close()
    before, after = (next(box for box in boxes if box.char == char) for char in "火与")
    scale = 200 / 72
    left, right = (before.right + 1) * scale, (after.left - 1) * scale
    drawn = rendered(paper, 0, 200).crop((left, (841.89 - before.top) * scale, right, (841.89 - before.bottom) * scale))
    dark = sum(drawn.histogram()[:128])
    # A box with four digits or more is neither white nor black.
    assert 20 < dark < drawn.width * drawn.height * 0.7


def test_a_figure_above_the_line_is_drawn_above_it_and_not_as_its_plain_figure() -> None:
    def drawn(text: str) -> Box:
        paper = review_paper(fields=(Field("标题", text, wide=True),))
        (page,) = pages_of(paper)
        assert text in page
        assert "字库没有的字" not in page
        document = opened(paper)
        boxes = ink_of(document[0])
        document.close()
        at = next(n for n, box in enumerate(boxes) if box.char == "量")
        return boxes[at + 1]

    plain, above, below = drawn("量6吨"), drawn("量⁶吨"), drawn("量₆吨")
    assert above.top - above.bottom < 0.75 * (plain.top - plain.bottom)
    assert above.bottom > plain.bottom + 1
    assert below.bottom < plain.bottom - 1


def test_pictures_stand_with_caption_and_licence_after_page_one() -> None:
    pictures = {"a": PlacedPicture(picture_bytes(), "演练现场", "本单位拍摄")}
    pages = pages_of(review_paper(body=(*BODY, picture_block("a")), pictures=pictures))
    assert "〔图1演练现场〕" in pages[0]
    assert "图片1幅见附页" in pages[0]
    assert "图1演练现场授权说明：本单位拍摄" in pages[1]


@pytest.mark.parametrize("data", [b"", b"GIF89a", picture_bytes()[:400], picture_bytes(mode="CMYK")])
def test_a_picture_that_cannot_be_kept_is_refused(data: bytes) -> None:
    with pytest.raises(PaperImpossibleError) as refused:
        review_paper(body=(picture_block("a"),), pictures={"a": PlacedPicture(data, "", "")})
    assert refused.value.reason == "picture"


def test_variants_follow_for_each_account() -> None:
    variants = (VariantText("示例·微博", "短标题", (paragraph("微博正文。"),)), VariantText("抖音", "只改标题", ()))
    pages = pages_of(review_paper(variants=variants))
    assert "账号单独文案2份见附页" in pages[0]
    assert "单独文案：示例·微博（全文5字）标题：短标题微博正文。" in pages[1]
    assert "单独文案：抖音（仅标题不同）标题：只改标题" in pages[1]


@pytest.mark.parametrize("lines", range(1, 14))
def test_the_beginning_of_a_body_ends_inside_its_cell(lines: int) -> None:
    # The last line that is shown may be the first, indented, of its paragraph.
    body = (paragraph("开头。"), *(paragraph("条" * (30 + lines * n)) for n in range(9)), table(("表",)))
    document = opened(review_paper(body=body))
    assert list(crossings(document[0])) == []
    assert max(box.right for box in ink_of(document[0])) < 539
    document.close()


def test_lists_are_marked_and_numbered_and_a_new_list_begins_at_one() -> None:
    kinds = (BlockKind.NUMBERED, BlockKind.NUMBERED, BlockKind.PARAGRAPH, BlockKind.NUMBERED, BlockKind.BULLET)
    (page,) = pages_of(review_paper(body=tuple(Block(kind, f"条{n}") for n, kind in enumerate(kinds))))
    assert "1．条02．条1条21．条3•条4" in page


def test_every_cell_of_every_table_is_printed() -> None:
    rows = tuple((f"行{row}甲", f"行{row}乙" * 3, SENTENCE * (row % 5)) for row in range(60))
    words = "".join(pages_of(review_paper(body=(table(*rows),)))[1:])
    for row in range(60):
        assert f"行{row}甲" in words
        assert f"行{row}乙" in words


def test_a_ribbon_stands_on_every_page_of_a_sample() -> None:
    for page in pages_of(review_paper(head=head(ribbon="示例数据"), body=long_body(20))):
        assert all(char in page for char in "示例数据")


def test_a_row_is_never_divided_between_pages() -> None:
    rows = tuple((f"行{row}", SENTENCE * 2) for row in range(60))
    document = opened(review_paper(body=(table(*rows),)))
    for number in range(1, len(document)):
        rules = [line for line in lines_of(document[number]) if line.right - line.left > 20 and line.top < 760]
        words = [box for box in ink_of(document[number]) if 142 < box.bottom < 740]
        lowest = min(rule.bottom for rule in rules if rule.bottom > 131)
        assert min(box.bottom for box in words) > lowest
    document.close()


def test_thirty_pages_take_about_ten_times_the_steps_of_three() -> None:
    def calls(sheet: ReviewSheet) -> tuple[int, int]:
        profile = cProfile.Profile()
        profile.enable()
        paper = compose_review_sheet(sheet, fonts())
        profile.disable()
        return sum(entry.callcount for entry in profile.getstats()), paper.pages

    calls(SHEET)
    one, _ = calls(SHEET)
    some, few = calls(replace(SHEET, body=long_body(30)))
    more, many = calls(replace(SHEET, body=long_body(180)))
    assert many > 30
    # What a further page takes stays the same.
    assert (more - one) / (many - 1) < 1.3 * (some - one) / (few - 1)


def test_dates_read_as_they_do_on_the_screen() -> None:
    at = head().issued_at
    assert (paper_date(at), paper_moment(at)) == (long_date(at), long_moment(at))
    assert paper_date(at.date()) == long_date(at.date())


def test_every_step_on_the_tightest_sheet_leaves_room_to_write() -> None:
    document = opened(every_paper()["eight"])
    dates = sorted((box.bottom for box in ink_of(document[0]) if box.char == "签" and box.left > 140), reverse=True)
    document.close()
    rows = sorted({round(bottom) for bottom in dates}, reverse=True)
    assert all(above - below >= 15 for above, below in pairwise(rows))
