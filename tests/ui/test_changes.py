import pytest
from PySide6.QtWidgets import QApplication

from app.ui.changes import Changes


def test_a_change_names_its_kinds(qapp: QApplication) -> None:
    changes = Changes()
    heard: list[object] = []
    changes.changed.connect(heard.append)
    changes.tell("drafts", "publications")
    assert heard == [frozenset({"drafts", "publications"})]
    with pytest.raises(ValueError, match="moods"):
        changes.tell("moods")
