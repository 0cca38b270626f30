"""What a scan is in words, the pile of scans, the scans of a draft, reminding, and the text to read."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.models.content import Attachment, Block, BlockKind, Content, Declarations, Origin, Source, Video
from app.models.right import Role
from app.services.scans import ScanMatch, ScanOutcome
from app.ui.review.reading_view import ReadingView
from app.ui.review.remind_dialog import RemindDialog
from app.ui.review.scan_tray import ScanTray
from app.ui.review.scan_words import outcome_sentence
from app.ui.review.scans_dialog import ScansDialog
from app.ui.tokens import Tone
from tests.services.office import PASSCODE
from tests.services.pictures import png
from tests.ui.work_office import Bench, click, two_accounts

MATCH = ScanMatch(
    ScanOutcome.MATCHED, (1,), "d", "晋示审〔2026〕1号", "题", revision=1, current_revision=1, in_review=True
)


@pytest.mark.parametrize("outcome", list(ScanOutcome))
def test_every_outcome_has_a_whole_sentence(outcome: ScanOutcome) -> None:
    sentence, tone = outcome_sentence(replace(MATCH, outcome=outcome, current_revision=2))
    assert sentence.endswith("。")
    assert (tone is Tone.GOOD) is (outcome is ScanOutcome.MATCHED)


@pytest.mark.parametrize(
    ("problem", "words"),
    [("newer", "升级程序"), ("damaged", "残缺"), ("foreign", "没有读到二维码"), ("", "选出是哪件稿件")],
)
def test_a_code_that_does_not_count_says_why(problem: str, words: str) -> None:
    assert words in outcome_sentence(ScanMatch(ScanOutcome.NO_CODE, (1,), problem=problem))[0]


def test_missing_pages_and_changed_content_are_told() -> None:
    assert "缺第 2、3 页" in outcome_sentence(replace(MATCH, missing_pages=(2, 3)))[0]
    assert "没有有签字的第 1 页" in outcome_sentence(replace(MATCH, missing_pages=(1,)))[0]
    assert "内容已经改过" in outcome_sentence(replace(MATCH, outcome=ScanOutcome.STALE))[0]
    assert "不在审核中" in outcome_sentence(replace(MATCH, in_review=False))[0]


def test_the_tray_turns_papers_and_files_over_to_the_last() -> None:
    tray = ScanTray()
    assert (tray.path, tray.top, tray.more, tray.next()) == (None, None, False, "")
    tray.fill((Path("a"), Path("b")))
    bare = ScanMatch(ScanOutcome.NO_CODE, (3, 4))
    stale = replace(MATCH, outcome=ScanOutcome.STALE)
    tray.sort((stale, bare, MATCH))
    assert tray.unread == "3、4"
    assert tray.top == MATCH
    assert tray.waiting == 2
    assert tray.next() == "paper"
    assert tray.top == stale
    assert tray.next() == "file"
    assert tray.path == Path("b")
    tray.sort((bare,))
    assert (tray.top, tray.unread) == (bare, "")
    tray.drop_file()
    assert tray.path is None


def test_the_scans_of_a_draft_can_be_looked_at_and_added_to(bench: Bench, tmp_path: Path) -> None:
    view = bench.services.drafts.view(bench.ids["fresh"])
    dialog = bench.shown(ScansDialog(bench.desk, None, view))
    assert dialog.none.isVisible()
    bench.dialogs.answers = [bench.worked.scans["signed"], None]
    click(dialog, "补充扫描件……")
    bench.settle()
    assert not dialog.none.isVisible()
    assert dialog.scan.count == 1
    assert not dialog.which.isVisible()
    click(dialog, "补充扫描件……")
    dialog.add(bench.worked.scans["blank"])
    bench.settle()
    assert [dialog.which.itemText(i) for i in range(2)] == ["第 2 份，共 2 份", "第 1 份，共 2 份"]
    dialog.which.setCurrentIndex(1)
    bench.settle()
    assert dialog.scan.count == 1
    broken = tmp_path / "坏.jpg"
    broken.write_bytes(b"nothing")
    dialog.add(broken)
    bench.settle()
    assert "坏.jpg" in dialog.problem.text
    assert len(bench.services.drafts.view(bench.ids["fresh"]).scans) == 2
    assert dialog.isVisible()


def test_who_may_not_file_scans_only_looks(bench: Bench) -> None:
    bench.sit("王局")
    dialog = bench.shown(ScansDialog(bench.desk, None, bench.services.drafts.view(bench.ids["half"])))
    assert not dialog.add_button.isVisible()
    assert dialog.scan.count == 1


def test_the_pages_of_a_scan_are_as_wide_as_there_is_room(bench: Bench) -> None:
    bench.services.scans.file_only(bench.ids["fresh"], bench.worked.scans["signed"])
    dialog = bench.shown(ScansDialog(bench.desk, None, bench.services.drafts.view(bench.ids["fresh"])))
    dialog.resize(500, 600)
    bench.desk.tasks.wait_idle()
    dialog.scan._fit()
    narrow = dialog.scan._labels[0].pixmap().width()
    assert narrow <= dialog.scan.viewport().width()
    dialog.resize(800, 600)
    dialog.scan._fit()
    assert dialog.scan._labels[0].pixmap().width() > narrow


def test_a_reminder_is_recorded_with_person_and_way(bench: Bench) -> None:
    dialog = bench.shown(RemindDialog(bench.desk, None, bench.services.drafts.view(bench.ids["half"])))
    assert dialog.person.currentText() == "郑密"
    dialog.way.setCurrentText("当面")
    dialog.note.setText("下午看")
    click(dialog, "登记催办")
    bench.settle()
    assert not dialog.isVisible()
    [reminder] = bench.services.reviews.reminders(bench.ids["half"])
    assert (reminder.person, reminder.how, reminder.by) == ("郑密", "当面：下午看", "陈账")


def test_nobody_to_remind_is_told(bench: Bench) -> None:
    person = bench.office.person("郑密")
    bench.office.sign_in("许管").staff.set_roles(person.id, frozenset({Role.DUTY_OFFICER}), "调岗", PASSCODE)
    bench.sit("陈账")
    dialog = bench.shown(RemindDialog(bench.desk, None, bench.services.drafts.view(bench.ids["half"])))
    assert "没有人担任" in dialog.notice.text
    assert not dialog.act_button.isEnabled()
    waiting = bench.shown(RemindDialog(bench.desk, None, bench.services.drafts.view(bench.ids["published"])))
    assert not waiting.act_button.isEnabled()


def test_only_who_may_sign_for_the_accounts_of_the_draft_is_reminded(bench: Bench) -> None:
    bench.limit("郑密", Role.SECRECY_REVIEWER, bench.office.account_ids()[1])
    bench.sit("陈账")
    dialog = bench.shown(RemindDialog(bench.desk, None, bench.services.drafts.view(bench.ids["half"])))
    assert dialog.person.count() == 0


def test_a_reminder_that_is_refused_stays_open(bench: Bench) -> None:
    dialog = bench.shown(RemindDialog(bench.desk, None, bench.services.drafts.view(bench.ids["half"])))
    bench.services.sign_in.sign_out()
    click(dialog, "登记催办")
    bench.settle()
    assert dialog.isVisible()
    assert "没有人登录" in dialog.notice.text
    assert dialog.act_button.isEnabled()


def test_a_whole_content_is_read_as_it_will_be_signed(bench: Bench, qtbot: QtBot) -> None:
    content = two_accounts(bench.office, "<img src='file:///etc/passwd'>题")
    cover = bench.services.drafts.keep_file(png(80, 45))
    full = replace(
        content,
        blocks=(
            *content.blocks,
            Block(BlockKind.BULLET, "甲"),
            Block(BlockKind.NUMBERED, "一"),
            Block(BlockKind.NUMBERED, "二"),
            Block(BlockKind.TABLE),
        ),
        video=Video("开门.mp4", 12_300_000, "0" * 64, 30, cover),
        source=Source(Origin.REPOST, "省气象台", "寒潮蓝色预警", "https://a.example"),
        declarations=Declarations(no_secrets=True, personal_data=True, ai_made=True, map_number="闽S〔2026〕1号"),
        attachments=(Attachment("1" * 64, "附表.xlsx", 10),),
    )
    view = ReadingView(bench.desk)
    qtbot.addWidget(view)
    view.show_content(full)
    bench.settle()
    words = view.toPlainText()
    for part in (
        "<img src='file:///etc/passwd'>题",
        "摘要：网格员本周入户检查。",
        "· 甲",
        "1. 一",
        "2. 二",
        "视频封面",
        "检查现场（自行拍摄）",
        "茶园",
        "微博“晋安示例发布”的单独文案",
        "转载自省气象台《寒潮蓝色预警》",
        "含人工智能生成内容",
        "审图号：闽S〔2026〕1号",
        "附件：附表.xlsx",
    ):
        assert part in words
    images = [format_ for format_ in view.document().allFormats() if format_.isImageFormat()]
    assert len(images) == 2
    assert all(not QImage(view.document().resource(2, f.toImageFormat().name())).isNull() for f in images)


def test_an_empty_content_can_be_read_too(bench: Bench, qtbot: QtBot) -> None:
    view = ReadingView(bench.desk)
    qtbot.addWidget(view)
    view.show_content(Content())
    bench.settle()
    assert "（未写标题）" in view.toPlainText()
    assert "涉密声明：未声明" in view.toPlainText()
