"""A stick that is pulled out: complete after 可以拔出, and never looking complete when it is not."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.archive.bag_verifier import verify_bag
from app.archive.bag_writer import write_package
from app.errors import NotEnoughSpaceError
from tests.archive.packages import NAME, package
from tests.archive.stick import Stick, missing

HOME = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.skipif(bool(missing()), reason=f"lacks {missing()}")

WRITER = """
import os, sys
from pathlib import Path
if sys.argv[3] == "careless":
    os.fsync = lambda fd: None
    import app.archive.bag_writer as writer
    writer.flush_volume = lambda path: True
from app.archive.bag_writer import write_package
from tests.archive.packages import package
made = package(Path(sys.argv[1]), files=10, largest=160_000)
print("begin", flush=True)
written = write_package(made, Path(sys.argv[2]))
print("may be pulled" if written.may_be_pulled else "not sure", flush=True)
sys.stdin.read()
"""


def pulled(tmp_path: Path, kind: str, after: float | None, *, careless: bool = False) -> tuple[bool, bool, bool]:
    """Pull a stick some seconds after writing began, or when it may be pulled.

    Return whether the program had said that it may be pulled, whether an archive stands there, and whether it is whole.
    """
    stick = Stick(tmp_path, kind)
    place = stick.plug()
    command = [sys.executable, "-c", WRITER, str(tmp_path), str(place), "careless" if careless else "careful"]
    program = subprocess.Popen(command, cwd=HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    assert program.stdout.readline() == "begin\n"
    said = False
    if after is None:
        said = program.stdout.readline() == "may be pulled\n"
    else:
        deadline = time.monotonic() + after
        while time.monotonic() < deadline and program.poll() is None:
            time.sleep(0.001)
    stick.pull()
    rest = program.communicate()[0]
    place = stick.plug()
    stands = (place / NAME).exists()
    whole = stands and verify_bag(place / NAME).valid
    stick.take_out()
    # Told after the pull, it was told of a stick that was still in.
    return said or (after is not None and "may be pulled" in rest and whole), stands, whole


def trials(tmp_path: Path, kind: str, count: int, seed: int) -> int:
    """Return the violations of half pulled in the middle and half when they may be."""
    chance = random.Random(seed)
    violations = 0
    for trial in range(count):
        after = None if trial % 2 else chance.uniform(0.0, 0.25)
        said, stands, whole = pulled(tmp_path / f"{kind}-{trial}", kind, after)
        assert said or after is not None
        violations += (said and not whole) or (stands and not whole)
    return violations


@pytest.mark.parametrize("kind", ["exfat", "ntfs"])
def test_a_pulled_stick_holds_a_whole_archive_or_none(tmp_path: Path, kind: str) -> None:
    violations = trials(tmp_path, kind, 16, seed=20261124)
    print(f"{kind}: 16 trials, {violations} violations, seed 20261124")
    assert violations == 0


@pytest.mark.release
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", ["exfat", "ntfs"])
def test_five_hundred_pulled_sticks(tmp_path: Path, kind: str) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    violations = trials(tmp_path, kind, 500, seed)
    print(f"{kind}: 500 trials, {violations} violations, seed {seed}")
    assert violations == 0


def test_without_flushing_a_pulled_stick_loses_it(tmp_path: Path) -> None:
    # The control: were this to survive, the trials above would prove nothing.
    lost = 0
    for trial in range(4):
        _, stands, whole = pulled(tmp_path / str(trial), "exfat", None, careless=True)
        lost += not (stands and whole)
    assert lost == 4


def test_a_stick_that_is_too_small_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    stick = Stick(tmp_path / "small", "exfat", megabytes=4)
    place = stick.plug()
    try:
        with pytest.raises(NotEnoughSpaceError) as short:
            write_package(package(tmp_path, files=40, largest=600_000), place)
        assert short.value.missing > 1_000_000
        assert [path.name for path in place.iterdir()] == []
    finally:
        stick.take_out()
