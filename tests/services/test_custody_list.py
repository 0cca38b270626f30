"""The safe shows its custodians what is kept, what is not, and who looked."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.models.credential import UsageKind
from app.models.platform import EntryWay
from app.services.today import TaskKind, TodayTask
from tests.services.test_custody import LONG, WHY, Safe, kept


@pytest.fixture
def safe(tmp_path: Path) -> Safe:
    return Safe(tmp_path / "records").open()


def due(safe: Safe, name: str) -> list[TodayTask]:
    safe.enter(name)
    return [task for task in safe.services.today.tasks() if task.kind is TaskKind.PASSWORD]


def test_an_account_without_a_kept_password_stands_below_those_with_one(safe: Safe) -> None:
    credential = kept(safe)
    view = safe.services.custody_list.view()
    assert view.may
    assert [row.key for row in view.rows] == [f"credential:{credential.id}", f"account:{safe.account_ids()[0]}"]
    assert view.keepers == safe.names


def test_an_account_that_opens_by_scanning_is_told_apart(safe: Safe) -> None:
    safe.sign_in("陈账").accounts.register("微信视频号", "晋安示例视频")
    safe.enter("贺甲")
    last = safe.services.custody_list.view().rows[-1]
    assert (last.account.platform, last.entry, last.line) == ("微信视频号", EntryWay.SCAN, None)


def test_who_keeps_no_passwords_sees_only_who_does(safe: Safe) -> None:
    kept(safe)
    view = safe.sign_in("陈账").custody_list.view()
    assert (view.may, view.rows, view.keepers) == (False, (), safe.names)


def test_every_look_is_told_with_its_reason_on_the_password_and_on_the_account(safe: Safe) -> None:
    credential = kept(safe)
    safe.services.custody.reveal(credential.id, UsageKind.REVEAL, WHY, LONG)
    events = safe.services.custody_list.history(credential.id)
    assert [event.action for event in events] == ["credential.reveal", "credential.keep"]
    assert (events[0].reason, events[0].usage) == (WHY, UsageKind.REVEAL)
    history = safe.services.account_desk.view(credential.account_id).history
    assert [entry.action for entry in history][:2] == ["credential.reveal", "credential.keep"]
    other = safe.services.account_desk.view(safe.account_ids()[0]).history
    assert not [entry for entry in other if entry.action.startswith("credential.")]


def test_a_password_is_a_task_for_its_custodians_from_seven_days_before_it_is_due(safe: Safe) -> None:
    credential = kept(safe)
    safe.clock.now += timedelta(82)
    assert due(safe, "贺甲") == []
    safe.clock.now += timedelta(1)
    [task] = due(safe, "尤乙")
    assert (task.subject, task.late, task.own) == (f"credential:{credential.id}", False, True)
    safe.clock.now += timedelta(8)
    assert due(safe, "贺甲")[0].late
    safe.sign_in("陈账")
    assert not [task for task in safe.services.today.tasks() if task.kind is TaskKind.PASSWORD]
