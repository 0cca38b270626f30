"""Policy versions, settings, working days and office numbers: what was given never moves."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.errors import NotFoundError, SetupNeededError
from app.models.numbering import GivenNumber, OfficeNumber
from app.models.policy import read_policy
from app.models.records import Settings
from app.storage.unit_of_work import Store
from tests.storage.office import NOW, POLICY


def test_before_set_up_there_is_no_policy(tmp_path: Path) -> None:
    with Store(tmp_path, lambda: NOW).reading() as unit, pytest.raises(SetupNeededError):
        unit.policies.current(NOW.date())


def test_a_day_has_the_newest_version_in_force_on_it(store: Store) -> None:
    policy = read_policy(POLICY)
    with store.writing() as unit:
        for effective in ("2026-12-01", "2026-06-01", "2026-06-01"):
            unit.policies.add(policy, effective, "leader", NOW)
        in_force = {
            date(2020, 1, 1): 1,
            date(2026, 1, 1): 1,
            date(2026, 5, 31): 1,
            date(2026, 6, 1): 4,
            date(2026, 12, 1): 2,
        }
        assert {day: unit.policies.current(day).version for day in in_force} == in_force
        assert [version.version for version in unit.policies.list()] == [1, 2, 3, 4]
        assert unit.policies.get(3).policy == policy
        with pytest.raises(NotFoundError):
            unit.policies.get(5)


def test_settings_are_the_plain_ones_until_changed(store: Store) -> None:
    with store.writing() as unit:
        assert unit.settings.load() == Settings()
        chosen = replace(Settings(), lock_minutes=15, theme="dark", scale=150, backup_folder="D:\\备份")
        unit.settings.store(chosen)
        unit.settings.set("last_backup_at", "x")
        unit.settings.set("last_backup_at", "y")
        assert unit.settings.load() == chosen
        assert (unit.settings.get("last_backup_at"), unit.settings.get("none")) == ("y", None)


def test_working_days_are_kept_changed_and_removed(store: Store) -> None:
    first = date(2027, 1, 1)
    with store.writing() as unit:
        unit.workdays.set_day(first, False, "元旦")
        unit.workdays.set_day(first, True, "调休")
        unit.workdays.set_day(date(2026, 12, 31), False, "别的年份")
        assert unit.workdays.days(2027) == ((first, True, "调休"),)
        assert not unit.workdays.calendar().announced(first)
        unit.workdays.announce(2027, "国办发明电〔2026〕1号")
        unit.workdays.announce(2027, "国办发明电〔2026〕2号")
        assert unit.workdays.calendar().announced(first)
        unit.workdays.remove_day(first)
        assert unit.workdays.days(2027) == ()


def test_each_kind_and_year_counts_its_own_numbers(store: Store) -> None:
    with store.writing() as unit:
        given = [
            unit.numbers.give(kind, year, word, f"s{index}", NOW).serial
            for index, (kind, year, word) in enumerate(
                [
                    ("sheet", 2026, "甲"),
                    ("sheet", 2026, "甲"),
                    ("sheet", 2027, "甲"),
                    ("cover", 2026, "甲"),
                    ("sheet", 2026, "乙"),
                ]
            )
        ]
    assert given == [1, 2, 1, 1, 3]


def test_a_void_number_stays_in_the_ledger_and_is_not_given_again(store: Store) -> None:
    later = NOW + timedelta(days=1)
    with store.writing() as unit:
        unit.numbers.give("sheet", 2026, "晋示审", "draft:1", NOW)
        unit.numbers.void("sheet", 2026, 1, NOW)
        unit.numbers.void("sheet", 2026, 1, later)
        assert unit.numbers.of_subject("sheet", "draft:1") is None
        assert unit.numbers.give("sheet", 2026, "晋示审", "draft:1", later) == OfficeNumber("晋示审", 2026, 2)
        assert unit.numbers.of_subject("sheet", "draft:1") == OfficeNumber("晋示审", 2026, 2)
        assert unit.numbers.list("sheet", 2026) == (
            GivenNumber(OfficeNumber("晋示审", 2026, 1), "draft:1", NOW, NOW),
            GivenNumber(OfficeNumber("晋示审", 2026, 2), "draft:1", later, None),
        )


def test_a_number_whose_transaction_failed_is_given_to_the_next(store: Store) -> None:
    def fail() -> None:
        with store.writing() as unit:
            unit.numbers.give("sheet", 2026, "晋示审", "draft:1", NOW)
            unit.policies.get(99)

    with pytest.raises(NotFoundError):
        fail()
    with store.writing() as unit:
        assert unit.numbers.give("sheet", 2026, "晋示审", "draft:2", NOW).serial == 1
