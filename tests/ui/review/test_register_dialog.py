"""Signed sheets come back: found by their code, or by hand, and every decision confirmed."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import QDate, Qt, QTime
from pytestqt.qtbot import QtBot

from app.models.draft import DraftState
from app.models.review import StepKind, Verdict
from app.models.right import Role
from app.ui.papers.preview_dialog import PreviewDialog
from app.ui.review.register_dialog import RegisterDialog
from app.ui.widgets.file_drop import FileDrop
from tests.services.office import PASSCODE
from tests.ui.dragging import drop, files, hover
from tests.ui.work_office import Bench, click, next_by_tab


def opened(bench: Bench, *names: str, draft: str = "", more: tuple[Path, ...] = ()) -> RegisterDialog:
    paths = tuple(bench.worked.scans[name] for name in names) + more
    draft_id = bench.ids[draft] if draft else ""
    return bench.shown(RegisterDialog(bench.desk, None, draft_id=draft_id, paths=paths))


def usual(dialog: RegisterDialog) -> None:
    """Tick on every form what lets the draft go on."""
    for form in dialog.decisions.forms:
        form.choose(Verdict.PUBLIC if form.step.kind is StepKind.SECRECY_REVIEW else Verdict.AGREE)


def state(bench: Bench, name: str) -> DraftState:
    return bench.services.drafts.view(bench.ids[name]).draft.state


def test_a_signed_sheet_finds_its_draft_and_each_decision_is_confirmed(bench: Bench) -> None:
    dialog = opened(bench, "signed")
    assert "等待初审的一件" in dialog.heading.text()
    assert dialog.scan.count == 1
    assert [form.step.kind for form in dialog.decisions.forms] == [
        StepKind.FIRST_REVIEW,
        StepKind.SECRECY_REVIEW,
        StepKind.PRINCIPAL_LEADER,
    ]
    assert all(form.verdict is None for form in dialog.decisions.forms), "nothing is taken for granted"
    assert not dialog.act_button.isEnabled()
    assert dialog.missing.text() == "初审还没有勾选结论。"
    usual(dialog)
    click(dialog, "登记签批")
    bench.settle()
    assert not dialog.isVisible()
    assert state(bench, "fresh") is DraftState.APPROVED
    assert bench.opened == [f"draft:{bench.ids['fresh']}"]
    view = bench.services.drafts.view(bench.ids["fresh"])
    kept = bench.office.folder / "attachments" / view.scans[0].sha256[:2] / view.scans[0].sha256
    assert kept.read_bytes() == bench.worked.scans["signed"].read_bytes(), "the scan is kept byte for byte"


def test_a_step_that_is_not_signed_yet_is_left_for_later(bench: Bench) -> None:
    dialog = opened(bench, "signed")
    dialog.decisions.forms[0].choose(Verdict.AGREE)
    assert "保密审查没有勾选，这次不登记" in dialog.missing.text()
    click(dialog, "登记签批")
    bench.settle()
    view = bench.services.drafts.view(bench.ids["fresh"])
    assert view.open_step is not None
    assert view.open_step.kind is StepKind.SECRECY_REVIEW


def test_each_form_waits_for_the_one_before_it(bench: Bench) -> None:
    dialog = opened(bench, "signed")
    first, second, third = dialog.decisions.forms
    assert (first.isEnabled(), second.isEnabled(), third.isEnabled()) == (True, False, False)
    first.choose(Verdict.RETURN)
    assert not second.isEnabled()
    assert "要照纸上写明理由" in dialog.missing.text()
    assert not dialog.act_button.isEnabled()
    first.opinion.setText("日期不对")
    click(dialog, "登记签批")
    bench.settle()
    assert state(bench, "fresh") is DraftState.RETURNED


def test_an_older_revision_is_refused_with_the_reason_and_the_current_sheet_is_offered(bench: Bench) -> None:
    dialog = opened(bench, "stale")
    assert "这份签的是第1稿，现在是第2稿" in dialog.notice.text
    assert dialog.decisions.forms == []
    assert not dialog.act_button.isEnabled()
    click(dialog, "预览现在这一稿")
    preview = bench.one(PreviewDialog)
    assert preview.paper is not None
    assert "第2稿" in preview.paper.file_name
    preview.close()
    before = len(bench.services.drafts.view(bench.ids["revised"]).scans)
    click(dialog, "只归卷，不登记签批")
    bench.settle()
    assert len(bench.services.drafts.view(bench.ids["revised"]).scans) == before + 1
    assert state(bench, "revised") is DraftState.IN_REVIEW


def test_without_a_readable_code_the_person_picks_the_draft(bench: Bench, qtbot: QtBot) -> None:
    dialog = opened(bench, "blank")
    assert "没有读到二维码" in dialog.notice.text
    assert dialog.choice.isVisible()
    assert dialog.choice.list.count() == 4
    dialog.choice.words.setText("初审过了")
    bench.settle()
    assert dialog.choice.list.count() == 1
    qtbot.keyClick(dialog.choice.words, Qt.Key.Key_Return)
    bench.settle()
    assert dialog.match is not None
    assert dialog.match.draft_id == bench.ids["half"]
    assert not dialog.choice.isVisible()
    assert [form.step.kind for form in dialog.decisions.forms] == [
        StepKind.SECRECY_REVIEW,
        StepKind.PRINCIPAL_LEADER,
    ]


def test_the_draft_is_picked_with_the_mouse_or_the_arrows(bench: Bench, qtbot: QtBot) -> None:
    dialog = opened(bench, "blank")
    qtbot.keyClick(dialog.choice.words, Qt.Key.Key_Down)
    assert dialog.choice.list.currentRow() == 0
    qtbot.keyClick(dialog.choice.list, Qt.Key.Key_Return)
    bench.settle()
    assert dialog.match is not None
    dialog.choice.words.setText("没有这样的词")
    bench.settle()
    assert dialog.choice.list.count() == 0


def test_for_a_draft_the_dialog_waits_for_the_scan_and_takes_it_by_dropping(bench: Bench) -> None:
    dialog = opened(bench, draft="half")
    assert dialog.heading.text() == "等待扫描件"
    assert drop(dialog, files([bench.worked.scans["blank"]]))
    bench.settle()
    assert "请核对左边确是这件稿件的签字页" in dialog.notice.text
    assert dialog.match is not None
    assert dialog.match.draft_id == bench.ids["half"]


def test_the_sheet_of_another_draft_is_told_and_registered_there(bench: Bench) -> None:
    dialog = opened(bench, "signed", draft="half")
    assert "这是另一件稿件的审核表" in dialog.notice.text
    usual(dialog)
    click(dialog, "登记签批")
    bench.settle()
    assert state(bench, "fresh") is DraftState.APPROVED
    assert state(bench, "half") is DraftState.IN_REVIEW


def test_a_file_that_cannot_be_read_says_what_to_do_and_another_can_be_chosen(bench: Bench, tmp_path: Path) -> None:
    broken = tmp_path / "坏的.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing of the kind")
    dialog = opened(bench, more=(broken,))
    assert dialog.heading.text() == "这个文件读不出来"
    assert "坏的.pdf" in dialog.notice.text
    bench.dialogs.answers = [(bench.worked.scans["half"],)]
    click(dialog, "选择文件……")
    bench.settle()
    assert dialog.match is not None
    assert dialog.match.draft_id == bench.ids["half"]


def test_several_scans_are_registered_one_after_the_other(bench: Bench, tmp_path: Path) -> None:
    broken = tmp_path / "坏的.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing of the kind")
    dialog = opened(bench, "signed", "blank", more=(broken, bench.worked.scans["half"]))
    assert "后面还有 3 份" in dialog.windowTitle()
    usual(dialog)
    click(dialog, "登记签批")
    bench.settle()
    assert state(bench, "fresh") is DraftState.APPROVED
    assert dialog.isVisible()
    assert dialog.choice.isVisible(), "the second has no code"
    click(dialog, "跳过这份")
    bench.settle()
    assert "坏的.pdf" in dialog.notice.text
    click(dialog, "跳过这份")
    bench.settle()
    assert dialog.match is not None
    assert dialog.match.draft_id == bench.ids["half"]
    usual(dialog)
    click(dialog, "登记签批")
    bench.settle()
    assert not dialog.isVisible()
    assert state(bench, "half") is DraftState.APPROVED


def test_a_file_with_several_sheets_is_registered_sheet_by_sheet(bench: Bench, tmp_path: Path) -> None:
    pages = [Image.open(bench.worked.scans[name]) for name in ("stale", "half", "signed", "blank")]
    pile = tmp_path / "一叠.pdf"
    pages[0].save(pile, save_all=True, append_images=pages[1:], resolution=144)
    dialog = opened(bench, more=(pile,))
    assert "第 4 页没有读到二维码" in dialog.notice.text
    registered = set()
    for _sheet in range(2):
        assert dialog.match is not None
        registered.add(dialog.match.draft_id)
        usual(dialog)
        click(dialog, "登记签批")
        bench.settle()
    assert registered == {bench.ids["fresh"], bench.ids["half"]}
    assert "现在是第2稿" in dialog.notice.text, "what cannot be registered comes last"
    click(dialog, "关闭")


def test_a_refusal_is_shown_in_place_and_what_was_filled_in_stays(bench: Bench) -> None:
    dialog = opened(bench, "signed")
    usual(dialog)
    dialog.decisions.forms[0].opinion.setText("可以")
    bench.office.sign_in("林晓").drafts.withdraw(bench.ids["fresh"])
    bench.sit("陈账")
    click(dialog, "登记签批")
    bench.settle()
    assert dialog.isVisible()
    assert dialog.notice.text
    assert dialog.decisions.forms[0].opinion.text() == "可以"
    assert dialog.act_button.isEnabled()


def test_a_scan_that_vanished_before_it_was_registered_is_told(bench: Bench, tmp_path: Path) -> None:
    stick = tmp_path / "盘上的.jpg"
    stick.write_bytes(bench.worked.scans["signed"].read_bytes())
    dialog = opened(bench, more=(stick,))
    usual(dialog)
    stick.unlink()
    click(dialog, "登记签批")
    bench.settle()
    assert "找不到" in dialog.notice.text
    assert state(bench, "fresh") is DraftState.IN_REVIEW


def test_who_may_have_signed_depends_on_the_day(bench: Bench) -> None:
    bench.office.clock.forward(days=1)
    bench.sit("陈账")
    dialog = opened(bench, "signed")
    [*_others, leader] = dialog.decisions.forms
    assert leader.person.currentText() == "王局（办公室）"
    person = bench.office.person("何副")
    bench.office.sign_in("许管").staff.set_roles(person.id, frozenset({Role.PRINCIPAL_LEADER}), "主持工作", PASSCODE)
    bench.sit("陈账")
    leader.day.setDate(leader.day.date().addDays(-1))
    bench.settle()
    assert leader.person.count() == 1, "yesterday it was one"
    leader.day.setDate(leader.day.date().addDays(1))
    bench.settle()
    assert leader.person.count() == 2
    assert leader.person.currentText() == "王局（办公室）", "whoever was chosen stays chosen"


def test_signers_are_those_of_the_drafts_accounts_and_namesakes_are_told_apart(bench: Bench) -> None:
    one, _other = bench.office.account_ids()
    staff = bench.office.sign_in("许管").staff
    for department in ("综合科", "宣传科"):
        staff.add("吴审", department, "", signs_in=False, roles=frozenset({Role.REVIEWER}), passcode=PASSCODE)
    bench.limit("吴审", Role.REVIEWER, one)
    bench.sit("陈账")
    first = opened(bench, "signed").decisions.forms[0]
    # The draft is for both accounts; 吴审 of the 办公室 is left out.
    assert [first.person.itemText(n) for n in range(first.person.count())] == ["吴审（综合科）", "吴审（宣传科）"]


def test_nobody_signs_before_submission_or_tomorrow(bench: Bench) -> None:
    form = opened(bench, "signed").decisions.forms[0]
    submitted = bench.services.drafts.view(bench.ids["fresh"]).revision
    assert submitted is not None
    today = bench.services.today.day()
    assert form.day.maximumDate() == QDate(today.year, today.month, today.day)
    assert form.day.minimumDate() <= form.day.maximumDate()
    form.day.setDate(QDate(2027, 1, 1))
    assert form.signed_on == today


def test_a_time_on_the_paper_is_kept_and_one_later_than_now_refused(bench: Bench) -> None:
    dialog = opened(bench, "signed")
    form = dialog.decisions.forms[0]
    assert not form.time.isVisible()
    form.choose(Verdict.AGREE)
    form.timed.click()
    assert form.time.isVisible()
    form.time.setTime(form.time.maximumTime())
    click(dialog, "登记签批")
    bench.settle()
    assert "签批时间" in dialog.notice.text
    form.timed.click()
    click(dialog, "登记签批")
    bench.settle()
    [decision] = bench.services.drafts.view(bench.ids["fresh"]).decisions
    assert decision.decided_at is None


def test_the_author_is_not_among_those_who_may_have_signed(bench: Bench) -> None:
    person = bench.office.person("陈账")
    bench.office.sign_in("许管").staff.set_roles(
        person.id, frozenset({Role.ACCOUNT_MANAGER, Role.REVIEWER}), "兼审核", PASSCODE
    )
    bench.sit("陈账")
    dialog = opened(bench, "blank", draft="own")
    first = dialog.decisions.forms[0]
    assert [first.person.itemText(index) for index in range(first.person.count())] == ["吴审（办公室）"]
    fresh = opened(bench, "signed").decisions.forms[0]
    assert fresh.person.count() == 2
    assert fresh.person.currentIndex() == -1, "with two the person says who it was"
    fresh.choose(Verdict.AGREE)
    assert fresh.missing == "初审还没有选是谁签的。"


def test_a_role_that_nobody_holds_is_told(bench: Bench) -> None:
    person = bench.office.person("吴审")
    bench.office.sign_in("许管").staff.set_roles(person.id, frozenset({Role.DUTY_OFFICER}), "调岗", PASSCODE)
    bench.sit("陈账")
    form = opened(bench, "signed").decisions.forms[0]
    assert form.nobody.isVisible()
    assert not form.person.isVisible()


def test_two_signatures_of_one_step_are_two_forms_and_two_people(bench: Bench) -> None:
    from dataclasses import replace

    from app.ui.review.decision_list import DecisionList

    view = bench.services.drafts.view(bench.ids["fresh"])
    steps = (replace(view.steps[0], quorum=2), *view.steps[1:])
    made = DecisionList(bench.desk)
    made.show_draft(view, steps)
    bench.settle()
    assert [form.name for form in made.forms][:2] == ["初审（第 1 人，共 2 人）", "初审（第 2 人，共 2 人）"]
    for form in made.forms[:2]:
        form.choose(Verdict.AGREE)
    assert made.missing == "同一个人在同一环节只能签一次。"
    made.deleteLater()


def test_a_sheet_whose_signed_page_is_missing_is_not_registered(bench: Bench, tmp_path: Path) -> None:
    sheet = bench.services.papers.review_sheet(bench.ids["fresh"])
    assert sheet.pages > 1
    document = pypdfium2.PdfDocument(sheet.data)
    second = document[1].render(scale=2).to_pil().convert("RGB")
    document.close()
    second.save(tmp_path / "附页.jpg", quality=70)
    dialog = opened(bench, more=(tmp_path / "附页.jpg",))
    assert dialog.match is not None
    assert dialog.match.draft_id == bench.ids["fresh"]
    assert dialog.decisions.forms == []
    assert "有签字的第 1 页" in dialog.notice.text
    assert not dialog.act_button.isEnabled()


def test_what_hangs_over_the_dialog_is_told_what_letting_go_does(bench: Bench) -> None:
    dialog = opened(bench, "signed")
    [watch] = dialog.findChildren(FileDrop)
    assert hover(dialog, files([bench.worked.scans["half"]]))
    assert "登记这些签字扫描件" in watch.hint.label.text()
    assert drop(dialog, files([bench.worked.scans["half"]]))
    assert not watch.hint.isVisible()
    bench.settle()
    assert dialog.tray.path == bench.worked.scans["half"]


def test_photographs_of_the_pages_are_one_sheet(bench: Bench, tmp_path: Path) -> None:
    sheet = bench.services.papers.review_sheet(bench.ids["fresh"])
    document = pypdfium2.PdfDocument(sheet.data)
    photographs = []
    for number, page in enumerate(document):
        photographs.append(tmp_path / f"IMG_{number}.jpg")
        page.render(scale=2).to_pil().convert("RGB").save(photographs[-1], quality=70)
    document.close()
    assert len(photographs) > 1
    dialog = opened(bench, more=(*reversed(photographs), bench.worked.scans["half"]))
    assert "已合在一起" in dialog.notice.text
    assert "缺" not in dialog.notice.text
    assert dialog.scan.count == sheet.pages
    assert dialog.tray.waiting == 1, "what is another sheet still waits"
    usual(dialog)
    click(dialog, "登记签批")
    bench.settle()
    view = bench.services.drafts.view(bench.ids["fresh"])
    assert view.draft.state is DraftState.APPROVED
    assert {use.name for use in view.scans} == {path.name for path in photographs}
    signed = next(use for use in view.scans if use.name == "IMG_0.jpg")
    assert {decision.scan_sha256 for decision in view.decisions} == {signed.sha256}
    assert dialog.tray.path == bench.worked.scans["half"]


def test_a_draft_that_is_no_longer_in_review_only_keeps_the_scan(bench: Bench) -> None:
    bench.office.sign_in("林晓").drafts.withdraw(bench.ids["half"])
    bench.sit("陈账")
    dialog = opened(bench, "half")
    assert "只归卷" in " ".join(b.text() for b in (dialog.keep_button,) if b.isVisible())
    assert not dialog.act_button.isEnabled()


def test_choosing_nothing_leaves_everything_as_it_is(bench: Bench) -> None:
    dialog = opened(bench, "signed")
    before = dialog.match
    bench.dialogs.answers = [()]
    click(dialog, "换一个文件")
    bench.settle()
    assert dialog.match is before


@pytest.mark.parametrize("name", ["signed", "blank"])
def test_tab_goes_from_the_forms_to_the_buttons_below(bench: Bench, name: str) -> None:
    dialog = opened(bench, name, draft="half" if name == "blank" else "")
    assert next_by_tab(dialog.decisions.forms[-1].opinion) is dialog.other_button


def test_what_was_copied_from_the_paper_is_there_again_until_it_is_registered(bench: Bench, qtbot: QtBot) -> None:
    dialog = opened(bench, "signed")
    form = dialog.decisions.forms[0]
    form.choose(Verdict.RETURN)
    form.opinion.setText("请核实数字")
    form.day.setDate(form.day.minimumDate())
    form.timed.setChecked(True)
    form.time.setTime(QTime(9, 5))
    bench.settle()
    signer = form.person.currentData()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    other = opened(bench, "half")
    assert all(form.verdict is None for form in other.decisions.forms)
    other.reject()
    again = opened(bench, "signed")
    form = again.decisions.forms[0]
    assert (form.verdict, form.opinion.text(), form.person.currentData()) == (Verdict.RETURN, "请核实数字", signer)
    assert form.day.date() == form.day.minimumDate()
    assert (form.timed.isChecked(), form.time.time()) == (True, QTime(9, 5))
    assert again.act_button.isEnabled()
    form.timed.setChecked(False)
    form.day.setDate(form.day.maximumDate())
    bench.settle()
    click(again, "登记签批")
    bench.settle()
    assert state(bench, "fresh") is DraftState.RETURNED
    assert bench.desk.unfinished.take("register", f"{bench.ids['fresh']}:1") is None
