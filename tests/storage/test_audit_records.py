"""The chain goes on from its head, whatever the clock says, and is read from either end."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.models.audit import GENESIS, AuditHead, first_break
from app.storage.audit_records import CLOCK_SET_BACK
from app.storage.unit_of_work import Store
from tests.storage.office import NOW

START = AuditHead(0, GENESIS)


def test_an_empty_chain_has_the_first_head_and_no_page(tmp_path: Path) -> None:
    with Store(tmp_path, lambda: NOW).reading() as unit:
        assert (unit.audit.head(), unit.audit.count(), unit.audit.find(1)) == (START, 0, None)
        assert unit.audit.page(0, 10) == ()
        assert list(unit.audit.entries()) == []


def test_entries_follow_one_another_and_read_back_as_written(store: Store) -> None:
    with store.writing() as unit:
        written = [unit.audit.add("author", "auditor", f"act.{n}", "draft:𬭎", {"n": n}) for n in range(7)]
    with store.reading() as unit:
        assert list(unit.audit.entries()) == written
        assert first_break(unit.audit.entries(), START) is None
        assert unit.audit.head() == AuditHead(7, written[-1].hash)
        assert unit.audit.count() == 7
        assert unit.audit.find(3) == written[2]


@pytest.mark.parametrize(
    ("offset", "limit", "seqs"),
    [(0, 3, [7, 6, 5]), (3, 3, [4, 3, 2]), (5, 10, [2, 1]), (7, 5, []), (900, 5, []), (0, 0, [])],
)
def test_pages_are_newest_first(store: Store, offset: int, limit: int, seqs: list[int]) -> None:
    with store.writing() as unit:
        for n in range(7):
            unit.audit.add("author", "", f"act.{n}", "draft:d", {})
    with store.reading() as unit:
        assert [entry.seq for entry in unit.audit.page(offset, limit)] == seqs


@pytest.mark.parametrize(
    "back",
    [timedelta(microseconds=1), timedelta(days=1), timedelta(days=3653), NOW - datetime(1970, 1, 2, tzinfo=UTC)],
    ids=["a tick", "a day", "ten years", "1970"],
)
def test_a_clock_set_back_is_noted_once_and_breaks_nothing(tmp_path: Path, back: timedelta) -> None:
    times = iter([NOW, NOW - back, NOW - back, NOW, NOW])
    store = Store(tmp_path, lambda: next(times))
    for number in range(5):
        with store.writing() as unit:
            unit.audit.add("author", "", f"act.{number}", "draft:d", {"kept": number})
    with store.reading() as unit:
        entries = list(unit.audit.entries())
        assert first_break(unit.audit.entries(), START) is None
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    noted = [CLOCK_SET_BACK in json.loads(entry.detail) for entry in entries]
    assert noted == [False, True, False, False, False]
    assert json.loads(entries[1].detail) == {"kept": 1, CLOCK_SET_BACK: "2026-11-23T02:00:00.000000Z"}


@pytest.mark.parametrize(
    "moment", [datetime(2028, 2, 29, 23, 59, tzinfo=UTC), datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC)]
)
def test_odd_days_are_kept_to_the_microsecond(tmp_path: Path, moment: datetime) -> None:
    moment = replace_microsecond(moment)
    with Store(tmp_path, lambda: moment).writing() as unit:
        unit.audit.add("system", "system", "act", "x:1", {})
        entry = unit.audit.find(1)
    assert entry is not None
    assert entry.at == moment


def replace_microsecond(moment: datetime) -> datetime:
    return moment.replace(microsecond=999_999)


def test_a_changed_entry_is_found_where_it_stands(store: Store) -> None:
    with store.writing() as unit:
        for n in range(5):
            unit.audit.add("author", "", "act", "draft:d", {"n": n})
    with store.reading() as unit:
        entries = list(unit.audit.entries())
    entries[2] = replace(entries[2], actor="leader")
    assert first_break(entries, START) == 3


def test_reading_may_stop_anywhere_in_the_chain(store: Store) -> None:
    with store.writing() as unit:
        for n in range(300):
            unit.audit.add("author", "", "act", "draft:d", {"n": n})
    with store.reading() as unit:
        assert next(iter(unit.audit.entries())).seq == 1
    with store.writing() as unit:
        assert unit.audit.add("author", "", "act", "draft:d", {}).seq == 301
