"""One office for each test, in a folder of its own."""

from pathlib import Path

import pytest

from app.storage.unit_of_work import Store
from tests.storage.office import open_office


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_office(tmp_path)
