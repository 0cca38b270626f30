"""What people stated is kept with the key that the audit chain knows it by."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.models.records import Statement, StatementKind
from app.storage.unit_of_work import Store

AT = datetime(2026, 11, 3, 1, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path, lambda: AT)


def stated(number: int, text: str = "电话提醒") -> Statement:
    return Statement(f"s{number}", "draft:1", StatementKind.REMINDER, text, "p1", AT, "p2")


def test_statements_come_back_in_their_order(store: Store) -> None:
    with store.writing() as unit:
        unit.statements.add(stated(2))
        unit.statements.add(stated(1, "当面提醒"))
    with store.reading() as unit:
        assert unit.statements.of_subject("draft:1", StatementKind.REMINDER) == (stated(2), stated(1, "当面提醒"))
        assert unit.statements.of_subject("draft:1", StatementKind.VOID) == ()
        assert unit.statements.of_subject("draft:2", StatementKind.REMINDER) == ()


def test_the_same_words_have_another_hash_each_time(store: Store) -> None:
    with store.writing() as unit:
        first, second = unit.statements.add(stated(1)), unit.statements.add(stated(2))
    assert [*first.values()] != [*second.values()]
    assert [len(words) for words in first.values()] == [64]
