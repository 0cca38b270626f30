"""The search: any Chinese word of one character or more, and no input that is more than words."""

import random
import sqlite3
import time
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils.db import Database

from app.storage.database import connect, transaction
from app.storage.migrations import bring_up_to_date
from app.storage.search_index import SearchIndex, excerpt, match_expression, tokens


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    bring_up_to_date(tmp_path / "xianshen.db")
    with closing(connect(tmp_path / "xianshen.db")) as opened:
        yield opened


@pytest.fixture
def index(db: Database) -> SearchIndex:
    return SearchIndex(db)


def found(index: SearchIndex, words: str, limit: int = 20) -> list[str]:
    return [subject for _, subject, _ in index.find(words, limit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("国庆值班", ["国", "庆", "值", "班"]),
        ("GDP增长5.2％", ["gdp", "增", "长", "5", "2"]),
        ("ＧＤＰ２０２６", ["gdp2026"]),
        ("晋示审〔2026〕118号", ["晋", "示", "审", "2026", "118", "号"]),
        ("𬭎𬘡𫖯", ["𬭎", "𬘡", "𫖯"]),
        ("𰻞面 \U00031350", ["𰻞", "面", "\U00031350"]),
        ("\ue123公文", ["\ue123", "公", "文"]),
        ("⼀〇々", ["一", "〇", "々"]),
        ("葛\U000e0101城 国\u200b庆 Wei\u00adbo", ["葛", "城", "国", "庆", "weibo"]),
        ("カタカナ한국ㄅ", ["カ", "タ", "カ", "ナ", "한", "국", "ㄅ"]),
        ("Straße Émile", ["strasse", "émile"]),
        ("a_b+c-d@e.com", ["a", "b", "c", "d", "e", "com"]),
        ("，。！“”★😀\x00\t", []),
        ("", []),
    ],
)
def test_each_character_is_a_word_and_letters_and_digits_stay_whole(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("庆", ["b", "a"]),
        ("国庆", ["b", "a"]),
        ("国庆 值班", ["a"]),
        ("国庆\u3000值班", ["a"]),
        ("庆国", []),
        ("𬭎", ["c"]),
        ("𬭎𬘡", ["c"]),
        ("gdp", ["c"]),
        ("ＧＤＰ", ["c"]),
        ("GD", []),
        ("晋示审〔2026〕118号", ["a"]),
        ("〔2026〕118号", ["a"]),
        ("118", ["a"]),
        ("18", []),
        ("2026", ["b", "a"]),
        ("排 国庆", ["a"]),
        ("排国庆", []),
    ],
)
def test_words_are_found_newest_first(index: SearchIndex, words: str, hits: list[str]) -> None:
    index.put("draft", "a", "2026-09", ("晋示审〔2026〕118号 〔2026〕118号", "关于国庆值班的安排", "国庆假期"))
    index.put("draft", "b", "2026-10", ("晋示审〔2026〕119号", "国\n庆回顾"))
    index.put("draft", "c", "2026-10", ("", "𬭎𬘡𫖯走访", "ＧＤＰ增长"))
    assert found(index, words) == hits


def test_no_phrase_reaches_from_one_text_into_the_next(index: SearchIndex) -> None:
    index.put("draft", "a", "2026-09", ("防汛", "演练 ¶ 通知"))
    assert found(index, "汛演") == []
    assert found(index, "演练通知") == ["a"]
    assert found(index, "¶") == []


def test_putting_again_replaces_and_makes_newest(index: SearchIndex) -> None:
    for subject in ("a", "b", "c"):
        index.put("draft", subject, "2026-09", ("防汛演练",))
    index.put("draft", "a", "2026-10", ("防汛总结",))
    assert found(index, "防汛") == ["a", "c", "b"]
    assert found(index, "演练") == ["c", "b"]
    assert found(index, "防汛", 2) == ["a", "c"]
    assert found(index, "防汛", 0) == []
    index.put("publication", "a", "2026-10", ("防汛",))
    assert index.find("防汛", 1) == (("publication", "a", "防汛"),)
    index.remove("draft", "a")
    index.remove("draft", "none")
    assert found(index, "总结") == []
    assert found(index, "防汛") == ["a", "c", "b"]


