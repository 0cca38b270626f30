"""The forms of an account's life: every value is there whole, all decide on page 1, and a seal finds its room."""

import dataclasses
import random
import re
from dataclasses import replace

import pypdfium2.raw as pdfium_c
import pytest

from app.errors import PaperImpossibleError
from app.forms.line_breaking import break_lines
from app.forms.opinion_boxes import SEAL_SIDE
from app.forms.plain_text import one_line
from app.forms.sheet import BOTTOM, ComposedPaper
from app.models.paper import AccountForm, Field, GridSection, OpinionBox, TableSection, tick_words
from app.models.papercode import PaperKind
from tests.forms.account_specimens import (
    AGREE,
    FILLED,
    LONG_PEOPLE,
    LONGEST,
    OPINIONS,
    account_forms,
    account_papers,
    change,
    filing,
    form_paper,
    password_handover,
)
from tests.forms.specimens import HOSTILE, Box, codes_in, fonts, head, ink_of, opened, pages_of, rendered
from tests.forms.test_review_sheet import content_of
from tests.forms.test_ruled_grid import PAGE_HEIGHT, assert_within_the_lines

FORMS = account_forms()
SEALED = [name for name, form in FORMS.items() if any(box.sealed for box in form.opinions)]
HEAD_AND_FOOT = re.compile("^.*?编号：[^号]*号|(内容指纹.*)?$")


def inside(paper: ComposedPaper) -> str:
    """The words between head and foot of all pages, one after another."""
    return "".join(HEAD_AND_FOOT.sub("", page) for page in pages_of(paper))


def values_of(form: AccountForm) -> list[str]:
    values = [field.value for section in form.sections for field in section.fields]
    tables = [section.table for section in form.sections if section.table]
    values += [cell for table in tables for row in (table.columns, *table.rows) for cell in row]
    values += [word for box in form.opinions for word in (*box.choices, *box.lines)]
    return ["".join(one_line(value).split()) for value in values if value]


@pytest.mark.parametrize("name", FORMS)
def test_every_value_is_found_whole_however_long(name: str) -> None:
    words = inside(account_papers()[name])
    assert [value for value in values_of(FORMS[name]) if value not in words] == []


@pytest.mark.parametrize("name", FORMS)
def test_all_opinions_stand_on_page_one(name: str) -> None:
    form, pages = FORMS[name], pages_of(account_papers()[name])
    assert pages[0].count("签字：") == len(form.opinions)
    assert pages[0].count("年月日") == len(form.opinions)
    assert pages[0].replace("填报单位（盖章）", "").count("（盖章）") == sum(box.sealed for box in form.opinions)
    for box in form.opinions:
        assert all(word in pages[0] for word in (*box.choices, *box.lines)), box.label
    assert not any("签字：" in page for page in pages[1:])


def test_typical_contents_need_one_page_and_words_of_nine_points_and_a_half() -> None:
    for name in ("filing", "change", "closing", "password"):
        paper = account_papers()[name]
        assert paper.pages == 1
        document = opened(paper)
        # 局 fills nine tenths of its square.
        heights = [box.top - box.bottom for box in ink_of(document[0]) if box.char == "陈" and box.bottom > 130]
        document.close()
        assert min(heights, default=9.5) > 0.85 * 9.5, name


def test_what_is_shortened_says_where_it_goes_on() -> None:
    (first, *rest) = pages_of(account_papers()["filing long"])
    assert first.count("（见附页）") >= 2
    assert re.search("其余[0-9]+行和全表见附页", first)
    assert LONG_PEOPLE[29][0] not in first
    joined = "".join(rest)
    assert "第1页栏目全文" in joined
    assert "后台管理人员（30）" in joined
    (first, *_) = pages_of(account_papers()["change long"])
    assert "以“……”结尾的内容见附页全表" in first


def test_thirty_accounts_are_signed_for_on_the_page_that_lists_them() -> None:
    (first, *_) = pages_of(account_papers()["password long"])
    assert "微信公众号“晋安示例30”信封30☑☑☐" in first


def cells_around(paper: ComposedPaper, char: str, below: float) -> list[Box]:
    """The smallest ruled cell around each place of a character on page 1, below a height."""
    document = opened(paper)
    page = document[0]
    frames = [Box(*shape.get_bounds()) for shape in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH])]
    found = []
    for ink in (ink for ink in ink_of(page) if ink.char == char and ink.top < below):
        around = [
            frame
            for frame in frames
            if frame.left < ink.left and frame.right > ink.right and frame.bottom < ink.bottom and frame.top > ink.top
        ]
        found.append(min(around, key=lambda box: (box.right - box.left) * (box.top - box.bottom)))
    document.close()
    return found


@pytest.mark.parametrize("name", FORMS)
def test_the_grid_fills_page_one_down_to_where_people_sign(name: str) -> None:
    cells = cells_around(account_papers()[name], "签", PAGE_HEIGHT - 110)
    assert len(cells) == len(FORMS[name].opinions)
    assert min(cell.bottom for cell in cells) == pytest.approx(PAGE_HEIGHT - BOTTOM, abs=1.0)


