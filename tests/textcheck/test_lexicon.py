"""Word lists are read from files, and their version tells what they said."""

from pathlib import Path

import pytest

from app.textcheck.lexicon import Lexicon, LexiconWord, load_lexicon


def words_in(lexicon: Lexicon, text: str) -> list[str]:
    return [text[start:end] for _, start, end in lexicon.find(text)]


def test_lists_of_both_kinds_are_read_together(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        'version = "2026.1"\n[[words]]\ntext = "最佳"\nbefore = ["…奖"]\n', encoding="utf-8"
    )
    (tmp_path / "b.txt").write_text("\ufeff# 单位自己的词\n\n神效  # 药品\n", encoding="utf-8")
    (tmp_path / "notes.md").write_text("顶级", encoding="utf-8")
    lexicon = load_lexicon(tmp_path)
    assert [word.text for word in lexicon.words] == ["最佳", "神效"]
    assert words_in(lexicon, "最佳组织奖、最佳口感、神效、顶级") == ["最佳", "神效"]


def test_the_version_changes_with_the_words_but_not_with_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(b'version = "2026.1"\n[[words]]\ntext = "a"\n')
    first = load_lexicon(tmp_path).version
    file.write_bytes(b'version = "2026.1"\r\n[[words]]\r\ntext = "a"\r\n')
    assert load_lexicon(tmp_path).version == first
    file.write_bytes(b'version = "2026.1"\n[[words]]\ntext = "b"\n')
    changed = load_lexicon(tmp_path).version
    assert (changed != first, first.startswith("2026.1-"), len(first)) == (True, True, 15)


def test_a_later_list_replaces_a_word_of_an_earlier_one(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('version = "1"\n[[words]]\ntext = "词"\nbefore = ["语"]\n', encoding="utf-8")
    (tmp_path / "z.toml").write_text('version = "2"\n[[words]]\ntext = "词"\n', encoding="utf-8")
    assert words_in(load_lexicon(tmp_path), "词语") == ["词"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("甲乙", []), ("丙甲", []), ("甲", ["甲"]), ("甲丁", ["甲"]), ("甲一二三四五六七八戊", []), ("甲，戊", ["甲"])],
)
def test_neighbours_make_a_word_harmless(text: str, found: list[str]) -> None:
    assert words_in(Lexicon((LexiconWord("甲", before=("乙", "…戊"), after=("丙",)),), "1"), text) == found


def test_a_word_may_ask_for_what_follows() -> None:
    lexicon = Lexicon((LexiconWord("甲", before=("乙丙",), only_before=("乙", "丁")),), "1")
    assert [words_in(lexicon, text) for text in ("甲", "甲乙", "甲乙丙", "甲丁", "甲戊")] == [
        [],
        ["甲"],
        [],
        ["甲"],
        [],
    ]


def test_a_neighbour_may_be_the_end_of_the_clause() -> None:
    lexicon = Lexicon((LexiconWord("甲", only_before=("$", "乙$")),), "1")
    texts = ("甲", "甲。", "甲，乙", "甲 乙", "甲”", "甲乙", "甲乙；", "甲乙丙", "甲丙", "甲$")
    assert [text for text in texts if words_in(lexicon, text)] == [
        "甲",
        "甲。",
        "甲，乙",
        "甲 乙",
        "甲”",
        "甲乙",
        "甲乙；",
    ]


def test_several_words_may_share_their_neighbours(tmp_path: Path) -> None:
    content = 'version = "1"\n[[words]]\ntext = ["甲", "乙"]\nbefore = ["丙"]\n'
    (tmp_path / "a.toml").write_text(content, encoding="utf-8")
    assert words_in(load_lexicon(tmp_path), "甲丙乙丙甲乙") == ["甲", "乙"]


def test_the_longest_word_of_a_beginning_counts_and_places_are_code_points() -> None:
    lexicon = Lexicon((LexiconWord("最低"), LexiconWord("最低价")), "1")
    assert list(lexicon.find("𬭎最低价最低")) == [(lexicon.words[1], 1, 4), (lexicon.words[0], 4, 6)]


def test_neighbours_are_words_not_patterns() -> None:
    assert words_in(Lexicon((LexiconWord("甲", before=(".*",)),), "1"), "甲乙") == ["甲"]


@pytest.mark.parametrize(
    "content",
    [
        'version = "1"\n[[words]]\nbefore = ["a"]\n',
        'version = "1"\n[[words]]\ntext = ["a", ""]\n',
        'version = "1"\n[[words]]\ntext = []\n',
        'version = "1"\n[[words]]\ntext = "a"\nbefor = ["b"]\n',
        "version = ",
    ],
)
def test_a_list_that_cannot_be_read_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"."):
        load_lexicon(tmp_path)


def test_a_folder_without_lists_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_lexicon(tmp_path)


def test_the_shipped_lists_hold_no_names_of_people_or_offices(lexicon: Lexicon) -> None:
    assert len({word.text for word in lexicon.words}) == len(lexicon.words)
    assert lexicon.version.startswith("2026.")
