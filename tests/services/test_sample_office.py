"""The made-up office: lively, whole, and open to everybody with the passcode on their sign-in page."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from app.bootstrap import Services, create_sample
from app.models.draft import DraftState
from app.models.draft_list import DraftFilter, DraftQuery
from app.models.month import Month
from app.models.monthly import GapKind
from app.models.papercode import PaperKind
from app.models.publication import PublicationKind
from app.models.right import Role
from app.services.sample_material import SAMPLE_PASSCODE
from app.services.scans import ScanOutcome
from app.ui.start.sign_in_page import SAMPLE_PASSCODE as SHOWN
from app.vault.passcode_hash import PasscodeHasher


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Services:
    folder = tmp_path_factory.mktemp("made") / "data"
    return create_sample(folder, PasscodeHasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)))


@pytest.fixture(scope="module")
def manager(sample: Services) -> Services:
    sample.sign_in.sign_in("管理员甲", SAMPLE_PASSCODE)
    return sample


def test_everybody_who_signs_in_can_with_the_passcode_that_is_shown(sample: Services) -> None:
    assert SHOWN == SAMPLE_PASSCODE
    assert len(sample.sign_in.names()) == 10
    for name in sample.sign_in.names():
        assert sample.sign_in.sign_in(name, SHOWN).actor.name == name
        sample.sign_in.sign_out()


def test_every_role_is_held_and_every_state_is_met(manager: Services) -> None:
    assert set().union(*(line.roles for line in manager.staff.list())) == set(Role)
    rows = manager.drafts.page(DraftQuery(DraftFilter.ALL), 0, 100)
    assert {row.state for row in rows} == set(DraftState)
    steps = {row.step for row in rows if row.state is DraftState.IN_REVIEW}
    assert len(steps) == 3


def test_nothing_is_dated_in_the_future_or_before_its_month(manager: Services) -> None:
    now = datetime.now(UTC)
    first = Month.of(now).previous.starts_at
    rows = manager.drafts.page(DraftQuery(DraftFilter.ALL), 0, 100)
    assert all(first <= row.updated_at <= now for row in rows)
    entries = manager.audit.page(0, 1000)
    assert all(first <= entry.at <= now for entry in entries)
    assert sorted(entry.at for entry in entries) == [entry.at for entry in reversed(entries)]


def test_last_month_can_be_archived_but_for_one_gap(manager: Services) -> None:
    overview = manager.archives.overview(Month.of(datetime.now(UTC)).previous)
    assert [gap.kind for gap in overview.gaps] == [GapKind.NO_LINK]
    assert overview.publications >= 10
    assert overview.scans >= 6


def test_every_post_was_reviewed_and_compared(manager: Services) -> None:
    posts = manager.publications.page(0, 100)
    assert {post.kind for post in posts} == {PublicationKind.REVIEWED}
    assert all(post.compared and post.matches and post.screenshot_sha256s for post in posts)


def test_the_scans_are_of_the_sheets_they_are_kept_with(manager: Services, tmp_path: Path) -> None:
    rows = manager.drafts.page(DraftQuery(DraftFilter.PUBLISHED), 0, 100)
    read = 0
    for row in rows:
        view = manager.drafts.view(row.id)
        assert any(paper.kind is PaperKind.REVIEW_SHEET for paper in view.papers)
        for use in view.scans:
            path = tmp_path / f"{use.sha256}.{use.name.rpartition('.')[2]}"
            path.write_bytes(manager.drafts.file(use.sha256))
            (match,) = manager.scans.examine(path)
            assert (match.outcome, match.draft_id, match.missing_pages) == (ScanOutcome.MATCHED, row.id, ())
            read += 1
    assert read >= 8


def test_the_chain_holds_and_the_unit_is_marked_as_made_up(manager: Services) -> None:
    assert manager.audit.check().broken_at == 0
    assert manager.settings.unit().sample


def test_today_and_the_search_have_something_to_show(manager: Services) -> None:
    assert len(manager.today.tasks()) >= 5
    assert manager.search.find("辟谣")
    assert manager.search.find("河")