@pytest.mark.parametrize("name", SEALED)
def test_the_seals_of_the_leader_and_of_the_district_office_have_their_42_mm(name: str) -> None:
    cells = cells_around(account_papers()[name], "盖", PAGE_HEIGHT - 110)
    assert len(cells) == 2
    for cell in cells:
        assert min(cell.right - cell.left, cell.top - cell.bottom) >= SEAL_SIDE > 42 / 25.4 * 72


def test_a_seal_keeps_its_room_among_any_number_of_opinions() -> None:
    for count in (1, 2, 3, 4, 6):
        opinions = tuple(OpinionBox(f"第{n}家", AGREE, sealed=n < 3) for n in range(count))
        cells = cells_around(form_paper(replace(filing(), opinions=opinions)), "盖", PAGE_HEIGHT - 110)
        assert len(cells) == min(count, 3)
        assert all(min(cell.right - cell.left, cell.top - cell.bottom) >= SEAL_SIDE for cell in cells), count


def test_the_head_names_the_unit_that_seals_the_day_and_the_number() -> None:
    for name in ("filing", "change", "closing"):
        (page,) = pages_of(account_papers()[name])
        assert "填报单位（盖章）：晋安区示例局办公室填报日期：2026年11月23日编号：晋示" in page
    (page,) = pages_of(account_papers()["password"])
    assert "单位：晋安区示例局办公室编号：晋示交〔2026〕3号" in page
    assert "填报" not in page


@pytest.mark.parametrize(
    ("unit", "number"), [("局" * 45, "晋示备〔2026〕2号"), ("局" * 200, "号" * 30), ("局" * 28, "")]
)
def test_a_long_name_of_the_unit_leaves_day_and_number_their_place(unit: str, number: str) -> None:
    form = filing()
    paper = form_paper(replace(form, head=replace(form.head, unit_name=unit, number=number)))
    assert_within_the_lines(paper)
    page = pages_of(paper)[0]
    assert "填报日期：2026年11月23日" in page
    assert number in page


def test_a_layout_that_the_unit_has_not_confirmed_says_so_on_every_page() -> None:
    pages = pages_of(account_papers()["filing long"])
    assert len(pages) > 1
    assert all(page.startswith("参考式样") for page in pages)
    confirmed = replace(LONGEST, reference=False, footnote="")
    assert not any("参考式样" in page for page in pages_of(form_paper(confirmed)))


@pytest.mark.parametrize("name", ["filing long", "change long", "closing long", "password long"])
def test_every_page_carries_its_code(name: str) -> None:
    form, paper = FORMS[name], account_papers()[name]
    for number in range(paper.pages):
        (code,) = codes_in(rendered(paper, number))
        assert (code.kind, code.page, code.pages) == (form.head.kind, number + 1, paper.pages)
        assert code.subject_id == form.head.subject_id


def ticks_drawn(paper: ComposedPaper) -> int:
    """A tick is the one path on a form made of two strokes."""
    return len(re.findall(rb"\S+ \S+ m\s+\S+ \S+ l\s+\S+ \S+ l\s+S", content_of(paper.data)))


def test_boxes_are_drawn_ticked_or_open_and_copy_out_as_themselves() -> None:
    paper = form_paper(password_handover(2))
    (page,) = pages_of(paper)
    assert page.count("☑") == 4
    assert page.count("☐") == 2
    assert ticks_drawn(paper) == 4
    assert "字库没有的字" not in page
    (page,) = pages_of(form_paper(filing()))
    assert "☑新开设☐补备案☐年度复核" in page


def test_a_printed_box_is_seen_as_a_square() -> None:
    section = GridSection("", (Field("甲", "人☐人", wide=True),))
    paper = form_paper(AccountForm(head(PaperKind.ACCOUNT_FILING), (section,), (), reference=False))
    document = opened(paper)
    before, after = (box for box in ink_of(document[0]) if box.char == "人")
    squares = [
        box
        for box in (Box(*shape.get_bounds()) for shape in document[0].get_objects([pdfium_c.FPDF_PAGEOBJ_PATH]))
        if before.right - 1 < box.left < box.right < after.left + 1 and box.top - box.bottom < 12
    ]
    document.close()
    (square,) = squares
    assert square.top - square.bottom == pytest.approx(square.right - square.left, abs=0.1)
    assert square.right - square.left > 8


def test_a_box_is_not_parted_from_its_word_at_the_end_of_a_line() -> None:
    value = tick_words(tuple(f"第{n}个选择" for n in range(12)), ("第3个选择",))
    face = fonts().family().text
    for measure in range(8, 60):
        lines = [line.text for line in break_lines(value, face, measure / 2)]
        assert not [line for line in lines if line.endswith(("☐", "☑"))], measure


