"""Strips that come and go while somebody writes: the line that is written stays where it is on the screen."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QWidget

from app.errors import SubmissionBlockedError
from app.ui.desk import Desk
from app.ui.editor.body_editor import BodyEditor
from app.ui.editor.editor_page import EditorPage
from app.ui.theme import apply_theme, px
from app.ui.tokens import Tone
from tests.ui.editor.test_editor_page import SECRET, Bench, bench, complete

__all__ = ["bench"]

LONG = tuple(f"第 {number} 段，请先开窗、关阀，到室外拨打抢修电话。" for number in range(60))
WIDE, NARROW = (1100, 640), (700, 640)
LACKING = SubmissionBlockedError(("title", "body", "accounts", "no_secrets"), ())


def settle() -> None:
    for _round in range(8):
        QApplication.processEvents()


def line_on_screen(body: BodyEditor) -> QPoint:
    """Return where on the screen the text cursor stands."""
    return body.viewport().mapToGlobal(body.cursorRect().topLeft())


def write_at(bench: Bench, size: tuple[int, int], place: QTextCursor.MoveOperation) -> BodyEditor:
    bench.page.resize(*size)
    body = bench.page.pane.main.body
    settle()
    body.setFocus()
    body.moveCursor(place)
    body.ensureCursorVisible()
    settle()
    return body


def ways(page: EditorPage) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """Return how each strip comes and goes."""
    return {
        "not saved": (
            lambda: page.trouble.say("没有保存：磁盘已满。请先清理磁盘，再接着写。" * 2, Tone.DANGER),
            lambda: page.trouble.say(""),
        ),
        "left behind": (
            lambda: page.left_behind.say("“图.webp”没有放入：这种图片格式读不了。" * 4, Tone.WARNING),
            lambda: page.left_behind.say(""),
        ),
        "overtaken": (page.overtaking.tell, lambda: page.conflict.say("")),
        "missing": (lambda: page.missing.show_blocked(LACKING), lambda: page.missing.settle((), ())),
    }


@pytest.mark.parametrize("place", [QTextCursor.MoveOperation.Start, QTextCursor.MoveOperation.End])
@pytest.mark.parametrize("texts", [LONG, LONG[:3]])
def test_beside_the_panel_no_strip_moves_the_line_that_is_written(
    bench: Bench, texts: tuple[str, ...], place: QTextCursor.MoveOperation
) -> None:
    bench.start(complete(bench, *texts))
    body = write_at(bench, WIDE, place)
    assert not bench.page.narrow
    before = line_on_screen(body)
    for name, (come, go) in ways(bench.page).items():
        come()
        settle()
        assert bench.page.notices.isVisible(), name
        assert bench.page.notices.height() > 30, name
        assert line_on_screen(body) == before, f"{name} comes"
        go()
        settle()
        assert not bench.page.notices.isVisible(), name
        assert line_on_screen(body) == before, f"{name} goes"


def test_a_secrecy_mark_stops_the_saving_without_moving_the_line(bench: Bench) -> None:
    bench.start(complete(bench, *LONG))
    body = write_at(bench, WIDE, QTextCursor.MoveOperation.End)
    body.textCursor().insertText(SECRET)
    settle()
    before = line_on_screen(body)
    bench.check()
    settle()
    assert bench.page.secrecy.isVisible()
    assert line_on_screen(body) == before
    for _character in SECRET:
        body.textCursor().deletePreviousChar()
    settle()
    after = line_on_screen(body)
    bench.check()
    settle()
    assert not bench.page.secrecy.isVisible()
    assert line_on_screen(body) == after


def test_a_field_of_the_panel_stays_where_it_is_while_the_list_of_what_is_missing_gets_shorter(bench: Bench) -> None:
    bench.start(complete(bench))
    bench.page.resize(*WIDE)
    field = bench.page.panel.handling.form
    field.setFocus()
    settle()
    before = field.mapToGlobal(QPoint())
    bench.page.missing.show_blocked(LACKING)
    settle()
    assert field.mapToGlobal(QPoint()) == before
    bench.page.missing.settle(("no_secrets",), ())
    settle()
    assert field.mapToGlobal(QPoint()) == before


def test_a_field_at_the_foot_of_the_panel_is_not_covered(bench: Bench) -> None:
    bench.start(complete(bench))
    bench.page.resize(*WIDE)
    settle()
    panel = bench.page.panel
    area, field = panel.facts_area, panel.handling.review_class
    area.ensureWidgetVisible(field, 0, 0)
    field.setFocus()
    bench.page.resize(WIDE[0], area.mapTo(bench.page, QPoint()).y() + field.mapTo(area, QPoint()).y() + 130)
    settle()
    bench.page.missing.show_blocked(LACKING)
    settle()
    assert field.visibleRegion().boundingRect().height() == field.height()


def test_in_a_narrow_window_the_strips_stand_below_the_text(bench: Bench) -> None:
    bench.start(complete(bench, *LONG))
    body = write_at(bench, NARROW, QTextCursor.MoveOperation.Start)
    assert bench.page.narrow
    before = line_on_screen(body)
    for name, (come, go) in ways(bench.page).items():
        come()
        settle()
        assert bench.page.notices.isVisible(), name
        assert line_on_screen(body) == before, f"{name} comes"
        go()
        settle()
        assert line_on_screen(body) == before, f"{name} goes"


@pytest.mark.parametrize("height", [640, 430])
def test_in_a_narrow_window_the_last_line_is_not_covered(bench: Bench, height: int) -> None:
    bench.start(complete(bench, *LONG))
    body = write_at(bench, (NARROW[0], height), QTextCursor.MoveOperation.End)
    bench.page.text_area.verticalScrollBar().setValue(bench.page.text_area.verticalScrollBar().maximum())
    settle()
    assert body.viewport().visibleRegion().contains(body.cursorRect())
    bench.page.missing.show_blocked(LACKING)
    settle()
    assert bench.page.notices.isVisible()
    assert body.viewport().visibleRegion().contains(body.cursorRect())


def test_somebody_who_reads_elsewhere_is_not_taken_back_to_the_cursor(bench: Bench) -> None:
    bench.start(complete(bench, *LONG))
    body = write_at(bench, NARROW, QTextCursor.MoveOperation.End)
    body.verticalScrollBar().setValue(0)
    settle()
    bench.page.missing.show_blocked(LACKING)
    settle()
    assert body.verticalScrollBar().value() == 0


@pytest.mark.parametrize(("theme", "scale", "size"), [("light", 100, (824, 600)), ("dark", 150, (980, 560))])
def test_whatever_comes_together_is_reached_by_scrolling(
    desk: Desk,
    sign_in: Any,
    show: Any,
    dialogs: Any,
    qapp: QApplication,
    theme: str,
    scale: int,
    size: tuple[int, int],
) -> None:
    sign_in("信息员乙")
    apply_theme(qapp, theme, scale)
    bench = Bench(desk, show, dialogs)
    bench.start(complete(bench))
    page = bench.page
    page.resize(*size)
    for come, _go in ways(page).values():
        come()
    settle()
    assert page.size().toTuple() == size
    assert page.notices.height() <= size[1] // 2
    assert page.panel.isVisible() or page.text_area.height() > 60
    reached: list[QWidget] = [page.trouble, page.left_behind, page.conflict, page.missing]
    for strip in reached:
        page.notices.ensureWidgetVisible(strip)
        assert not strip.visibleRegion().isEmpty()
        assert strip.width() <= page.notices.viewport().width()
    page.close()


def test_what_the_empty_reason_asks_for_is_read_whole(bench: Bench) -> None:
    bench.start(complete(bench, *LONG))
    write_at(bench, WIDE, QTextCursor.MoveOperation.End).textCursor().insertText(SECRET)
    bench.check()
    settle()
    reason = bench.page.secrecy.reason
    assert reason.isVisible()
    assert reason.fontMetrics().horizontalAdvance(reason.placeholderText()) <= reason.width() - 2 * px(12)
