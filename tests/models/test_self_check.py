"""Each finding about the PC has a row: a colour, a sentence, and what to do; what is not known is never green."""

import re
import string
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from app.labels import label
from app.models.self_check import (
    RULES,
    CheckSubject,
    Colour,
    Look,
    Told,
    backup_state,
    clock_state,
    file_system_state,
    judge,
    sqlite_state,
    was_set_back,
)

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = date(2026, 11, 24)
COLOURS: Mapping[CheckSubject, str] = {
    CheckSubject.TERMINAL: "G" + "AAAA",
    CheckSubject.SECRET_STORE: "GAR",
    CheckSubject.AUTOMATIC_LOGIN: "GRAA",
    CheckSubject.ENCRYPTION: "GAAA",
    CheckSubject.FILE_SYSTEM: "GARRRAA",
    CheckSubject.SQLITE: "GAR",
    CheckSubject.CLOCK: "GRAA",
    CheckSubject.BACKUP: "GARARGA",
    CheckSubject.ARCHIVE: "GGGARG",
    CheckSubject.PRINTED_HEAD: "GAAR",
}
"""The colours of each subject's rows, in the order of the table."""


def words_of(sentence: str) -> dict[str, str]:
    return {name: "甲" for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("subject", CheckSubject)
def test_each_row_has_its_colour(subject: CheckSubject) -> None:
    found = "".join(rule[0].value[0].upper() for (of, _), rule in RULES.items() if of is subject)
    assert found == COLOURS[subject]


@pytest.mark.parametrize(("subject", "state"), RULES)
def test_each_row_is_a_whole_sentence_with_what_to_do_about_what_is_not_green(
    subject: CheckSubject, state: str
) -> None:
    judged = judge(subject, Told(state, words_of(RULES[subject, state][1])))
    assert (judged.colour is Colour.GREEN) == (not judged.todo)
    for half in filter(None, (judged.sentence, judged.todo)):
        assert half.endswith("。")
        assert not re.search(r"。。|[,;!?]|\{|\}", half), half


@pytest.mark.parametrize("state", ["unknown", "not_told", "no_device", "no_settings", "unreadable"])
def test_what_is_not_known_is_amber(state: str) -> None:
    found = [rule[0] for (_, of), rule in RULES.items() if of == state]
    assert found
    assert set(found) == {Colour.AMBER}


def test_a_finding_without_a_row_is_a_bug() -> None:
    with pytest.raises(KeyError):
        judge(CheckSubject.CLOCK, Told("planted"))


@pytest.mark.parametrize(
    ("name", "network", "state"),
    [
        *[(name, False, "sound") for name in ("ext4", "NTFS", "xfs", "btrfs", "fuseblk", "ReFS", "apfs")],
        ("ext2", False, "weak"),
        *[(name, False, "open_to_all") for name in ("vfat", "FAT32", "exFAT", "exfat")],
        *[(name, False, "in_memory") for name in ("tmpfs", "ramfs")],
        *[(name, True, "other_machine") for name in ("cifs", "nfs4", "fuse.sshfs")],
        *[(name, False, "unknown") for name in ("overlay", "ocean")],
        ("", False, "not_told"),
    ],
)
def test_a_file_system_is_judged_by_its_name(name: str, network: bool, state: str) -> None:
    assert file_system_state(name, network=network) == state


@pytest.mark.parametrize(
    ("version", "state"),
    [((3, 36, 0), "too_old"), ((3, 37, 0), "untried"), ((3, 39, 9), "untried"), ((3, 40, 0), "fine"), ((4, 0), "fine")],
)
def test_sqlite_is_judged_by_its_version(version: tuple[int, ...], state: str) -> None:
    assert sqlite_state(version) == state


@pytest.mark.parametrize(
    ("since", "set_back", "state"),
    [
        (timedelta(), False, "fine"),
        (timedelta(minutes=-10), False, "fine"),
        (timedelta(minutes=-10, seconds=-1), False, "before_last"),
        (timedelta(minutes=-11), True, "before_last"),
        (timedelta(hours=1), True, "set_back"),
        (timedelta(days=90), False, "fine"),
        (timedelta(days=90, seconds=1), False, "long_after"),
        (timedelta(days=91), True, "set_back"),
    ],
)
def test_the_clock_is_judged_beside_the_last_entry(since: timedelta, set_back: bool, state: str) -> None:
    assert clock_state(NOW, NOW - since, set_back=set_back) == state


def test_a_clock_without_any_entry_is_fine_and_a_corrected_one_was_not_set_back() -> None:
    assert clock_state(NOW, None, set_back=False) == "fine"
    assert not was_set_back(NOW, NOW + timedelta(minutes=10))
    assert was_set_back(NOW, NOW + timedelta(minutes=10, seconds=1))


@pytest.mark.parametrize(
    ("days", "state"), [(0, "recent"), (7, "recent"), (8, "soon"), (31, "soon"), (32, "late"), (400, "late")]
)
def test_a_backup_is_judged_by_its_age(days: int, state: str) -> None:
    assert backup_state(TODAY - timedelta(days=days), TODAY, date(2020, 1, 1)) == state


@pytest.mark.parametrize(("days", "state"), [(0, "never"), (31, "never"), (32, "never_though_long_in_use")])
def test_no_backup_at_all_is_wanting_once_there_is_much_to_lose(days: int, state: str) -> None:
    assert backup_state(None, TODAY, TODAY - timedelta(days=days)) == state


def test_a_look_wears_the_colour_of_its_judgement() -> None:
    colours = [Look("甲", fine, "乙。").colour for fine in (True, None, False)]
    assert [label(colour) for colour in colours] == ["正常", "留意", "要处理"]
