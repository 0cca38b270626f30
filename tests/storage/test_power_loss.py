"""Killed at any moment: no acknowledged act is lost, none is half done, and the chain is whole."""

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from app.errors import AppError
from app.models.audit import GENESIS, AuditHead, first_break
from app.models.draft_list import DraftQuery
from app.storage.database import FILE_NAME, connect, is_whole
from app.storage.unit_of_work import Store
from tests.storage.office import NOW
from tests.storage.writer import ACTION, act

HOME = Path(__file__).parents[2]
SEED = 20261124


def start(folder: Path, mode: str, name: str, count: int = 1_000_000) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.storage.writer", str(folder), mode, name, str(count)]
    return subprocess.Popen(command, cwd=HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")


def kill_after(writer: subprocess.Popen[str], acts: int, seconds: float) -> list[str]:
    """Kill a writer some time after so many acknowledgements, and return all it gave."""
    assert writer.stdout
    given = [writer.stdout.readline().strip() for _ in range(acts)]
    try:
        writer.wait(seconds)
    except subprocess.TimeoutExpired:
        writer.kill()
    rest, _ = writer.communicate()
    return [name for name in (*given, *rest.split("\n")[:-1]) if name]


def violations(folder: Path, acknowledged: list[str]) -> list[str]:
    """Name everything that does not hold in a folder after a crash."""
    found: list[str] = []
    with Store(folder, lambda: NOW).reading() as unit:
        drafts = {row.id for row in unit.drafts.page(DraftQuery(), 0, 1_000_000)}
        recorded = {e.subject.removeprefix("draft:") for e in unit.audit.entries() if e.action == ACTION}
        decided = {draft_id for draft_id in drafts if unit.reviews.decisions(draft_id, 1)}
        submitted = {draft_id for draft_id in drafts if unit.revisions.find(draft_id, 1)}
        broken = first_break(unit.audit.entries(), AuditHead(0, GENESIS))
    if broken is not None:
        found.append(f"chain broken at {broken}")
    if not set(acknowledged) <= drafts:
        found.append(f"acknowledged and lost: {sorted(set(acknowledged) - drafts)}")
    if not drafts == recorded == decided == submitted:
        found.append(f"half done: {sorted((drafts | recorded) - (drafts & recorded & decided & submitted))}")
    with closing(connect(folder / FILE_NAME, query_only=True)) as db:
        if not is_whole(db):
            found.append("the file is not whole")
    return found


def trial(store: Store, chance: random.Random, number: int) -> list[str]:
    writer = start(store.folder, "whole", f"t{number}")
    return violations(store.folder, kill_after(writer, chance.randint(1, 3), chance.uniform(0, 0.02)))


def kill_many(store: Store, trials: int, seed: int) -> None:
    chance = random.Random(seed)
    found = [wrong for number in range(trials) for wrong in trial(store, chance, number)]
    print(f"kill -9 while writing: {trials} trials, {len(found)} violations, seed {seed}")
    assert not found


def test_a_writer_killed_at_any_moment_loses_and_tears_nothing(store: Store) -> None:
    kill_many(store, 40, SEED)


@pytest.mark.release
@pytest.mark.parametrize("seed", range(SEED + 1, SEED + 26))
def test_a_writer_killed_a_thousand_times_loses_and_tears_nothing(store: Store, seed: int) -> None:
    kill_many(store, 40, seed)


@pytest.mark.parametrize(("mode", "violation"), [("torn", "half done"), ("early", "acknowledged and lost")])
def test_the_trial_sees_a_writer_that_does_not_keep_its_word(store: Store, mode: str, violation: str) -> None:
    acknowledged = kill_after(start(store.folder, mode, "control"), 1, 0)
    assert acknowledged == ["control-0"]
    (found,) = violations(store.folder, acknowledged)
    assert violation in found


def create_many(folder: Path, trials: int, seed: int) -> None:
    chance = random.Random(seed)
    begun = 0
    for number in range(trials):
        names = kill_after(start(folder, "fresh", f"n{number}"), chance.randint(1, 4), chance.uniform(0, 0.02))
        last = folder / names[-1]
        begun += any(last.iterdir())
        assert violations(last, []) == []
    print(f"kill -9 while creating: {trials} trials, 0 violations, {begun} with a file begun, seed {seed}")
    assert begun


def test_a_first_start_killed_at_any_moment_succeeds_the_next_time(tmp_path: Path) -> None:
    create_many(tmp_path, 12, SEED)


@pytest.mark.release
@pytest.mark.parametrize("seed", range(SEED + 1, SEED + 11))
def test_a_first_start_killed_many_times_succeeds_the_next_time(tmp_path: Path, seed: int) -> None:
    create_many(tmp_path, 40, seed)


def write_beside_one_another(store: Store, writers: int, acts: int) -> None:
    running = [start(store.folder, "together", f"w{number}", acts) for number in range(writers)]
    acknowledged: list[str] = []
    for writer in running:
        assert writer.stdout
        assert writer.stdout.readline() == "ready\n"
    for writer in running:
        assert writer.stdin
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in running:
        given, _ = writer.communicate(timeout=600)
        assert writer.returncode == 0
        acknowledged += given.split()
    print(f"{writers} writers at once: {len(acknowledged)} commits of {writers * acts}")
    assert len(set(acknowledged)) == writers * acts
    assert violations(store.folder, acknowledged) == []
    with store.reading() as unit:
        order = [entry.subject.split(":")[1].split("-")[0] for entry in unit.audit.entries()]
        assert unit.audit.count() == len(order) == writers * acts
        first = unit.audit.find(1)
        assert first
        serials = [given.number.serial for given in unit.numbers.list("review_sheet", first.at.year)]
        assert serials == list(range(1, writers * acts + 1))
    changes = sum(1 for before, after in pairwise(order) if before != after)
    assert changes >= writers, "the writers never wrote at the same time"


def test_two_programs_writing_at_once_lose_nothing_and_fork_no_chain(store: Store) -> None:
    # So many that a busy machine cannot let one end before the other begins.
    write_beside_one_another(store, 2, 1000)


@pytest.mark.release
def test_two_programs_writing_long_lose_nothing_and_fork_no_chain(store: Store) -> None:
    write_beside_one_another(store, 2, 2000)


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond a size: every write past it fails, as on a full disk."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def fill_up(store: Store, trials: int, part: int = 0) -> None:
    acknowledged: list[str] = []
    failed = 0
    for number in range(part, trials, max(1, trials // 60)):
        # From no byte to more than any act needs: the journal fails at the small sizes, the file at the large ones.
        size = (store.path.stat().st_size + 60_000) * number // trials
        try:
            with room_for(size):
                act(store, "quiet", f"full-{number}")
            acknowledged.append(f"full-{number}")
        except AppError:
            failed += 1
        assert violations(store.folder, acknowledged) == []
    print(f"writes that fail: part {part} of {trials} sizes, {failed} failed with a fact, 0 violations")
    assert failed > 30
    assert acknowledged


def test_a_write_that_fails_at_any_size_leaves_nothing_half_done(store: Store) -> None:
    fill_up(store, 60)


@pytest.mark.release
@pytest.mark.parametrize("part", range(20))
def test_a_write_that_fails_at_every_size_leaves_nothing_half_done(store: Store, part: int) -> None:
    fill_up(store, 1200, part)


def test_two_programs_may_start_on_an_empty_folder_at_once(tmp_path: Path) -> None:
    for number in range(3):
        folder = tmp_path / str(number)
        folder.mkdir()
        running = [start(folder, "whole", f"w{n}", 0) for n in range(3)]
        for program in running:
            program.communicate(timeout=60)
            assert program.returncode == 0
        assert violations(folder, []) == []
