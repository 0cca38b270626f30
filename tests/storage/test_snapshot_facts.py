"""Facts beside a snapshot that somebody wrote who means harm, or a stick that forgets."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.models.backup import BackupSnapshot
from app.storage.snapshot_facts import MANIFEST, manifest_text, read_facts

NAME = "0003-2026-12-01-010509"
FACTS = BackupSnapshot(
    *(NAME, 3, datetime(2026, 11, 30, 17, 5, 9, tzinfo=UTC), "unit", "示例局", 7, "ab" * 32, 4096, "cd" * 32, 2, 300),
    missing=("ef" * 32,),
)


def laid(folder: Path, text: str) -> Path:
    place = folder / NAME
    place.mkdir()
    (place / MANIFEST).write_bytes(text.encode("utf-8", "surrogatepass"))
    return place


def with_fact(name: str, value: object) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda facts: facts | {name: value}


def test_facts_come_back_as_they_were_written(tmp_path: Path) -> None:
    assert read_facts(laid(tmp_path, manifest_text(FACTS)), 3) == FACTS


@pytest.mark.parametrize("opening", ["[", '{"a":', '[[[{"a":['])
def test_facts_nested_without_end_are_damaged(tmp_path: Path, opening: str) -> None:
    assert read_facts(laid(tmp_path, opening * 200_000), 3) == "damaged"


@pytest.mark.parametrize("name", ["ordinal", "audit_seq", "database_size", "attachments", "attachment_bytes"])
@pytest.mark.parametrize("value", ["7", None, True, -1, 1e999, 2.5, [], 10**30])
def test_a_number_that_is_none_or_cannot_be_is_damage(tmp_path: Path, name: str, value: object) -> None:
    changed = json.dumps(json.loads(manifest_text(FACTS)) | {name: value})
    assert read_facts(laid(tmp_path, changed), 3) == "damaged"


@pytest.mark.parametrize(
    "change",
    [
        with_fact("missing", [1, 2]),
        with_fact("missing", None),
        with_fact("missing", "ef" * 32),
        with_fact("missing", ["../../etc/passwd"]),
        with_fact("unit_name", 5),
        with_fact("unit_name", "\udc80"),
        with_fact("unit_name", "局" * 100_000),
        with_fact("unit_id", None),
        with_fact("database_sha256", 5),
        with_fact("database_sha256", "cd"),
        with_fact("audit_head", "CD" * 32),
        with_fact("taken_at", "9999-12-31T23:59:59.999999Z"),
        with_fact("taken_at", 5),
        with_fact("ordinal", 99),
        with_fact("format", True),
        with_fact("more", 1),
        lambda facts: {name: value for name, value in facts.items() if name != "missing"},
    ],
)
def test_a_fact_that_is_not_of_its_kind_is_damage(
    tmp_path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    changed = json.dumps(change(json.loads(manifest_text(FACTS))))
    assert read_facts(laid(tmp_path, changed), 3) == "damaged"


def test_more_bytes_than_facts_can_have_are_damage_and_never_read_to_their_end(tmp_path: Path) -> None:
    place = laid(tmp_path, manifest_text(FACTS))
    with (place / MANIFEST).open("ab") as file:
        file.truncate(1 << 40)
    assert read_facts(place, 3) == "damaged"


def test_a_pipe_or_folder_of_the_name_is_damage_and_nobody_waits_for_it(tmp_path: Path) -> None:
    place = laid(tmp_path, "")
    (place / MANIFEST).unlink()
    os.mkfifo(place / MANIFEST)
    assert read_facts(place, 3) == "damaged"
    (place / MANIFEST).unlink()
    (place / MANIFEST).mkdir()
    assert read_facts(place, 3) == "damaged"
