"""今日 tells each person what waits for them, late things first, and blames no leader."""

from dataclasses import replace
from datetime import timedelta

from app.models.clock import BEIJING
from app.models.particulars import Certification
from app.models.right import Role
from app.services.earlier_publications import EarlierEntry
from app.services.publications import PublicationEntry
from app.services.today import TaskKind
from tests.services.office import Office
from tests.services.test_signers import narrow


def kinds(office: Office, name: str) -> list[TaskKind]:
    return [task.kind for task in office.sign_in(name).today.tasks()]


def test_a_submitted_draft_waits_for_its_reviewer_and_is_seen_by_who_carries_the_papers(office: Office) -> None:
    office.submitted()
    assert kinds(office, "吴审") == [TaskKind.DECIDE]
    assert kinds(office, "陈账") == [TaskKind.SIGNATURE]
    assert kinds(office, "林晓") == [TaskKind.SIGNATURE]
    assert kinds(office, "郑密") == []


def test_only_ones_own_lateness_is_late(office: Office) -> None:
    office.submitted()
    office.clock.forward(days=4)
    [own] = office.sign_in("吴审").today.tasks()
    [carried] = office.sign_in("陈账").today.tasks()
    assert (own.late, own.own) == (True, True)
    assert (carried.late, carried.own) == (False, False)


def test_an_unfinished_draft_is_its_authors_alone(office: Office) -> None:
    office.sign_in("林晓").drafts.start(office.content())
    assert kinds(office, "林晓") == [TaskKind.UNFINISHED]
    assert kinds(office, "陈账") == []


def test_an_approved_draft_waits_to_be_published_late_after_its_planned_day(office: Office) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content())
    planned = replace(draft, planned_at=office.clock.now + timedelta(days=1))
    draft = services.drafts.submit(draft.id, services.drafts.save(planned).version)
    services = office.sign_in("陈账")
    steps = services.drafts.view(draft.id).steps
    services.reviews.register_paper(draft.id, 1, tuple(office.signed(step) for step in steps), office.scan())
    [task] = services.today.tasks()
    assert (task.kind, task.late) == (TaskKind.PUBLISH, False)
    office.clock.forward(days=3)
    assert services.today.tasks()[0].late


def test_an_account_near_its_update_limit_is_told_and_red_beyond_it(office: Office) -> None:
    services = office.sign_in("陈账")
    yesterday = office.clock.now - timedelta(days=1)
    services.publications.earlier.record((EarlierEntry(office.account_ids()[0], "旧文", yesterday),))
    office.clock.forward(days=5)
    assert services.today.tasks() == ()
    office.clock.forward(days=1)
    [task] = services.today.tasks()
    assert (task.kind, task.days, task.late) == (TaskKind.UPDATE_GAP, 7, False)
    office.clock.forward(days=4)
    assert services.today.tasks()[0].late


def test_a_month_waits_from_its_end_and_is_late_after_the_policys_day(office: Office) -> None:
    draft = office.approved()
    services = office.sign_in("陈账")
    body = office.content().plain_body
    services.publications.record(
        draft.id, PublicationEntry(office.account_ids()[0], office.clock.now, "https://a.example.cn", body)
    )
    office.clock.now = office.clock.now.astimezone(BEIJING).replace(month=11, day=2)
    found = {task.kind: task for task in services.today.tasks()}
    assert (found[TaskKind.ARCHIVE].subject, found[TaskKind.ARCHIVE].late) == ("month:2026-10", False)
    office.clock.now = office.clock.now.replace(day=6)
    assert {task.kind: task for task in services.today.tasks()}[TaskKind.ARCHIVE].late


def test_who_publishes_for_one_account_gets_what_still_waits_for_that_account(office: Office) -> None:
    one, other = office.account_ids()
    content = office.content()
    for_one = office.approved(content)
    for_both = office.approved(replace(content, account_ids=(one, other)))
    assert kinds(office, "陈账").count(TaskKind.PUBLISH) == 2
    narrow(office, "陈账", Role.ACCOUNT_MANAGER, (other,))
    subjects = [t.subject for t in office.sign_in("陈账").today.tasks() if t.kind is TaskKind.PUBLISH]
    assert subjects == [f"draft:{for_both.id}"]
    office.services.publications.record(for_both.id, PublicationEntry(other, office.clock.now))
    assert TaskKind.PUBLISH not in [task.kind for task in office.services.today.tasks()]
    assert office.services.drafts.view(for_one.id).draft.number is not None


def test_only_who_publishes_for_an_account_is_told_that_it_rests_too_long(office: Office) -> None:
    one, other = office.account_ids()
    services = office.sign_in("陈账")
    long_ago = office.clock.now - timedelta(days=30)
    services.publications.earlier.record(tuple(EarlierEntry(a, "旧文", long_ago) for a in (one, other)))
    assert len(services.today.tasks()) == 2
    narrow(office, "陈账", Role.ACCOUNT_MANAGER, (other,))
    [task] = office.sign_in("陈账").today.tasks()
    assert (task.kind, task.subject) == (TaskKind.UPDATE_GAP, f"account:{other}")


def test_an_account_that_is_not_filed_in_time_or_certified_no_more_waits_for_the_account_manager(
    office: Office,
) -> None:
    accounts = office.sign_in("陈账").accounts
    first = accounts.list()[0]
    until = office.clock.now.astimezone(BEIJING).date() + timedelta(days=20)
    told = replace(first.particulars, certification=Certification.ORGANISATION, certified_until=until)
    accounts.change(replace(first, particulars=told))
    assert kinds(office, "陈账") == []
    office.clock.forward(days=21)
    tasks = office.sign_in("陈账").today.tasks()
    assert [(task.kind, task.subject) for task in tasks] == [
        *((TaskKind.FILING_OVERDUE, f"account:{account_id}") for account_id in office.account_ids()),
        (TaskKind.CERTIFICATION_OVER, f"account:{first.id}"),
    ]
    assert all(task.late and task.due_on is not None for task in tasks)
    assert tasks[-1].days == 1
    assert kinds(office, "林晓") == []
