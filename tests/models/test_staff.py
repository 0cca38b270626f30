"""Who may do what: the table of roles and rights, terms of office, and the codes papers can carry."""

from datetime import date

import pytest

from app.errors import FieldInvalidError, RoleConflictError
from app.models.right import ROLE_RIGHTS, Right, Role
from app.models.staff import Actor, Authorization, RoleGrant, allowed, check_roles, check_unit_code

# Written out by hand: which roles may do what.
HOLDERS = {
    Right.READ: set(Role),
    Right.WRITE: {Role.INFORMATION_OFFICER, Role.ACCOUNT_MANAGER, Role.DUTY_OFFICER},
    Right.DECIDE: {Role.REVIEWER, Role.SECRECY_REVIEWER, Role.DEPUTY_LEADER, Role.PRINCIPAL_LEADER},
    Right.REGISTER_PAPER: {Role.ACCOUNT_MANAGER},
    Right.PUBLISH: {Role.ACCOUNT_MANAGER},
    Right.FILE_SCANS: {Role.ACCOUNT_MANAGER, Role.ARCHIVIST},
    Right.ARCHIVE: {Role.ACCOUNT_MANAGER, Role.ARCHIVIST},
    Right.KEEP_PASSWORDS: {Role.PASSWORD_CUSTODIAN},
    Right.KEEP_WATCH: {Role.DUTY_OFFICER, Role.DUTY_LEADER},
    Right.ADMINISTER: {Role.ADMINISTRATOR},
    Right.AUDIT: {Role.AUDITOR},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_a_role_holds_exactly_the_rights_of_the_table(right: Right, role: Role) -> None:
    assert allowed(Actor("p", "张三", frozenset({role})), right) == (role in HOLDERS[right])


def test_a_person_without_a_role_may_do_nothing() -> None:
    assert not any(allowed(Actor("p", "张三", frozenset()), right) for right in Right)


def test_several_roles_add_up() -> None:
    actor = Actor("p", "张三", frozenset({Role.REVIEWER, Role.ARCHIVIST}))
    assert actor.rights == ROLE_RIGHTS[Role.REVIEWER] | ROLE_RIGHTS[Role.ARCHIVIST]


def test_nobody_is_administrator_and_auditor() -> None:
    with pytest.raises(RoleConflictError):
        check_roles(frozenset(Role))
    check_roles(frozenset(Role) - {Role.AUDITOR})
    check_roles(frozenset(Role) - {Role.ADMINISTRATOR})
    check_roles(frozenset())


def test_a_role_is_held_from_its_first_day_to_its_last() -> None:
    grant = RoleGrant("g", "p", Role.REVIEWER, date(2026, 1, 1), date(2026, 6, 30))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert [grant.holds_on(day) for day in days] == [False, True, True, False]
    assert RoleGrant("g", "p", Role.REVIEWER, date(2026, 1, 1)).holds_on(date(2099, 1, 1))


def test_an_authorization_counts_on_its_days_only() -> None:
    given = Authorization("a", "p", "q", Role.PRINCIPAL_LEADER, date(2026, 5, 1), date(2026, 5, 3), "0" * 64)
    days = (date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 3), date(2026, 5, 4))
    assert [given.holds_on(day) for day in days] == [False, True, True, False]


def test_a_unit_code_is_tidied_to_capitals() -> None:
    assert check_unit_code("  11350111003616999x ") == "11350111003616999X"
    assert check_unit_code("ja-07") == "JA-07"


@pytest.mark.parametrize("code", ["", "  ", "X" * 19, "晋安", "１２３", "A B", "A:B", "ß", "ﬁ", "A_B", "A\nB"])
def test_a_code_that_papers_cannot_carry_is_refused(code: str) -> None:
    with pytest.raises(FieldInvalidError) as refused:
        check_unit_code(code)
    assert refused.value.field == "unit_code"
