"""What submission asks of a draft, how long its texts may be, and what an account gets."""

from dataclasses import replace

import pytest

from app.errors import FieldTooLongError
from app.models.content import (
    Attachment,
    Block,
    BlockKind,
    Content,
    Declarations,
    Form,
    Origin,
    Picture,
    Source,
    Variant,
    Video,
)
from app.models.draft import TEXT_LIMIT, TITLE_LIMIT, check_lengths, missing_for_submission
from app.models.draft_list import FILTER_STATES, DraftFilter

READY = Content(
    title="标题",
    blocks=(Block(BlockKind.PARAGRAPH, "正文。"),),
    account_ids=("a",),
    declarations=Declarations(no_secrets=True),
)
VIDEO = Video("a.mp4", 1, "0" * 64)


def picture(licence: str) -> Block:
    return Block(BlockKind.PICTURE, picture=Picture("0" * 64, "a.jpg", licence=licence))


def test_an_empty_draft_lacks_everything_in_the_order_of_the_form() -> None:
    assert missing_for_submission(Content()) == ("title", "body", "accounts", "no_secrets")


def test_a_ready_draft_lacks_nothing() -> None:
    assert missing_for_submission(READY) == ()


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"title": " 　\n"}, ("title",)),
        ({"blocks": ()}, ("body",)),
        ({"blocks": (Block(BlockKind.PARAGRAPH, " 　"),)}, ("body",)),
        ({"blocks": (Block(BlockKind.TABLE, rows=(("", " "),)),)}, ("body",)),
        ({"blocks": (picture("自拍"),)}, ()),
        ({"blocks": (picture(" "),)}, ("picture_licence",)),
        ({"variants": (Variant("a", "", (picture(""),)),)}, ("picture_licence",)),
        ({"account_ids": ()}, ("accounts",)),
        ({"declarations": Declarations(personal_data=True, ai_made=True)}, ("no_secrets",)),
        ({"form": Form.VIDEO, "blocks": ()}, ("video",)),
        ({"form": Form.VIDEO, "blocks": (), "video": VIDEO}, ()),
        ({"form": Form.LIVE, "blocks": ()}, ("body",)),
        ({"source": Source(Origin.REPOST)}, ("source_unit", "source_title", "source_link")),
        ({"title": "\u200b\u3000"}, ("title",)),
        ({"blocks": (Block(BlockKind.PARAGRAPH, "\u200b"),)}, ("body",)),
        ({"blocks": (picture("\u2060"),)}, ("picture_licence",)),
        ({"source": Source(Origin.REPOST, "\u200b", "\ufeff", "无")}, ("source_unit", "source_title", "source_link")),
        ({"source": Source(Origin.REPOST, "示例局", "原标题", "javascript:alert(1)")}, ("source_link",)),
        ({"source": Source(Origin.REPOST, "示例局", " ", "晋示〔2026〕1号")}, ("source_title",)),
        ({"source": Source(Origin.REPOST, "示例局", "原标题", "https://example.gov.cn")}, ()),
        ({"source": Source(Origin.ORIGINAL)}, ()),
    ],
)
def test_each_missing_field_is_named(change: dict[str, object], missing: tuple[str, ...]) -> None:
    assert missing_for_submission(replace(READY, **change)) == missing  # type: ignore[arg-type]


LONG = (Block(BlockKind.PARAGRAPH, "字" * (TEXT_LIMIT // 2)), Block(BlockKind.PARAGRAPH, "字" * (TEXT_LIMIT // 2)))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "字" * (TITLE_LIMIT + 1)}, "title"),
        ({"summary": "字" * (TEXT_LIMIT + 1)}, "summary"),
        ({"blocks": LONG}, "body"),
        ({"variants": (Variant("a", "字" * (TITLE_LIMIT + 1)),)}, "variant_title"),
        ({"variants": (Variant("a", "", LONG),)}, "variant_body"),
    ],
)
def test_a_text_one_character_too_long_is_refused(change: dict[str, object], field: str) -> None:
    with pytest.raises(FieldTooLongError) as refused:
        check_lengths(replace(READY, **change))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert refused.value.length == refused.value.limit + 1


def test_texts_of_exactly_the_limit_are_taken() -> None:
    check_lengths(replace(READY, title="字" * TITLE_LIMIT, summary="字" * TEXT_LIMIT))


def test_an_account_gets_its_variant_and_falls_back_to_the_main_text() -> None:
    short = (Block(BlockKind.PARAGRAPH, "短。"),)
    content = replace(READY, variants=(Variant("a", "短标题"), Variant("b", "", short)))
    assert (content.title_for("a"), content.blocks_for("a")) == ("短标题", READY.blocks)
    assert (content.title_for("b"), content.blocks_for("b")) == ("标题", short)
    assert (content.title_for("c"), content.blocks_for("c")) == ("标题", READY.blocks)


def test_the_files_of_a_content_are_pictures_attachments_and_covers_but_not_the_video_itself() -> None:
    content = replace(
        READY,
        blocks=(Block(BlockKind.PICTURE, picture=Picture("1", "a")),),
        variants=(Variant("a", "", (Block(BlockKind.PICTURE, picture=Picture("2", "b")),)),),
        attachments=(Attachment("3", "c", 1),),
        video=Video("v", 1, "4", cover_sha256="5"),
    )
    assert content.file_digests() == {"1", "2", "3", "5"}
    assert READY.file_digests() == frozenset()


def test_the_plain_body_reads_tables_and_captions_too() -> None:
    blocks = (
        Block(BlockKind.HEADING, "一", level=1),
        Block(BlockKind.TABLE, rows=(("甲", "乙"), ("丙", "丁"))),
        Block(BlockKind.PICTURE, picture=Picture("1", "a", "说明")),
    )
    assert replace(READY, blocks=blocks).plain_body == "一\n甲\t乙\n丙\t丁\n说明"


def test_every_state_is_found_under_exactly_one_chip() -> None:
    chips = [state for states in FILTER_STATES.values() for state in states]
    assert len(chips) == len(set(chips)) == 8
    assert set(DraftFilter) - set(FILTER_STATES) == {DraftFilter.ALL, DraftFilter.MINE}
