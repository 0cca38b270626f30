"""Nothing runs over a line of the grid, whatever stands in it."""

import random

import pytest
from reportlab.pdfgen.canvas import Canvas

from app.forms.code_slip import compose_code_slip
from app.forms.listing import compose_listing
from app.forms.review_sheet import compose_review_sheet
from app.forms.ruled_grid import field_rows, label_lines
from app.forms.sheet import BOTTOM, LEFT, RIGHT, ComposedPaper, Sheet
from app.models.content import Block, BlockKind
from app.models.paper import Field, ListingPaper, ReviewSheet, SignatureBox, TableSection, VariantText
from tests.forms.specimens import (
    AGREE,
    FIELDS,
    HOSTILE,
    crossings,
    every_paper,
    fonts,
    head,
    ink_of,
    opened,
    paragraph,
    sheet,
    slip,
)

PAGE_HEIGHT = 841.89


def assert_within_the_lines(paper: ComposedPaper) -> None:
    document = opened(paper)
    for number in range(len(document)):
        page = document[number]
        assert list(crossings(page)) == []
        for box in ink_of(page):
            in_ribbon = box.bottom > PAGE_HEIGHT - 110 and box.left > 515
            assert in_ribbon or (box.left >= LEFT - 0.5 and box.right <= RIGHT + 0.5), box
            assert box.bottom > 14, box
            assert box.top < PAGE_HEIGHT - 14 or in_ribbon, box
    document.close()


@pytest.mark.parametrize("name", every_paper())
def test_no_character_lies_across_a_line_or_outside_the_type_area(name: str) -> None:
    assert_within_the_lines(every_paper()[name])


def test_the_check_itself_sees_a_word_that_runs_over_a_line() -> None:
    paper = Sheet(head(), fonts())
    paper.first_page()
    style = paper.text
    paper.mark(lambda pen: pen.frame(LEFT, 300, 100, 40))
    paper.mark(lambda pen: pen.words(LEFT + 60, 320, "越过了右边的竖线", style.face, style.size))
    paper.mark(lambda pen: pen.words(LEFT + 4, 344, "压线", style.face, style.size))
    document = opened(paper.compose())
    assert len(list(crossings(document[0]))) >= 2
    document.close()


def hostile_sheet(seed: int) -> ReviewSheet:
    """A sheet with hostile texts in any place."""
    dice = random.Random(seed)

    def words() -> str:
        return " ".join(dice.choices(HOSTILE, k=dice.randint(1, 4)))

    def block() -> Block:
        kind = dice.choice([kind for kind in BlockKind if kind is not BlockKind.PICTURE])
        if kind is BlockKind.TABLE:
            columns = dice.choice([1, 2, 5, 17, 60])
            return Block(
                kind, rows=tuple(tuple(words()[:90] for _ in range(columns)) for _ in range(dice.randint(1, 4)))
            )
        return Block(kind, words(), level=dice.randint(0, 3))

    fields = tuple(Field(words()[:12], words(), dice.random() < 0.4) for _ in range(dice.choice([1, 5, 9, 30])))
    steps = tuple(
        SignatureBox(
            words()[:10], AGREE, dice.choice(["", "同意"]), words(), dice.choice(["", words()]), dice.randint(1, 3)
        )
        for _ in range(dice.randint(1, 8))
    )
    return sheet(
        head=head(title=words()[:300], number=words()[:90], ribbon=words()[:8]),
        fields=fields,
        summary=dice.choice(["", words() * 4]),
        body=tuple(block() for _ in range(dice.choice([0, 1, 6]))),
        variants=tuple(VariantText(words(), words(), (paragraph(words()),)) for _ in range(dice.randint(0, 2))),
        checks=tuple(words() for _ in range(dice.choice([0, 2, 30]))),
        steps=steps,
        footnote=words(),
    )


@pytest.mark.parametrize("seed", range(10))
def test_hostile_words_in_any_place_stay_within_the_lines(seed: int) -> None:
    assert_within_the_lines(compose_review_sheet(hostile_sheet(seed), fonts()))


@pytest.mark.release
@pytest.mark.parametrize("seed", range(100, 400))
def test_many_hostile_sheets_stay_within_the_lines(seed: int) -> None:
    assert_within_the_lines(compose_review_sheet(hostile_sheet(seed), fonts()))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_on_slips_and_lists_stay_within_the_lines(words: str) -> None:
    assert_within_the_lines(compose_code_slip(slip(person=words, reason=words, code=words[:40] or "A"), fonts()))
    section = TableSection(
        words, ("序号", words[:30], words), (0.6, 2, 1), ((words, words, words), ("1", "", words)), words
    )
    listing = ListingPaper(
        head(), (Field(words, words), Field("甲", words, wide=True)), (section,), (words[:9], "乙"), words
    )
    assert_within_the_lines(compose_listing(listing, fonts()))


@pytest.mark.parametrize("name", ["eight", "bare", "short"])
def test_the_grid_of_page_one_fills_the_page(name: str) -> None:
    from tests.forms.specimens import lines_of

    document = opened(every_paper()[name])
    lowest = min(line.bottom for line in lines_of(document[0]) if line.right - line.left > 400)
    document.close()
    assert abs(PAGE_HEIGHT - lowest - BOTTOM) < 1.5


def test_two_short_fields_share_a_row_and_a_long_one_takes_its_own() -> None:
    style = Sheet(head(), fonts()).text
    rows = field_rows((*FIELDS[:4], Field("信息来源", "转载自" + "某" * 60), Field("附件", "无")), style, 4)
    assert [[cell.field.label for cell in row.cells] for row in rows] == [
        ["标题"],
        ["发布账号", "拟发布时间"],
        ["信息员"],
        ["信息来源"],
        ["附件"],
    ]


def test_labels_are_divided_where_an_office_would() -> None:
    face = fonts().family().label
    assert label_lines("拟发布时间", face, 7) == ["拟发布时间"]
    assert label_lines("主要领导签批", face, 7) == ["主要领导", "签批"]
    assert label_lines("SHA-256 清单指纹", face, 7) == ["SHA-256", "清单指纹"]
    assert label_lines("内容\n（摘要）", face, 7) == ["内容", "（摘要）"]
    assert label_lines("", face, 7) == [""]


def test_nothing_of_helvetica_gets_into_a_paper() -> None:
    assert b"Helvetica" not in every_paper()["full"].data
    assert "Helvetica" in Canvas("unused.pdf").getAvailableFonts()
