"""The register beside the accounts reads back as it was put on file."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from app.errors import ChangedMeanwhileError, NotFoundError
from app.models.account_application import ApplicationState
from app.models.expiry import RecordGroup
from app.models.platform import EntryWay, Platform, PlatformClass
from app.storage.unit_of_work import Store, UnitOfWork
from tests.storage.office import NOW
from tests.storage.registers import (
    BORROWING,
    CHANGE,
    CHECK,
    CREDENTIAL,
    FILING,
    HANDOVER,
    IMPOSTOR,
    LEAVE,
    OPERATOR,
    PERSONAL,
    SCANNING,
    TERMINAL,
    put_registers,
)

READ: dict[str, tuple[Callable[[UnitOfWork], object], object]] = {
    "applications": (lambda unit: unit.applications.of("wechat"), (CHANGE, FILING)),
    "operators": (lambda unit: unit.operators.list(), (OPERATOR,)),
    "personal accounts": (lambda unit: unit.personal_accounts.list(), (PERSONAL,)),
    "checks": (lambda unit: unit.personal_accounts.checks("personal"), (CHECK,)),
    "impostors": (lambda unit: unit.impostors.list(), (IMPOSTOR,)),
    "terminals": (lambda unit: unit.terminals.list(), (TERMINAL,)),
    "leaves": (lambda unit: unit.terminals.leaves.get("leave"), LEAVE),
    "credentials": (lambda unit: unit.credentials.of("weibo"), (CREDENTIAL,)),
    "borrowings": (lambda unit: unit.borrowings.of("credential"), (BORROWING,)),
    "scan operators": (lambda unit: unit.scan_operators.of("wechat"), (SCANNING,)),
    "handovers": (lambda unit: unit.handovers.list(), (HANDOVER,)),
}


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing() as unit:
        put_registers(unit)
    return store


@pytest.mark.parametrize("table", READ)
def test_a_record_reads_back_as_it_was_put_on_file(filled: Store, table: str) -> None:
    read, wanted = READ[table]
    with filled.reading() as unit:
        assert read(unit) == wanted


def test_the_second_of_two_hands_is_told(filled: Store) -> None:
    with filled.writing() as unit:
        saved = unit.applications.save(replace(CHANGE, state=ApplicationState.WAITING))
        assert (saved.version, saved.state) == (1, ApplicationState.WAITING)
        with pytest.raises(ChangedMeanwhileError):
            unit.applications.save(replace(CHANGE, signed_by="别的"))
        with pytest.raises(NotFoundError):
            unit.applications.save(replace(CHANGE, id="nobody"))
        assert unit.applications.get("change") == saved


def test_a_machine_is_known_by_its_mark_and_an_empty_mark_is_nobodys(filled: Store) -> None:
    with filled.writing() as unit:
        assert unit.terminals.of_machine("f" * 32) == TERMINAL
        assert unit.terminals.of_machine("") is None
        unit.terminals.add(replace(TERMINAL, id="phone", machine_id=""))
        assert unit.terminals.of_machine("") is None
        unit.terminals.save(replace(TERMINAL, retired_on=LEAVE.from_on))
        assert unit.terminals.of_machine("f" * 32) is None


def test_a_custodian_who_has_no_envelope_any_more_is_not_named(filled: Store) -> None:
    with filled.writing() as unit:
        unit.credentials.put_envelopes(CREDENTIAL.id, CREDENTIAL.envelopes[:1])
        assert unit.credentials.get(CREDENTIAL.id).envelopes == CREDENTIAL.envelopes[:1]
        unit.credentials.save(replace(CREDENTIAL, ended_at=NOW))
        assert unit.credentials.list() == ()
        assert unit.credentials.of("weibo") == ()


def test_the_usual_platforms_are_on_the_list_and_those_that_accounts_stand_on(store: Store) -> None:
    with store.writing() as unit:
        names = [platform.name for platform in unit.platforms.list()]
        assert names[:4] == ["微信公众号", "微信视频号", "微博", "今日头条"]
        wechat = unit.platforms.get("微信公众号")
        assert (wechat.platform_class, wechat.entry) == (PlatformClass.PUBLIC_ACCOUNT, EntryWay.SCAN)
        assert wechat.kinds == ("订阅号", "服务号")
        own = unit.platforms.add(Platform("区融媒", PlatformClass.OTHER, EntryWay.PASSWORD, position=99))
        assert unit.platforms.list()[-1] == own
        assert unit.platforms.save(replace(own, retired=True)).retired


def test_a_paper_about_no_account_is_refused(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError), store.writing() as unit:
        unit.applications.put(replace(FILING, account_id="nobody"))


@pytest.mark.parametrize("person_id", ["author", "first", "secret", "leader"])
def test_nobody_is_forgotten_whose_name_a_register_still_needs(store: Store, person_id: str) -> None:
    with store.writing() as unit:
        unit.people.save(replace(unit.people.get(person_id), left_on=date(2000, 1, 1), signs_in=False), NOW)
        assert unit.expired.years(RecordGroup.LEAVERS)[2000] == 1
        put_registers(unit)
        assert unit.expired.years(RecordGroup.LEAVERS)[2000] == 0
