"""Ctrl+K finds any draft by any Chinese word of one character or more, and by its number."""

from dataclasses import replace

import pytest

from app.models.content import Attachment, Block, BlockKind, Origin, Source, Variant
from tests.services.office import Office


@pytest.mark.parametrize(
    "words", ["审", "审核", "先审后发", "〔2026〕1号", "晋示审〔2026〕1号", "ABC", "abc", "𬭎", "12345"]
)
def test_a_draft_is_found(office: Office, words: str) -> None:
    draft = office.submitted(office.content(title="先审后发：ABC 培训", body="请𬭎同志审核，热线12345。"))
    assert [hit.subject_id for hit in office.services.search.find(words)] == [draft.id]


@pytest.mark.parametrize("words", ["", "  ", "发后", "审先", "1234", '"', "NEAR(", "a OR b", "*", "title:审"])
def test_what_is_not_there_is_not_found_and_breaks_nothing(office: Office, words: str) -> None:
    office.submitted(office.content(title="先审后发：ABC 培训", body="请𬭎同志办理，热线12345。"))
    assert office.services.search.find(words) == ()


def test_every_word_of_a_draft_finds_it(office: Office) -> None:
    first, second = office.account_ids()
    services = office.sign_in("林晓")
    content = replace(
        office.content(),
        account_ids=(first, second),
        variants=(Variant(second, "短标题", (Block(BlockKind.PARAGRAPH, "微博里的鹁鸪。"),)),),
        source=Source(Origin.REPOST, "应急管理局", "原文蒹葭", "榕应急〔2026〕9号"),
        attachments=(Attachment(services.drafts.keep_file(b"a plan"), "疏散方案.pdf", 6),),
    )
    draft = services.drafts.start(content)
    services.drafts.save(replace(draft, notes="等科长回来再改"))
    for words in ("鹁鸪", "应急管理局", "蒹葭", "榕应急〔2026〕9号", "疏散方案", "科长"):
        assert [hit.subject_id for hit in services.search.find(words)] == [draft.id], words


def test_a_changed_text_is_found_by_its_new_words_alone(office: Office) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content(body="旧词甲。"))
    services.drafts.save(replace(draft, content=office.content(body="新词乙。")))
    assert services.search.find("旧词甲") == ()
    assert [hit.subject_id for hit in services.search.find("新词乙")] == [draft.id]
