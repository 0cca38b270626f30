"""The text check over a whole draft: every text of it, once, and what still stands in the way."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.models.content import (
    Attachment,
    Block,
    BlockKind,
    Content,
    Declarations,
    Picture,
    Source,
    Variant,
    Video,
)
from app.models.finding import Finding, RuleKind
from app.services.text_checks import TextChecks, answer_key, texts_of, unanswered
from app.textcheck.lexicon import Lexicon, load_lexicon
from app.textcheck.rules import check

MOBILE = "13800138000"
VALID_ID = "11010519491231002X"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(Path(__file__).resolve().parents[2] / "resources" / "lexicon")


@pytest.fixture
def checks(lexicon: Lexicon) -> TextChecks:
    return TextChecks(lexicon)


def paragraphs(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)


def fields(checks: TextChecks, content: Content) -> list[tuple[str, str]]:
    return [(f.field, f.finding.rule) for f in checks.check_content(content)]


def test_every_text_of_a_draft_is_read_in_reading_order(checks: TextChecks) -> None:
    content = Content(
        title=f"标题{MOBILE}",
        summary=f"摘要{MOBILE}",
        blocks=(
            Block(BlockKind.HEADING, f"小标题{MOBILE}", level=1),
            Block(BlockKind.TABLE, rows=(("姓名", "电话"), ("张三", MOBILE))),
            Block(BlockKind.PICTURE, picture=Picture("a" * 64, f"{MOBILE}.jpg", f"说明{MOBILE}", f"授权{MOBILE}")),
            Block(BlockKind.BULLET, MOBILE),
            Block(BlockKind.NUMBERED, MOBILE),
        ),
        attachments=(Attachment("b" * 64, "名单.xlsx", 1), Attachment("c" * 64, f"{MOBILE}.xlsx", 1)),
        video=Video(f"{MOBILE}.mp4", 1, "d" * 64),
        variants=(Variant("acc-1", f"标题{MOBILE}", paragraphs(MOBILE)),),
        source=Source(unit=f"单位{MOBILE}", original_title=f"原题{MOBILE}", link_or_paper=f"来电{MOBILE}"),
        declarations=Declarations(map_number=f"闽S{MOBILE}"),
    )
    assert [field for field, _ in fields(checks, content)] == [
        *("title", "summary", "block:0", "block:1:row:1:cell:1", "block:2", "block:2:licence", "block:3", "block:4"),
        *("variant:acc-1:title", "variant:acc-1:block:0", "attachment:1", "video"),
        *("source_unit", "source_title", "source_link"),
    ]
    assert ("map_number", f"闽S{MOBILE}") in texts_of(content)
    assert all(text for _, text in texts_of(content))


def test_an_empty_draft_has_no_texts(checks: TextChecks) -> None:
    assert (texts_of(Content()), checks.check_content(Content())) == ((), ())


def test_a_mark_alone_counts_at_the_head_of_a_body_not_below(checks: TextChecks) -> None:
    assert fields(checks, Content(blocks=paragraphs("", "秘密", "正文"))) == [("block:1", "secrecy_mark")]
    assert fields(checks, Content(blocks=paragraphs(*["正文"] * 6, "秘密"))) == []
    assert fields(checks, Content(blocks=paragraphs(*["正文"] * 6, "秘密★"))) == [("block:6", "secrecy_mark")]
    own = Content(variants=(Variant("acc-1", "", paragraphs("机密")),))
    assert fields(checks, own) == [("variant:acc-1:block:0", "secrecy_mark")]


def test_a_table_of_levels_below_the_head_is_no_mark(checks: TextChecks) -> None:
    table = Block(BlockKind.TABLE, rows=(("密级", "件数"), ("绝密", "0"), ("机密", "0"), ("秘密", "2")))
    assert fields(checks, Content(blocks=(*paragraphs(*["正文"] * 6), table))) == []


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("机密", "★1年", "机密"),
        ("密级：机密  ", " ★1年", "机密"),
        ("附件\n绝", "密★", "绝"),
        ("秘密（", "★长期）", "秘密（"),
    ],
)
def test_a_mark_split_over_two_blocks_is_found(first: str, second: str, words: str, checks: TextChecks) -> None:
    content = Content(blocks=paragraphs(*["正文"] * 6, first, second))
    [mark] = checks.secrecy_marks(content)
    start, length = mark.finding.start, mark.finding.length
    assert (mark.field, first[start : start + length]) == ("block:6", words)
    assert first.split("\n")[mark.finding.line - 1][mark.finding.column - 1 :].startswith(words)
    assert mark.answer_key == f"secrecy_mark:{words}"


def test_a_mark_split_over_two_cells_is_found_once(checks: TextChecks) -> None:
    table = Block(BlockKind.TABLE, rows=(("机密", "★1年"),))
    assert fields(checks, Content(blocks=(table,))) == [("block:0:row:0:cell:0", "secrecy_mark")]


def test_stars_after_other_words_are_no_split_mark(checks: TextChecks) -> None:
    assert fields(checks, Content(blocks=paragraphs(*["正文"] * 6, "注意保密", "★小贴士", "国家秘密", "密度"))) == []


def test_a_mark_is_answered_by_its_very_words_and_a_rule_for_the_draft(checks: TextChecks) -> None:
    content = Content(title="机密★1年", blocks=paragraphs("绝密★", f"{MOBILE}、13900139000"))
    found = checks.check_content(content)
    answers = (("secrecy_mark:机密★1年", "展览说明"), ("mobile", "办公电话"), ("secrecy_mark:绝密★", "  "))
    assert [(f.field, f.answer_key) for f in unanswered(found, answers)] == [("block:0", "secrecy_mark:绝密★")]


def test_no_reason_is_taken_for_id_and_card_numbers(checks: TextChecks) -> None:
    found = checks.check_content(Content(title=VALID_ID))
    assert unanswered(found, (("id_card", "本人同意"),)) == found


def test_a_warning_does_not_stand_in_the_way(checks: TextChecks) -> None:
    found = checks.check_content(Content(title="服务最佳"))
    assert ([f.finding.rule for f in found], unanswered(found, ())) == (["absolute_word"], ())


def test_after_a_key_press_only_the_changed_block_is_read_again(
    checks: TextChecks, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def noted(text: str, lexicon: Lexicon, *, head: bool = True) -> tuple[Finding, ...]:
        read.append(text)
        return check(text, lexicon, head=head)

    monkeypatch.setattr("app.services.text_checks.check", noted)
    content = Content(title="标题", blocks=paragraphs(*(f"第{n}段{MOBILE}" for n in range(40))))
    first = checks.check_content(content)
    assert len(read) == 41
    read.clear()
    changed = replace(content, blocks=(*content.blocks[:20], *paragraphs("改过"), *content.blocks[21:]))
    second = checks.check_content(changed)
    assert read == ["改过"]
    assert [f for f in second if f.field != "block:20"] == [f for f in first if f.field != "block:20"]
    assert checks.secrecy_marks(changed) == ()
    assert read == ["改过"]


def test_what_is_remembered_stays_small_and_holds_no_text(
    checks: TextChecks, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.text_checks._REMEMBERED", 10)
    fresh = TextChecks(lexicon)
    for number in range(35):
        assert [f.rule for f in fresh.check_text(f"第{number}次 机密★1年 {MOBILE}")] == ["secrecy_mark", "mobile"]
    assert len(fresh._known) <= 10
    assert "机密" not in repr(fresh._known)
    assert MOBILE not in repr(fresh._known)


def test_the_same_words_are_told_apart_at_the_head_and_below(checks: TextChecks) -> None:
    content = Content(blocks=paragraphs("秘密", *["正文"] * 6, "秘密"))
    assert fields(checks, content) == [("block:0", "secrecy_mark")]


def test_half_a_character_does_not_stop_the_check(checks: TextChecks) -> None:
    assert [f.rule for f in checks.check_text(f"\ud800{MOBILE}")] == ["mobile"]


def test_cards_and_version_are_those_of_the_rules(checks: TextChecks, lexicon: Lexicon) -> None:
    assert checks.lexicon_version == lexicon.version
    assert {card.kind for card in checks.cards} == set(RuleKind)
    [finding] = checks.check_text(MOBILE)
    assert answer_key(finding, MOBILE) == "mobile"
