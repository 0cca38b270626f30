"""Lines that a platform puts around a post are found, and never one that would hide a difference."""

import pytest

from app.models.page_lines import lines_around, without_lines

TITLE = "敲门行动本周开始"
BODY = "请您开门配合。\n网格员持证上门。"
PAGE = ["原创　示例编辑", "晋安示例", "2026年9月18日 10:30", "发布于 福建"]
FOOT = ["阅读 1.2万", "赞 35  在看 8", "分享 收藏"]


def page(*lines: str) -> str:
    return "\n".join(lines)


def found(published: str, title: str = TITLE, account: str = "晋安示例") -> dict[str, bool]:
    return {line.text: line.likely for line in lines_around(title, (BODY,), published, account)}


def test_lines_above_between_title_and_body_and_below_are_found() -> None:
    published = page("晋安示例", TITLE, *PAGE[:1], *PAGE[2:], "", BODY, "", *FOOT)
    around = lines_around(TITLE, (BODY,), published, "晋安示例")
    assert [line.text for line in around] == ["晋安示例", PAGE[0], *PAGE[2:], *FOOT]
    assert [line.number for line in around] == [1, 3, 4, 5, 10, 11, 12]
    rest = without_lines(published, [line.number for line in around])
    assert rest.split() == page(TITLE, BODY).split()


def test_what_every_page_has_is_likely_and_what_may_be_a_part_of_the_post_is_not() -> None:
    said = ["咨询电话：87654321", "87654321", "活动改到周六", "另收工本费 20 元。", "阅读 " * 30]
    judged = found(page(TITLE, *PAGE, BODY, *FOOT, *said))
    assert [line for line, likely in judged.items() if likely] == [*PAGE[1:], *FOOT]
    assert set(judged) >= {PAGE[0], *said[:-1]}


@pytest.mark.parametrize(
    "changed",
    [
        BODY.replace("配合", "登记"),
        BODY.replace("\n", "\n本通知作废\n"),
        BODY.removesuffix("持证上门。"),
        f"附：{BODY}",
    ],
)
def test_a_difference_within_the_body_offers_no_line(changed: str) -> None:
    assert found(page(TITLE, *PAGE, changed, *FOOT)) == {}
    assert found(page(TITLE, *PAGE, BODY, *FOOT)), "the same page with the approved body offers some"


@pytest.mark.parametrize("headline", ["敲门行动本周取消", "敲门行动下周开始", f"{TITLE}取消"])
def test_a_headline_that_differs_from_the_title_is_no_line_of_the_page(headline: str) -> None:
    assert found(page(headline, *PAGE, BODY)) == {}
    # Not even beside the right one.
    assert found(page(TITLE, headline, *PAGE, BODY)) == {}


def test_another_headline_is_found_and_never_likely() -> None:
    assert found(page("震惊！", BODY)) == {"震惊！": False}


def test_the_title_stays_once_and_its_repetition_may_go() -> None:
    around = lines_around(TITLE, (BODY,), page(TITLE, "晋安示例", TITLE, BODY))
    assert [(line.number, line.likely) for line in around] == [(1, False), (2, False)]
    apart = page(TITLE, "晋安示例", TITLE, PAGE[2], BODY)
    assert [line.number for line in lines_around(TITLE, (BODY,), apart)] == [2, 3, 4]
    split = page(TITLE[:4], TITLE[4:], BODY, "阅读 3")
    assert [line.number for line in lines_around(TITLE, (BODY,), split)] == [5]


def test_a_post_without_a_title_and_one_without_words_are_looked_at_too() -> None:
    assert found(page("晋安示例", BODY), title="") == {"晋安示例": True}
    assert lines_around(TITLE, ("",), page(TITLE, "晋安示例")) == ()


def test_the_body_counts_only_in_whole_lines() -> None:
    short = "停水。"
    [line] = lines_around("", (short,), page("明天不停水。", short))
    assert line.text == "明天不停水。"
    [line] = lines_around("", (short,), page("停水。明天起。", short))
    assert line.number == 1
    assert lines_around("", (short,), "明天不停水。") == ()


def test_more_lines_than_anybody_reads_are_not_offered() -> None:
    assert len(found(page(BODY, *(f"评论 {n}" for n in range(60))))) == 60
    assert found(page(BODY, *(f"评论 {n}" for n in range(61)))) == {}


def test_a_hostile_page_stalls_nothing() -> None:
    lines = ["1" * 40, "大中小" * 12 + "x", "阅读1" * 12 + "。", ".:" * 19 + "x", "1.1." * 9, "大" + " |" * 18 + "x"]
    assert found(page(BODY, *lines)) == dict.fromkeys(lines, False)
    assert found(page("敲" * 200_000, BODY, BODY[:5] * 20_000)) != {}


@pytest.mark.timeout(20)
def test_a_text_of_one_character_over_and_over_stalls_nothing() -> None:
    assert lines_around(TITLE, ("敲" * 240_000,), "敲" * 480_000) == ()
    assert lines_around(TITLE, ("敲" * 240_001,), "\n".join(["敲" * 7] * 68_000)) == ()
