"""People, units and roles: nobody is deleted, former names and roles keep their days."""

import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.errors import NotFoundError, SetupNeededError
from app.models.clock import beijing_day
from app.models.right import Role
from app.models.staff import Authorization, Person, RoleGrant, Unit
from app.storage.database import FILE_NAME
from app.storage.unit_of_work import Store
from tests.storage.office import NOW

TODAY = date(2026, 11, 23)
PERSON = Person("new", "𬭎𬘡𫖯", "综合科", "科长", False)
GRANT = RoleGrant("grant", "author", Role.REVIEWER, TODAY, TODAY + timedelta(days=9), ("wechat",), "任命文件")


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(store.folder / FILE_NAME)
    found = connection.execute(sql).fetchall()
    connection.close()
    return found


def test_before_set_up_there_is_no_unit(tmp_path: Path) -> None:
    with Store(tmp_path, lambda: NOW).reading() as unit:
        assert unit.units.find() is None
        with pytest.raises(SetupNeededError):
            unit.units.get()
        assert unit.people.list() == ()


def test_a_renamed_unit_keeps_its_id_and_its_former_name(store: Store) -> None:
    renamed = Unit("unit", "JA-01", "新名局", "新名局", "区政府办公室", "晋新", True)
    with store.writing() as unit:
        unit.units.save(renamed, NOW + timedelta(days=1))
        unit.units.save(replace(renamed, short_name="新"), NOW + timedelta(days=2))
        assert unit.units.get() == replace(renamed, short_name="新")
    names = [("示例局", "2026-11-23", "2026-11-24"), ("新名局", "2026-11-24", None)]
    assert rows(store, "SELECT name, from_on, to_on FROM unit_name ORDER BY from_on") == names


def test_a_person_is_called_on_each_day_as_they_were_then(store: Store) -> None:
    with store.writing() as unit:
        unit.people.save(PERSON, NOW)
        unit.people.save(replace(PERSON, name="王五"), NOW + timedelta(days=3))
        unit.people.save(replace(PERSON, name="王六"), NOW + timedelta(days=3))
        unit.people.save(replace(PERSON, name="王七"), NOW + timedelta(days=9))
        first = beijing_day(NOW)
        called = {after: unit.people.name_on("new", first + timedelta(days=after)) for after in (-9, 0, 2, 3, 8, 9, 99)}
    assert called == {-9: PERSON.name, 0: PERSON.name, 2: PERSON.name, 3: "王六", 8: "王六", 9: "王七", 99: "王七"}


def test_a_person_reads_back_and_keeps_former_names(store: Store) -> None:
    with store.writing() as unit:
        unit.people.save(PERSON, NOW)
        key = unit.people.audit_key("new")
        unit.people.save(replace(PERSON, name="王五", left_on=TODAY), NOW + timedelta(days=1))
        assert unit.people.audit_key("new") == key
        assert len(key) == 32
        assert unit.people.get("new") == replace(PERSON, name="王五", left_on=TODAY)
        assert unit.people.find("none") is None
        for act in (unit.people.get, unit.people.audit_key):
            with pytest.raises(NotFoundError):
                act("none")
    names = [(PERSON.name, "2026-11-24"), ("王五", None)]
    assert rows(store, "SELECT name, to_on FROM person_name WHERE person_id = 'new' ORDER BY from_on") == names


def test_who_has_left_is_found_only_when_asked_for(store: Store) -> None:
    with store.writing() as unit:
        unit.people.save(replace(PERSON, name="作者"), NOW)
        assert [person.id for person in unit.people.named("作者")] == ["author", "new"]
        unit.people.save(replace(PERSON, name="作者", left_on=TODAY), NOW)
        assert [person.id for person in unit.people.named("作者")] == ["author"]
        assert "new" not in {person.id for person in unit.people.list()}
        assert "new" in {person.id for person in unit.people.list(include_left=True)}


def test_no_two_people_share_an_audit_key(store: Store) -> None:
    with store.reading() as unit:
        keys = {unit.people.audit_key(person.id) for person in unit.people.list()}
    assert len(keys) == 4


def test_a_role_holds_from_its_first_to_its_last_day(store: Store) -> None:
    with store.writing() as unit:
        unit.roles.add(GRANT)
        assert unit.roles.grants("author") == unit.roles.all_grants() == (GRANT,)
        assert GRANT.to_on is not None
        for day, held in (
            (TODAY - timedelta(days=1), False),
            (TODAY, True),
            (GRANT.to_on, True),
            (GRANT.to_on + timedelta(days=1), False),
        ):
            assert (Role.REVIEWER in unit.roles.of("author", day)) is held
            assert (["author"] if held else []) == [p.id for p in unit.roles.holders(Role.REVIEWER, day)]
        unit.roles.end("grant", TODAY)
        assert unit.roles.grants("author") == (replace(GRANT, to_on=TODAY),)


def test_a_person_who_has_left_holds_no_role_afterwards(store: Store) -> None:
    with store.writing() as unit:
        unit.roles.add(replace(GRANT, to_on=None))
        unit.roles.add(replace(GRANT, id="twice", to_on=None, basis="另一份文件"))
        assert [p.id for p in unit.roles.holders(Role.REVIEWER, TODAY)] == ["author"]
        unit.people.save(replace(unit.people.get("author"), left_on=TODAY), NOW)
        assert [p.id for p in unit.roles.holders(Role.REVIEWER, TODAY)] == ["author"]
        assert unit.roles.holders(Role.REVIEWER, TODAY + timedelta(days=1)) == ()


def test_an_authorization_counts_on_its_days(store: Store) -> None:
    given = Authorization("a", "leader", "first", Role.PRINCIPAL_LEADER, TODAY, TODAY + timedelta(days=3), "f" * 64)
    with store.writing() as unit:
        unit.roles.authorize(given)
        assert unit.roles.authorizations() == unit.roles.authorizations(given.to_on) == (given,)
        assert unit.roles.authorizations(TODAY - timedelta(days=1)) == ()
        assert unit.roles.authorizations(given.to_on + timedelta(days=1)) == ()
