"""Years of made-up records: exact sums, the same for the same seed, and as valid as real ones."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from app.bootstrap import Services, create_sample_years, open_services
from app.models.clock import BEIJING
from app.models.draft import DraftState
from app.models.draft_list import DraftFilter, DraftQuery
from app.models.month import Month
from app.services.sample_lives import entries_of
from app.services.sample_plan import DECISIONS, DRAFTS, ENTRIES, FILES, PUBLICATIONS, REVISIONS, Outcome, year_plan
from app.services.sample_texts import body, mended, tiny_picture, title

UNTIL = datetime(2026, 10, 30, 18, 0, tzinfo=BEIJING)
FEW = 60


def made(folder: Path, seed: int = 7, years: int = 2, drafts: int = FEW) -> Services:
    told: list[str] = []
    counts = create_sample_years(folder, years, seed, UNTIL, told.append, drafts)
    assert counts.drafts == years * drafts
    assert len(told) == years
    return open_services(folder, lambda: UNTIL + timedelta(days=4))


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return made(tmp_path_factory.mktemp("years") / "data")


@pytest.mark.parametrize("newest", [False, True])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_year_has_exactly_its_records(seed: int, newest: bool) -> None:
    plans = year_plan(Random(seed), newest=newest)
    assert len(plans) == DRAFTS
    assert sum(len(plan.decisions) for plan in plans) == REVISIONS
    assert sum(sum(plan.decisions) for plan in plans) == DECISIONS
    assert sum(plan.posts for plan in plans) == PUBLICATIONS
    assert sum(plan.on_paper + plan.picture + plan.screenshots for plan in plans) == FILES
    assert all(plan.screenshots <= plan.posts <= 6 for plan in plans)
    # The rest are sign-ins: some hundred at least, or a year would be louder than planned.
    assert 300 < ENTRIES - sum(map(entries_of, plans)) < 3000
    assert (Outcome.IN_REVIEW in {plan.outcome for plan in plans}) is newest


def test_texts_have_200_to_5000_characters_and_change_with_each_revision() -> None:
    rng = Random(5)
    for _ in range(400):
        paragraphs = body(rng)
        assert 200 <= sum(map(len, paragraphs)) <= 5000
        changed = mended(paragraphs, rng)
        assert len(changed) == len(paragraphs)
        assert title(rng)
    assert len({tiny_picture(rng) for _ in range(300)}) == 300


def test_the_records_add_up_in_the_store(two_years: Services) -> None:
    rows = two_years.drafts.page(DraftQuery(DraftFilter.ALL), 0, 1000)
    assert len(rows) == 2 * FEW
    assert two_years.publications.count() == 2 * FEW * 2
    assert two_years.audit.count() == 2 * 1000
    states = Counter(row.state for row in rows)
    assert states[DraftState.PUBLISHED] > 90
    assert states[DraftState.IN_REVIEW] == 4


def test_the_chain_holds_and_time_only_goes_on(two_years: Services) -> None:
    assert two_years.audit.check().broken_at == 0
    times = [entry.at for entry in reversed(two_years.audit.page(0, 5000))]
    assert times == sorted(times)
    assert times[-1] <= UNTIL + timedelta(days=1)


def test_last_month_alone_is_left_to_be_archived(two_years: Services) -> None:
    two_years.sign_in.sign_in("管理员甲", "xianshen-sample")
    waiting = [task.subject for task in two_years.today.tasks() if task.subject.startswith("month:")]
    assert len(two_years.archives.history()) >= 20
    assert waiting[0] == "month:2026-09"
    assert len(waiting) <= 2


def test_a_month_of_it_can_be_archived(two_years: Services, tmp_path: Path) -> None:
    two_years.sign_in.sign_in("档案员甲", "xianshen-sample")
    month = Month(2026, 9)
    for gap in two_years.archives.overview(month).unexplained:
        two_years.archives.explain(month, gap.key, "试用记录")
    done = two_years.archives.write(month, tmp_path)
    assert two_years.archives.verify(done.written.folder).valid


def test_the_same_seed_gives_the_same_records(two_years: Services, tmp_path: Path) -> None:
    first = two_years.audit.page(two_years.audit.count() - 2 * 1000, 2 * 1000)
    again = made(tmp_path / "again")
    other = made(tmp_path / "other", seed=8)
    assert again.audit.check().head.seq == 2000
    hashes = {entry.seq: entry.hash for entry in first}
    assert hashes[2000] == again.audit.check().head.hash
    assert hashes[2000] != other.audit.check().head.hash
    files = sorted(p.name for p in (again.folder / "attachments").rglob("*") if p.is_file())
    # Beside the files of the seed lies the one PDF, which shows the moment it was made.
    assert len(files) == 2 * 180


@pytest.mark.release
@pytest.mark.timeout(600)
def test_a_whole_year_is_written_exactly(tmp_path: Path) -> None:
    counts = create_sample_years(tmp_path / "data", 1, 3, datetime.now(UTC), print)
    assert (counts.drafts, counts.revisions, counts.decisions) == (DRAFTS, REVISIONS, DECISIONS)
    assert (counts.publications, counts.entries, counts.files) == (PUBLICATIONS, ENTRIES, FILES)
