"""The word-by-word difference: it gives both texts back, finds what changed, and never stalls."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.difference import Change, Run, differences, same_words

texts = st.text(st.sampled_from("晋安区开展演练，。！ \n\tab12３"), max_size=80)


def one_blank(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip())


def side(runs: tuple[Run, ...], change: Change) -> str:
    return "".join(run.text for run in runs if run.change in {Change.SAME, change})


@given(texts, texts)
@settings(max_examples=300, deadline=None)
def test_same_and_removed_give_the_left_text_same_and_added_the_right(left: str, right: str) -> None:
    runs = differences(left, right)
    assert side(runs, Change.REMOVED) == one_blank(left)
    assert side(runs, Change.ADDED) == one_blank(right)
    assert all(run.text for run in runs)
    assert all(a.change is not b.change for a, b in itertools.pairwise(runs))


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(run.change is Change.SAME for run in differences(text, text))


def test_a_changed_number_is_shown_whole() -> None:
    runs = differences("参加演练1235人。", "参加演练1253人。")
    assert runs == (
        Run(Change.SAME, "参加演练"),
        Run(Change.REMOVED, "1235"),
        Run(Change.ADDED, "1253"),
        Run(Change.SAME, "人。"),
    )


def test_chinese_is_compared_by_character() -> None:
    assert Run(Change.REMOVED, "防") in differences("防汛演练", "消汛演练")


def test_a_platform_that_reflows_white_space_has_not_changed_a_word() -> None:
    assert same_words("第一段。\n\n第二段。", "第一段。　第二段。\u200b")
    assert not same_words("第一段。", "第一段！")


def sentences(count: int, start: int = 0) -> list[str]:
    return [
        "".join(chr(0x4E00 + (n * 37 + k * 11) % 900) for k in range(24)) + "。" for n in range(start, start + count)
    ]


def test_two_small_changes_far_apart_in_20000_characters_are_still_shown_by_word() -> None:
    lines = sentences(800)
    changed = list(lines)
    changed[10] = changed[10][:5] + "改" + changed[10][6:]
    changed[700] = changed[700][:-1] + "补充。"
    runs = differences("".join(lines), "".join(changed))
    assert sum(len(run.text) for run in runs if run.change is not Change.SAME) <= 6
    assert side(runs, Change.ADDED) == "".join(changed)


HOSTILE = {
    "unrelated": ("".join(sentences(800)), "".join(sentences(800, 5_000))[::-1]),
    "two letters": ("甲乙丙" * 6_667, "丙甲乙乙" * 5_000),
    "full stops only": ("。" * 20_000 + "甲", "乙" + "。" * 15_000),
    "one sentence": ("".join(sentences(800)).replace("。", "的"), "".join(sentences(790, 9)).replace("。", "了")),
    "every second word": (
        "".join("的" + chr(0x5000 + n) for n in range(10_000)),
        "".join("的" + chr(0x7800 + n) for n in range(10_000)),
    ),
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("name", HOSTILE)
def test_20000_characters_never_stall_the_window(name: str) -> None:
    left, right = HOSTILE[name]
    runs = differences(left, right)
    assert side(runs, Change.REMOVED) == left
    assert side(runs, Change.ADDED) == right
