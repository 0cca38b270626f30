"""The first start writes everything in one transaction, or nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import AppError, FieldInvalidError, MissingFieldError, RoleConflictError, SetupDoneError
from app.models.account import AccountState, FilingState
from app.models.right import Role
from app.services.setup import AccountPlan, PersonPlan, SetupPlan, UnitPlan
from tests.services.office import PEOPLE, Office

PLAN = SetupPlan(
    UnitPlan("ja-01", " 示例局 ", "", "", "晋示"),
    tuple(PersonPlan(name, "办公室", "", frozenset(roles)) for name, roles in PEOPLE.items()),
    (AccountPlan("微信公众号", "晋安示例"),),
)


def test_a_set_up_unit_has_its_policy_people_accounts_and_one_audit_entry(tmp_path: Path) -> None:
    services = Office(tmp_path / "data").services
    codes = services.setup.run(PLAN)

    assert not services.setup.needed()
    assert services.settings.unit().code == "JA-01"
    assert services.settings.unit().name == "示例局"
    assert services.settings.unit().supervisor == services.settings.current_policy().policy.supervisor
    assert [code.person for code in codes[:-1]] == list(PEOPLE)
    assert codes[-1].person_id == "recovery"
    [account] = services.accounts.list()
    assert (account.state, account.filing) == (AccountState.RUNNING, FilingState.NOT_FILED)
    assert [entry.action for entry in services.audit.page(0, 9)] == ["setup.done"]
    assert services.audit.check().broken_at == 0
    assert services.working_days.days(2026)


def test_a_second_set_up_is_refused(office: Office) -> None:
    with pytest.raises(SetupDoneError):
        office.services.setup.run(PLAN)


@pytest.mark.parametrize(
    ("plan", "error"),
    [
        (replace(PLAN, unit=replace(PLAN.unit, code="单位")), FieldInvalidError),
        (replace(PLAN, unit=replace(PLAN.unit, name=" ")), MissingFieldError),
        (replace(PLAN, people=PLAN.people[:-4]), MissingFieldError),
        (replace(PLAN, accounts=(AccountPlan("微博", ""),)), MissingFieldError),
        (
            replace(
                PLAN, people=(*PLAN.people, PersonPlan("兼", "", "", frozenset({Role.ADMINISTRATOR, Role.AUDITOR})))
            ),
            RoleConflictError,
        ),
    ],
)
def test_a_plan_that_does_not_hold_writes_nothing(tmp_path: Path, plan: SetupPlan, error: type[AppError]) -> None:
    services = Office(tmp_path / "data").services
    with pytest.raises(error):
        services.setup.run(plan)
    assert services.setup.needed()
    assert services.audit.count() == 0


def test_no_name_stands_in_the_audit_chain_in_clear(office: Office) -> None:
    entries = office.services.audit.page(0, 99)
    assert entries
    assert not any(name in entry.detail for entry in entries for name in PEOPLE)


def test_two_people_alike_in_every_word_get_a_code_each(tmp_path: Path) -> None:
    office = Office(tmp_path / "data")
    codes = office.services.setup.run(replace(PLAN, people=(*PLAN.people, PLAN.people[0])))
    first, second = (code for code in codes if code.person.startswith(PLAN.people[0].name))
    assert first.person != second.person
    assert first.code != second.code
    assert first.person_id != second.person_id
    signed = office.services.sign_in.choose(second.person, second.code, "another-fine-word-77")
    assert signed.actor.person_id == second.person_id
