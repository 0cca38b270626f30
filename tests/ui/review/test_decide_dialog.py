"""Deciding on screen, driven by its buttons."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.models.draft import DraftState
from app.models.review import STEP_VERDICTS, StepKind, Verdict
from app.ui.review.decide_dialog import DecideDialog
from tests.services.office import PASSCODE
from tests.ui.work_office import BODY, Bench, click, next_by_tab


@pytest.fixture
def dialog(bench: Bench) -> DecideDialog:
    bench.sit("吴审")
    return bench.shown(DecideDialog(bench.desk, None, bench.ids["fresh"]))


def state(bench: Bench, name: str = "fresh") -> DraftState:
    return bench.services.drafts.view(bench.ids[name]).draft.state


def test_what_is_decided_stands_beside_the_decision(bench: Bench, dialog: DecideDialog) -> None:
    words = dialog.text.toPlainText()
    assert BODY in words
    assert "敲门行动" in words, "the second account's own text is decided too"
    assert dialog.heading.text() == "初审"
    assert "第1稿" in dialog.facts.text()
    assert "内容指纹" in dialog.facts.text()
    offered = [button.text() for button in dialog.verdicts.buttons()]
    assert len(offered) == len(STEP_VERDICTS[StepKind.FIRST_REVIEW])
    assert not dialog.act_button.isEnabled()


def test_an_agreement_needs_the_own_passcode_and_moves_the_draft_on(bench: Bench, dialog: DecideDialog) -> None:
    dialog.choose(Verdict.AGREE)
    assert not dialog.act_button.isEnabled()
    assert "口令" in dialog.act_button.toolTip()
    dialog.passcode.setText(PASSCODE)
    click(dialog, "同意")
    bench.settle()
    assert not dialog.isVisible()
    view = bench.services.drafts.view(bench.ids["fresh"])
    assert view.open_step is not None
    assert view.open_step.kind is StepKind.SECRECY_REVIEW
    assert dialog.passcode.text() == ""


def test_a_wrong_passcode_is_told_in_place_and_nothing_is_lost(bench: Bench, dialog: DecideDialog) -> None:
    dialog.choose(Verdict.AGREE)
    dialog.opinion.setPlainText("写得清楚")
    dialog.passcode.setText("不对的口令")
    click(dialog, "同意")
    bench.settle()
    assert dialog.isVisible()
    assert "口令不对" in dialog.notice.text
    assert dialog.opinion.toPlainText() == "写得清楚"
    assert dialog.verdict is Verdict.AGREE
    assert dialog.passcode.selectedText() == "不对的口令"
    dialog.passcode.setText(PASSCODE)
    click(dialog, "同意")
    bench.settle()
    [decision] = [d for d in bench.services.drafts.view(bench.ids["fresh"]).decisions if d.revision == 1]
    assert decision.opinion == "写得清楚"


def test_on_a_low_screen_the_passcode_stays_in_sight_when_it_was_wrong(bench: Bench, dialog: DecideDialog) -> None:
    dialog.resize(dialog.width(), 380)
    bench.settle()
    dialog.choose(Verdict.AGREE)
    dialog.passcode.setText("不对的口令")
    dialog.decide()
    bench.settle()
    assert dialog.notice.isVisible()
    room = dialog._panel.viewport()
    place = dialog.passcode.mapTo(room, dialog.passcode.rect().bottomLeft())
    assert 0 < place.y() <= room.height()


def test_a_return_without_a_reason_is_refused_before_the_passcode_is_tried(bench: Bench, dialog: DecideDialog) -> None:
    dialog.choose(Verdict.RETURN)
    assert dialog.act_button.property("kind") == "danger"
    dialog.passcode.setText("不对的口令")
    click(dialog, "退回修改")
    bench.settle()
    assert "理由" in dialog.notice.text
    assert bench.audit("session.refused") == 0
    dialog.opinion.setPlainText("第二段的日期不对")
    dialog.passcode.setText(PASSCODE)
    click(dialog, "退回修改")
    bench.settle()
    assert state(bench) is DraftState.RETURNED


def test_a_draft_that_was_changed_meanwhile_is_not_decided(bench: Bench, dialog: DecideDialog) -> None:
    bench.office.sign_in("林晓").drafts.withdraw(bench.ids["fresh"])
    bench.sit("吴审")
    dialog.choose(Verdict.AGREE)
    dialog.passcode.setText(PASSCODE)
    click(dialog, "同意")
    bench.settle()
    assert dialog.isVisible()
    assert dialog.notice.text
    assert state(bench) is DraftState.WITHDRAWN


def test_a_draft_without_an_open_step_says_so(bench: Bench) -> None:
    dialog = bench.shown(DecideDialog(bench.desk, None, bench.ids["published"]))
    assert "没有待签的环节" in dialog.notice.text
    assert not dialog.act_button.isEnabled()


def test_what_was_written_is_there_again_and_the_passcode_never(bench: Bench) -> None:
    bench.sit("郑密")
    dialog = bench.shown(DecideDialog(bench.desk, None, bench.ids["half"]))
    dialog.choose(Verdict.PUBLIC_AFTER_CHANGE)
    dialog.opinion.setPlainText("请去掉住址")
    dialog.passcode.setText("写了一半")
    click(dialog, "取消")
    again = bench.shown(DecideDialog(bench.desk, None, bench.ids["half"]))
    assert again.opinion.toPlainText() == "请去掉住址"
    assert again.verdict is Verdict.PUBLIC_AFTER_CHANGE
    assert again.passcode.text() == ""
    again.passcode.setText(PASSCODE)
    click(again, "处理后公开")
    bench.settle()
    assert bench.desk.unfinished.take("decide", bench.ids["half"]) is None


def test_with_the_keys_alone(bench: Bench, dialog: DecideDialog, qtbot: QtBot) -> None:
    dialog.activateWindow()
    dialog.verdicts.buttons()[0].setFocus()
    qtbot.keyClick(dialog.verdicts.buttons()[0], Qt.Key.Key_Space)
    assert next_by_tab(dialog.verdicts.buttons()[0]) is dialog.opinion
    assert next_by_tab(dialog.opinion) is dialog.passcode
    qtbot.keyClicks(dialog.passcode, PASSCODE)
    qtbot.keyClick(dialog.passcode, Qt.Key.Key_Return)
    bench.settle()
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_esc_decides_nothing(bench: Bench, dialog: DecideDialog, qtbot: QtBot) -> None:
    dialog.choose(Verdict.AGREE)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert state(bench) is DraftState.IN_REVIEW


def test_caps_lock_is_told(dialog: DecideDialog) -> None:
    dialog.passcode.caps_lock.emit(True)
    assert dialog.caps_label.isVisible()
    dialog.passcode.caps_lock.emit(False)
    assert not dialog.caps_label.isVisible()
