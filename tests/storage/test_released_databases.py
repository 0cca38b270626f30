"""A database written by any released version opens in this one, whole, and goes on."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.models.audit import GENESIS, AuditHead, first_break
from app.models.draft_list import DraftFilter, DraftQuery
from app.models.policy import NUMBERS, TITLES
from app.models.stated_words import StatedWords, WordsReport
from app.storage.database import FILE_NAME
from app.storage.unit_of_work import Store

RELEASED = Path(__file__).resolve().parent.parent / "data" / "databases"
VERSIONS = sorted(path.stem for path in RELEASED.glob("*.db"))


def opened(version: str, folder: Path) -> Store:
    folder.mkdir()
    shutil.copyfile(RELEASED / f"{version}.db", folder / FILE_NAME)
    return Store(folder, lambda: datetime.now(UTC))


def test_there_is_a_released_database() -> None:
    assert {"v0.1.0", "v0.2.0"} <= set(VERSIONS)


@pytest.mark.parametrize("version", VERSIONS)
def test_it_is_brought_up_to_date_with_its_chain_whole(version: str, tmp_path: Path) -> None:
    with opened(version, tmp_path / "records").reading() as unit:
        assert unit.audit.count() > 50
        assert first_break(unit.audit.entries(), AuditHead(0, GENESIS)) is None
        assert unit.units.get().sample
        words = StatedWords()
        assert first_break(words.reading(unit.audit.entries()), AuditHead(0, GENESIS)) is None
        assert words.compared(unit.bound.standing()) == WordsReport()


@pytest.mark.parametrize("version", VERSIONS)
def test_everything_in_it_can_still_be_read(version: str, tmp_path: Path) -> None:
    with opened(version, tmp_path / "records").reading() as unit:
        rows = unit.drafts.page(DraftQuery(DraftFilter.ALL), 0, 100)
        assert len(rows) >= 4
        for row in rows:
            draft = unit.drafts.get(row.id)
            assert draft.content.title == row.title
            for number in range(1, draft.revision + 1):
                assert unit.revisions.get(draft.id, number).content.title
        assert unit.publications.count() >= 6
        assert unit.months.all_archives()
        assert unit.policies.list()
        assert unit.search.find("便民", 5)


@pytest.mark.parametrize("version", VERSIONS)
def test_its_policy_names_every_paper_of_this_version(version: str, tmp_path: Path) -> None:
    with opened(version, tmp_path / "records").reading() as unit:
        policy = unit.policies.list()[0].policy
    assert all(policy.title(key).value and policy.title(key).basis for key in TITLES)
    assert all(policy.number_word(key).value for key in NUMBERS)
    if version in {"v0.1.0", "v0.2.0"}:
        assert "account_filing" not in policy.titles


@pytest.mark.parametrize("version", VERSIONS)
def test_its_holidays_are_named_in_chinese(version: str, tmp_path: Path) -> None:
    with opened(version, tmp_path / "records").reading() as unit:
        notes = {note for _day, _works, note in unit.workdays.days(2026)}
    assert {"元旦", "春节", "国庆节"} <= notes
    assert not any(note.isascii() for note in notes if note)


@pytest.mark.parametrize("version", VERSIONS)
def test_records_go_on_from_where_it_stopped(version: str, tmp_path: Path) -> None:
    store = opened(version, tmp_path / "records")
    with store.writing() as unit:
        before = unit.audit.head()
        entry = unit.audit.add("system", "system", "settings.change", "settings:pc", {})
        assert (entry.seq, entry.prev) == (before.seq + 1, before.hash)
