"""Who may sign: the role's holders for these accounts on that day, deputies, and never one person twice."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import AccountNotCoveredError, AlreadyDecidedError, DeciderUnfitError
from app.models.clock import BEIJING
from app.models.draft import DraftState
from app.models.review import StepKind, Verdict
from app.models.right import Role
from app.models.staff import RoleGrant
from app.paths import POLICY_FILE
from app.services.next_steps import NextStep, offers
from app.services.publications import PublicationEntry
from app.services.reviews import PaperDecision
from app.services.today import TaskKind
from app.storage.unit_of_work import Store
from tests.services.office import PASSCODE, START, Office


def narrow(office: Office, name: str, role: Role, account_ids: tuple[str, ...]) -> None:
    """Let somebody hold a role for some accounts only, from today."""
    today = office.clock.now.astimezone(BEIJING).date()
    person = office.person(name).id
    with Store(office.folder, office.clock).writing() as unit:
        for grant in unit.roles.grants(person):
            unit.roles.end(grant.id, today - timedelta(days=1))
        unit.roles.add(RoleGrant(f"narrow-{name}", person, role, today, account_ids=account_ids))


def two_reviewers(office: Office) -> None:
    """Adopt a policy whose first step needs two people, and add a second reviewer who does not sign in."""
    text = POLICY_FILE.read_text("utf-8")
    one, two = ('kind = "first_review", role = "reviewer", quorum = ' + number for number in "12")
    assert one in text
    admin = office.sign_in("许管")
    admin.settings.adopt_policy(text.replace(one, two), admin.today.day(), "王局", PASSCODE)
    admin.staff.add("钱审", "办公室", "", signs_in=False, roles=frozenset({Role.REVIEWER}), passcode=PASSCODE)


def test_one_person_does_not_fill_two_places_of_a_quorum(office: Office) -> None:
    two_reviewers(office)
    draft = office.submitted()
    services = office.sign_in("吴审")
    assert [row.id for row in services.reviews.waiting_for_me()] == [draft.id]
    services.reviews.decide(draft.id, 1, Verdict.AGREE, "", PASSCODE)
    assert services.reviews.waiting_for_me() == ()
    assert services.reviews.may_decide(draft.id) is None
    assert [task.kind for task in services.today.tasks()] == []
    with pytest.raises(AlreadyDecidedError):
        services.reviews.decide(draft.id, 1, Verdict.AGREE, "", PASSCODE)
    services = office.sign_in("陈账")
    first = services.drafts.view(draft.id).steps[0]
    with pytest.raises(AlreadyDecidedError):
        services.reviews.register_paper(draft.id, 1, (office.signed(first),), office.scan())
    second = replace(office.signed(first), decided_by=office.person("钱审").id)
    services.reviews.register_paper(draft.id, 1, (second,), office.scan())
    step = services.drafts.view(draft.id).open_step
    assert step is not None
    assert step.position == 2


def test_one_person_may_decide_two_steps_in_two_roles(office: Office) -> None:
    admin = office.sign_in("许管")
    admin.staff.set_roles(
        office.person("吴审").id, frozenset({Role.REVIEWER, Role.SECRECY_REVIEWER}), "任命文件", PASSCODE
    )
    draft = office.submitted()
    services = office.sign_in("吴审")
    services.reviews.decide(draft.id, 1, Verdict.AGREE, "", PASSCODE)
    services.reviews.decide(draft.id, 1, Verdict.PUBLIC, "", PASSCODE)
    assert len(services.drafts.view(draft.id).decisions) == 2


def test_a_role_for_some_accounts_counts_for_these_alone(office: Office) -> None:
    one, other = office.account_ids()
    narrow(office, "吴审", Role.REVIEWER, (other,))
    draft = office.submitted()
    services = office.sign_in("吴审")
    assert services.reviews.waiting_for_me() == ()
    assert services.reviews.may_decide(draft.id) is None
    assert TaskKind.DECIDE not in [task.kind for task in services.today.tasks()]
    with pytest.raises(DeciderUnfitError):
        services.reviews.decide(draft.id, 1, Verdict.AGREE, "", PASSCODE)
    fitting = office.submitted(replace(office.content(), account_ids=(other,)))
    both = office.submitted(replace(office.content(), account_ids=(one, other)))
    services = office.sign_in("吴审")
    assert [row.id for row in services.reviews.waiting_for_me()] == [fitting.id]
    assert services.reviews.may_decide(both.id) is None
    services.reviews.decide(fitting.id, 1, Verdict.AGREE, "", PASSCODE)


def test_whoever_left_signs_no_more_but_what_they_signed_before_counts(office: Office) -> None:
    draft = office.submitted()
    office.clock.forward(days=1)
    admin = office.sign_in("许管")
    admin.staff.leave(office.person("吴审").id, admin.today.day(), "免职通知", PASSCODE)
    signed_by = next(p for p in admin.staff.holders(Role.REVIEWER, admin.today.day()) if p.name == "吴审")
    office.clock.forward(days=1)
    services = office.sign_in("陈账")
    step = services.drafts.view(draft.id).steps[0]
    after = PaperDecision(step.position, Verdict.AGREE, "", signed_by.id, services.today.day())
    with pytest.raises(DeciderUnfitError):
        services.reviews.register_paper(draft.id, 1, (after,), office.scan())
    before = replace(after, decided_on=services.today.day() - timedelta(days=1))
    services.reviews.register_paper(draft.id, 1, (before,), office.scan())


def test_an_authorization_ends_with_the_role_of_whoever_gave_it(office: Office) -> None:
    services = office.sign_in("陈账")
    today = services.today.day()
    leader, deputy = office.person("王局").id, office.person("何副").id
    services.staff.authorize(
        leader, deputy, Role.PRINCIPAL_LEADER, today, today + timedelta(days=30), office.scan(), PASSCODE
    )
    names = [person.name for person in services.staff.holders(Role.PRINCIPAL_LEADER, today)]
    assert names == ["王局", "何副"]
    office.sign_in("许管").staff.leave(leader, today, "免职通知", PASSCODE)
    assert services.staff.holders(Role.PRINCIPAL_LEADER, today + timedelta(days=1)) == ()


def test_a_deputy_who_left_signs_under_no_authorization(office: Office) -> None:
    services = office.sign_in("陈账")
    today = services.today.day()
    leader, deputy = office.person("王局").id, office.person("何副").id
    services.staff.authorize(
        leader, deputy, Role.PRINCIPAL_LEADER, today, today + timedelta(days=30), office.scan(), PASSCODE
    )
    office.sign_in("许管").staff.leave(deputy, today, "免职通知", PASSCODE)
    tomorrow = today + timedelta(days=1)
    assert [person.name for person in services.staff.holders(Role.PRINCIPAL_LEADER, tomorrow)] == ["王局"]


def test_a_draft_that_nobody_can_sign_is_told_on_the_day_page(office: Office) -> None:
    draft = office.submitted()
    admin = office.sign_in("许管")
    assert TaskKind.NO_SIGNER not in [task.kind for task in admin.today.tasks()]
    admin.staff.leave(office.person("吴审").id, admin.today.day(), "免职通知", PASSCODE)
    office.clock.forward(days=1)
    for name in ("许管", "陈账", "林晓"):
        [task] = office.sign_in(name).today.tasks()
        assert (task.kind, task.subject, task.detail) == (TaskKind.NO_SIGNER, f"draft:{draft.id}", "first_review")
    assert office.sign_in("郑密").today.tasks() == ()


def test_a_step_that_only_the_author_could_sign_is_told(office: Office) -> None:
    admin = office.sign_in("许管")
    roles = frozenset({Role.INFORMATION_OFFICER, Role.REVIEWER})
    admin.staff.set_roles(office.person("林晓").id, roles, "任命文件", PASSCODE)
    admin.staff.set_roles(office.person("吴审").id, frozenset({Role.DUTY_OFFICER}), "任命文件", PASSCODE)
    draft = office.submitted()
    assert draft.state is DraftState.IN_REVIEW
    [task] = office.sign_in("林晓").today.tasks()
    assert task.kind is TaskKind.NO_SIGNER
    [short] = office.services.reviews.short_steps(draft.id)
    assert (short.step.position, short.able) == (1, 0)


def test_a_post_is_recorded_by_whoever_manages_that_account(office: Office, tmp_path: Path) -> None:
    one, other = office.account_ids()
    draft = office.approved(replace(office.content(), account_ids=(one, other)))
    elsewhere = office.approved(office.content())
    recorded = office.sign_in("陈账").publications.record(elsewhere.id, PublicationEntry(one, office.clock.now))
    narrow(office, "陈账", Role.ACCOUNT_MANAGER, (other,))
    services = office.sign_in("陈账")
    published = office.clock.now
    office.clock.forward(minutes=1)
    files = set(office.folder.rglob("*"))
    shot = (b"\x89PNG a screenshot that nobody may keep",)
    for refused in (
        lambda: services.publications.record(draft.id, PublicationEntry(one, published, screenshots=shot)),
        lambda: services.publications.note_export(draft.id, one, "copy"),
        lambda: services.publications.drop_target(draft.id, one, "不再发"),
        lambda: services.publications.complete(recorded.id, link="https://a.example/1", screenshots=shot),
        lambda: services.packages.rich_text(draft.id, one),
        lambda: services.packages.write_folder(elsewhere.id, tmp_path),
    ):
        with pytest.raises(AccountNotCoveredError):
            refused()
    assert set(office.folder.rglob("*")) == files
    assert not list(tmp_path.glob("发布包*"))
    services.publications.record(draft.id, PublicationEntry(other, published))
    folder = services.packages.write_folder(draft.id, tmp_path)
    assert [path.name for path in folder.iterdir()] == ["微博“晋安示例发布”"]


def test_the_buttons_of_a_draft_follow_the_accounts_of_the_role(office: Office) -> None:
    one, other = office.account_ids()
    both = office.approved(replace(office.content(), account_ids=(one, other)))
    elsewhere = office.approved(office.content())
    waiting = office.submitted()
    narrow(office, "陈账", Role.ACCOUNT_MANAGER, (other,))
    narrow(office, "吴审", Role.REVIEWER, (other,))
    services = office.sign_in("陈账")

    def closed(draft_id: str) -> dict[NextStep, str]:
        view, posts = services.drafts.view(draft_id), services.publications.of_draft(draft_id)
        found = offers(view, services.staff.actor(), may_decide=False, posts=posts)
        return {offer.step: offer.closed_because for offer in found}

    outside = "您的角色不管这件稿件的账号，由管这些账号的账号管理员办理。"
    told = closed(elsewhere.id)
    assert (told[NextStep.RECORD], told[NextStep.PACKAGE]) == (outside, outside)
    assert closed(both.id)[NextStep.RECORD] == ""
    services.publications.record(both.id, PublicationEntry(other, office.clock.now))
    told = closed(both.id)
    assert told[NextStep.RECORD] == "您管的账号已经办完，其余账号由管它们的账号管理员办理。"
    assert (told[NextStep.PACKAGE], told[NextStep.COMPLETE]) == ("", "")
    services = office.sign_in("吴审")
    assert closed(waiting.id)[NextStep.DECIDE] == "您的审核人角色没有包括这件稿件的全部账号。"


def test_a_draft_for_an_account_outside_the_role_is_not_submitted(office: Office) -> None:
    one, other = office.account_ids()
    narrow(office, "林晓", Role.INFORMATION_OFFICER, (other,))
    services = office.sign_in("林晓")
    draft = services.drafts.start(replace(office.content(), account_ids=(other, one)))
    with pytest.raises(AccountNotCoveredError) as refused:
        services.drafts.submit(draft.id, draft.version)
    assert refused.value.accounts == ("微信公众号“晋安示例”",)
    assert services.drafts.view(draft.id).draft == draft
    fitting = services.drafts.save(replace(draft, content=replace(draft.content, account_ids=(other,))))
    assert services.drafts.submit(draft.id, fitting.version).state is DraftState.IN_REVIEW


def test_two_grants_of_one_role_reach_both_their_accounts(office: Office) -> None:
    one, other = office.account_ids()
    narrow(office, "吴审", Role.REVIEWER, (one,))
    draft = office.submitted(replace(office.content(), account_ids=(one, other)))
    assert office.sign_in("吴审").reviews.may_decide(draft.id) is None
    with Store(office.folder, office.clock).writing() as unit:
        grant = RoleGrant("second", office.person("吴审").id, Role.REVIEWER, START.date(), account_ids=(other,))
        unit.roles.add(grant)
    assert office.services.reviews.may_decide(draft.id) is not None


def test_the_steps_that_nobody_could_sign_are_named_at_submission(office: Office) -> None:
    one, other = office.account_ids()
    assert office.services.reviews.short_steps(office.submitted().id) == ()
    narrow(office, "郑密", Role.SECRECY_REVIEWER, (other,))
    draft = office.submitted()
    [short] = office.services.reviews.short_steps(draft.id)
    assert (short.step.kind, short.able) == (StepKind.SECRECY_REVIEW, 0)
    for_other = office.submitted(replace(office.content(), account_ids=(other,)))
    assert office.services.reviews.short_steps(for_other.id) == ()
    assert one in draft.content.account_ids


def test_a_step_short_of_one_signature_says_how_many_could_sign(office: Office) -> None:
    two_reviewers(office)
    admin = office.sign_in("许管")
    admin.staff.set_roles(
        office.person("钱审").id, frozenset({Role.REVIEWER, Role.INFORMATION_OFFICER}), "任命文件", PASSCODE
    )
    assert office.services.reviews.short_steps(office.submitted().id) == ()
    admin = office.sign_in("许管")
    admin.staff.set_roles(office.person("钱审").id, frozenset({Role.DUTY_OFFICER}), "调岗", PASSCODE)
    [short] = office.services.reviews.short_steps(office.submitted().id)
    assert (short.step.quorum, short.able) == (2, 1)
