"""A machine is known again by a mark from which the system's own id cannot be read."""

import sys
from pathlib import Path

import pytest

from app.vault.machine_mark import machine_mark, mark_of

OWN = "4c4c4544-0043-3510-8052-b9c04f4e3732"
PLAIN = OWN.replace("-", "")


def system(root: Path, place: str, text: str) -> Path:
    file = root / place
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    return root


def test_the_same_id_gives_the_same_mark_however_it_is_written() -> None:
    marks = {mark_of(text) for text in (OWN, OWN.upper(), PLAIN, f"{PLAIN}\n", f"{{{OWN}}}")}
    assert len(marks) == 1
    [mark] = marks
    assert len(mark) == 64
    assert PLAIN not in mark


def test_another_machine_has_another_mark() -> None:
    assert mark_of(OWN) != mark_of(OWN.replace("2", "3"))


@pytest.mark.parametrize("own", ["", "\n", "uninitialized\n", "abc", "0" * 32, "f" * 32, PLAIN + "0", "机" * 32])
def test_an_id_that_tells_nothing_gives_no_mark(own: str) -> None:
    assert mark_of(own) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="reads the registry there")
def test_the_id_is_read_from_where_linux_keeps_it(tmp_path: Path) -> None:
    assert machine_mark(system(tmp_path / "one", "etc/machine-id", PLAIN + "\n")) == mark_of(OWN)
    assert machine_mark(system(tmp_path / "two", "var/lib/dbus/machine-id", PLAIN)) == mark_of(OWN)


@pytest.mark.skipif(sys.platform == "win32", reason="reads the registry there")
def test_a_system_without_an_id_or_with_an_unfinished_one_gives_none(tmp_path: Path) -> None:
    assert machine_mark(tmp_path) == ""
    root = system(tmp_path, "etc/machine-id", "uninitialized\n")
    assert machine_mark(root) == ""
    assert machine_mark(system(root, "var/lib/dbus/machine-id", PLAIN)) == mark_of(OWN)
    assert machine_mark(system(tmp_path / "odd", "etc/machine-id", "机器")) == ""
