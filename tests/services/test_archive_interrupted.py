"""A month's archive that is killed on the way, or written by a window and a command at once."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.models.month import Month
from app.services.publications import PublicationEntry
from tests.services.office import Office

OCTOBER = Month(2026, 10)
BODY = "请先开窗、关阀，到室外拨打抢修电话。"
NAME = "xianshen-JA-SL-01-2026-10-v1"


@pytest.fixture
def november(office: Office) -> Office:
    """An office with one draft published in October, seen from the beginning of November."""
    draft = office.approved()
    services = office.sign_in("陈账")
    services.papers.review_sheet(draft.id)
    entry = PublicationEntry(office.account_ids()[0], office.clock.now, "https://a.example.cn/1", BODY, (b"shot",))
    services.publications.record(draft.id, entry)
    office.clock.forward(days=25)
    office.sign_in("陈账")
    return office


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def started(november: Office, target: Path, place: str) -> "subprocess.Popen[str]":
    facts = (str(november.folder), str(target), november.clock.now.isoformat(), place)
    command = [sys.executable, "-m", "tests.services.archive_run", *facts]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def killed(november: Office, target: Path, place: str) -> None:
    run = started(november, target, place)
    _, errors = run.communicate(timeout=60)
    assert run.returncode == -signal.SIGKILL, errors


@pytest.mark.parametrize("place", ["write", "read_back", "seal"])
def test_after_a_kill_before_the_sealing_the_same_run_succeeds(november: Office, stick: Path, place: str) -> None:
    killed(november, stick, place)
    archives = november.services.archives
    assert archives.history() == ()
    assert (stick / NAME).is_dir() is (place == "seal")

    november.clock.forward(minutes=5)
    archived = archives.write(OCTOBER, stick)
    assert (archived.record.version, archived.record.number) == (1, "晋示档〔2026〕1号")
    assert archives.verify(stick / NAME).valid
    assert bool(archived.set_aside) is (place == "seal")
    assert not list(stick.glob("*.partial"))
    assert november.services.audit.check().broken_at == 0


def test_after_a_kill_behind_the_sealing_the_month_is_sealed_and_its_bag_stays(november: Office, stick: Path) -> None:
    killed(november, stick, "sealed")
    archives = november.services.archives
    [record] = archives.history()
    assert archives.verify(stick / NAME).valid
    november.clock.forward(minutes=5)
    again = archives.write(OCTOBER, stick, reason="补了一份扫描件")
    assert (again.record.version, again.set_aside) == (2, "")
    assert sorted(path.name for path in stick.iterdir()) == [NAME, NAME.replace("-v1", "-v2")]
    assert record.number == again.record.number


def test_runs_at_the_same_moment_give_one_number_and_every_version_once(november: Office, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    runs = [started(november, target, "never") for _ in range(3)]
    answers = [run.communicate(timeout=90) for run in runs]
    told = [tuple(out.split()) for (out, _), run in zip(answers, runs, strict=True) if run.returncode == 0]
    # Whoever comes second is refused, and leaves nothing.
    for (_, errors), run in zip(answers, runs, strict=True):
        assert run.returncode == 0 or "SealingBusyError" in errors, errors
    sealed = november.services.archives.history()
    assert sorted(told) == sorted((str(record.version), record.number) for record in sealed)
    assert [record.version for record in reversed(sealed)] == list(range(1, len(sealed) + 1))
    assert {record.number for record in sealed} == {"晋示档〔2026〕1号"}
    assert [path.name for path in sorted(target.iterdir())] == [record.folder_name for record in reversed(sealed)]
    assert all(november.services.archives.verify(path).valid for path in target.iterdir())
