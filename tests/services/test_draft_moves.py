"""Withdrawing and giving up: the author's own, and an account manager's in the place of an author who is gone."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from app.errors import ReasonNeededError, RightMissingError, SecrecyMarkError
from app.models.draft import Draft, DraftState
from app.models.right import Role
from app.services.next_steps import NextStep, offers
from app.services.today import TaskKind
from app.storage.unit_of_work import Store
from tests.services.office import PASSCODE, Office


def leave(office: Office, name: str = "林晓") -> None:
    admin = office.sign_in("许管")
    admin.staff.leave(office.person(name).id, admin.today.day(), "免职通知", PASSCODE)


def no_longer_writes(office: Office) -> None:
    admin = office.sign_in("许管")
    admin.staff.set_roles(office.person("林晓").id, frozenset({Role.REVIEWER}), "调岗", PASSCODE)


def signs_in_no_more(office: Office) -> None:
    admin = office.sign_in("许管")
    person = office.person("林晓")
    admin.staff.change(person.id, person.name, person.department, person.duty, signs_in=False)


def facts_of(office: Office, action: str) -> dict[str, object]:
    """Return what the newest entry of an act says."""
    with Store(office.folder, office.clock).reading() as unit:
        return next(json.loads(e.detail) for e in reversed(tuple(unit.audit.entries())) if e.action == action)


def kinds(office: Office, name: str) -> list[TaskKind]:
    return [task.kind for task in office.sign_in(name).today.tasks()]


def closed(office: Office, draft: Draft) -> dict[NextStep, str]:
    services = office.services
    found = offers(services.drafts.view(draft.id), services.staff.actor(), may_decide=False)
    return {offer.step: offer.closed_because for offer in found}


@pytest.mark.parametrize("gone", [leave, no_longer_writes, signs_in_no_more])
def test_the_account_manager_stands_in_for_an_author_who_is_gone(
    office: Office, gone: Callable[[Office], None]
) -> None:
    draft = office.submitted()
    manager = office.sign_in("陈账")
    with pytest.raises(RightMissingError):
        manager.drafts.withdraw(draft.id)
    gone(office)
    author = office.services.drafts.view(draft.id).draft.author_id
    manager = office.sign_in("陈账")
    assert manager.drafts.withdraw(draft.id).state is DraftState.WITHDRAWN
    assert facts_of(office, "draft.withdraw")["in_place_of"] == author
    with pytest.raises(ReasonNeededError):
        manager.drafts.void(draft.id, " ")
    assert manager.drafts.void(draft.id, "作者离岗，不再发布").state is DraftState.VOID
    told = facts_of(office, "draft.void")
    assert told["in_place_of"] == author
    assert "作者离岗" not in str(told)
    assert manager.drafts.view(draft.id).void_reason == "作者离岗，不再发布"
    with Store(office.folder, office.clock).reading() as unit:
        assert [n.voided_at is None for n in unit.numbers.list("review_sheet", 2026)] == [False]


def test_what_an_author_does_alone_is_not_told_as_done_for_another(office: Office) -> None:
    draft = office.submitted()
    office.services.drafts.withdraw(draft.id)
    assert "in_place_of" not in facts_of(office, "draft.withdraw")


@pytest.mark.parametrize("name", ["吴审", "郑密", "许管", "周计"])
def test_nobody_but_the_account_manager_stands_in(office: Office, name: str) -> None:
    approved = office.approved()
    draft = office.submitted()
    leave(office)
    services = office.sign_in(name)
    with pytest.raises(RightMissingError):
        services.drafts.withdraw(draft.id)
    with pytest.raises(RightMissingError):
        services.drafts.void(approved.id, "离岗")
    assert closed(office, draft)[NextStep.WITHDRAW] == "由账号管理员办理。"


def test_the_text_of_a_leaver_is_never_changed(office: Office) -> None:
    draft = office.submitted()
    returned = office.services.drafts.withdraw(draft.id)
    leave(office)
    manager = office.sign_in("陈账")
    with pytest.raises(RightMissingError):
        manager.drafts.save(replace(returned, content=office.content("改一个字")))
    with pytest.raises(RightMissingError):
        manager.drafts.submit(draft.id, returned.version)
    with pytest.raises(RightMissingError):
        manager.drafts.revise(draft.id)
    told = closed(office, draft)
    assert told[NextStep.VOID] == ""
    assert "已离岗" in told[NextStep.EDIT]


def test_an_approved_draft_is_given_up_for_its_author_and_not_withdrawn(office: Office) -> None:
    draft = office.approved()
    leave(office)
    manager = office.sign_in("陈账")
    with pytest.raises(RightMissingError):
        manager.drafts.withdraw(draft.id)
    told = closed(office, draft)
    assert "已离岗" in told[NextStep.WITHDRAW]
    assert told[NextStep.VOID] == ""
    assert manager.drafts.void(draft.id, "不再需要").state is DraftState.VOID


def test_the_day_page_tells_the_account_manager_of_drafts_whose_author_is_gone(office: Office) -> None:
    in_review = office.submitted()
    writing = office.services.drafts.start(office.content("写到一半"))
    own = office.sign_in("陈账").drafts.start(office.content("陈账自己的"))
    assert TaskKind.AUTHOR_GONE not in kinds(office, "陈账")
    leave(office)
    found = {t.subject: t.kind for t in office.sign_in("陈账").today.tasks()}
    assert found == {
        f"draft:{in_review.id}": TaskKind.AUTHOR_GONE,
        f"draft:{writing.id}": TaskKind.AUTHOR_GONE,
        f"draft:{own.id}": TaskKind.UNFINISHED,
    }
    assert kinds(office, "吴审") == [TaskKind.DECIDE]
    assert TaskKind.AUTHOR_GONE not in kinds(office, "许管")
    office.sign_in("陈账").drafts.void(writing.id, "离岗")
    assert f"draft:{writing.id}" not in {t.subject for t in office.services.today.tasks()}


def test_whoever_goes_on_writing_begins_a_draft_of_their_own(office: Office) -> None:
    draft = office.submitted()
    with pytest.raises(RightMissingError):
        office.sign_in("陈账").drafts.copy(draft.id)
    leave(office)
    with pytest.raises(RightMissingError):
        office.sign_in("吴审").drafts.copy(draft.id)
    manager = office.sign_in("陈账")
    assert closed(office, draft)[NextStep.COPY] == ""
    copied = manager.drafts.copy(draft.id)
    assert (copied.content, copied.number, copied.revision, copied.state) == (
        draft.content,
        None,
        0,
        DraftState.WRITING,
    )
    assert copied.author_id == office.person("陈账").id
    assert copied.id != draft.id
    assert facts_of(office, "draft.start")["copied_from"] == draft.id
    assert manager.drafts.view(draft.id).draft == draft
    submitted = manager.drafts.submit(copied.id, copied.version)
    assert submitted.number != draft.number


def test_a_mark_that_was_answered_stays_answered_in_the_copy(office: Office) -> None:
    writer = office.sign_in("林晓")
    content = office.content(body="本市机密★级文件的保管办法，今起施行。")
    [mark] = [found.answer_key for found in writer.checks.secrecy_marks(content)]
    draft = writer.drafts.start(office.content())
    draft = writer.drafts.answer(replace(draft, content=content), (mark,), "讲的是保管办法，不是密件")
    with Store(office.folder, office.clock).writing() as unit:
        unanswered = unit.drafts.save(replace(draft, silenced=()))
    leave(office)
    manager = office.sign_in("陈账")
    with pytest.raises(SecrecyMarkError):
        manager.drafts.copy(unanswered.id)
    with Store(office.folder, office.clock).writing() as unit:
        unit.drafts.save(replace(unanswered, silenced=draft.silenced))
    assert manager.drafts.copy(draft.id).silenced == draft.silenced


def test_an_author_on_the_last_day_is_gone_and_was_not_the_day_before(office: Office) -> None:
    draft = office.submitted()
    office.clock.forward(days=2)
    assert not office.sign_in("陈账").drafts.view(draft.id).author_gone
    admin = office.sign_in("许管")
    admin.staff.leave(office.person("林晓").id, admin.today.day() - timedelta(days=1), "免职通知", PASSCODE)
    assert office.sign_in("陈账").drafts.view(draft.id).author_gone
