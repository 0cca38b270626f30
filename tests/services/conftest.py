"""What the tests of the services share."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.office import Office


@pytest.fixture(scope="session")
def set_up_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Set an office up once: choosing eight passcodes takes real effort."""
    return Office(tmp_path_factory.mktemp("office") / "data").open()


@pytest.fixture
def new_office(set_up_office: Office) -> Callable[[Path], Office]:
    """Return what opens a copy of the set-up office in a folder."""

    def copied(folder: Path) -> Office:
        shutil.copytree(set_up_office.folder, folder)
        return Office(folder, type(set_up_office.clock)(set_up_office.clock.now))

    return copied


@pytest.fixture
def office(new_office: Callable[[Path], Office], tmp_path: Path) -> Office:
    return new_office(tmp_path / "data")
