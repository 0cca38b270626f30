from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.start.lock import SECRET_MARK, IdleLock, close_dialogs, empty_clipboard, seconds_since_start


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch(qapp: QApplication) -> Iterator[Callable[..., tuple[IdleLock, Clock, list[str]]]]:
    made: list[IdleLock] = []

    def begin(minutes: int = 5, outside: bool = False) -> tuple[IdleLock, Clock, list[str]]:
        clock = Clock()
        due: list[str] = []
        lock = IdleLock(qapp, minutes, clock, lambda: outside)
        lock.due.connect(lambda: due.append("due"))
        lock.start()
        made.append(lock)
        return lock, clock, due

    yield begin
    for lock in made:
        lock.stop()


def ticks(lock: IdleLock, clock: Clock, seconds: int) -> None:
    for _ in range(seconds // 2):
        clock.now += 2
        lock.look()


def test_five_idle_minutes_lock_and_not_a_second_earlier(watch: Any) -> None:
    lock, clock, due = watch(minutes=5)
    ticks(lock, clock, 298)
    assert due == []
    ticks(lock, clock, 2)
    assert due == ["due"]
    assert not lock.watching


def test_a_hand_on_the_keys_begins_the_count_anew(watch: Any, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    lock, clock, due = watch(minutes=1)
    ticks(lock, clock, 58)
    qtbot.keyClick(field, Qt.Key.Key_A)
    ticks(lock, clock, 58)
    assert due == []
    ticks(lock, clock, 2)
    assert due == ["due"]


def test_a_pc_that_slept_is_locked_when_it_wakes(watch: Any) -> None:
    lock, clock, due = watch(minutes=15)
    ticks(lock, clock, 10)
    clock.now += 45
    lock.look()
    assert due == ["due"]


def test_the_lock_of_the_pc_is_ours_too(watch: Any) -> None:
    lock, clock, due = watch(outside=True)
    ticks(lock, clock, 2)
    assert due == ["due"]


def test_the_clock_counts_on(qapp: QApplication) -> None:
    first = seconds_since_start()
    assert 0 < first <= seconds_since_start()


def test_every_dialog_is_closed_and_asked_to_keep_what_was_typed(qapp: QApplication, qtbot: QtBot) -> None:
    kept: list[str] = []

    class Typing(QDialog):
        def keep_input(self) -> None:
            kept.append("kept")

    outer, inner = Typing(), QDialog()
    for dialog in (outer, inner):
        qtbot.addWidget(dialog)
    outer.open()
    QTimer.singleShot(0, lambda: close_dialogs(qapp))
    assert inner.exec() == QDialog.DialogCode.Rejected
    assert not outer.isVisible()
    assert kept == ["kept"]


@pytest.mark.parametrize(
    ("ours", "kind", "left"), [(True, "", ""), (False, "", "别的程序的文字"), (False, SECRET_MARK, "")]
)
def test_the_clipboard_is_emptied_only_if_it_is_ours(ours: bool, kind: str, left: str) -> None:
    class Board:
        text = "别的程序的文字"

        def mimeData(self) -> QMimeData:  # noqa: N802
            data = QMimeData()
            data.setData(kind or "text/plain", b"1")
            return data

        def ownsClipboard(self) -> bool:  # noqa: N802
            return ours

        def clear(self) -> None:
            self.text = ""

    board = Board()
    empty_clipboard(board)  # type: ignore[arg-type]
    assert board.text == left
