"""The panel beside the list: steps in words, what is found in the text, and the next action."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.models.publication import Publication, PublicationKind
from app.models.review import Verdict
from app.models.right import Role
from app.services.publications import PublicationEntry
from app.ui.drafts.draft_detail import STEP_WORDS, DraftDetail, read_facts
from app.ui.drafts.draft_steps import publication_tone, steps_shown, targets_shown
from app.ui.tokens import Tone
from app.ui.widgets.chip import Chip
from tests.services.office import PASSCODE, signed_page
from tests.ui.work_office import LINK, Bench


@pytest.fixture
def detail(bench: Bench, qtbot: QtBot) -> DraftDetail:
    made = DraftDetail(bench.desk)
    qtbot.addWidget(made)
    made.resize(340, 640)
    made.show()
    return made


def show(bench: Bench, detail: DraftDetail, name: str) -> None:
    detail.show_facts(read_facts(bench.desk, bench.ids[name]))


def buttons(detail: DraftDetail) -> list[str]:
    return [b.text() for b in detail.findChildren(QPushButton) if b.isVisible() and b.text() and b.menu() is None]


def menu(detail: DraftDetail) -> dict[str, QAction]:
    [button] = [b for b in detail.findChildren(QPushButton) if b.isVisible() and b.menu() is not None]
    assert button.accessibleName() == "更多操作"
    return {action.text(): action for action in button.menu().actions()}


def said(detail: DraftDetail) -> list[tuple[str, str]]:
    return [(step.word, step.text) for step in detail.steps.steps]


def test_every_step_has_words() -> None:
    assert all(STEP_WORDS.values())


@pytest.mark.parametrize(
    ("name", "who", "shown"),
    [
        ("fresh", "陈账", ["预览审核表", "登记签批"]),
        ("fresh", "吴审", ["预览审核表", "签批"]),
        ("fresh", "郑密", ["预览审核表"]),
        ("approved", "陈账", ["取用发布包", "登记发布"]),
        ("approved", "林晓", ["预览审核表"]),
        ("publishing", "陈账", ["取用发布包", "登记发布"]),
        ("published", "陈账", ["取用发布包", "补链接、截图"]),
        ("published", "王局", ["预览审核表"]),
        ("writing", "林晓", ["继续编辑"]),
        ("writing", "陈账", []),
        ("returned", "林晓", ["预览审核表", "继续编辑"]),
        ("own", "陈账", ["预览审核表", "登记签批"]),
        ("void", "林晓", ["预览审核表"]),
    ],
)
def test_the_next_action_says_what_it_does(
    bench: Bench, detail: DraftDetail, name: str, who: str, shown: list[str]
) -> None:
    bench.sit(who)
    show(bench, detail, name)
    assert sorted(buttons(detail)) == sorted(shown)


def test_a_closed_action_says_what_is_missing_and_who_may_do_it(bench: Bench, detail: DraftDetail) -> None:
    bench.sit("王局")
    show(bench, detail, "half")
    found = menu(detail)
    assert not found["登记签批"].isEnabled()
    assert "账号管理员" in found["登记签批"].toolTip()
    assert "保密审查" in found["签批"].toolTip()
    assert "林晓" in found["撤回"].toolTip()


def test_of_a_leavers_draft_it_is_told_who_acts_and_how_writing_goes_on(bench: Bench, detail: DraftDetail) -> None:
    bench.office.sign_in("许管").staff.leave(
        bench.office.person("林晓").id, bench.services.today.day(), "免职通知", PASSCODE
    )
    bench.sit("陈账")
    show(bench, detail, "returned")
    found = menu(detail)
    assert found["作废"].isEnabled()
    assert found["复制为我的新稿"].isEnabled()
    assert "作者（林晓）已离岗" in found["继续编辑"].toolTip()
    assert buttons(detail) == ["预览审核表"]
    bench.sit("吴审")
    show(bench, detail, "returned")
    bench.settle()
    found = menu(detail)
    assert not found["作废"].isEnabled()
    assert "账号管理员" in found["作废"].toolTip()
    assert "信息员" in found["复制为我的新稿"].toolTip()


def test_an_own_draft_is_not_decided_by_its_author(bench: Bench, detail: DraftDetail) -> None:
    person = bench.office.person("陈账")
    bench.sit("许管")
    bench.services.staff.set_roles(person.id, frozenset({Role.ACCOUNT_MANAGER, Role.REVIEWER}), "兼任", PASSCODE)
    bench.sit("陈账")
    show(bench, detail, "own")
    assert "作者本人" in menu(detail)["签批"].toolTip()


def test_the_menu_does_what_it_says(bench: Bench, detail: DraftDetail, qtbot: QtBot) -> None:
    show(bench, detail, "fresh")
    with qtbot.waitSignal(detail.chosen) as told:
        menu(detail)["登记催办"].trigger()
    assert told.args == ["remind"]


def test_steps_say_who_did_what_and_who_is_waited_for(bench: Bench, detail: DraftDetail) -> None:
    bench.services.reviews.note_reminder(bench.ids["half"], bench.office.person("郑密").id, "电话：请今天看一下")
    show(bench, detail, "half")
    words = said(detail)
    assert [word for word, _text in words[:5]] == ["提交", "初审", "保密审查", "催办", "主要领导签批"]
    assert words[1][1].startswith("吴审")
    assert words[1][1].endswith("同意")
    assert words[2][1].startswith("待保密审查员")
    assert "请今天看一下" in words[3][1]
    assert words[4][1] == "未轮到"


def test_a_return_says_why_and_what_follows(bench: Bench, detail: DraftDetail) -> None:
    show(bench, detail, "returned")
    assert any("退回修改：请核实数字" in text for _word, text in said(detail))
    assert said(detail)[-1] == ("已退回", "等林晓修改，再提交就是第2稿")
    show(bench, detail, "void")
    assert said(detail)[-1] == ("已作废", "编号保留，不再使用；重复了")


def test_a_leaders_delay_is_told_without_alarm(bench: Bench, detail: DraftDetail) -> None:
    bench.office.clock.forward(days=6)
    show(bench, detail, "half")
    waiting = next(step for step in detail.steps.steps if "待保密审查员" in step.text)
    assert "已 6 天" in waiting.text
    assert waiting.tone is Tone.WARNING
    assert "期限" in waiting.tooltip


def test_what_a_decision_says_in_full_is_in_its_tooltip(bench: Bench) -> None:
    view = bench.services.drafts.view(bench.ids["half"])
    [_submitted, decided, *_rest] = steps_shown(view, bench.desk.now())
    assert "纸面签批" in decided.tooltip
    assert "陈账于" in decided.tooltip


def test_void_decisions_are_shown_as_void(bench: Bench) -> None:
    bench.sit("林晓")
    bench.services.drafts.withdraw(bench.ids["half"])
    steps = list(steps_shown(bench.services.drafts.view(bench.ids["half"]), bench.desk.now()))
    [decided] = [step for step in steps if step.word == "初审"]
    assert decided.text.endswith("（已作废）")
    assert decided.tone is Tone.NEUTRAL


def test_a_decision_on_screen_and_one_by_a_deputy_are_told_as_such(bench: Bench, tmp_path: Path) -> None:
    today = bench.services.today.day()
    scan = tmp_path / "授权.pdf"
    scan.write_bytes(signed_page("授权"))
    leader, deputy = bench.office.person("吴审").id, bench.office.person("何副").id
    bench.services.staff.authorize(leader, deputy, Role.REVIEWER, today, today + timedelta(days=3), scan, PASSCODE)
    bench.sit("何副")

    bench.services.reviews.decide(bench.ids["fresh"], 1, Verdict.AGREE, "很好", PASSCODE)
    steps = list(steps_shown(bench.services.drafts.view(bench.ids["fresh"]), bench.desk.now()))
    [decided] = [step for step in steps if step.word == "初审"]
    assert decided.text.startswith("何副（受托）")
    assert "系统内签批" in decided.tooltip
    assert "意见：很好" in decided.tooltip


def test_every_post_is_shown_with_what_it_lacks_and_what_is_wrong_is_red(bench: Bench, detail: DraftDetail) -> None:
    first, second = bench.office.account_ids()
    entry = PublicationEntry(first, bench.desk.now(), LINK, who="某某", why="突发停水", done="已补审")
    bench.services.publications.record(bench.ids["fresh"], entry)
    show(bench, detail, "fresh")
    posts = [step for step in detail.steps.steps if step.word == "未审发布"]
    assert [step.tone for step in posts] == [Tone.DANGER]
    assert "缺截图" in posts[0].text
    assert "缺链接" not in posts[0].text
    assert "突发停水" in posts[0].tooltip
    # Both accounts are still waited for: the post was not what was approved.
    assert [step.word for step in detail.steps.steps].count("待发布") == 2
    bench.services.publications.drop_target(bench.ids["publishing"], second, "微博停更")
    show(bench, detail, "publishing")
    assert ("不再发布", "微博“晋安示例发布”：微博停更") in said(detail)
    assert {publication_tone(replace(_post(bench), kind=kind)) for kind in PublicationKind} == {
        Tone.GOOD,
        Tone.DANGER,
        Tone.NEUTRAL,
    }


def _post(bench: Bench) -> Publication:
    return bench.services.publications.of_draft(bench.ids["published"])[0]


def test_before_submission_no_account_is_waited_for(bench: Bench) -> None:
    view = bench.services.drafts.view(bench.ids["writing"])
    assert list(targets_shown(view, (), {}, bench.desk.now())) == []
    assert [step.word for step in steps_shown(view, bench.desk.now())] == ["起草"]


def test_the_check_of_the_text_stands_below_and_what_was_answered_is_grey(bench: Bench, detail: DraftDetail) -> None:
    bench.sit("林晓")
    drafts = bench.services.drafts
    text = "联系人手机13800138000，全国最佳。"
    draft = drafts.start(bench.office.content("有提示的一件", text))
    detail.show_facts(read_facts(bench.desk, draft.id))
    chips = [chip for chip in detail.findChildren(Chip) if chip.parent() is not detail.steps]
    tones = {chip.tone for chip in chips}
    assert Tone.DANGER in tones
    assert "13800138000" not in " ".join(chip.text + chip.toolTip() for chip in chips)
    findings = drafts.findings(draft.content)
    for found in findings:
        draft = drafts.answer(draft, (found.answer_key,), "为民服务电话，已获同意")
    detail.show_facts(read_facts(bench.desk, draft.id))
    bench.settle()
    visible = [chip for chip in detail.findChildren(Chip) if chip.isVisible() and chip.parent() is not detail.steps]
    assert {chip.tone for chip in visible} == {Tone.NEUTRAL}
    assert all("（已说明）" in chip.text for chip in visible)


def test_many_findings_are_counted_and_a_published_draft_is_not_checked_any_more(
    bench: Bench, detail: DraftDetail
) -> None:
    bench.sit("林晓")
    numbers = "，".join(f"手机1380013{number:04d}" for number in range(20))
    draft = bench.services.drafts.start(bench.office.content("很多提示", numbers))
    detail.show_facts(read_facts(bench.desk, draft.id))
    bench.settle()
    chips = [chip.text for chip in detail.findChildren(Chip) if chip.isVisible()]
    assert "另有 14 处提示" in chips
    show(bench, detail, "published")
    assert not detail.check_heading.isVisible()


def test_urgency_and_the_planned_time_stand_below_the_title(bench: Bench, detail: DraftDetail) -> None:
    from app.models.draft import ReviewClass, Urgency

    bench.sit("林晓")
    draft = bench.services.drafts.view(bench.ids["writing"]).draft
    planned = datetime(2026, 10, 20, 1, 0, tzinfo=UTC)
    handled = bench.services.drafts.set_handling(
        draft, review_class=ReviewClass.ORDINARY, urgency=Urgency.URGENT, category="", planned_at=planned
    )
    bench.services.drafts.save(handled)
    show(bench, detail, "writing")
    assert "加急" in detail.line.text()
    assert "计划 10-20 发布" in detail.line.text()


def test_another_draft_is_read_from_its_top_and_the_same_one_stays_where_it_was(
    bench: Bench, detail: DraftDetail
) -> None:
    detail.resize(340, 260)
    show(bench, detail, "fresh")
    bar = detail._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    place = bar.value()
    assert place > 0
    show(bench, detail, "fresh")
    assert bar.value() == place
    show(bench, detail, "half")
    assert bar.value() == 0


def test_with_nothing_chosen_the_panel_says_what_it_is_for(bench: Bench, detail: DraftDetail) -> None:
    show(bench, detail, "fresh")
    detail.clear()
    assert detail.facts is None
    assert detail._empty.isVisible()
