"""What cannot be kept is taken out of a text; everything else stays as it was typed."""

import pytest

from app.models.content import Block, BlockKind, Content
from app.models.storable import storable, storable_record


@pytest.mark.parametrize("text", ["", "𬭎𬘡𫖯", "一\t二\n三\r\n四", "👩‍💻", "\u200b零宽", "\ue000", "<img>"])
def test_what_can_be_kept_stays_the_very_same(text: str) -> None:
    assert storable(text) is text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("半个\ud842字", "半个\ufffd字"),
        ("空\x00字符", "空字符"),
        ("换行\x0b分页\x0c完", "换行\n分页\n完"),
        ("\ufffe\uffff\x1b[0m\x7f", "[0m"),
    ],
)
def test_what_cannot_be_kept_does_not_stay(typed: str, kept: str) -> None:
    assert storable(typed) == kept


def test_every_text_of_a_record_is_cleaned_and_nothing_else_touched() -> None:
    table = Block(BlockKind.TABLE, rows=(("a\x00", "b"), ("c", "\udfffd")))
    clean = Block(BlockKind.PARAGRAPH, "照旧")
    content = storable_record(Content(title="标\x00题", blocks=(table, clean), account_ids=("a1",)))
    assert content == Content(
        title="标题",
        blocks=(Block(BlockKind.TABLE, rows=(("a", "b"), ("c", "\ufffdd"))), clean),
        account_ids=("a1",),
    )
    assert storable_record(content) is content
    assert content.blocks[1] is clean
