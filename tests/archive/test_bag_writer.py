"""A package is there whole after it was written, or it is not there at all."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest

from app.archive.bag_verifier import verify_bag
from app.archive.bag_writer import write_package
from app.archive.digests import digest_of
from app.archive.member_names import MemberNameRefusedError
from app.errors import (
    AppError,
    AttachmentMissingError,
    CancelledError,
    DriveRemovedError,
    FolderMissingError,
    NotEnoughSpaceError,
    ReadBackError,
    TargetExistsError,
    TargetNotWritableError,
)
from app.models.archive_package import Package, PackageFile, Progress
from tests.archive.packages import NAME, package

HOME = Path(__file__).resolve().parent.parent.parent


def test_a_written_package_is_a_bag_for_every_judge(tmp_path: Path) -> None:
    written = write_package(package(tmp_path), tmp_path)

    assert verify_bag(written.folder).problems == ()
    assert bagit.Bag(str(written.folder)).validate()
    judged = subprocess.run(
        ["sha256sum", "-c", "--quiet", "manifest-sha256.txt"], cwd=written.folder, capture_output=True, check=False
    )
    assert (judged.returncode, judged.stdout) == (0, b"")
    assert written.read_back
    assert written.may_be_pulled
    assert written.sm3_manifest_digest == digest_of("sm3", (written.folder / "manifest-sm3.txt").read_bytes())
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".partial")] == []


def test_sm3_is_the_published_one() -> None:
    # GB/T 32905-2016, appendix A.1.
    assert digest_of("sm3", b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_progress_counts_true_bytes_up_to_the_total(tmp_path: Path) -> None:
    seen: list[Progress] = []
    made = package(tmp_path)
    write_package(made, tmp_path, seen.append)

    size = sum(file.size for file in made.files)
    assert [p.total for p in seen] == [2 * size] * len(seen)
    assert [p.done for p in seen] == sorted(p.done for p in seen)
    assert seen[-1].done == 2 * size
    assert {p.stage for p in seen} == {"write", "read_back"}


@pytest.mark.parametrize("stage", ["write", "read_back"])
def test_cancelling_leaves_nothing(tmp_path: Path, stage: str) -> None:
    def report(progress: Progress) -> None:
        if progress.stage == stage:
            raise CancelledError

    with pytest.raises(CancelledError):
        write_package(package(tmp_path), tmp_path, report)
    assert not list(tmp_path.glob(f"{NAME}*"))


def test_an_existing_archive_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / "kept").write_text("a")
    with pytest.raises(TargetExistsError):
        write_package(package(tmp_path), tmp_path)
    assert (tmp_path / NAME / "kept").read_text() == "a"


def test_a_source_that_changed_since_it_was_stored_is_refused(tmp_path: Path) -> None:
    made = package(tmp_path)
    source = made.files[0].source
    assert source is not None
    source.write_bytes(bytes(len(source.read_bytes())))
    with pytest.raises(AttachmentMissingError):
        write_package(made, tmp_path)
    assert not list(tmp_path.glob(f"{NAME}*"))


@pytest.mark.parametrize(
    "member", ["../out.txt", "/etc/x", "标题.pdf", "con.txt", "a" * 121, "a//b", "a b.txt", "x.", ""]
)
def test_a_name_that_some_medium_cannot_keep_is_refused(tmp_path: Path, member: str) -> None:
    with pytest.raises(MemberNameRefusedError):
        write_package(Package(NAME, (PackageFile(member, "", data=b"x"),), ()), tmp_path)


def test_two_names_that_exfat_takes_for_one_are_refused(tmp_path: Path) -> None:
    files = (PackageFile("A.txt", "", data=b"x"), PackageFile("a.txt", "", data=b"y"))
    with pytest.raises(MemberNameRefusedError):
        write_package(Package(NAME, files, ()), tmp_path)


def test_a_missing_target_is_named(tmp_path: Path) -> None:
    with pytest.raises(FolderMissingError):
        write_package(package(tmp_path), tmp_path / "nowhere")


def test_too_little_space_is_said_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type(shutil.disk_usage(tmp_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10, 10, 1000))
    with pytest.raises(NotEnoughSpaceError) as short:
        write_package(package(tmp_path), tmp_path)
    assert short.value.missing > 0
    assert not list(tmp_path.glob(f"{NAME}*"))


def failing_calls(monkeypatch: pytest.MonkeyPatch, name: str, error: OSError) -> Callable[[int], list[int]]:
    """Make the n-th call of an operating system's function fail; return what arms it."""
    real = getattr(os, name)

    def arm(nth: int) -> list[int]:
        count = [0]

        def call(*arguments: object) -> object:
            count[0] += 1
            if count[0] == nth:
                raise error
            return real(*arguments)

        monkeypatch.setattr(os, name, call)
        return count

    return arm


