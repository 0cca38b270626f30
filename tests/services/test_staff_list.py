"""People come, change, hold roles from a day to a day, and leave; nobody is deleted."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.errors import (
    FieldInvalidError,
    LastAdministratorError,
    MissingFieldError,
    NotFoundError,
    OwnDraftError,
    OwnPasscodeWrongError,
    PersonLeftError,
    RightMissingError,
    RoleConflictError,
    SecrecyMarkedWordsError,
    SignInRefusedError,
)
from app.models.clock import BEIJING
from app.models.records import StatementKind
from app.models.review import Verdict
from app.models.right import Role
from app.models.staff import Person
from app.models.stated_words import WordsReport
from app.services.staff_list import StaffList
from tests.services.office import PASSCODE, Office


def test_a_new_person_holds_roles_from_today(office: Office) -> None:
    admin = office.sign_in("许管")
    admin.staff.add("  孙新 ", "宣传科", "", signs_in=False, roles=frozenset({Role.REVIEWER}), passcode=PASSCODE)
    line = next(line for line in admin.staff.list() if line.person.name == "孙新")
    assert (line.roles, line.has_passcode) == (frozenset({Role.REVIEWER}), False)
    with pytest.raises(MissingFieldError):
        admin.staff.add(" ", "", "", signs_in=False, roles=frozenset(), passcode=PASSCODE)


def test_only_the_administrator_touches_people(office: Office) -> None:
    with pytest.raises(RightMissingError):
        office.sign_in("陈账").staff.add("孙新", "", "", signs_in=False, roles=frozenset(), passcode=PASSCODE)


def test_giving_roles_asks_the_own_passcode_again(office: Office) -> None:
    admin = office.sign_in("许管")
    person, reviewer = office.person("林晓"), frozenset({Role.REVIEWER})
    with pytest.raises(SignInRefusedError):
        admin.staff.set_roles(person.id, reviewer, "调整", "not-my-passcode")
    with pytest.raises(SignInRefusedError):
        admin.staff.add("孙新", "", "", signs_in=False, roles=reviewer, passcode="")
    # Whoever may not do it at all is told that, and no try is counted.
    with pytest.raises(RightMissingError):
        office.sign_in("陈账").staff.set_roles(person.id, reviewer, "调整", "not-my-passcode")
    assert next(line for line in office.services.staff.list() if line.person == person).roles == {
        Role.INFORMATION_OFFICER
    }
    assert [e.action for e in office.services.audit.page(0, 9)].count("session.refused") == 2


def test_nobody_is_administrator_and_auditor(office: Office) -> None:
    admin = office.sign_in("许管")
    with pytest.raises(RoleConflictError):
        admin.staff.set_roles(office.person("许管").id, frozenset({Role.ADMINISTRATOR, Role.AUDITOR}), "兼任", PASSCODE)


TAKEN_AWAY: dict[str, Callable[[StaffList, Person, date], object]] = {
    "roles": lambda staff, person, _today: staff.set_roles(person.id, frozenset({Role.REVIEWER}), "调整", PASSCODE),
    "leave": lambda staff, person, today: staff.leave(person.id, today - timedelta(days=1), "免职通知", PASSCODE),
    "no sign-in": lambda staff, person, _today: staff.change(
        person.id, person.name, person.department, person.duty, signs_in=False
    ),
}


@pytest.mark.parametrize("way", TAKEN_AWAY)
def test_the_last_administrator_cannot_be_taken_away(office: Office, way: str) -> None:
    admin = office.sign_in("许管")
    person, today = office.person("许管"), admin.today.day()
    with pytest.raises(LastAdministratorError):
        TAKEN_AWAY[way](admin.staff, person, today)
    assert Role.ADMINISTRATOR in admin.staff.actor().roles


def test_whoever_left_stays_on_record(office: Office) -> None:
    draft = office.submitted()
    admin = office.sign_in("许管")
    today = office.clock.now.astimezone(BEIJING).date()
    with pytest.raises(FieldInvalidError):
        admin.staff.leave(office.person("林晓").id, today + timedelta(days=1), "免职通知", PASSCODE)
    admin.staff.leave(office.person("林晓").id, today, "免职通知", PASSCODE)
    assert "林晓" not in [line.person.name for line in admin.staff.list()]
    assert admin.drafts.view(draft.id).author == "林晓"
    assert "林晓" in admin.staff.names().values()


def test_a_departure_needs_a_basis_and_the_own_passcode(office: Office) -> None:
    admin = office.sign_in("许管")
    person, today = office.person("林晓").id, admin.today.day()
    for basis, passcode, error in (
        (" ", PASSCODE, MissingFieldError),
        ("机密★5年", PASSCODE, SecrecyMarkedWordsError),
        ("免职通知", "not-my-passcode", OwnPasscodeWrongError),
    ):
        with pytest.raises(error):
            admin.staff.leave(person, today, basis, passcode)
    assert "林晓" in [line.person.name for line in admin.staff.list()]
    admin.staff.leave(person, today, " 免职通知 ", PASSCODE)
    with pytest.raises(PersonLeftError):
        admin.staff.leave(person, today, "再来一次", PASSCODE)


def test_the_basis_of_a_departure_is_bound_to_its_entry(office: Office) -> None:
    admin = office.sign_in("许管")
    person = office.person("林晓").id
    admin.staff.leave(person, admin.today.day(), "免职通知2号", PASSCODE)
    with admin.staff._room.store.reading() as unit:
        [stated] = unit.statements.of_subject(f"person:{person}", StatementKind.LEAVE)
    assert stated.text == "免职通知2号"
    [entry] = [entry for entry in admin.audit.page(0, 9) if entry.action == "person.leave"]
    assert f"statement:{stated.id}" in entry.detail
    assert "免职通知" not in entry.detail
    auditor = office.sign_in("周计")
    assert auditor.audit.check().words == WordsReport()
    with closing(sqlite3.connect(office.folder / "xianshen.db")) as db:
        db.execute("DROP TRIGGER guard_statement_frozen")
        db.execute("UPDATE statement SET text = '另一个依据' WHERE id = ?", (stated.id,))
        db.commit()
    assert auditor.audit.check().words == WordsReport(altered=(f"statement:{stated.id}",))


def test_a_departure_tells_what_ended_and_what_waits(office: Office) -> None:
    office.submitted()
    admin = office.sign_in("许管")
    today = admin.today.day()
    first = admin.staff.leave(office.person("林晓").id, today, "调离", PASSCODE)
    assert (first.roles, first.unheld) == ((Role.INFORMATION_OFFICER,), (Role.INFORMATION_OFFICER,))
    # The second person of the set-up was the first of the people.
    assert (first.unfinished, first.stuck, first.second_person) == (1, 0, True)
    admin.staff.set_roles(office.person("何副").id, frozenset({Role.DEPUTY_LEADER, Role.REVIEWER}), "分工", PASSCODE)
    second = admin.staff.leave(office.person("吴审").id, today - timedelta(days=1), "退休", PASSCODE)
    assert (second.unheld, second.unfinished, second.stuck, second.second_person) == ((), 0, 0, False)
    third = admin.staff.leave(office.person("何副").id, today, "退休", PASSCODE)
    assert third.roles == third.unheld == (Role.REVIEWER, Role.DEPUTY_LEADER)
    # The draft lies at the first review, which nobody can decide from tomorrow on.
    assert third.stuck == 1
    assert admin.staff.leave(office.person("郑密").id, today, "退休", PASSCODE).stuck == 0


def test_a_role_that_begins_after_the_day_of_leaving_ends_too(office: Office) -> None:
    admin = office.sign_in("许管")
    person, today = office.person("林晓").id, admin.today.day()
    left = admin.staff.leave(person, today - timedelta(days=400), "调离", PASSCODE)
    assert left.roles == left.unheld == (Role.INFORMATION_OFFICER,)
    with admin.staff._room.store.reading() as unit:
        assert unit.roles.of(person, today) == frozenset()


def test_who_comes_back_goes_on_under_the_same_record(office: Office) -> None:
    draft = office.submitted()
    person = office.person("林晓").id
    admin = office.sign_in("许管")
    admin.staff.leave(person, office.clock.now.astimezone(BEIJING).date(), "免职通知", PASSCODE)
    office.clock.forward(days=40)
    roles = frozenset({Role.INFORMATION_OFFICER, Role.REVIEWER, Role.PRINCIPAL_LEADER})
    with pytest.raises(MissingFieldError):
        admin.staff.come_back(person, roles, " ", PASSCODE, signs_in=True)
    with pytest.raises(SignInRefusedError):
        admin.staff.come_back(person, roles, "借调期满", "not-my-passcode", signs_in=True)
    assert "林晓" not in [line.person.name for line in admin.staff.list()]
    admin.staff.come_back(person, roles, "借调期满", PASSCODE, signs_in=True)
    [line] = [line for line in admin.staff.list() if line.person.name == "林晓"]
    assert (line.person.id, line.person.left_on, line.roles, line.has_passcode) == (person, None, roles, False)
    assert line.past[-1].role is Role.INFORMATION_OFFICER
    [entry] = [entry for entry in admin.audit.page(0, 9) if entry.action == "person.return"]
    assert entry.subject == f"person:{person}"
    # The old passcode opens nothing any more, and the own old draft stays the own one.
    with pytest.raises(SignInRefusedError):
        admin.sign_in.sign_in("林晓", PASSCODE)
    code = admin.codes.issue(person, "返岗", PASSCODE)
    admin.sign_in.sign_out()
    admin.sign_in.choose("林晓", code.code, "another-fine-word-77")
    with pytest.raises(OwnDraftError):
        admin.reviews.decide(draft.id, 1, Verdict.AGREE, "", "another-fine-word-77")


def test_who_has_left_is_listed_on_request_and_gets_nothing_before_coming_back(office: Office) -> None:
    person = office.person("林晓")
    admin = office.sign_in("许管")
    admin.staff.leave(person.id, office.clock.now.astimezone(BEIJING).date(), "免职通知", PASSCODE)
    everybody = admin.staff.list(include_left=True)
    assert everybody[-1].person.name == "林晓"
    assert [line.person.name for line in everybody[:-1]] == [line.person.name for line in admin.staff.list()]
    refusals: tuple[Callable[[], object], ...] = (
        lambda: admin.staff.change(person.id, "林晓", "办公室", "", signs_in=True),
        lambda: admin.staff.set_roles(person.id, frozenset({Role.REVIEWER}), "调整", PASSCODE),
        lambda: admin.codes.name_second_person(person.id, PASSCODE),
    )
    for refused in refusals:
        with pytest.raises(PersonLeftError):
            refused()
    admin.staff.change(person.id, "林晓", "宣传科", "", signs_in=False)


def test_only_who_left_comes_back(office: Office) -> None:
    admin = office.sign_in("许管")
    with pytest.raises(NotFoundError):
        admin.staff.come_back(office.person("林晓").id, frozenset(), "返岗", PASSCODE, signs_in=True)
    with pytest.raises(SecrecyMarkedWordsError):
        admin.staff.come_back(office.person("林晓").id, frozenset(), "机密★返岗", PASSCODE, signs_in=True)
    with pytest.raises(RightMissingError):
        office.sign_in("陈账").staff.come_back(office.person("林晓").id, frozenset(), "返岗", PASSCODE, signs_in=True)


def test_an_authorization_runs_forward_between_two_people(office: Office) -> None:
    services = office.sign_in("陈账")
    today = services.today.day()
    leader, deputy = office.person("王局").id, office.person("何副").id
    with pytest.raises(FieldInvalidError):
        services.staff.authorize(
            leader, deputy, Role.PRINCIPAL_LEADER, today, today - timedelta(days=1), office.scan(), PASSCODE
        )
    with pytest.raises(RoleConflictError):
        services.staff.authorize(leader, leader, Role.PRINCIPAL_LEADER, today, today, office.scan(), PASSCODE)


def test_a_renamed_person_is_found_by_the_new_name(office: Office) -> None:
    admin = office.sign_in("许管")
    person = office.person("林晓")
    admin.staff.change(person.id, "林小晓", "办公室", "科员", signs_in=True)
    assert "林小晓" in admin.sign_in.names()
    assert admin.audit.check().broken_at == 0


def test_what_somebody_may_not_do_leaves_no_file_behind(office: Office, tmp_path: Path) -> None:
    draft = office.submitted()
    leader, deputy = office.person("王局").id, office.person("何副").id
    auditor = office.sign_in("周计")
    today = auditor.today.day()
    step = auditor.drafts.view(draft.id).steps[0]
    scan = tmp_path / "never-kept.pdf"
    scan.write_bytes(b"%PDF-1.4 of no concern to the auditor")
    files = set(office.folder.rglob("*"))
    for refused in (
        lambda: auditor.staff.authorize(leader, deputy, Role.PRINCIPAL_LEADER, today, today, scan, PASSCODE),
        lambda: auditor.reviews.register_paper(draft.id, 1, (office.signed(step),), scan),
        lambda: auditor.scans.file_only(draft.id, scan),
        lambda: auditor.drafts.attach(scan),
        lambda: auditor.drafts.keep_file(b"a picture of no concern"),
        lambda: auditor.drafts.start(office.content(), scan),
    ):
        with pytest.raises(RightMissingError):
            refused()
    assert set(office.folder.rglob("*")) == files
