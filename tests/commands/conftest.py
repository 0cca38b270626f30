"""What the tests of the commands share."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from app.bootstrap import create_sample
from app.vault.passcode_hash import PasscodeHasher
from tests.commands.running import Runner, runner


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], pc: Path) -> Runner:
    monkeypatch.setattr("app.bootstrap.SYSTEM_ROOT", pc)
    return runner(monkeypatch, capsys)


@pytest.fixture
def pc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a PC that says nothing of itself, whatever the one that runs the tests is like."""
    return tmp_path_factory.mktemp("pc")


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the sample once, with passcodes that cost little."""
    folder = tmp_path_factory.mktemp("sample") / "data"
    create_sample(folder, PasscodeHasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)))
    return folder


@pytest.fixture
def sample(made_sample: Path, tmp_path: Path) -> Path:
    """Return a copy of the sample that a test may change."""
    return shutil.copytree(made_sample, tmp_path / "data")


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a folder of the whole run by its name."""
    root = tmp_path_factory.mktemp("once")

    def named(name: str) -> Path:
        return root / name

    return named