def test_more_people_than_a_page_can_hold_are_refused_in_words() -> None:
    opinions = tuple(OpinionBox(f"第{n}家", AGREE, sealed=True) for n in range(20))
    with pytest.raises(PaperImpossibleError) as refused:
        form_paper(replace(filing(), opinions=opinions))
    assert refused.value.reason == "too_long"
    with pytest.raises(PaperImpossibleError):
        form_paper(replace(filing(), sections=filing().sections * 30))


def test_very_many_fields_and_columns_lose_no_word() -> None:
    fields = tuple(Field(f"栏{n}", f"值{n}号", wide=n % 3 == 0) for n in range(300))
    wide = TableSection("宽表", tuple(f"列{n}名" for n in range(40)), (), (tuple(f"格{n}值" for n in range(40)),))
    form = replace(filing(), sections=(GridSection("账号", fields), GridSection("人员", (), wide)))
    paper = form_paper(form)
    pages = pages_of(paper)
    assert pages[0].count("签字：") == len(OPINIONS)
    assert "宽表见附页" in pages[0]
    words = inside(paper)
    for number in range(300):
        assert f"值{number}号" in words
    for number in range(40):
        assert f"列{number}名" in words
        assert f"格{number}值" in words


@pytest.mark.parametrize("sealed", [True, False])
def test_one_who_decides_alone_has_a_row_and_long_words_stay_in_it(sealed: bool) -> None:
    opinion = OpinionBox("单位意见", ("W" * 400,), ("，。；：！？" * 40,), sealed=sealed)
    for form in (change(), LONGEST):
        paper = form_paper(replace(form, opinions=(opinion,)))
        assert pages_of(paper)[0].count("签字：") == 1
        assert_within_the_lines(paper)


def test_on_the_fullest_form_a_section_only_points_to_the_next_pages() -> None:
    form = replace(LONGEST, sections=LONGEST.sections * 5)
    pages = pages_of(form_paper(form))
    assert pages[0].count("签字：") == len(OPINIONS)
    assert pages[0].count("见附页") == 25
    words = inside(form_paper(form))
    assert [value for value in values_of(form) if value not in words] == []


def test_a_table_without_rows_says_so() -> None:
    (page,) = pages_of(form_paper(filing(people=())))
    assert "平台角色无" in page


def test_a_form_without_headings_opinions_or_anything_is_still_a_page() -> None:
    assert form_paper(replace(filing(), sections=())).pages == 1
    assert form_paper(replace(filing(), opinions=())).pages == 1
    assert form_paper(replace(filing(), sections=(), opinions=(), filled_on=None)).pages == 1


def test_no_part_of_a_form_is_a_place_for_a_password() -> None:
    names = {
        one.name
        for part in (AccountForm, GridSection, TableSection, Field, OpinionBox)
        for one in dataclasses.fields(part)
    }
    assert "opinions" in names
    assert not any(re.search("password|secret|code|credential", name) for name in names)


def hostile_form(seed: int) -> AccountForm:
    """A form with hostile texts in any place."""
    dice = random.Random(seed)

    def words() -> str:
        return " ".join(dice.choices(HOSTILE, k=dice.randint(1, 4)))

    def table() -> TableSection | None:
        columns = dice.choice([0, 1, 2, 4, 7, 24])
        if not columns:
            return None
        rows = tuple(tuple(words()[:90] for _ in range(columns)) for _ in range(dice.choice([0, 1, 5])))
        widths = tuple(dice.choice([0.0, 0.3, 1.0, 5.0]) for _ in range(columns))
        return TableSection(words()[:20], tuple(words()[:30] for _ in range(columns)), widths, rows)

    def section() -> GridSection:
        fields = tuple(Field(words()[:12], words(), dice.random() < 0.4) for _ in range(dice.choice([0, 1, 4, 20])))
        return GridSection(dice.choice(["", "账号", words()[:20]]), fields, table())

    opinions = tuple(
        OpinionBox(
            words()[:14],
            tuple(words()[:9] for _ in range(dice.randint(0, 3))),
            tuple(words() for _ in range(dice.randint(0, 1))),
            sealed=dice.random() < 0.3,
        )
        for _ in range(dice.randint(0, 4))
    )
    own = head(
        dice.choice([PaperKind.ACCOUNT_FILING, PaperKind.PASSWORD_HANDOVER]),
        title=words()[:120],
        number=words()[:60],
        ribbon=words()[:8],
    )
    return AccountForm(
        replace(own, unit_name=words()[:80]),
        tuple(section() for _ in range(dice.randint(0, 5))),
        opinions,
        dice.choice([None, FILLED]),
        footnote=words(),
    )


@pytest.mark.parametrize("seed", range(8))
def test_hostile_words_in_any_place_of_a_form_stay_within_the_lines(seed: int) -> None:
    assert_within_the_lines(form_paper(hostile_form(seed)))


@pytest.mark.release
@pytest.mark.parametrize("seed", range(100, 200))
def test_many_hostile_forms_stay_within_the_lines(seed: int) -> None:
    assert_within_the_lines(form_paper(hostile_form(seed)))


def test_the_same_form_gives_the_same_bytes() -> None:
    assert form_paper(change()).data == form_paper(change()).data
