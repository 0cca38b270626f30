"""The content fingerprint: canonical, readable again, and changed by every single field."""

import dataclasses
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
from app.models.fingerprint import canonical, fingerprint, parse_content

DECISIONS = Path(__file__).parents[2] / "DECISIONS.md"

DIGEST_A, DIGEST_B = "a" * 64, "b" * 64

FULL = Content(
    title="晋安区开展防汛应急演练",
    summary="摘要一句",
    form=Form.ARTICLE,
    blocks=(
        Block(BlockKind.HEADING, "一、基本情况", level=1),
        Block(BlockKind.PARAGRAPH, "𬭎𬘡𫖯同志到场，12345 热线“值守”。"),
        Block(BlockKind.TABLE, rows=(("街道", "人数"), ("示例街道", "35"))),
        Block(BlockKind.PICTURE, picture=Picture(DIGEST_A, "现场.jpg", "演练现场", "本单位拍摄")),
    ),
    attachments=(Attachment(DIGEST_B, "方案.pdf", 12_345),),
    video=Video("演练.mp4", 123_456_789, DIGEST_B, 95, DIGEST_A),
    account_ids=("acc-1", "acc-2"),
    variants=(Variant("acc-2", "短标题", (Block(BlockKind.PARAGRAPH, "短文。"),)),),
    source=Source(Origin.REPOST, "示例局", "原标题", "https://example.gov.cn/1"),
    declarations=Declarations(no_secrets=True, personal_data=False, ai_made=True, map_number="闽S〔2026〕1号"),
)

words = st.text(max_size=12)
digests = st.sampled_from((DIGEST_A, DIGEST_B, "0" * 64))
pictures = st.builds(Picture, digests, words, words, words)
blocks = st.one_of(
    st.builds(Block, st.sampled_from((BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.NUMBERED)), words),
    st.builds(Block, st.just(BlockKind.HEADING), words, st.integers(1, 3)),
    st.builds(
        Block,
        st.just(BlockKind.TABLE),
        rows=st.lists(st.lists(words, max_size=3).map(tuple), max_size=3).map(tuple),
    ),
    st.builds(Block, st.just(BlockKind.PICTURE), picture=pictures),
)
bodies = st.lists(blocks, max_size=4).map(tuple)
contents = st.builds(
    Content,
    title=words,
    summary=words,
    form=st.sampled_from(Form),
    blocks=bodies,
    attachments=st.lists(st.builds(Attachment, digests, words, st.integers(0, 2**40)), max_size=2).map(tuple),
    video=st.none()
    | st.builds(Video, words, st.integers(0, 2**40), digests, st.none() | st.integers(0, 9_999), digests | st.just("")),
    account_ids=st.lists(words, max_size=3).map(tuple),
    variants=st.lists(st.builds(Variant, words, words, bodies), max_size=2).map(tuple),
    source=st.builds(Source, st.sampled_from(Origin), words, words, words),
    declarations=st.builds(Declarations, st.booleans(), st.booleans(), st.booleans(), words),
)

VECTORS = [
    (Content(), "f184cb0e4231e8eeff03104d6c6f23e80fb789f1aef0dae48fd9c30c4f1255df"),
    (
        Content(
            title="晋安区开展防汛应急演练",
            blocks=(Block(BlockKind.PARAGRAPH, "今天上午，示例街道开展演练。"),),
            account_ids=("acc-1",),
            declarations=Declarations(no_secrets=True),
        ),
        "1aa4db931eb8802ad255b601cf2caba7aef2e5e63fcd6510c46318906388fe8c",
    ),
    (FULL, "822fd6295eca0705abbaab5f642c4e71e65ff576c0d5cad689464a78fb8cd6d3"),
]


@pytest.mark.parametrize(("content", "expected"), VECTORS, ids=("empty", "short", "full"))
def test_the_fingerprint_of_a_known_content_never_changes(content: Content, expected: str) -> None:
    assert fingerprint(content) == expected


def test_the_vectors_written_in_the_decisions_are_these_and_hold_for_anyone_with_sha256() -> None:
    section = DECISIONS.read_text("utf-8").split("## Fingerprint test vectors")[1].split("\n## ")[0]
    written = re.findall(r"```json\n(.*?)\n```\n+SHA-256: `([0-9a-f]{64})`", section)
    assert written == [(canonical(content), expected) for content, expected in VECTORS]
    for text, expected in written:
        assert hashlib.sha256(b"xianshen-content/1\n" + text.encode()).hexdigest() == expected


@given(contents)
@settings(max_examples=150, deadline=None)
def test_a_content_is_read_back_exactly(content: Content) -> None:
    assert parse_content(canonical(content)) == content


@given(contents, contents)
@settings(max_examples=100, deadline=None)
def test_two_contents_are_the_same_exactly_when_their_fingerprints_are(left: Content, right: Content) -> None:
    assert (left == right) == (fingerprint(left) == fingerprint(right))


def test_the_canonical_text_is_sorted_and_has_no_blanks_outside_texts() -> None:
    text = canonical(FULL)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert "𬭎𬘡𫖯" in text
    assert "\\u" not in text


def test_composed_and_decomposed_letters_are_different_contents() -> None:
    assert fingerprint(Content(title="é")) != fingerprint(Content(title="e\u0301"))


def _others(value: Any) -> list[Any]:
    """Every value that differs from `value` in exactly one place."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [
            replace(value, **{f.name: other})
            for f in dataclasses.fields(value)
            for other in _others(getattr(value, f.name))
        ]
    if isinstance(value, tuple):
        changed = [(*value[:i], other, *value[i + 1 :]) for i, item in enumerate(value) for other in _others(item)]
        shorter = [value[:i] + value[i + 1 :] for i in range(len(value))]
        turned = [value[::-1]] if value != value[::-1] else []
        return changed + shorter + turned
    if isinstance(value, Form | Origin | BlockKind):
        return [other for other in type(value) if other is not value]
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, str):
        return [value + " ", value + "。", value[:-1] if value else "字"]
    if isinstance(value, int):
        return [value + 1]
    return [Picture("c" * 64, "x")] if value is None else []


def test_a_change_of_any_single_field_changes_the_fingerprint() -> None:
    changed = [fingerprint(other) for other in _others(FULL)]
    assert len(changed) > 120
    assert fingerprint(FULL) not in changed


def test_every_field_of_every_part_is_written() -> None:
    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value) | set().union(*(keys(v) for v in value.values()))
        return set().union(*(keys(v) for v in value)) if isinstance(value, list) else set()

    parts = (Content, Block, Picture, Attachment, Video, Variant, Source, Declarations)
    assert keys(json.loads(canonical(FULL))) == {f.name for part in parts for f in dataclasses.fields(part)}


def test_planned_time_urgency_category_and_notes_do_not_exist_in_it() -> None:
    fields = {f.name for f in dataclasses.fields(Content)}
    assert fields.isdisjoint({"planned_at", "urgency", "category", "notes", "review_class", "silenced", "author_id"})
    for name in ("planned", "urgency", "category", "notes"):
        assert name not in canonical(FULL)
