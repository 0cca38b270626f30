"""Recording what went out: per account, compared word by word, and as what it is."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QDateTime, QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.models.account import Account
from app.models.clock import beijing
from app.models.difference import Change
from app.models.draft import DraftState
from app.models.publication import Publication, PublicationKind, TargetState
from app.models.review import Verdict
from app.models.right import Role
from app.ui.publishing.page_line_choice import PageLineChoice
from app.ui.publishing.record_dialog import RecordDialog
from app.ui.widgets.file_drop import FileDrop
from tests.services.pictures import png
from tests.ui.dragging import drop, files, hover
from tests.ui.work_office import BODY, LINK, PASSCODE, Bench, click, next_by_tab

APPROVED_TEXT = f"一、时间\n{BODY}\n街道\t电话\n茶园\t87654321"


@pytest.fixture
def dialog(bench: Bench) -> RecordDialog:
    return opened(bench, "approved")


def opened(bench: Bench, name: str = "") -> RecordDialog:
    return bench.shown(RecordDialog(bench.desk, None, bench.ids[name] if name else ""))


def posts(bench: Bench, name: str) -> tuple[Publication, ...]:
    return bench.services.publications.of_draft(bench.ids[name])


def paste_text(bench: Bench, dialog: RecordDialog, text: str) -> None:
    dialog.form.published.setPlainText(text)
    dialog.compare()
    bench.settle()


def explain_it(dialog: RecordDialog) -> None:
    dialog.form.who.setText("值班员")
    dialog.form.why.setText("突发停水")
    dialog.form.handled.setText("已补审")


def accounts_shown(dialog: RecordDialog) -> list[str]:
    box = dialog.form.account
    return [box.itemText(index) for index in range(box.count())]


def test_only_accounts_of_the_own_role_are_recorded(bench: Bench) -> None:
    """Of a draft for two accounts, who publishes for one records that one and is done."""
    other = bench.services.accounts.list()[1]
    bench.limit("陈账", Role.ACCOUNT_MANAGER, other.id)
    dialog = opened(bench, "approved")
    assert accounts_shown(dialog) == [other.caption]
    dialog.form.link.setText(LINK)
    click(dialog, "登记发布")
    bench.settle()
    assert not dialog.isVisible()
    assert [post.account_id for post in posts(bench, "approved")] == [other.id]


def test_account_after_account_is_recorded_and_the_draft_is_published(bench: Bench, dialog: RecordDialog) -> None:
    assert accounts_shown(dialog) == ["微信公众号“晋安示例”", "微博“晋安示例发布”"]
    assert dialog.form.account.currentIndex() == 0
    assert not dialog.form.post_title.isVisible()
    first = dialog.form.account_id
    dialog.form.link.setText(LINK)
    paste_text(bench, dialog, APPROVED_TEXT if first == bench.office.account_ids()[0] else "请您开门配合。")
    assert "与审定的内容一致" in dialog.comparison.text
    assert not dialog.difference.isVisible()
    assert not dialog.form.who.isVisible()
    click(dialog, "登记发布")
    bench.settle()
    assert dialog.isVisible()
    assert "还有账号没有登记发布" in dialog.done_notice.text
    assert dialog.form.link.text() == ""
    assert dialog.form.account_id != first
    assert accounts_shown(dialog)[1].endswith("（已登记）")
    click(dialog, "登记发布")
    bench.settle()
    assert not dialog.isVisible()
    assert [post.kind for post in posts(bench, "approved")] == [PublicationKind.REVIEWED] * 2
    assert bench.services.drafts.view(bench.ids["approved"]).draft.state is DraftState.PUBLISHED


def test_each_account_is_compared_with_its_own_text(bench: Bench, dialog: RecordDialog) -> None:
    second = bench.office.account_ids()[1]
    dialog.form.account.setCurrentIndex(dialog.form.account.findData(second))
    paste_text(bench, dialog, "敲门行动\n请您开门配合。")
    assert "一致" in dialog.comparison.text
    dialog.form.account.setCurrentIndex(1 - dialog.form.account.currentIndex())
    bench.settle()
    assert "不一致" in dialog.comparison.text


def test_a_difference_is_shown_word_by_word_and_recorded_as_such(bench: Bench, dialog: RecordDialog) -> None:
    dialog.form.account.setCurrentIndex(dialog.form.account.findData(bench.office.account_ids()[0]))
    paste_text(bench, dialog, APPROVED_TEXT.replace("室外", "室内"))
    assert dialog.difference.isVisible()
    changed = [(run.change, run.text) for run in dialog.difference._runs if run.change is not Change.SAME]
    assert changed == [(Change.REMOVED, "外"), (Change.ADDED, "内")]
    assert dialog.act_button.text() == "登记为内容不符"
    assert dialog.act_button.property("kind") == "danger"
    click(dialog, "登记为内容不符")
    bench.settle()
    assert posts(bench, "approved") == (), "who, why and what was done are asked first"
    assert dialog.form.who.hasFocus() or dialog.focusWidget() is dialog.form.who
    explain_it(dialog)
    click(dialog, "登记为内容不符")
    bench.settle()
    [post] = posts(bench, "approved")
    assert (post.kind, post.why) == (PublicationKind.DIFFERENT, "突发停水")


PAGE = f"批准了的一件\n晋安示例\n2026年10月9日 10:30\n{APPROVED_TEXT}\n咨询电话：87654321\n阅读 120"


def copied(bench: Bench, dialog: RecordDialog, text: str = PAGE) -> PageLineChoice:
    """Paste a copied page for the first account."""
    dialog.form.account.setCurrentIndex(dialog.form.account.findData(bench.office.account_ids()[0]))
    paste_text(bench, dialog, text)
    return dialog.form.page_lines


def test_lines_of_the_page_are_left_out_when_somebody_says_so(bench: Bench, dialog: RecordDialog) -> None:
    lines = copied(bench, dialog)
    assert "前后多出 4 行" in dialog.comparison.text
    assert not dialog.difference.isVisible()
    assert [tick.text() for tick in lines.ticks.values() if tick.isChecked()] == [*PAGE.splitlines()[1:3], "阅读 120"]
    assert dialog.act_button.text() == "登记为内容不符", "ticks alone leave nothing out"
    assert dialog.kind_notice.text.startswith("下面多出的几行不是页面自带的，就要如实登记为")
    click(dialog, "勾选的是页面自带的，不参加比对")
    bench.settle()
    assert "没有勾选的行算作发出去的内容" in dialog.comparison.text
    assert dialog.act_button.text() == "登记为内容不符"
    lines.ticks[8].click()
    bench.settle()
    assert lines.left_out == (), "another tick is another word"
    click(dialog, "勾选的是页面自带的，不参加比对")
    bench.settle()
    assert "去掉勾选的 4 行以后，与审定的内容一致" in dialog.comparison.text
    assert not lines.button.isVisible()
    assert dialog.focusWidget() in lines.ticks.values(), "not on what gives the account up"
    assert not dialog.form.who.isVisible()
    click(dialog, "登记发布")
    bench.settle()
    [post] = posts(bench, "approved")
    assert (post.kind, post.published_text) == (PublicationKind.REVIEWED, PAGE)
    assert bench.services.publications.page_lines(post.id)[2:] == ("第8行：咨询电话：87654321", "第9行：阅读 120")


def test_another_text_takes_the_word_on_its_lines_back(bench: Bench, dialog: RecordDialog) -> None:
    lines = copied(bench, dialog, PAGE.replace("咨询电话：87654321\n", ""))
    click(dialog, "勾选的是页面自带的，不参加比对")
    bench.settle()
    assert dialog.act_button.text() == "登记发布"
    dialog.form.published.setPlainText(PAGE.replace("咨询电话：87654321", "本通知作废"))
    assert lines.left_out == ()
    assert not lines.isEnabled(), "its lines are not known yet"
    dialog.compare()
    bench.settle()
    assert lines.isEnabled()
    assert dialog.act_button.text() == "登记为内容不符"
    paste_text(bench, dialog, PAGE.replace("室外", "室内"))
    assert not lines.isVisible()
    assert dialog.difference.isVisible()


def test_lines_left_out_are_there_again_when_the_dialog_was_closed(bench: Bench, dialog: RecordDialog) -> None:
    copied(bench, dialog, PAGE.replace("咨询电话：87654321\n", ""))
    click(dialog, "勾选的是页面自带的，不参加比对")
    bench.settle()
    dialog.reject()
    again = opened(bench, "approved")
    assert again.form.page_lines.left_out == (2, 3, 8)
    assert "去掉勾选的 3 行以后" in again.comparison.text
    click(again, "重新填写")
    bench.settle()
    again.compare()
    bench.settle()
    assert again.form.published.toPlainText() == ""
    assert not again.form.page_lines.isVisible()
    assert again.kept_notice.text == ""


def test_tab_leads_from_the_text_through_its_lines_to_the_button(bench: Bench, dialog: RecordDialog) -> None:
    for text in (PAGE, f"{PAGE}\n预览时标签不可点"):
        lines = copied(bench, dialog, text)
        field: QWidget = dialog.form.file_button
        for expected in (*lines.ticks.values(), lines.button, dialog.form.who):
            field = next_by_tab(field)
            assert field is expected


def test_lines_are_ticked_and_left_out_with_the_keys_alone(bench: Bench, dialog: RecordDialog, qtbot: QtBot) -> None:
    lines = copied(bench, dialog)
    lines.ticks[9].setFocus()
    for key in (Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Tab):
        field = dialog.focusWidget()
        assert field is not None
        qtbot.keyClick(field, key)
    assert dialog.focusWidget() is lines.button
    qtbot.keyClick(lines.button, Qt.Key.Key_Space)
    bench.settle()
    assert lines.left_out == (2, 3, 8, 9)


def test_lines_that_are_asked_about_come_into_sight(bench: Bench, dialog: RecordDialog) -> None:
    dialog.resize(dialog.width(), 420)
    bench.settle()
    lines = copied(bench, dialog)
    room = dialog._scroll.viewport()
    assert lines.mapTo(room, lines.rect().bottomLeft()).y() <= room.height()


def test_a_line_too_long_for_the_window_is_cut_and_told_whole(bench: Bench, dialog: RecordDialog) -> None:
    long = "&长" * 60
    lines = copied(bench, dialog, f"{long}\n{APPROVED_TEXT}")
    [tick] = lines.ticks.values()
    assert tick.toolTip() == long
    assert tick.text().startswith("&&长")
    assert not lines.button.isEnabled()
    assert "先勾选" in lines.button.toolTip()
    tick.click()
    assert lines.button.isEnabled()


def test_mending_the_text_takes_the_question_why_back(bench: Bench, dialog: RecordDialog) -> None:
    dialog.form.account.setCurrentIndex(dialog.form.account.findData(bench.office.account_ids()[0]))
    paste_text(bench, dialog, "别的内容")
    assert dialog.form.who.isVisible()
    dialog.form.published.setPlainText(APPROVED_TEXT)
    QApplication.processEvents()
    dialog.compare()
    bench.settle()
    assert not dialog.form.who.isVisible()
    assert dialog.act_button.text() == "登记发布"


def test_typing_is_compared_after_a_pause(bench: Bench, dialog: RecordDialog, qtbot: QtBot) -> None:
    dialog.form.published.setPlainText("别的内容")
    qtbot.waitUntil(dialog.difference.isVisible)
    dialog.form.published.clear()
    qtbot.waitUntil(lambda: not dialog.difference.isVisible())
    assert dialog.comparison.text == ""


def test_what_went_out_before_its_approval_is_what_it_is(bench: Bench, dialog: RecordDialog) -> None:
    assert dialog.kind_notice.text == ""
    early = beijing(bench.desk.now() - timedelta(days=5))
    dialog.form.moment.setDateTime(QDateTime(early.year, early.month, early.day, 8, 0, 0))
    assert "发出去的时候还没有批准" in dialog.kind_notice.text
    assert dialog.act_button.text() == "登记未审发布"
    explain_it(dialog)
    click(dialog, "登记未审发布")
    bench.settle()
    [post] = posts(bench, "approved")
    assert post.kind is PublicationKind.UNREVIEWED
    assert post.late


def test_a_post_in_the_minute_of_the_decision_came_after_it(bench: Bench) -> None:
    # The decision on screen knows its second; the time of a post is told to the minute.
    bench.office.clock.now = bench.office.clock.now.replace(second=10)
    for name, verdict in (("郑密", Verdict.PUBLIC), ("王局", Verdict.AGREE)):
        bench.sit(name)
        bench.services.reviews.decide(bench.ids["half"], 1, verdict, "", PASSCODE)
    bench.sit("陈账")
    dialog = opened(bench, "half")
    assert dialog.form.published_at <= bench.desk.now()
    assert dialog.kind_notice.text == ""
    click(dialog, "登记发布")
    bench.settle()
    assert [post.kind for post in posts(bench, "half")] == [PublicationKind.REVIEWED]


@pytest.mark.parametrize("name", ["fresh", "writing", "void"])
def test_what_was_never_approved_can_be_recorded_as_unreviewed(bench: Bench, name: str) -> None:
    dialog = opened(bench, name)
    assert "这份内容没有批准" in dialog.kind_notice.text
    explain_it(dialog)
    dialog.form.account.setCurrentIndex(0)
    click(dialog, "登记未审发布")
    bench.settle()
    assert not dialog.isVisible()
    [post] = posts(bench, name)
    assert post.kind is PublicationKind.UNREVIEWED


def test_an_account_outside_the_approval_is_unreviewed(bench: Bench) -> None:
    dialog = opened(bench, "published")
    other = dialog.form.account.findData(bench.office.account_ids()[1])
    assert "（不在发布账号内）" in dialog.form.account.itemText(other)
    dialog.form.account.setCurrentIndex(other)
    bench.settle()
    assert "批准的发布账号里没有这个账号" in dialog.kind_notice.text
    explain_it(dialog)
    click(dialog, "登记未审发布")
    bench.settle()
    assert [post.kind for post in posts(bench, "published")][-1] is PublicationKind.UNREVIEWED


def test_an_account_that_is_on_record_is_not_recorded_again(bench: Bench) -> None:
    dialog = opened(bench, "published")
    recorded = dialog.form.account.findData(bench.office.account_ids()[0])
    assert "（已登记）" in dialog.form.account.itemText(recorded)
    dialog.form.account.setCurrentIndex(recorded)
    bench.settle()
    assert "已经登记过" in dialog.kind_notice.text
    assert not dialog.act_button.isEnabled()


def test_a_text_without_any_draft_is_recorded_with_its_own_title(bench: Bench) -> None:
    dialog = opened(bench)
    assert dialog.heading.text() == "登记没有稿件的发布"
    assert dialog.form.post_title.isVisible()
    assert dialog.form.account.currentIndex() == -1
    click(dialog, "登记未审发布")
    notes = [label.text() for label in dialog.form._notes.values() if label.isVisible()]
    assert "请选择账号。" in notes
    assert "请填写发出去的标题。" in notes
    assert "请写明是谁发的。" in notes
    dialog.form.account.setCurrentIndex(1)
    dialog.form.post_title.setText("停水通知")
    explain_it(dialog)
    click(dialog, "登记未审发布")
    bench.settle()
    assert not dialog.isVisible()
    [newest, *_rest] = sorted(bench.services.publications.page(0, 9), key=lambda post: post.recorded_at)[::-1]
    assert (newest.title, newest.kind, newest.draft_id) == ("停水通知", PublicationKind.UNREVIEWED, "")


def test_a_wrong_link_is_told_at_its_field_and_nothing_is_lost(bench: Bench, dialog: RecordDialog) -> None:
    dialog.form.link.setText("mp.example.cn/s/1")
    dialog.form.published.setPlainText(APPROVED_TEXT)
    click(dialog, "登记发布")
    bench.settle()
    assert dialog.isVisible()
    assert "https://" in dialog.form._notes[dialog.form.link].text()
    assert dialog.form.link.property("wrong") == "true"
    assert dialog.form.published.toPlainText() == APPROVED_TEXT
    dialog.form.link.setText(LINK)
    dialog.record()
    bench.settle()
    assert posts(bench, "approved")[0].link == LINK


def test_a_time_in_the_future_is_refused_in_place(bench: Bench, dialog: RecordDialog) -> None:
    later = beijing(bench.desk.now() + timedelta(hours=3))
    dialog.form.moment.setDateTime(QDateTime(later.year, later.month, later.day, later.hour, later.minute, 0))
    click(dialog, "登记发布")
    bench.settle()
    assert "发布时间晚于现在" in dialog.notice.text
    assert dialog.act_button.isEnabled()


def test_screenshots_come_by_dropping_choosing_and_pasting(
    bench: Bench, dialog: RecordDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    shot = tmp_path / "截图.png"
    shot.write_bytes(png(90, 160))
    text = tmp_path / "发布后.txt"
    text.write_text(APPROVED_TEXT, encoding="utf-8")
    assert drop(dialog, files([shot, text]))
    bench.settle()
    assert list(dialog.form.screenshots.sources) == [shot]
    assert BODY in dialog.form.published.toPlainText()
    bench.dialogs.answers = [(shot,), text]
    click(dialog, "选择图片……")
    bench.settle()
    dialog.form.published.clear()
    click(dialog, "从文件读取……")
    bench.settle()
    assert BODY in dialog.form.published.toPlainText()
    picture = QMimeData()
    picture.setImageData(QImage.fromData(png(30, 60)))
    QApplication.clipboard().setMimeData(picture)
    click(dialog, "粘贴截图")
    bench.settle()
    # A screenshot that is pasted into the text goes to the screenshots.
    dialog.form.published.setFocus()
    qtbot.keyClick(dialog.form.published, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    assert len(dialog.form.screenshots.sources) == 4
    paste_text(bench, dialog, "")
    dialog.record()
    bench.settle()
    assert len(posts(bench, "approved")[0].screenshot_sha256s) == 2, "the same picture is kept once"


def test_a_file_pasted_into_the_text_is_read_and_not_named(bench: Bench, dialog: RecordDialog, tmp_path: Path) -> None:
    text = tmp_path / "发布后.txt"
    text.write_text(APPROVED_TEXT, encoding="gb18030")
    offer = files([text])
    assert dialog.form.published.canInsertFromMimeData(offer)
    dialog.form.published.insertFromMimeData(offer)
    bench.settle()
    assert "file:" not in dialog.form.published.toPlainText()
    assert BODY in dialog.form.published.toPlainText()
    words = QMimeData()
    words.setText("另加")
    assert dialog.form.published.canInsertFromMimeData(words)
    dialog.form.published.insertFromMimeData(words)
    assert "另加" in dialog.form.published.toPlainText()


def test_what_hangs_over_the_dialog_is_told_where_it_would_go(
    bench: Bench, dialog: RecordDialog, tmp_path: Path
) -> None:
    shot, text, other = tmp_path / "图.PNG", tmp_path / "文.docx", tmp_path / "表.pdf"
    [watch] = dialog.findChildren(FileDrop)
    for paths, words in (
        ([shot], "松开鼠标，放进发布截图"),
        ([text], "松开鼠标，读入发布内容"),
        ([shot, text, other], "松开鼠标，放进发布截图，读入发布内容"),
        ([other], "这种文件这里用不上"),
    ):
        assert hover(dialog, files(paths))
        assert watch.hint.label.text() == words


def test_files_of_no_use_and_a_second_text_are_named(bench: Bench, dialog: RecordDialog, tmp_path: Path) -> None:
    texts = [tmp_path / "一.txt", tmp_path / "二.txt"]
    for number, path in enumerate(texts):
        path.write_text(f"第{number}份", encoding="utf-8")
    assert drop(dialog, files([*texts, tmp_path / "表.pdf"]))
    bench.settle()
    assert dialog.form.published.toPlainText() == "第0份"
    assert dialog.notice.text.startswith("“二.txt”、“表.pdf”没有取用。")
    assert drop(dialog, files(texts[1:]))
    bench.settle()
    assert dialog.notice.text == ""
    assert dialog.form.published.toPlainText() == "第1份"


def test_no_field_takes_a_dragged_file_as_moved(bench: Bench, dialog: RecordDialog, tmp_path: Path) -> None:
    """Only the dialog answers a drag of files, and it answers with a copy."""
    offer, moving = files([tmp_path / "发布后.txt"]), Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    button, key, place = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, QPointF(5, 5)
    for inner in (dialog.form.published.viewport(), dialog.form.screenshots, dialog):
        enter = QDragEnterEvent(place, moving, offer, button, key)
        assert enter.proposedAction() is Qt.DropAction.MoveAction
        enter.ignore()
        QCoreApplication.sendEvent(inner, enter)
        assert enter.isAccepted()
        assert enter.dropAction() is Qt.DropAction.CopyAction
    words = QMimeData()
    words.setText("另加")
    assert hover(dialog.form.published.viewport(), words)


def test_a_screenshot_is_pasted_wherever_the_focus_is(bench: Bench, dialog: RecordDialog, qtbot: QtBot) -> None:
    picture = QMimeData()
    picture.setImageData(QImage.fromData(png(30, 60)))
    QApplication.clipboard().setMimeData(picture)
    for field in (dialog.form.account, dialog.cancel_button):
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        bench.settle()
    assert len(dialog.form.screenshots.sources) == 2
    words = QMimeData()
    words.setText("不是图片")
    QApplication.clipboard().setMimeData(words)
    qtbot.keyClick(dialog.form.account, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    assert len(dialog.form.screenshots.sources) == 2


def test_a_text_that_cannot_be_read_is_told_in_place(bench: Bench, dialog: RecordDialog, tmp_path: Path) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    bench.dialogs.answers = [broken, None]
    click(dialog, "从文件读取……")
    bench.settle()
    assert "坏.docx" in dialog.notice.text
    click(dialog, "从文件读取……")


def test_what_was_typed_is_there_again_when_the_dialog_was_closed(bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    shot = tmp_path / "截图.png"
    shot.write_bytes(png(90, 160))
    dialog = opened(bench, "approved")
    second = bench.office.account_ids()[1]
    dialog.form.account.setCurrentIndex(dialog.form.account.findData(second))
    dialog.form.link.setText(LINK)
    dialog.form.published.setPlainText("请您开门配合。")
    dialog.form.screenshots.add(shot)
    bench.settle()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    again = opened(bench, "approved")
    assert "上次没有登记完的内容还在" in again.kept_notice.text
    assert again.form.account_id == second
    assert (again.form.link.text(), again.form.published.toPlainText()) == (LINK, "请您开门配合。")
    assert again.form.screenshots.sources == (shot,)
    assert opened(bench, "publishing").form.link.text() == ""
    again.record()
    bench.settle()
    assert again.isVisible()
    again.reject()
    assert opened(bench, "approved").form.link.text() == ""


def test_a_target_is_given_up_with_a_reason(bench: Bench) -> None:
    dialog = opened(bench, "publishing")
    second = bench.office.account_ids()[1]
    assert dialog.form.account_id == second
    bench.dialogs.answers = [None]
    click(dialog, "这个账号不再发布……")
    bench.settle()
    assert dialog.isVisible()
    for reason, kept in (("机密★5年", "机密★5年"), ("微博停更", None)):
        bench.dialogs.answers = [reason]
        click(dialog, "这个账号不再发布……")
        bench.settle()
        assert bench.dialogs.unfinished.take("不再发布到这个账号", f"{bench.ids['publishing']}:{second}") == kept
    assert bench.none(RecordDialog)
    view = bench.services.drafts.view(bench.ids["publishing"])
    assert view.draft.state is DraftState.PUBLISHED
    assert {t.account_id: (t.state, t.reason) for t in view.targets}[second] == (TargetState.DROPPED, "微博停更")


def test_giving_up_one_of_two_accounts_goes_on_to_the_other(bench: Bench, dialog: RecordDialog) -> None:
    first = dialog.form.account_id
    bench.dialogs.answers = ["不用了"]
    click(dialog, "这个账号不再发布……")
    bench.settle()
    assert dialog.isVisible()
    assert dialog.form.account_id != first
    assert "不再发布" in dialog.done_notice.text


def test_only_a_waiting_account_of_an_approved_draft_can_be_given_up(bench: Bench) -> None:
    assert not opened(bench, "fresh").drop_button.isVisible()
    assert not opened(bench, "published").drop_button.isVisible()
    assert not opened(bench).drop_button.isVisible()


def test_without_any_account_the_dialog_says_where_to_begin(bench: Bench, tmp_path: Path) -> None:
    class Empty:
        def list(self) -> tuple[Account, ...]:
            return ()

    vars(bench.services)["accounts"] = Empty()
    dialog = opened(bench)
    assert "账号" in dialog.notice.text
    assert not dialog.act_button.isEnabled()


def test_enter_in_a_field_records(bench: Bench, dialog: RecordDialog, qtbot: QtBot) -> None:
    dialog.form.link.setText(LINK)
    dialog.form.link.setFocus()
    qtbot.keyClick(dialog.form.link, Qt.Key.Key_Return)
    bench.settle()
    assert posts(bench, "approved")[0].link == LINK


def test_what_went_out_before_the_draft_was_opened_for_change_is_recorded_by_its_true_time(bench: Bench) -> None:
    draft_id, first = bench.ids["approved"], bench.office.account_ids()[0]
    posted = bench.office.clock.now
    bench.office.clock.forward(hours=1)
    bench.sit("林晓")
    bench.services.drafts.revise(draft_id)
    bench.office.clock.forward(hours=1)
    bench.sit("陈账")
    dialog = opened(bench, "approved")
    dialog.form.account.setCurrentIndex(dialog.form.account.findData(first))
    bench.settle()
    assert not any("（" in words for words in accounts_shown(dialog))
    assert "第1稿的批准在" in dialog.kind_notice.text
    assert "核对平台上显示的发布时间" in dialog.kind_notice.text
    assert dialog.form.who.isVisible()
    paste_text(bench, dialog, APPROVED_TEXT)
    assert "与送审的内容一致" in dialog.comparison.text
    at = beijing(posted)
    dialog.form.moment.setDateTime(QDateTime(at.year, at.month, at.day, at.hour, at.minute, 0))
    dialog.compare()
    bench.settle()
    assert dialog.kind_notice.text == ""
    assert "与审定的内容一致" in dialog.comparison.text
    assert not dialog.form.who.isVisible()
    click(dialog, "登记发布")
    bench.settle()
    assert not dialog.isVisible()
    [post] = posts(bench, "approved")
    assert (post.kind, post.revision, post.matches) == (PublicationKind.REVIEWED, 1, True)
    assert bench.services.drafts.view(draft_id).draft.state is DraftState.WRITING
    again = opened(bench, "approved")
    again.form.account.setCurrentIndex(again.form.account.findData(first))
    again.form.moment.setDateTime(QDateTime(at.year, at.month, at.day, at.hour, at.minute, 0))
    bench.settle()
    assert not again.act_button.isEnabled()
