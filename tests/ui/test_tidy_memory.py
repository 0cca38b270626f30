import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.ui.tasks import Tasks
from app.ui.tidy_memory import TidyMemory


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    yield
    gc.enable()


class Knot(QObject):
    ended: list[int] = []  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.me = self

    def __del__(self) -> None:
        Knot.ended.append(threading.get_ident())


def allocate() -> None:
    for _round in range(200):
        kept: list[list[int]] = [[] for _ in range(5000)]
        kept.clear()


def test_a_lane_that_allocates_much_collects_no_widget(qapp: QApplication, tasks: Tasks) -> None:
    Knot.ended.clear()
    gc.collect()
    for _knot in range(20):
        Knot()
    tasks.run(tasks, allocate, lambda _done: None)
    assert tasks.wait_idle()
    gc.collect()
    assert Knot.ended == [threading.get_ident()] * 20


def test_what_is_due_is_collected_and_python_gets_its_work_back(qapp: QApplication) -> None:
    gc.enable()
    memory = TidyMemory()
    assert not gc.isenabled()
    kept: list[list[int]] = [[] for _ in range(5000)]
    assert gc.get_count()[0] > gc.get_threshold()[0]
    memory.look()
    assert gc.get_count()[0] < gc.get_threshold()[0]
    assert kept
    inner = TidyMemory()
    inner.stop()
    assert not gc.isenabled(), "whoever came first gives it back"
    memory.stop()
    assert gc.isenabled()
