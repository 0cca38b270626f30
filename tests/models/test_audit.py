"""The audit chain: any altered field, lost, doubled or moved entry is found."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.errors import AuditBrokenError
from app.models.audit import GENESIS, AuditEntry, AuditHead, chained, detail_text, first_break, keyed_hash

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
START = AuditHead(0, GENESIS)


def chain(length: int) -> list[AuditEntry]:
    entries: list[AuditEntry] = []
    head = START
    for number in range(length):
        moment = NOW + timedelta(seconds=number)
        entry = chained(head, moment, "p1", "reviewer", "draft.submit", f"draft:{number}", {"标题": "甲", "n": number})
        entries.append(entry)
        head = AuditHead(entry.seq, entry.hash)
    return entries


def test_a_whole_chain_holds_from_its_start_and_from_any_head() -> None:
    entries = chain(20)
    assert first_break(entries, START) is None
    assert first_break([], START) is None
    assert first_break(entries[7:], AuditHead(entries[6].seq, entries[6].hash)) is None


@pytest.mark.parametrize("at", [0, 7, 19])
@pytest.mark.parametrize(
    "change",
    [
        {"seq": 99},
        {"at": NOW - timedelta(microseconds=1)},
        {"actor": "p2"},
        {"role": "auditor"},
        {"action": "draft.void"},
        {"subject": "draft:x"},
        {"detail": "{}"},
        {"prev": "1" * 64},
        {"hash": "2" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_altered_field_is_found(at: int, change: dict[str, object]) -> None:
    entries = chain(20)
    altered = replace(entries[at], **change)  # type: ignore[arg-type]
    entries[at] = altered
    assert first_break(entries, START) == altered.seq


def test_a_lost_a_doubled_and_a_moved_entry_are_found() -> None:
    entries = chain(10)
    assert first_break(entries[:4] + entries[5:], START) == 6
    assert first_break(entries[:4] + entries[3:], START) == 4
    assert first_break([*entries[:4], entries[5], entries[4], *entries[6:]], START) == 6
    assert first_break(entries[1:], START) == 2


def test_a_skipped_number_is_found_although_its_hash_holds() -> None:
    first = chain(1)[0]
    forged = chained(AuditHead(first.seq + 1, first.hash), NOW, "p1", "reviewer", "draft.submit", "draft:1", {})
    assert first_break([first, forged], START) == 3


def test_a_cut_tail_is_not_found_by_the_chain_alone_which_is_why_the_head_is_on_paper() -> None:
    entries = chain(10)
    assert first_break(entries[:7], START) is None
    assert entries[6].hash != entries[9].hash


def test_two_texts_cannot_be_shifted_into_one_another() -> None:
    left = chained(START, NOW, "ab", "c", "x", "s", {})
    right = chained(START, NOW, "a", "bc", "x", "s", {})
    assert left.hash != right.hash


def test_the_hash_can_be_computed_from_its_description_alone() -> None:
    entry = chain(1)[0]
    body = json.dumps(
        [1, "2026-11-23T10:00:00.000000Z", "p1", "reviewer", "draft.submit", "draft:0", '{"n":0,"标题":"甲"}'],
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    expected = hashlib.sha256(b"xianshen-audit/1" + bytes(32) + len(body).to_bytes(8, "big") + body).hexdigest()
    assert entry.hash == expected


def test_facts_are_written_in_one_way_only() -> None:
    assert (
        detail_text({"乙": 1, "a": [True, None]})
        == detail_text({"a": [True, None], "乙": 1})
        == '{"a":[true,null],"乙":1}'
    )


def test_personal_text_cannot_be_recognised_without_its_key() -> None:
    phone = "13800000000"
    assert keyed_hash(b"k" * 32, phone) != keyed_hash(b"l" * 32, phone)
    assert keyed_hash(b"k" * 32, phone) != hashlib.sha256(phone.encode()).hexdigest()
    assert len(keyed_hash(b"k" * 32, phone)) == 64


@pytest.mark.parametrize("detail", ["{", "[]", "{}", ""])
def test_facts_that_were_never_given_find_the_chain_broken_there(detail: str) -> None:
    entry = AuditEntry(7, datetime(2026, 10, 12, tzinfo=UTC), "a", "", "publication.record", "draft:1", detail, "", "")
    with pytest.raises(AuditBrokenError) as told:
        entry.facts["publication"]
    assert told.value.seq == 7
