from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.widgets.form_grid import FormGrid
from tests.ui.work_office import Bench, bench

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
    QApplication.processEvents()
    assert not dialog.area.lacking