HOSTILE = [
    *('"', "'", '""', '"国庆', '国"庆', "国*", "*", "国 OR 庆", "NOT 国", "AND", "OR", "国 AND", "NEAR(国 庆)", "^国"),
    *(
        "body:国",
        "{body}:国",
        "(国",
        ")",
        "-国",
        "+",
        "国 + 庆",
        "--",
        ";DROP TABLE draft",
        "\x00",
        "国\x00庆",
        "\\",
        "%",
    ),
    *("_", "?", ":a", "@a", "$a", "\ud800", "国\udfff", "¶", " ", "\n", "😀", "\u202e国", "a" * 70_000, "国" * 70_000),
    " ".join(f"w{n}" for n in range(3_000)),
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_no_input_is_syntax(index: SearchIndex, words: str) -> None:
    index.put("draft", "a", "2026-09", ("国庆 or and not near body drop table draft a",))
    wanted = [tokens(word) for word in words.split()]
    body = " ".join(tokens("国庆 or and not near body drop table draft a"))
    expected = any(wanted) and all(f" {' '.join(word)} " in f" {body} " for word in wanted if word)
    assert found(index, words) == (["a"] if expected else [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_can_be_put_and_any_words_searched(index: SearchIndex, text: str, words: str) -> None:
    index.put("draft", "a", "2026-09", (text,))
    index.find(words, 5)
    if tokens(text):
        # Its own words find it, whatever they are.
        assert found(index, text) == ["a"]
        for token in tokens(text):
            assert found(index, token) == ["a"]
    assert match_expression(words).count('"') % 2 == 0


@pytest.mark.parametrize(
    ("body", "words", "expected"),
    [
        ("关于国庆值班的安排", "国庆", "关于国庆值班的安排"),
        ("前" * 100 + "国庆" + "后" * 100, "国庆", "…" + "前" * 24 + "国庆" + "后" * 24 + "…"),
        ("一\n二\t 三国\n庆", "国庆", "一 二 三国 庆"),
        ("甲" * 60 + "ＧＤＰ２０２６" + "乙" * 60, "gdp2026", "…" + "甲" * 24 + "ＧＤＰ２０２６" + "乙" * 24 + "…"),
        ("丙" * 60 + "ﬁnal", "FINAL", "…" + "丙" * 24 + "ﬁnal"),
        ("İ" * 60 + "GDP", "gdp", "…" + "İ" * 24 + "GDP"),
        ("没有那个词", "国庆", "没有那个词"),
        ("", "国庆", ""),
    ],
)
def test_an_excerpt_shows_the_find_as_it_was_written(body: str, words: str, expected: str) -> None:
    assert excerpt(body, words) == expected


SECRETS = ("机密★三十年", "绝密行军𬭎", "zhujidian7788", "𰻞")


def readable(path: Path, *words: str) -> list[str]:
    """Return which of the words, whole or character by character, stand in the raw bytes of a file."""
    raw = path.read_bytes()
    parts = {part for word in words for part in (word, " ".join(tokens(word)), *tokens(word))}
    return sorted(part for part in parts if part.encode("utf-8") in raw)


@pytest.mark.parametrize("how", ["removed", "replaced"])
def test_removed_words_are_nowhere_in_the_file_after_optimize(tmp_path: Path, db: Database, how: str) -> None:
    path, rng = tmp_path / "xianshen.db", random.Random(5)
    index = SearchIndex(db)
    for number in range(300):
        with transaction(db, immediate=True):
            index.put("draft", f"d{number % 40}", "2026-09", ("".join(rng.choices("甲乙丙丁戊己庚辛壬癸", k=300)),))
            if number == 150:
                index.put("draft", "secret", "2026-09", SECRETS)
    assert readable(path, *SECRETS)
    with transaction(db, immediate=True):
        index.remove("draft", "secret")
        if how == "replaced":
            index.put("draft", "secret", "2026-09", ("空",))
    with transaction(db, immediate=True):
        index.optimize()
    assert readable(path, *SECRETS) == []
    assert found(index, "甲")


def test_without_optimize_removed_words_stay_readable(tmp_path: Path, db: Database) -> None:
    """The control of the test above: the bytes are really searched."""
    index = SearchIndex(db)
    with transaction(db, immediate=True):
        index.put("draft", "secret", "2026-09", SECRETS)
        index.put("draft", "other", "2026-09", ("其他",))
    with transaction(db, immediate=True):
        index.remove("draft", "secret")
    assert readable(tmp_path / "xianshen.db", *SECRETS)


def test_words_put_and_removed_in_one_go_are_gone_after_optimize(tmp_path: Path, db: Database) -> None:
    index = SearchIndex(db)
    with transaction(db, immediate=True):
        index.put("draft", "secret", "2026-09", SECRETS)
        index.remove("draft", "secret")
        index.optimize()
    assert readable(tmp_path / "xianshen.db", *SECRETS) == []
    assert unicodedata.normalize("NFKC", SECRETS[0]) == SECRETS[0]


LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
WEIGHTS = [1 / (rank + 3) for rank in range(3000)]


def fill(db: Database, drafts: int, characters: int) -> None:
    """Index drafts of characters as frequent as in real text."""
    rng, index = random.Random(2026), SearchIndex(db)
    with transaction(db, immediate=True):
        for number in range(drafts):
            text = "".join(rng.choices(LETTERS, WEIGHTS, k=characters))
            index.put("draft", f"draft-{number}", "2026-09", (text[:30], text[30:]))


def ratios(db: Database, pairs: list[str]) -> list[float]:
    """Compare a search for each pair with the same bare MATCH in sqlite3, the best of five each."""
    index, found = SearchIndex(db), []
    path = db.execute("PRAGMA database_list").fetchone()[2]
    with closing(sqlite3.connect(path)) as bare:
        for pair in pairs:
            expression = match_expression(pair)
            times: tuple[list[float], list[float]] = ([], [])
            for _ in range(5):
                begin = time.perf_counter()
                bare.execute("SELECT rowid FROM search_text WHERE search_text MATCH ?", (expression,)).fetchall()
                times[0].append(time.perf_counter() - begin)
                begin = time.perf_counter()
                index.find(pair, 20)
                times[1].append(time.perf_counter() - begin)
            found.append(min(times[1]) / min(times[0]))
    return found


def test_a_common_pair_reads_no_more_bodies_than_it_shows(db: Database) -> None:
    fill(db, 400, 300)
    plan = db.execute(
        """EXPLAIN QUERY PLAN SELECT document.body FROM search_text
        CROSS JOIN search_document AS document ON document.id = search_text.rowid
        WHERE search_text MATCH '"一"' ORDER BY search_text.rowid DESC LIMIT 20"""
    ).fetchall()
    told = " ".join(row[3] for row in plan)
    assert "TEMP B-TREE" not in told
    assert "SEARCH document USING INTEGER PRIMARY KEY" in told


@pytest.mark.release
def test_a_search_over_ten_years_takes_at_most_three_times_the_bare_match(db: Database) -> None:
    fill(db, 15_000, 733)
    pairs = [LETTERS[a] + LETTERS[b] for a, b in ((0, 1), (2, 5), (10, 40), (100, 7), (3, 900), (1200, 1500))]
    measured = ratios(db, pairs)
    begin = time.perf_counter()
    with transaction(db, immediate=True):
        SearchIndex(db).optimize()
    print(f"optimize: {time.perf_counter() - begin:.1f} s")
    print("two-character searches, times the bare MATCH:", [f"{ratio:.2f}" for ratio in measured])
    assert max(measured) <= 3