@pytest.mark.parametrize(
    ("function", "code", "expected"),
    [
        ("write", 28, NotEnoughSpaceError),
        ("write", 5, DriveRemovedError),
        ("fsync", 5, DriveRemovedError),
        ("fsync", 30, TargetNotWritableError),
    ],
)
def test_an_error_at_any_call_leaves_nothing_that_looks_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, code: int, expected: type[AppError]
) -> None:
    made = package(tmp_path, files=4, largest=3_000)
    arm = failing_calls(monkeypatch, function, OSError(code, os.strerror(code)))
    calls = arm(0)
    write_package(made, tmp_path)
    shutil.rmtree(tmp_path / NAME)
    assert calls[0] > 5

    for nth in range(1, calls[0] + 1):
        arm(nth)
        with pytest.raises(expected):
            write_package(made, tmp_path)
        assert not (tmp_path / NAME).exists(), f"{function} call {nth} of {calls[0]}"
    arm(0)
    assert verify_bag(write_package(made, tmp_path).folder).valid


def test_a_medium_that_forgets_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write

    def forgetful(fd: int, block: bytes) -> int:
        spoiled = bytearray(block)
        if len(spoiled) > 500:
            spoiled[100] ^= 1
        return real(fd, bytes(spoiled))

    monkeypatch.setattr(os, "write", forgetful)
    with pytest.raises(ReadBackError):
        write_package(package(tmp_path), tmp_path)
    assert not (tmp_path / NAME).exists()


KILLED = """
import sys
from pathlib import Path
from app.archive.bag_writer import write_package
from tests.archive.packages import package
place = Path(sys.argv[1])
made = package(place, files=30, largest=200_000)
print("begin", flush=True)
write_package(made, place / "stick")
print("done", flush=True)
"""


def kill_trials(tmp_path: Path, trials: int) -> tuple[int, int]:
    """Kill a writing program at different moments; return how often it had finished, and the violations."""
    stick = tmp_path / "stick"
    stick.mkdir()
    finished = violations = 0
    for trial in range(trials):
        program = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path)], cwd=HOME, stdout=subprocess.PIPE, text=True
        )
        assert program.stdout is not None
        assert program.stdout.readline() == "begin\n"
        deadline = time.monotonic() + 0.12 * trial / trials
        while time.monotonic() < deadline and program.poll() is None:
            os.sched_yield()
        program.send_signal(signal.SIGKILL)
        said_done = "done" in program.stdout.read()
        program.stdout.close()
        program.wait()
        whole = stick / NAME
        finished += whole.exists()
        if whole.exists():
            violations += not verify_bag(whole).valid
            shutil.rmtree(whole)
        elif said_done:
            violations += 1
    # What killed runs left does not stand in the way of the next.
    write_package(package(tmp_path, files=30, largest=200_000), stick)
    assert [path.name for path in stick.iterdir()] == [NAME]
    return finished, violations


def test_a_killed_run_leaves_nothing_that_looks_whole_but_is_not(tmp_path: Path) -> None:
    finished, violations = kill_trials(tmp_path, 24)
    print(f"24 trials, {violations} violations, {finished} had finished")
    assert violations == 0


@pytest.mark.release
def test_a_thousand_killed_runs(tmp_path: Path) -> None:
    finished, violations = kill_trials(tmp_path, 1_000)
    print(f"1000 trials, {violations} violations, {finished} had finished")
    assert violations == 0
