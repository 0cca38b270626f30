from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.widgets.day_field import DayField
from app.ui.widgets.form_grid import FormGrid
from app.ui.widgets.passcode_field import PasscodeField
from tests.ui.work_office import Bench, bench, click

__all__ = ["bench"]


def opened(desk: Desk, fields: int) -> tuple[FormDialog, FormGrid]:
    dialog, form = FormDialog(desk, None, "登记", "登记一件事", "登记"), FormGrid()
    for number in range(fields):
        form.add(f"第 {number} 项", QLineEdit())
    dialog.lay_out(form, dialog.notice)
    dialog.open()
    return dialog, form


def test_a_form_higher_than_the_screen_scrolls_and_keeps_its_buttons_and_its_notice_in_reach(bench: Bench) -> None:
    dialog, _form = opened(bench.desk, 40)
    dialog.notice.say("有一项不对。")
    bench.settle()
    assert dialog.height() <= dialog.screen().availableSize().height() - 48
    assert dialog.rect().contains(dialog.act_button.geometry())
    assert dialog.rect().contains(dialog.notice.geometry())
    assert dialog.area is not None
    assert dialog.area.lacking
    assert dialog.area.verticalScrollBar().isVisible()


def test_a_form_that_grows_is_given_the_room(bench: Bench) -> None:
    dialog, form = opened(bench.desk, 3)
    bench.settle()
    before = dialog.height()
    grown = QVBoxLayout()
    for _number in range(4):
        grown.addWidget(QLineEdit())
    holder = QWidget()
    holder.setLayout(grown)
    form.add_wide(holder)
    bench.settle()
    assert dialog.height() > before
    assert dialog.area is not None
    assert not dialog.area.verticalScrollBar().isVisible()
    assert not dialog.area.lacking


class Form(FormDialog):
    """A form about one thing, with a field of each kind."""

    def __init__(self, desk: Desk, about: str) -> None:
        super().__init__(desk, None, "登记", "登记一件事", "登记")
        self.line, self.plain, self.tick, self.number = QLineEdit("原来的"), QPlainTextEdit(), QCheckBox(), QSpinBox()
        self.day, self.choice, self.free = DayField(date(2026, 10, 12)), QComboBox(), QComboBox()
        self.choice.addItem("甲", "a")
        self.choice.addItem("乙", "b")
        self.free.setEditable(True)
        self.lay_out(self.line, self.plain, self.tick, self.number, self.day, self.choice, self.free, self.notice)
        self.remember(about, self.line, self.plain, self.tick, self.number, self.day, self.choice, self.free)

    def standing(self) -> tuple[object, ...]:
        chosen = (self.day.day, self.choice.currentData(), self.free.currentText())
        return (self.line.text(), self.plain.toPlainText(), self.tick.isChecked(), self.number.value(), *chosen)


EMPTY = ("原来的", "", False, 0, date(2026, 10, 12), "a", "")
FULL = ("改过的", "写了\n两行", True, 7, date(2026, 10, 9), "b", "别的平台")


def filled(bench: Bench) -> Form:
    form = bench.shown(Form(bench.desk, "一"))
    form.line.setText("改过的")
    form.plain.setPlainText("写了\n两行")
    form.tick.setChecked(True)
    form.number.setValue(7)
    form.day.show_day(date(2026, 10, 9))
    form.choice.setCurrentIndex(1)
    form.free.setCurrentText("别的平台")
    assert form.standing() == FULL
    return form


def test_what_was_typed_into_a_form_is_there_again_after_esc(bench: Bench, qtbot: QtBot) -> None:
    qtbot.keyClick(filled(bench), Qt.Key.Key_Escape)
    other = bench.shown(Form(bench.desk, "二"))
    assert other.standing() == EMPTY
    assert not other.kept_notice.isVisible()
    again = bench.shown(Form(bench.desk, "一"))
    assert again.standing() == FULL
    assert again.kept_notice.isVisible()
    assert again.focusWidget() is again.line
    click(again, "重新填写")
    assert again.standing() == EMPTY
    again.reject()
    assert bench.shown(Form(bench.desk, "一")).standing() == EMPTY


def test_a_form_that_did_its_act_begins_anew(bench: Bench) -> None:
    form = filled(bench)
    form.reject()
    again = bench.shown(Form(bench.desk, "一"))
    again.done_with("accounts")
    assert bench.shown(Form(bench.desk, "一")).standing() == EMPTY


def test_only_what_was_changed_is_put_back(bench: Bench) -> None:
    form = bench.shown(Form(bench.desk, "一"))
    form.number.setValue(7)
    form.reject()
    kept = bench.desk.unfinished.take("Form", "一")
    assert list(kept.values()) == [7]


def test_a_passcode_is_never_among_what_a_form_remembers(bench: Bench) -> None:
    form = bench.shown(Form(bench.desk, "一"))
    with pytest.raises(ValueError, match="passcode"):
        form.remember("一", PasscodeField("您的口令"))
