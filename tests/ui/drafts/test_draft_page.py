"""The drafts page, driven by keys, clicks and drops over real records."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.models.draft import DraftState
from app.models.draft_list import DraftFilter
from app.models.review import Verdict
from app.ui.drafts.draft_page import DraftPage
from app.ui.drafts.draft_table import Column, state_word
from app.ui.papers.preview_dialog import PreviewDialog
from app.ui.publishing.package_dialog import PackageDialog
from app.ui.publishing.posts_dialog import PostsDialog
from app.ui.publishing.record_dialog import RecordDialog
from app.ui.review.decide_dialog import DecideDialog
from app.ui.review.register_dialog import RegisterDialog
from app.ui.review.remind_dialog import RemindDialog
from app.ui.review.scans_dialog import ScansDialog
from app.ui.start.lock import close_dialogs
from tests.ui.work_office import PASSCODE, Bench, click


@pytest.fixture
def page(bench: Bench, qtbot: QtBot) -> DraftPage:
    made = DraftPage(bench.desk)
    qtbot.addWidget(made)
    made.resize(1240, 760)
    made.show()
    bench.settle()
    return made


def titles(page: DraftPage) -> list[str]:
    rows = range(page.model.rowCount())
    return [str(page.model.index(row, Column.TITLE).data()) for row in rows]


def shows_only(page: DraftPage, found: set[str]) -> bool:
    return page.desk.tasks.idle and set(titles(page)) == found


def chosen_rows(page: DraftPage) -> list[int]:
    return [index.row() for index in page.table.selectionModel().selectedRows()]


def choose(bench: Bench, page: DraftPage, name: str) -> None:
    page.show_subject(f"draft:{bench.ids[name]}")
    bench.settle()


def row_place(page: DraftPage, bench: Bench, name: str) -> QPoint:
    row = page.model.place_of(bench.ids[name])
    return page.table.viewport().mapTo(page, page.table.visualRect(page.model.index(row, 1)).center())


def test_the_first_draft_is_chosen_and_its_next_action_is_the_one_primary_button(bench: Bench, page: DraftPage) -> None:
    assert titles(page)[0] == "写到一半的一件"
    assert chosen_rows(page) == [0]
    choose(bench, page, "fresh")
    primary = [b for b in page.detail.findChildren(QPushButton) if b.isVisible() and b.property("kind") == "primary"]
    assert [button.text() for button in primary] == ["登记签批"]


def test_the_chips_say_how_many_and_choose(bench: Bench, page: DraftPage) -> None:
    assert page.filters.chip(DraftFilter.IN_REVIEW).text() == "审核中 4"
    page.filters.chip(DraftFilter.RETURNED).click()
    bench.settle()
    assert titles(page) == ["退回的一件"]


def test_a_search_finds_while_typing_and_says_when_nothing_is_found(
    bench: Bench, page: DraftPage, qtbot: QtBot
) -> None:
    assert page.search is not None
    for text, found in (("初审", {"初审过了的一件", "等待初审的一件"}), ("没有这样的词", set())):
        # Letter by letter, as an input method commits them.
        for length in range(1, len(text) + 1):
            page.search.setText(text[:length])
        qtbot.waitUntil(partial(shows_only, page, found))
        assert page.empty.isVisible() is (not found)
    assert "没有符合条件的稿件" in page.empty.sentence_label.text()
    assert page.step_back()
    qtbot.waitUntil(lambda: page.model.rowCount() == len(bench.ids))
    assert not page.step_back()


def test_the_arrow_keys_move_from_the_search_into_the_list_and_through_it(
    bench: Bench, page: DraftPage, qtbot: QtBot
) -> None:
    assert page.search is not None
    page.find()
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    for _ in range(3):
        qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert chosen_rows(page) == [3]
    qtbot.waitUntil(lambda: page.detail.facts is not None and page.detail.facts.view.draft.id == page.chosen_id)
    assert page.detail.title.text() == titles(page)[3]


def hold(page: DraftPage) -> None:
    [act] = [b for b in page.detail.findChildren(QPushButton) if b.isVisible() and b.property("kind") == "primary"]
    act.setFocus()


def test_the_focus_stays_at_the_acts_when_another_draft_comes_to_the_front(bench: Bench, page: DraftPage) -> None:
    choose(bench, page, "fresh")
    hold(page)
    choose(bench, page, "half")
    [act] = [b for b in page.detail.findChildren(QPushButton) if b.isVisible() and b.property("kind") == "primary"]
    assert page.focusWidget() is act


def test_without_an_act_the_focus_goes_to_the_list_and_not_to_the_left_bar(
    bench: Bench, page: DraftPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(bench, page, "fresh")
    hold(page)
    monkeypatch.setattr("app.ui.drafts.draft_detail.offers", lambda *_what, **_more: ())
    choose(bench, page, "half")
    assert page.focusWidget() is page.table


def test_a_draft_that_is_chosen_in_the_list_leaves_the_focus_there(bench: Bench, page: DraftPage) -> None:
    choose(bench, page, "fresh")
    page.table.setFocus()
    choose(bench, page, "half")
    assert page.focusWidget() is page.table


def test_while_another_draft_is_being_read_no_button_acts_on_the_old_one(
    bench: Bench, page: DraftPage, qtbot: QtBot
) -> None:
    choose(bench, page, "fresh")
    page.table.selectRow(page.model.place_of(bench.ids["half"]))
    assert not page.detail._foot.isEnabled()
    qtbot.waitUntil(page.detail._foot.isEnabled)
    assert page.detail.title.text() == "初审过了的一件"


def test_enter_opens_what_can_be_written_and_shows_the_sheet_of_what_cannot(
    bench: Bench, page: DraftPage, qtbot: QtBot
) -> None:
    choose(bench, page, "fresh")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    bench.one(PreviewDialog).close()
    bench.sit("林晓")
    page.refresh()
    bench.settle()
    # Enter right after an arrow, before the draft has been read.
    page.table.selectRow(page.model.place_of(bench.ids["writing"]))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bench.opened == [f"draft-editor:{bench.ids['writing']}"])


def test_ctrl_p_previews_the_sheet_and_nothing_before_submission(bench: Bench, page: DraftPage) -> None:
    choose(bench, page, "writing")
    page.printing()
    assert bench.none(PreviewDialog)
    choose(bench, page, "approved")
    page.printing()
    assert bench.one(PreviewDialog).paper is not None


def test_a_chosen_draft_that_leaves_the_list_stays_beside_it_and_no_other_is_chosen(
    bench: Bench, page: DraftPage
) -> None:
    page.filters.chip(DraftFilter.IN_REVIEW).click()
    bench.settle()
    choose(bench, page, "own")
    bench.sit("陈账")
    bench.services.drafts.withdraw(bench.ids["own"])
    bench.desk.changes.tell("drafts")
    bench.settle()
    assert "账号管理员自己的一件" not in titles(page)
    assert chosen_rows(page) == []
    assert page.detail.facts is not None
    assert page.detail.facts.view.draft.state is DraftState.WITHDRAWN


def test_a_changed_draft_moves_to_the_top_and_stays_chosen(bench: Bench, page: DraftPage) -> None:
    choose(bench, page, "approved")
    assert chosen_rows(page) != [0]
    bench.sit("林晓")
    bench.services.drafts.revise(bench.ids["approved"])
    bench.desk.changes.tell("drafts")
    bench.settle()
    assert titles(page)[0] == "批准了的一件"
    assert chosen_rows(page) == [0]


def test_only_who_may_write_is_offered_to_start_a_draft(bench: Bench, page: DraftPage) -> None:
    page.new_button.click()
    bench.settle()
    assert bench.opened[-1].startswith("draft-editor:")
    bench.sit("王局")
    page.refresh()
    bench.settle()
    assert not page.new_button.isVisible()
    assert not page.import_button.isVisible()


def test_the_menu_offers_a_post_without_a_draft_and_says_who_may_record_it(
    bench: Bench, page: DraftPage, tmp_path: Path
) -> None:
    def entry(words: str) -> QAction:
        menu = page.more_button.menu()
        menu.aboutToShow.emit()
        return next(action for action in menu.actions() if words in action.text())

    entry("没有稿件的未审发布").trigger()
    assert bench.one(RecordDialog).form.post_title.isVisible()
    bench.one(RecordDialog).close()
    entry("待签清单").trigger()
    bench.dialogs.answers = [tmp_path / "list.pdf"]
    bench.one(PreviewDialog).save_button.click()
    bench.settle()
    assert bench.audit("paper.print") == 1
    bench.one(PreviewDialog).close()
    bench.sit("王局")
    closed = entry("没有稿件的未审发布")
    assert not closed.isEnabled()
    assert "账号管理员" in closed.toolTip()


def test_scans_can_be_chosen_instead_of_dropped(bench: Bench, page: DraftPage) -> None:
    bench.dialogs.answers = [()]
    page.choose_scans()
    assert bench.none(RegisterDialog)
    bench.dialogs.answers = [(bench.worked.scans["half"],)]
    page.choose_scans()
    dialog = bench.one(RegisterDialog)
    assert dialog.match is not None
    assert dialog.match.draft_id == bench.ids["half"]


def test_where_there_is_no_room_for_both_the_draft_stands_in_place_of_the_list(
    bench: Bench, page: DraftPage, qtbot: QtBot
) -> None:
    page.resize(560, 640)
    bench.settle()
    assert page.table.isVisible()
    assert not page.detail.isVisible()
    row = page.model.place_of(bench.ids["fresh"])
    qtbot.mouseClick(
        page.table.viewport(), Qt.MouseButton.LeftButton, pos=page.table.visualRect(page.model.index(row, 1)).center()
    )
    qtbot.waitUntil(lambda: page.detail.facts is not None and page.detail.facts.view.draft.id == bench.ids["fresh"])
    assert page.detail.isVisible()
    assert not page.table.isVisible()
    page.detail.back_button.click()
    assert page.table.isVisible()
    # With the keys: Enter opens the draft, not its sheet, and Esc leads back.
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.detail.isVisible()
    assert bench.none(PreviewDialog)
    assert page.step_back()
    assert page.table.isVisible()
    page.resize(1240, 760)
    bench.settle()
    assert page.table.isVisible()
    assert page.detail.isVisible()
    assert not page.detail.back_button.isVisible()


def test_columns_give_way_to_the_title_and_the_state_is_always_there(bench: Bench, page: DraftPage) -> None:
    for width in (1240, 900, 700, 500):
        page.resize(width, 700)
        QApplication.processEvents()
        assert page.table.columnWidth(Column.TITLE) >= 100
        assert not page.table.isColumnHidden(Column.STATE)
        assert page.table.horizontalScrollBar().maximum() == 0
    assert page.table.isColumnHidden(Column.AUTHOR)


def test_withdrawing_and_voiding_ask_first(bench: Bench, page: DraftPage) -> None:
    choose(bench, page, "own")
    bench.dialogs.answers = [False]
    page.detail.chosen.emit("withdraw")
    bench.settle()
    assert bench.services.drafts.view(bench.ids["own"]).draft.state is DraftState.IN_REVIEW
    bench.dialogs.answers = [True]
    page.detail.chosen.emit("withdraw")
    bench.settle()
    assert bench.services.drafts.view(bench.ids["own"]).draft.state is DraftState.WITHDRAWN
    bench.dialogs.answers = [None]
    page.detail.chosen.emit("void")
    bench.settle()
    assert bench.services.drafts.view(bench.ids["own"]).draft.state is DraftState.WITHDRAWN
    for reason, kept in (("机密★5年", "机密★5年"), ("重复了", None)):
        bench.dialogs.answers = [reason]
        page.detail.chosen.emit("void")
        bench.settle()
        assert bench.dialogs.unfinished.take("作废这件稿件", bench.ids["own"]) == kept
    assert bench.services.drafts.view(bench.ids["own"]).draft.state is DraftState.VOID


def test_another_revision_is_asked_about_and_opens_in_the_editor(bench: Bench, page: DraftPage) -> None:
    choose(bench, page, "own")
    bench.dialogs.answers = [True]
    page.detail.chosen.emit("revise")
    bench.settle()
    assert bench.opened == [f"draft-editor:{bench.ids['own']}"]
    view = bench.services.drafts.view(bench.ids["own"])
    assert view.revision is not None
    assert view.revision.voided_at is not None


def test_a_post_leads_to_its_draft(bench: Bench, page: DraftPage) -> None:
    [post] = bench.services.publications.of_draft(bench.ids["published"])
    page.show_subject(f"publication:{post.id}")
    bench.settle()
    assert page.detail.title.text() == "已经发布的一件"


def test_peoples_words_are_never_markup(bench: Bench, page: DraftPage) -> None:
    bench.sit("林晓")
    title = "<img src='file:///etc/passwd'><b>粗</b>"
    draft = bench.services.drafts.start(replace(bench.office.content(title), summary=title))
    page.refresh()
    page.show_subject(f"draft:{draft.id}")
    bench.settle()
    assert page.detail.title.textFormat() is Qt.TextFormat.PlainText
    assert page.detail.title.text() == title
    assert "&lt;img" in str(page.model.index(0, Column.TITLE).data(Qt.ItemDataRole.ToolTipRole))


def test_nothing_at_all_offers_the_first_step(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    from tests.services.office import Office

    empty = Office(tmp_path / "empty").open()
    empty.sign_in("林晓")
    bench.desk.services = empty.services
    bench.desk.actor = empty.services.staff.actor()
    page = DraftPage(bench.desk)
    qtbot.addWidget(page)
    page.show()
    bench.settle()
    assert page.empty.isVisible()
    page.empty.button.click()
    bench.settle()
    assert bench.opened[-1].startswith("draft-editor:")


def test_what_was_typed_into_a_dialog_outlives_the_lock(bench: Bench, page: DraftPage, qapp: QApplication) -> None:
    choose(bench, page, "approved")
    page.detail.chosen.emit("record")
    bench.one(RecordDialog).form.link.setText("https://mp.example.cn/s/7")
    close_dialogs(qapp)
    assert bench.none(RecordDialog)
    page.detail.chosen.emit("record")
    assert bench.one(RecordDialog).form.link.text() == "https://mp.example.cn/s/7"


def test_the_package_leads_on_to_the_record(bench: Bench, page: DraftPage) -> None:
    choose(bench, page, "approved")
    click(page.detail, "取用发布包")
    click(bench.one(PackageDialog), "去登记发布")
    assert bench.one(RecordDialog).form.account.count() == 2


@pytest.mark.parametrize(
    ("name", "step", "kind"),
    [
        ("fresh", "register", RegisterDialog),
        ("fresh", "preview", PreviewDialog),
        ("half", "remind", RemindDialog),
        ("half", "scans", ScansDialog),
        ("published", "complete", PostsDialog),
        ("published", "posts", PostsDialog),
        ("void", "record_unreviewed", RecordDialog),
    ],
)
def test_every_step_opens_its_dialog(
    bench: Bench, page: DraftPage, name: str, step: str, kind: type[QDialog], qtbot: QtBot
) -> None:
    choose(bench, page, name)
    page.detail.chosen.emit(step)
    dialog = bench.one(kind)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert bench.none(kind)


def test_a_reviewer_decides_from_the_page_and_the_list_follows(bench: Bench, page: DraftPage) -> None:
    bench.sit("吴审")
    page.refresh()
    choose(bench, page, "fresh")
    click(page.detail, "签批")
    dialog = bench.one(DecideDialog)
    dialog.choose(Verdict.AGREE)
    dialog.passcode.setText(PASSCODE)
    click(dialog, "同意")
    bench.settle()
    row = page.model.row(page.model.place_of(bench.ids["fresh"]))
    assert row is not None
    assert state_word(row) == "待保密审查"
    assert "签批" not in {button.text() for button in page.detail.findChildren(QPushButton) if button.isVisible()}


def gone(bench: Bench) -> None:
    """Let the author of most drafts leave, and the account manager sit down."""
    person = bench.office.person("林晓")
    bench.office.sign_in("许管").staff.leave(person.id, bench.services.today.day(), "免职通知", PASSCODE)
    bench.sit("陈账")


def test_the_account_manager_acts_for_an_author_who_has_left(bench: Bench, page: DraftPage) -> None:
    gone(bench)
    choose(bench, page, "half")
    bench.dialogs.answers = [True]
    page.detail.chosen.emit("withdraw")
    bench.settle()
    assert bench.services.drafts.view(bench.ids["half"]).draft.state is DraftState.WITHDRAWN
    assert ("已撤回", "作者（林晓）已离岗，等账号管理员作废") in [(s.word, s.text) for s in page.detail.steps.steps]
    bench.dialogs.answers = ["作者离岗"]
    page.detail.chosen.emit("void")
    bench.settle()
    assert bench.services.drafts.view(bench.ids["half"]).draft.state is DraftState.VOID


def test_who_goes_on_writing_gets_a_copy_in_the_editor(bench: Bench, page: DraftPage) -> None:
    gone(bench)
    choose(bench, page, "writing")
    bench.dialogs.answers = [False, True]
    page.detail.chosen.emit("copy")
    bench.settle()
    assert bench.opened == []
    page.detail.chosen.emit("copy")
    bench.settle()
    [opened] = bench.opened
    copied = bench.services.drafts.view(opened.removeprefix("draft-editor:")).draft
    assert copied.id != bench.ids["writing"]
    assert (copied.content.title, copied.author_id) == ("写到一半的一件", bench.office.person("陈账").id)
