from pathlib import Path

import pytest

from app.errors import FileUnreadableError
from app.intake.text_import import read_text_file


def read(tmp_path: Path, text: str) -> tuple[str, list[str], tuple[str, ...]]:
    path = tmp_path / "稿.txt"
    path.write_text(text, encoding="utf-8")
    imported = read_text_file(path)
    return imported.title, [block.text for block in imported.blocks], imported.notes


def test_a_first_line_set_apart_is_the_title(tmp_path: Path) -> None:
    title, body, notes = read(tmp_path, "\n　关于放假的通知\n\n　　各单位：\n　　放假三天。\n")
    assert (title, body) == ("关于放假的通知", ["各单位：", "放假三天。"])
    assert "不再重复" in notes[0]


def test_a_first_line_that_may_be_the_title_stays_in_the_text(tmp_path: Path) -> None:
    title, body, notes = read(tmp_path, "放假通知\n各单位：")
    assert (title, body) == ("放假通知", ["放假通知", "各单位："])
    assert "请核对" in notes[0]


@pytest.mark.parametrize("text", ["今天，全区放假。\n第二段。", "只有一行", "长" * 61 + "\n正文"])
def test_a_sentence_or_a_lone_line_is_no_title(tmp_path: Path, text: str) -> None:
    title, body, _ = read(tmp_path, text)
    assert title == ""
    assert body == text.split("\n")


def test_blank_lines_alone_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadableError) as refused:
        read(tmp_path, " \n　\n\t")
    assert refused.value.reason == "no_text"


def test_control_characters_and_private_ones_are_told(tmp_path: Path) -> None:
    _, body, notes = read(tmp_path, "第一段\x07有响铃。\n第二段\ue5e5。")
    assert body == ["第一段有响铃。", "第二段\ue5e5。"]
    assert [n for n in notes if "控制字符" in n]
    assert [n for n in notes if "自造字" in n]
