"""A draft reads back whole, and two hands never overwrite one another."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.errors import ChangedMeanwhileError, NotFoundError
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
from app.models.draft import Draft, DraftState, ReviewClass, Urgency
from app.models.month import Month
from app.models.numbering import OfficeNumber
from app.models.publication import Publication, PublicationKind
from app.storage.unit_of_work import Store
from tests.storage.office import CONTENT, NOW, decision, new_draft, put, submit

ODD = "𬭎𬘡𫖯'); DROP TABLE draft; --\x00\u202e\r\n“”《》"
FULL = Content(
    title=ODD,
    summary="摘要",
    form=Form.VIDEO,
    blocks=(
        Block(BlockKind.HEADING, "一、" + ODD, 1),
        Block(BlockKind.TABLE, rows=(("街道", "人数"), ("示例", "35"))),
        Block(BlockKind.PICTURE, picture=Picture("a" * 64, "现场.jpg", "说明", "本单位拍摄")),
    ),
    attachments=(Attachment("b" * 64, "方案.pdf", 12345),),
    video=Video("演练.mp4", 123_456_789_012, "c" * 64, 95, "d" * 64),
    account_ids=("weibo", "wechat"),
    variants=(Variant("weibo", "短标题", (Block(BlockKind.PARAGRAPH, "短。"),)),),
    source=Source(Origin.REPOST, "示例局", "原标题", "https://example.gov.cn/1"),
    declarations=Declarations(True, True, True, "闽S〔2026〕1号"),
)
DRAFT = Draft(
    "full",
    "author",
    DraftState.RETURNED,
    FULL,
    OfficeNumber("晋示审", 2026, 118),
    3,
    ReviewClass.SENSITIVE,
    Urgency.URGENT,
    "通知公告",
    NOW + timedelta(days=3),
    "备注",
    (("phone:0", "值班电话"), ("mark:1", "误报")),
    NOW,
    NOW + timedelta(microseconds=1),
    7,
)


def test_every_field_reads_back(store: Store) -> None:
    with store.writing() as unit:
        unit.drafts.add(DRAFT)
    with store.reading() as unit:
        assert unit.drafts.get("full") == DRAFT
        assert unit.drafts.author_of("full") == "author"


def test_an_empty_draft_reads_back(store: Store) -> None:
    empty = new_draft(content=Content())
    with store.writing() as unit:
        assert put(unit, empty) == empty
        assert unit.drafts.find("draft") == empty


def test_the_longest_text_reads_back(store: Store) -> None:
    long = replace(CONTENT, title="字" * 500, blocks=(Block(BlockKind.PARAGRAPH, "字" * 500_000),))
    with store.writing() as unit:
        put(unit, new_draft(content=long))
    with store.reading() as unit:
        assert unit.drafts.get("draft").content == long


def test_a_draft_that_is_not_there_is_said_to_be_missing(store: Store) -> None:
    with store.writing() as unit:
        assert unit.drafts.find("none") is None
        for act in (unit.drafts.get, unit.drafts.author_of):
            with pytest.raises(NotFoundError):
                act("none")
        for save in (unit.drafts.save, unit.drafts.save_working_copy):
            with pytest.raises(NotFoundError):
                save(new_draft("none"))


def test_every_save_counts_and_the_older_hand_is_refused(store: Store) -> None:
    with store.writing() as unit:
        first = put(unit, new_draft())
        second = unit.drafts.save_working_copy(replace(first, notes="一"))
        third = unit.drafts.save(replace(second, notes="二"))
        assert [first.version, second.version, third.version] == [0, 1, 2]
        for save in (unit.drafts.save, unit.drafts.save_working_copy):
            for stale in (first, second, replace(third, version=99)):
                with pytest.raises(ChangedMeanwhileError):
                    save(replace(stale, notes="三"))
        assert unit.drafts.get("draft") == third


def test_a_working_copy_never_moves_the_draft(store: Store) -> None:
    with store.writing() as unit:
        before = put(unit, new_draft())
        unit.drafts.save_working_copy(
            replace(before, state=DraftState.APPROVED, number=OfficeNumber("甲", 2026, 1), revision=9, content=FULL)
        )
        after = unit.drafts.get("draft")
    assert (after.state, after.number, after.revision, after.content) == (DraftState.WRITING, None, 0, FULL)


NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)


def test_an_unpublished_draft_belongs_to_the_month_of_its_last_decision(store: Store) -> None:
    with store.writing() as unit:
        for draft_id in ("november", "december", "published", "undecided"):
            _, revision = submit(unit, put(unit, new_draft(draft_id)))
            if draft_id != "undecided":
                unit.reviews.add(decision(revision, 1, "first"))
            if draft_id == "december":
                unit.reviews.add(decision(revision, 2, "secret", decided_on=DECEMBER.first_day))
            if draft_id == "published":
                unit.publications.add(
                    Publication("p", PublicationKind.UNREVIEWED, "wechat", "标题", NOW, NOW, "author", draft_id)
                )
        unit.reviews.void("november", 1, NOW)
    with store.reading() as unit:
        assert unit.drafts.decided_unpublished(NOVEMBER) == ("november",)
        assert unit.drafts.decided_unpublished(DECEMBER) == ("december",)
        assert unit.drafts.decided_unpublished(NOVEMBER.previous) == ()
