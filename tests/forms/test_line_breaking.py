import random
from itertools import pairwise

import pytest

from app.forms.line_breaking import CANNOT_END, CANNOT_START, break_lines, stretchable
from tests.forms.specimens import HOSTILE, fonts

SAMPLE = (
    "省委、市委（含区委）通知：“即日起，‘一网通办’升级！”详见《通知》（2026年第3号）；咨询热线：12345……"
    "请各街道——含乡镇——于11月30日前〔含当日〕报送【总结】。"
)
FACE = fonts().family().text


def shuffled(seed: int) -> str:
    letters = list(SAMPLE * 3)
    random.Random(seed).shuffle(letters)
    return "".join(letters)


@pytest.mark.parametrize("measure", range(10, 29))
def test_no_line_begins_or_ends_with_a_mark_that_may_not_stand_there(measure: int) -> None:
    for text in (SAMPLE, SAMPLE * 4, "我" + SAMPLE * 4, "一二三" + SAMPLE * 4):
        lines = break_lines(text, FACE, measure)
        for line in lines[1:]:
            assert line.text[0] not in CANNOT_START, line.text
        for line in lines[:-1]:
            assert line.text[-1] not in CANNOT_END, line.text


@pytest.mark.parametrize("seed", range(12))
def test_marks_in_any_order_keep_the_rule_wherever_a_break_is_possible(seed: int) -> None:
    text = shuffled(seed)
    for measure in range(10, 29, 3):
        lines = break_lines(text, FACE, measure)
        for before, after in pairwise(lines):
            breaks_badly = after.text[0] in CANNOT_START or before.text[-1] in CANNOT_END
            # Only a run of marks as long as a whole line leaves no place to break at.
            assert not breaks_badly or all(char in CANNOT_START | CANNOT_END for char in before.text)


@pytest.mark.parametrize("text", [SAMPLE, *HOSTILE])
@pytest.mark.parametrize("measure", [1.0, 3.3, 12.0, 44.5])
def test_no_word_is_lost_and_no_line_is_wider_than_its_measure(text: str, measure: float) -> None:
    text = text.replace("\n", " ")
    lines = break_lines(text, FACE, measure)
    assert "".join("".join(line.text.split()) for line in lines) == "".join(text.split())
    for line in lines:
        assert line.width <= measure + 1e-6 or len(line.text) == 1


def test_a_paragraph_ends_where_the_text_says_so() -> None:
    lines = break_lines("一二三四五\n\n六七", FACE, 3.0)
    assert [(line.text, line.ends) for line in lines] == [
        ("一二三", False),
        ("四五", True),
        ("", True),
        ("六七", True),
    ]


def test_the_first_line_of_a_paragraph_leaves_room_for_its_indent() -> None:
    assert [line.text for line in break_lines("一二三四五六七", FACE, 4.0, indent=2.0)] == ["一二", "三四五六", "七"]


def test_latin_words_and_numbers_stay_whole() -> None:
    lines = [line.text for line in break_lines("系统使用 Windows 10 以及 Python 3.11 版本", FACE, 8.0)]
    assert any("Windows" in line for line in lines)
    assert any("3.11" in line for line in lines)


def test_a_long_address_is_broken_after_one_of_its_marks() -> None:
    first = break_lines("网址https://example.gov.cn/art/2026/11/23/art_12345_6789012.html", FACE, 15.0)[0]
    assert first.text[-1] in "/_.:-"


def test_only_the_places_between_chinese_characters_are_widened() -> None:
    assert stretchable("字")
    assert stretchable(" ")
    assert not stretchable("W")
    assert not stretchable("7")
