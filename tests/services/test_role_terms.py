"""Roles for all or named accounts, from a day to a day; what was held keeps its row."""

import json
from datetime import date, timedelta

import pytest

from app.errors import FieldInvalidError, LastAdministratorError, NotFoundError, SignInRefusedError
from app.models.right import ROLE_RIGHTS, Right, Role, may_be_limited
from app.models.staff import RoleGrant, RoleLimit
from app.services.staff_list import StaffLine
from app.storage.unit_of_work import Store
from tests.services.office import PASSCODE, START, Office

TODAY, DAY = START.date(), timedelta(days=1)
OFFICER = Role.INFORMATION_OFFICER


def line_of(office: Office, name: str = "林晓") -> StaffLine:
    return next(line for line in office.services.staff.list() if line.person.name == name)


def rows(office: Office, name: str = "林晓") -> list[RoleGrant]:
    with Store(office.folder, office.clock).reading() as unit:
        return sorted(unit.roles.grants(office.person(name).id), key=lambda g: (g.from_on, g.to_on or date.max))


def limit(office: Office, *limits: RoleLimit, name: str = "林晓", basis: str = "分工文件") -> None:
    admin = office.sign_in("许管")
    roles = frozenset(limit.role for limit in limits)
    admin.staff.set_roles(office.person(name).id, roles, basis, PASSCODE, limits)


def test_a_role_is_limited_to_accounts_and_days_and_the_old_row_stays(office: Office) -> None:
    office.clock.forward(days=3)
    now, (one, _other) = TODAY + 3 * DAY, office.account_ids()
    limit(office, RoleLimit(OFFICER, (one,), to_on=now + 30 * DAY), basis="示办〔2026〕9号")
    before, after = rows(office)
    assert (before.from_on, before.to_on, before.account_ids, before.basis) == (TODAY, now - DAY, (), "首次设置")
    assert (after.from_on, after.to_on, after.account_ids) == (now, now + 30 * DAY, (one,))
    assert after.basis == "示办〔2026〕9号"
    line = line_of(office)
    assert (line.roles, line.grants, line.past) == (frozenset({OFFICER}), (after,), (before,))
    with Store(office.folder, office.clock).reading() as unit:
        entries = [e for e in unit.audit.entries() if e.action == "person.roles"]
    [told] = [json.loads(entry.detail)["limits"] for entry in entries]
    assert told == [{"role": OFFICER, "accounts": [one], "from": "", "to": (now + 30 * DAY).isoformat()}]
    office.clock.forward(days=31)
    assert line_of(office).roles == frozenset()
    assert line_of(office).past == (before, after)


def test_what_is_held_just_so_already_is_left_alone(office: Office) -> None:
    (one, other), kept = office.account_ids(), rows(office)
    limit(office, RoleLimit(OFFICER))
    assert rows(office) == kept
    limit(office, RoleLimit(OFFICER, (one, other)))
    kept = rows(office)
    office.clock.forward(days=1)
    limit(office, RoleLimit(OFFICER, (other, one)))
    assert rows(office) == kept
    # Without its limit the role is for all accounts again.
    admin = office.sign_in("许管")
    admin.staff.set_roles(office.person("林晓").id, frozenset({OFFICER}), "恢复", PASSCODE)
    assert [g.account_ids for g in line_of(office).grants] == [()]


def test_a_role_begins_on_a_later_day(office: Office) -> None:
    admin = office.sign_in("许管")
    first = TODAY + 5 * DAY
    person = admin.staff.add(
        "孙新",
        "",
        "",
        signs_in=False,
        roles=frozenset({Role.REVIEWER}),
        passcode=PASSCODE,
        basis="任命",
        limits=(RoleLimit(Role.REVIEWER, from_on=first),),
    )
    [grant] = line_of(office, "孙新").grants
    assert (line_of(office, "孙新").roles, grant.from_on, grant.basis) == (frozenset(), first, "任命")
    assert person not in admin.staff.holders(Role.REVIEWER, first - DAY)
    assert person in admin.staff.holders(Role.REVIEWER, first)
    # Put off again before it began: the first row holds on no day, and is no history.
    limit(office, RoleLimit(Role.REVIEWER, from_on=first + DAY), name="孙新")
    assert [g.from_on for g in line_of(office, "孙新").grants] == [first + DAY]
    office.clock.forward(days=8)
    assert line_of(office, "孙新").past == ()
    assert line_of(office, "孙新").roles == {Role.REVIEWER}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (RoleLimit(OFFICER, from_on=TODAY - DAY), "from_on"),
        (RoleLimit(OFFICER, to_on=TODAY - DAY), "to_on"),
        (RoleLimit(OFFICER, from_on=TODAY + 2 * DAY, to_on=TODAY + DAY), "to_on"),
        (RoleLimit(Role.ARCHIVIST, ("an account",)), "account_ids"),
    ],
)
def test_days_that_do_not_fit_and_accounts_that_say_nothing_are_refused(
    office: Office, wrong: RoleLimit, field: str
) -> None:
    kept = rows(office)
    with pytest.raises(FieldInvalidError) as refused:
        limit(office, wrong)
    assert refused.value.field == field
    assert rows(office) == kept


def test_an_unknown_account_or_a_wrong_passcode_gives_nothing(office: Office) -> None:
    kept, admin = rows(office), office.sign_in("许管")
    with pytest.raises(NotFoundError):
        limit(office, RoleLimit(OFFICER, ("nowhere",)))
    limits = (RoleLimit(OFFICER, to_on=TODAY),)
    with pytest.raises(SignInRefusedError):
        admin.staff.set_roles(office.person("林晓").id, frozenset({OFFICER}), "分工", "not-my-passcode", limits)
    assert rows(office) == kept


def test_the_last_administrator_has_no_last_day(office: Office) -> None:
    end = RoleLimit(Role.ADMINISTRATOR, to_on=TODAY + 90 * DAY)
    with pytest.raises(LastAdministratorError):
        limit(office, end, name="许管")
    after = RoleLimit(Role.ADMINISTRATOR, from_on=TODAY + 92 * DAY)
    limit(office, RoleLimit(OFFICER), after)
    # One day would be without anybody.
    with pytest.raises(LastAdministratorError):
        limit(office, end, name="许管")
    limit(office, RoleLimit(OFFICER), RoleLimit(Role.ADMINISTRATOR, from_on=TODAY + 91 * DAY))
    limit(office, end, name="许管")
    assert line_of(office, "许管").grants[0].to_on == end.to_on


def test_only_roles_that_act_on_accounts_are_for_named_ones() -> None:
    assert {role for role in Role if not may_be_limited(role)} == {Role.ARCHIVIST, Role.ADMINISTRATOR, Role.AUDITOR}
    assert all(may_be_limited(role) for role in Role if ROLE_RIGHTS[role] & {Right.WRITE, Right.DECIDE, Right.PUBLISH})
