"""Every table says how long its rows are kept."""

import sqlite3
from contextlib import closing
from pathlib import Path

from app.models.policy import RETENTION
from app.storage.database import FILE_NAME
from app.storage.retention import BY_USE, RETENTION_OF, WITHOUT_LIMIT
from app.storage.unit_of_work import Store
from tests.storage.office import NOW


def test_no_table_is_without_a_retention_that_the_policy_names(tmp_path: Path) -> None:
    Store(tmp_path, lambda: NOW)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as raw:
        names = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    # What SQLite and the migrations keep for themselves.
    own = {name for name in names if name.startswith(("search_text_", "_sqlite_migrations", "sqlite_"))}
    assert names - own == RETENTION_OF.keys()
    assert set(RETENTION_OF.values()) == {*RETENTION, BY_USE, WITHOUT_LIMIT}
