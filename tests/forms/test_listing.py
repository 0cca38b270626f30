from dataclasses import replace

import pytest

from app.forms.listing import compose_listing
from app.models.paper import Field, TableSection
from tests.forms.specimens import cover, every_paper, fonts, handover, pages_of, waiting_list


def test_the_cover_lists_every_row_under_a_header_on_each_page() -> None:
    paper = compose_listing(cover(120), fonts())
    pages = pages_of(paper)
    assert paper.pages > 4
    for page in pages[:-1]:
        assert "序号编号标题账号时间性质" in page
    words = "".join(pages)
    for number in range(1, 121):
        assert f"审〔2026〕{number}号" in words


def test_an_empty_section_says_so() -> None:
    assert "缺项说明无缺项以月末为准。" in "".join(pages_of(every_paper()["cover"]))
    assert "待签审核表无" in pages_of(every_paper()["nothing waiting"])[0]


def test_the_number_of_rows_stands_beside_the_heading() -> None:
    assert "待签审核表（12）" in pages_of(compose_listing(waiting_list(12), fonts()))[0]


def test_the_handover_slip_is_signed_by_both_sides_on_one_page() -> None:
    (page,) = pages_of(compose_listing(handover(), fonts()))
    assert page.count("签字：") == 2
    assert "移交人" in page
    assert "接收人" in page
    assert "清单指纹CA978112" in page
    assert "第1版" in page


def test_a_paper_about_no_content_shows_no_fingerprint() -> None:
    words = "".join(pages_of(every_paper()["cover"]))
    assert "指纹" not in words
    assert "存证号3E23E816" in words


def test_signatures_are_kept_together() -> None:
    for rows in range(8, 24):
        pages = pages_of(compose_listing(cover(rows), fonts()))
        assert [page.count("签字：") for page in pages if "签字：" in page] == [2]


def test_signatures_never_stand_alone_on_a_page() -> None:
    turned = 0
    for rows in range(40):
        for gaps in (0, 1, 2, 5):
            *before, last = pages_of(compose_listing(cover(rows, gaps), fonts()))
            assert last.count("签字：") == 2
            turned += len(before)
            if gaps:
                assert f"说明{gaps}号" in last
            else:
                assert "缺项说明无" in last
    assert turned


@pytest.mark.parametrize("count", [0, 1, 40, 400])
def test_any_number_of_facts_is_printed(count: int) -> None:
    facts = tuple(Field(f"项目{n}", f"值{n}号", wide=n % 3 == 0) for n in range(count))
    words = "".join(pages_of(compose_listing(replace(cover(0), facts=facts), fonts())))
    for number in range(count):
        assert f"值{number}号" in words


def test_a_value_and_a_cell_longer_than_a_page_lose_no_word() -> None:
    section = TableSection("表", ("序号", "内容"), (1, 6), (("1", "甲" * 5000), ("2", "乙" * 10)))
    paper = compose_listing(replace(cover(0), facts=(Field("说明", "丙" * 5000),), sections=(section,)), fonts())
    words = "".join(pages_of(paper))
    assert (words.count("甲"), words.count("乙"), words.count("丙")) == (5000, 10, 5000)


def test_rows_shorter_or_longer_than_the_columns_are_printed_whole() -> None:
    section = TableSection("表", ("一", "二"), (1, 1), (("只有一格",), ("甲格", "乙格", "多出的格"), ()))
    assert "多出的格" in pages_of(compose_listing(replace(cover(0), sections=(section,)), fonts()))[0]
