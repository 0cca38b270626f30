from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.errors import ReasonNeededError
from app.messages import explain
from app.ui.bug_dialog import BugDialog
from app.ui.dialogs import Dialogs
from app.ui.question_dialog import QuestionDialog


@pytest.fixture
def answer(qtbot: QtBot) -> Callable[[Callable[[QuestionDialog], None]], list[QuestionDialog]]:
    """Answer the dialog that comes up next."""

    def arranged(act: Callable[[QuestionDialog], None]) -> list[QuestionDialog]:
        seen: list[QuestionDialog] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QuestionDialog):
                seen.append(dialog)
                act(dialog)
            else:
                QTimer.singleShot(5, look)

        QTimer.singleShot(0, look)
        return seen

    return arranged


def test_a_question_is_answered_by_what_its_buttons_say(qapp: QApplication, answer: Any) -> None:
    seen = answer(lambda dialog: dialog.yes_button.click())
    assert Dialogs().ask(None, "登记签批？", "登记后稿件进入下一步。", "登记签批")
    assert (seen[0].yes_button.text(), seen[0].no_button.text()) == ("登记签批", "取消")
    answer(lambda dialog: dialog.reject())
    assert not Dialogs().ask(None, "登记签批？", "", "登记签批")


def test_of_two_ways_either_may_be_taken_or_neither(qapp: QApplication, answer: Any) -> None:
    def buttons(dialog: QuestionDialog) -> dict[str, QPushButton]:
        return {button.text(): button for button in dialog.findChildren(QPushButton)}

    def ask() -> bool | None:
        return Dialogs().ask_which(None, "“通知.docx”放在哪里？", "", "放进正文", "作为附件")

    answer(lambda dialog: buttons(dialog)["放进正文"].click())
    assert ask() is True
    answer(lambda dialog: buttons(dialog)["作为附件"].click())
    assert ask() is False
    answer(lambda dialog: buttons(dialog)["取消"].click())
    assert ask() is None
    answer(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask() is None


def test_enter_does_not_do_what_cannot_be_undone(qapp: QApplication, qtbot: QtBot, answer: Any) -> None:
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    assert not Dialogs().ask(None, "作废？", "不能恢复。", "作废", danger=True)
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    assert Dialogs().ask(None, "登记？", "", "登记")


def test_a_reason_that_is_needed_cannot_be_left_out(qapp: QApplication, answer: Any) -> None:
    open_at_first: list[bool] = []

    def act(dialog: QuestionDialog) -> None:
        open_at_first.append(dialog.yes_button.isEnabled())
        box = dialog.findChild(QPlainTextEdit)
        assert box is not None
        box.setPlainText("  标题与正文不符  ")
        dialog.yes_button.click()

    answer(act)
    assert Dialogs().ask_text(None, "退回修改", "理由", about="") == "标题与正文不符"
    assert open_at_first == [False]
    answer(lambda dialog: dialog.reject())
    assert Dialogs().ask_text(None, "退回修改", "理由", about="") is None


def test_a_passcode_is_hidden_and_comes_as_typed(qapp: QApplication, answer: Any) -> None:
    def act(dialog: QuestionDialog) -> None:
        line = dialog.findChild(QLineEdit)
        assert line is not None
        assert line.echoMode() is QLineEdit.EchoMode.Password
        line.setText(" 空格也算 ")
        dialog.yes_button.click()

    answer(act)
    assert Dialogs().ask_passcode(None, "请再次输入口令", "口令") == " 空格也算 "


def test_an_error_says_what_happened_and_what_to_do(qapp: QApplication, answer: Any) -> None:
    seen = answer(lambda dialog: dialog.accept())
    Dialogs().show_error(None, ReasonNeededError())
    sentence = explain(ReasonNeededError())
    assert (seen[0].heading_label.text(), seen[0].text_label.text()) == (sentence.what, sentence.todo)


def test_a_bug_shows_no_exception_as_a_message_but_lets_it_be_copied(qapp: QApplication, answer: Any) -> None:
    def act(dialog: QuestionDialog) -> None:
        assert isinstance(dialog, BugDialog)
        dialog.copy_button.click()
        dialog.accept()

    seen = answer(act)
    try:
        raise ValueError("手机号 13800138000 出错")
    except ValueError as error:
        Dialogs().show_bug(None, error)
    words = " ".join(label.text() for label in seen[0].findChildren(QLabel))
    assert "程序出错，已写入日志" in words
    assert "ValueError" not in words
    copied = QApplication.clipboard().text()
    assert "ValueError" in copied
    assert "13800138000" not in copied


def test_peoples_text_is_shown_as_it_is(qtbot: QtBot) -> None:
    dialog = QuestionDialog(None, "<img src='file:///etc/passwd'>", "<b>粗</b>", "好")
    qtbot.addWidget(dialog)
    assert {label.textFormat() for label in (dialog.heading_label, dialog.text_label)} == {Qt.TextFormat.PlainText}


def test_a_file_dialog_opens_where_the_last_one_ended(qapp: QApplication, tmp_path: Path, monkeypatch: Any) -> None:
    places: list[str] = []
    signed = tmp_path / "签字件"
    signed.mkdir()
    answers = [str(signed / "审核表.pdf"), ""]

    def choose(_parent: object, _title: str, place: str, _filters: str) -> tuple[str, str]:
        places.append(place)
        return answers.pop(0), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialogs = Dialogs()
    assert dialogs.save_file(None, "另存为", "审核表.pdf", "PDF 文件 (*.pdf)") == signed / "审核表.pdf"
    assert dialogs.save_file(None, "另存为", "口令单.pdf", "PDF 文件 (*.pdf)") is None
    assert Path(places[0]).parent != Path.cwd()
    assert places[1] == str(signed / "口令单.pdf")


def test_a_chosen_folder_is_listed_next_time_and_no_file_is_offered_a_place_in_it(
    qapp: QApplication, tmp_path: Path, monkeypatch: Any
) -> None:
    folders: list[str] = []
    files: list[str] = []
    bag = tmp_path / "优盘" / "xianshen-2026-10-v1"
    bag.mkdir(parents=True)

    def choose(_parent: object, _title: str, place: str) -> str:
        folders.append(place)
        return str(bag)

    def save(_parent: object, _title: str, place: str, _filters: str) -> tuple[str, str]:
        files.append(place)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    dialogs = Dialogs()
    assert dialogs.folder(None, "核对存档") == bag
    dialogs.folder(None, "核对存档")
    dialogs.save_file(None, "另存为", "交接单.pdf", "PDF 文件 (*.pdf)")
    assert folders[1] == str(bag.parent)
    assert Path(files[0]).parent == Path(folders[0])
    bag.rmdir()
    bag.parent.rmdir()
    dialogs.folder(None, "核对存档")
    assert folders[2] == folders[0]


def test_tab_leads_from_the_reason_to_the_button_that_takes_it(qtbot: QtBot) -> None:
    dialog = QuestionDialog(None, "写明原因", "", "写入缺项说明")
    qtbot.addWidget(dialog)
    dialog.add_text("缺项说明", multiline=True, required=True, initial="原链接已失效")
    dialog.show()
    field = dialog.findChild(QPlainTextEdit)
    assert field is not None
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.yes_button
    qtbot.keyClick(dialog.yes_button, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.no_button


def test_a_text_that_was_not_given_yet_is_there_again_for_the_same_thing(qapp: QApplication, answer: Any) -> None:
    dialogs, found = Dialogs(), list[str]()

    def turn_away(dialog: QuestionDialog) -> None:
        box = dialog.findChild(QPlainTextEdit)
        assert box is not None
        found.append(box.toPlainText())
        box.setPlainText("和另一件重复")
        dialog.reject()

    def give(dialog: QuestionDialog) -> None:
        box = dialog.findChild(QPlainTextEdit)
        assert box is not None
        found.append(box.toPlainText())
        if not dialog.yes_button.isEnabled():
            dialog.reject()
        dialog.yes_button.click()

    def asked(about: str) -> str | None:
        return dialogs.ask_text(None, "作废这件稿件", "理由", about=about)

    answer(turn_away)
    assert asked("一") is None
    answer(give)
    assert asked("二") is None
    answer(give)
    assert asked("一") == "和另一件重复"
    answer(give)
    # It was given, but the act was refused: nothing has to be typed again.
    assert asked("一") == "和另一件重复"
    dialogs.text_taken("作废这件稿件", "一")
    answer(give)
    assert asked("一") is None
    assert found == ["", "", "和另一件重复", "和另一件重复", ""]


def test_a_passcode_is_kept_nowhere(qapp: QApplication, answer: Any) -> None:
    def turn_away(dialog: QuestionDialog) -> None:
        line = dialog.findChild(QLineEdit)
        assert line is not None
        assert line.text() == ""
        line.setText("晋安-河边-散步-7")
        dialog.reject()

    dialogs = Dialogs()
    for _time in range(2):
        answer(turn_away)
        assert dialogs.ask_passcode(None, "登记授权", "您的口令") is None
