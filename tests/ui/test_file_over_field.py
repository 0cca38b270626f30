"""Files dragged over fields for words are left to what lies around, where they are taken as copies."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.file_over_field import FileOverField
from app.ui.widgets.file_drop import FileDrop
from tests.ui.dragging import drop, files, hover


@pytest.fixture(autouse=True)
def file_over_field(qapp: QApplication) -> Iterator[None]:
    rule = FileOverField()
    qapp.installEventFilter(rule)
    yield
    qapp.removeEventFilter(rule)


class Form(QWidget):
    """A form that takes files, with two fields for words in it."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.lines = QLineEdit(), QPlainTextEdit()
        self.taken: list[tuple[Path, ...]] = []
        layout = QVBoxLayout(self)
        layout.addWidget(self.line)
        layout.addWidget(self.lines)
        FileDrop(self, lambda _paths, _place: "松开鼠标", lambda paths, _place: self.taken.append(paths))


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    qtbot.addWidget(made)
    made.show()
    return made


def offered(path: Path) -> QMimeData:
    """Return a file as those file managers offer it that name it in words as well."""
    offer = files([path])
    offer.setText(str(path))
    return offer


@pytest.mark.parametrize("which", ["line", "lines"])
def test_a_file_over_a_field_goes_to_the_form(form: Form, tmp_path: Path, which: str, qtbot: QtBot) -> None:
    field = form.line if which == "line" else form.lines.viewport()
    path = tmp_path / "发布后.txt"
    assert hover(field, offered(path))
    [watch] = form.findChildren(FileDrop)
    assert watch.hint.isVisible(), "the form answered, and not the field"
    assert drop(form, offered(path), form.mapFromGlobal(field.mapToGlobal(QPoint(3, 3))))
    qtbot.waitUntil(lambda: form.taken == [(path,)])
    assert (form.line.text(), form.lines.toPlainText()) == ("", "")


def test_dragged_words_are_still_taken(form: Form) -> None:
    words = QMimeData()
    words.setText("几个字")
    assert drop(form.line, words)
    assert drop(form.lines.viewport(), words)
    assert form.line.text() == "几个字"
    assert form.lines.toPlainText() == "几个字"


def test_a_field_on_a_window_that_takes_no_files_takes_none_either(qtbot: QtBot, tmp_path: Path) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    assert not hover(field, offered(tmp_path / "发布后.txt"))
    assert field.acceptDrops()
