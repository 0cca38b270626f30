"""A draft from its first word to its submission, and back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import (
    ActionNotAllowedError,
    AppError,
    ChangedMeanwhileError,
    FieldTooLongError,
    ReasonNeededError,
    RightMissingError,
    SecrecyMarkError,
    SubmissionBlockedError,
)
from app.models.content import Block, BlockKind, Content, Origin, Picture, Source
from app.models.draft import Draft, DraftState, ReviewClass
from app.models.draft_list import DraftFilter, DraftQuery
from app.models.fingerprint import fingerprint
from app.models.review import StepKind
from app.storage.audit_records import AuditRecords
from tests.services.office import PASSCODE, Office

ID_CARD = "350111199003071234"


def paragraph(text: str) -> tuple[Block, ...]:
    return (Block(BlockKind.PARAGRAPH, text),)


def typed(office: Office, draft: Draft, content: Content) -> Draft:
    return office.services.drafts.save(replace(draft, content=content))


def test_a_draft_is_saved_as_typed_without_an_audit_entry(office: Office) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start()
    before = services.audit.count()
    for length in range(1, 6):
        draft = typed(office, draft, office.content(body="字" * length))
    assert services.audit.count() == before
    assert services.drafts.view(draft.id).draft.content.plain_body == "字" * 5


def test_submission_gives_the_number_and_copies_the_chain(office: Office) -> None:
    draft = office.submitted()
    view = office.services.drafts.view(draft.id)
    assert str(draft.number) == "晋示审〔2026〕1号"
    assert draft.state is DraftState.IN_REVIEW
    assert [step.kind for step in view.steps] == [
        StepKind.FIRST_REVIEW,
        StepKind.SECRECY_REVIEW,
        StepKind.PRINCIPAL_LEADER,
    ]
    assert view.revision is not None
    assert view.revision.fingerprint == fingerprint(draft.content)
    assert view.open_step == view.steps[0]
    assert [step.due_on.isoformat() for step in view.steps if step.due_on] == ["2026-10-13", "2026-10-14", "2026-10-15"]


def test_numbers_follow_one_another_and_a_void_one_is_not_given_again(office: Office) -> None:
    first = office.submitted()
    office.services.drafts.withdraw(first.id)
    office.services.drafts.void(first.id, "不再发布")
    second = office.submitted()
    assert (first.number and first.number.serial, second.number and second.number.serial) == (1, 2)


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"title": ""}, "title"),
        ({"blocks": ()}, "body"),
        ({"account_ids": ()}, "accounts"),
        ({"source": Source(Origin.REPOST)}, "source_unit"),
        ({"source": Source(Origin.REPOST, "省厅", "原题")}, "source_link"),
    ],
)
def test_what_is_missing_is_named_and_no_number_is_lost(
    office: Office, change: dict[str, object], missing: str
) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(replace(office.content(), **change))  # type: ignore[arg-type]
    with pytest.raises(SubmissionBlockedError) as blocked:
        services.drafts.submit(draft.id, draft.version)
    assert missing in blocked.value.missing
    assert services.drafts.view(draft.id).draft.number is None
    assert str(office.submitted().number) == "晋示审〔2026〕1号"


def test_a_finding_that_blocks_is_answered_or_masked(office: Office) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content(body="联系人手机13800138000。"))
    with pytest.raises(SubmissionBlockedError) as blocked:
        services.drafts.submit(draft.id, draft.version)
    assert blocked.value.rules == ("mobile",)
    answered = services.drafts.answer(draft, ("mobile",), "对外公布的值班手机")
    assert services.drafts.submit(draft.id, answered.version).state is DraftState.IN_REVIEW


def test_an_empty_answer_is_no_answer(office: Office) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content())
    with pytest.raises(ReasonNeededError):
        services.drafts.answer(draft, ("mobile",), "  ")


def test_an_answer_is_saved_with_its_entry_or_not_at_all(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content(body="联系人手机13800138000。"))
    newer = services.drafts.save(replace(draft, notes="另一个窗口存的"))
    entries = services.audit.count()

    with pytest.raises(ChangedMeanwhileError):
        services.drafts.answer(draft, ("mobile",), "对外公布的值班手机")
    marked = replace(newer, content=office.content(body="机密★三年"))
    with pytest.raises(SecrecyMarkError):
        services.drafts.answer(marked, ("mobile",), "对外公布的值班手机")
    with monkeypatch.context() as patched:
        patched.setattr(AuditRecords, "add", broken_off)
        with pytest.raises(KeyboardInterrupt):
            services.drafts.answer(newer, ("mobile",), "对外公布的值班手机")
    assert services.drafts.view(draft.id).draft == newer
    assert services.audit.count() == entries

    answered = services.drafts.answer(replace(newer, notes="没存过的字"), ("mobile", "id_card"), " 对外公布 ")
    assert answered.silenced == (("mobile", "对外公布"), ("id_card", "对外公布"))
    assert services.drafts.view(draft.id).draft == answered
    assert services.audit.count() == entries + 1
    assert '"rule":"mobile,id_card"' in services.audit.page(0, 1)[0].detail


def broken_off(*_arguments: object) -> None:
    raise KeyboardInterrupt


def test_a_change_of_an_approved_draft_starts_a_new_revision_and_voids_the_decisions(office: Office) -> None:
    draft = office.approved()
    services = office.sign_in("林晓")
    services.drafts.revise(draft.id)
    view = services.drafts.view(draft.id)
    assert view.draft.state is DraftState.WRITING
    assert view.decisions
    assert all(decision.voided_at for decision in view.decisions)
    changed = typed(office, view.draft, office.content(body="换一段。"))
    again = services.drafts.submit(draft.id, changed.version)
    assert (again.revision, again.number) == (2, draft.number)
    assert services.drafts.view(draft.id).open_step == services.drafts.view(draft.id).steps[0]


def test_an_approved_text_cannot_be_typed_into(office: Office) -> None:
    draft = office.approved()
    office.sign_in("林晓")
    with pytest.raises(ActionNotAllowedError):
        typed(office, draft, office.content(body="偷偷改。"))


def test_only_the_author_writes(office: Office) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content())
    office.sign_in("陈账")
    acts: tuple[Callable[[], object], ...] = (
        lambda: typed(office, draft, office.content(body="别人改。")),
        lambda: services.drafts.submit(draft.id, draft.version),
        lambda: services.drafts.void(draft.id, "理由"),
    )
    for act in acts:
        with pytest.raises(RightMissingError):
            act()
    office.sign_in("吴审")
    with pytest.raises(RightMissingError):
        services.drafts.start(office.content())


def test_two_windows_on_one_draft_lose_no_word(office: Office) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content())
    typed(office, draft, office.content(body="先存的。"))
    with pytest.raises(ChangedMeanwhileError):
        typed(office, draft, office.content(body="后存的。"))
    assert services.drafts.view(draft.id).draft.content.plain_body == "先存的。"


def test_a_text_with_a_secrecy_mark_is_not_saved_anywhere(office: Office) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content())
    marked = office.content(body="机密★10年 某某部署情况纪要")
    with pytest.raises(SecrecyMarkError):
        typed(office, draft, marked)
    with pytest.raises(SecrecyMarkError):
        services.drafts.start(marked)
    raw = (office.folder / "xianshen.db").read_bytes()
    assert "某某部署情况纪要".encode() not in raw
    assert "某 某 部 署".encode() not in raw
    assert services.drafts.view(draft.id).draft.content == office.content()
    assert services.audit.page(0, 1)[0].action == "draft.secrecy_refused"


def test_a_false_alarm_with_a_reason_is_saved(office: Office) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content())
    marked = office.content(body="桌游《绝密★行动》比赛报名。")
    [mark] = [f for f in services.drafts.findings(marked) if f.finding.rule == "secrecy_mark"]
    services.drafts.answer(replace(draft, content=marked), (mark.answer_key,), "游戏名称")
    assert services.drafts.view(draft.id).draft.content == marked


def test_the_longest_title_fits_and_a_longer_one_is_refused(office: Office) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content(title="长" * 500))
    with pytest.raises(FieldTooLongError):
        typed(office, draft, office.content(title="长" * 501))


@pytest.mark.parametrize("title", ['<img src="file:///etc/passwd">', "𬭎𬘡𫖯", "'; DROP TABLE draft; --", "\u202e反"])
def test_odd_titles_are_kept_as_typed(office: Office, title: str) -> None:
    draft = office.submitted(office.content(title=title))
    assert office.services.drafts.view(draft.id).draft.content.title == title
    [row] = office.services.drafts.page(DraftQuery(), 0, 9)
    assert row.title == title


def test_a_refused_action_leaves_no_trace(office: Office) -> None:
    draft = office.submitted()
    before = office.services.audit.count()
    with pytest.raises(AppError):
        office.services.drafts.void(draft.id, "理由")
    assert office.services.audit.count() == before
    assert office.services.drafts.view(draft.id).draft == draft


def test_the_chips_count_what_the_list_shows(office: Office) -> None:
    office.submitted()
    office.approved()
    services = office.sign_in("林晓")
    services.drafts.start(office.content())
    counts = services.drafts.counts()
    assert counts[DraftFilter.ALL] == 3
    for chip in DraftFilter:
        assert counts[chip] == services.drafts.count(DraftQuery(chip))
        assert counts[chip] == len(services.drafts.page(DraftQuery(chip), 0, 50))


def test_a_sensitive_draft_takes_the_longer_chain(office: Office) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content())
    draft = services.drafts.save(replace(draft, review_class=ReviewClass.SENSITIVE))
    draft = services.drafts.submit(draft.id, draft.version)
    assert len(services.drafts.view(draft.id).steps) == 5


def test_what_people_write_beside_an_act_is_not_in_the_chain_in_clear(office: Office) -> None:
    draft = office.submitted()
    services = office.sign_in("陈账")
    services.reviews.note_reminder(draft.id, office.person("王局").id, "电话：家里13800138000")
    assert [reminder.how for reminder in services.reviews.reminders(draft.id)] == ["电话：家里13800138000"]
    services = office.sign_in("林晓")
    services.drafts.withdraw(draft.id)
    services.drafts.void(draft.id, "张三来电说不发了")
    details = [entry.detail for entry in services.audit.page(0, 99)]
    assert not any("13800138000" in detail or "张三" in detail for detail in details)
    void = next(entry for entry in services.audit.page(0, 99) if entry.action == "draft.void")
    assert '"words":{"statement:' in void.detail


TORN = "半个\ud83d字"


def test_half_a_character_in_any_text_stops_nothing(office: Office) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content(title=TORN, body=TORN))
    draft = services.drafts.save(replace(draft, content=office.content(title=TORN, body=TORN + "。")))
    assert draft.content.title == "半个\ufffd字"
    submitted = services.drafts.submit(draft.id, draft.version)
    services.papers.review_sheet(draft.id)
    services.reviews.note_reminder(draft.id, office.person("王局").id, TORN)
    services.drafts.withdraw(submitted.id)
    services.drafts.void(submitted.id, TORN)
    assert services.search.find(TORN) or services.search.find("半个")
    admin = office.sign_in("许管")
    admin.staff.add(TORN, TORN, TORN, signs_in=False, roles=frozenset(), passcode=PASSCODE)
    assert admin.audit.check().broken_at == 0


def test_a_mark_parted_by_characters_that_nobody_sees_is_met_all_the_same(office: Office) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content())
    with pytest.raises(SecrecyMarkError):
        services.drafts.save(replace(draft, content=office.content(body="机\x00密\x1f★三年")))


def test_control_characters_of_a_paste_reach_neither_draft_nor_paper_nor_ledger(office: Office) -> None:
    draft = office.approved(office.content(title="标\x00题", body="上行\x0b下行\x1f"))
    content = office.services.drafts.view(draft.id).draft.content
    assert (content.title, content.blocks[0].text) == ("标题", "上行\n下行")
    office.services.papers.review_sheet(draft.id)


def test_clearing_a_secrecy_mark_leaves_nothing_in_any_file(office: Office, tmp_path: Path) -> None:
    words, picture, annex = "某某部署情况纪要", b"\x89PNG a picture of the plan " * 9, b"an annex with the plan " * 9
    original = tmp_path / "纪要.txt"
    original.write_text(f"{words}，原文", "utf-8")
    services = office.sign_in("林晓")
    kept = services.drafts.keep_file(b"\x89PNG a harmless picture")
    other = services.drafts.start(replace(office.content(), blocks=(picture_of(kept),)))
    content = replace(office.content(title=words, body=f"{words}。"), summary=words)
    content = replace(content, blocks=(*content.blocks, picture_of(services.drafts.keep_file(picture))))
    draft = services.drafts.start(content, original)
    # Kept when it was dropped, but its name carries a mark: the draft that names it is never saved.
    annexed = tmp_path / "机密★附件.pdf"
    annexed.write_bytes(annex)
    attached = services.drafts.attach(annexed)
    with pytest.raises(SecrecyMarkError):
        services.drafts.save(replace(draft, content=replace(content, attachments=(attached,))))
    assert services.drafts.clear_secrecy_mark(replace(draft, content=Content(), notes="")).left == 0
    hidden = (words.encode(), " ".join(words).encode(), words.encode("utf-16-le"), picture[:27], annex[:23])
    files = [path for path in office.folder.rglob("*") if path.is_file()]
    assert not [path for path in files for secret in hidden if secret in path.read_bytes()]
    assert services.search.find("部署") == ()
    assert services.drafts.file(kept) == b"\x89PNG a harmless picture"
    assert services.drafts.view(other.id).draft.content.file_digests() == {kept}


def picture_of(digest: str) -> Block:
    return Block(BlockKind.PICTURE, picture=Picture(digest, "图.png", "", "本单位拍摄"))


def test_the_reason_for_giving_a_draft_up_stays_with_it(office: Office) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content())
    assert services.drafts.view(draft.id).void_reason == ""
    services.drafts.void(draft.id, " 活动取消 ")
    assert services.drafts.view(draft.id).void_reason == "活动取消"
