"""Sealed months read back; a list of them never reads what they froze."""

import sqlite3
from dataclasses import replace
from datetime import date

import pytest

from app.errors import NotFoundError
from app.models.month import Month
from app.models.monthly import ArchiveRecord
from app.storage.unit_of_work import Store
from tests.storage.office import NOW

OCTOBER = Month(2026, 10)
SEALED = ArchiveRecord(
    "one", OCTOBER, 1, "晋示档〔2026〕10号", "folder", NOW, "author", "a" * 64, "b" * 64, 12, 600_000_000, 7, "c" * 64
)


def test_an_explanation_is_the_last_one_written(store: Store) -> None:
    with store.writing() as unit:
        unit.months.explain(OCTOBER, "no_scan:1", "先前的", "author", NOW)
        unit.months.explain(OCTOBER, "no_scan:1", "原件在档案室", "leader", NOW)
        unit.months.explain(OCTOBER, "no_link:2", "海报没有链接", "author", NOW)
        unit.months.explain(OCTOBER.next, "no_scan:1", "下个月的", "author", NOW)
        assert unit.months.explanations(OCTOBER) == (("no_link:2", "海报没有链接"), ("no_scan:1", "原件在档案室"))
        assert unit.months.explanations(OCTOBER.previous) == ()


def test_sealed_months_read_back_in_order_with_what_they_froze(store: Store) -> None:
    second = replace(SEALED, id="two", version=2, reason="补扫描件")
    earlier = replace(SEALED, id="old", month=OCTOBER.previous)
    with store.writing() as unit:
        for record in (second, SEALED, earlier):
            unit.months.add_archive(record, f'{{"name":"{record.id}"}}')
        assert unit.months.archives(OCTOBER) == (SEALED, second)
        assert unit.months.archives(OCTOBER.next) == ()
        assert unit.months.all_archives() == (earlier, SEALED, second)
        assert unit.months.contents("two") == '{"name":"two"}'
        with pytest.raises(NotFoundError):
            unit.months.contents("none")


def test_a_version_is_sealed_once(store: Store) -> None:
    with store.writing() as unit:
        unit.months.add_archive(SEALED, "{}")
        with pytest.raises(sqlite3.IntegrityError):
            unit.months.add_archive(replace(SEALED, id="twin"), "{}")


def test_a_hand_over_is_noted_on_its_version(store: Store) -> None:
    with store.writing() as unit:
        unit.months.add_archive(SEALED, "{}")
        unit.months.save_handover("one", date(2026, 11, 5), "d" * 64)
        assert unit.months.archives(OCTOBER) == (
            replace(SEALED, handed_over_on="2026-11-05", handover_scan_sha256="d" * 64),
        )
        with pytest.raises(NotFoundError):
            unit.months.save_handover("none", date(2026, 11, 5), "d" * 64)
