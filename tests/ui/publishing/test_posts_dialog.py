"""What is on record of a draft's posts, and how what it lacked is added later."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models.right import Role
from app.services.publications import PublicationEntry
from app.ui.publishing.posts_dialog import PostsDialog
from tests.services.pictures import png
from tests.ui.work_office import BODY, LINK, Bench, click


def opened(bench: Bench, name: str) -> PostsDialog:
    return bench.shown(PostsDialog(bench.desk, None, bench.ids[name]))


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    path = tmp_path / "截图.png"
    path.write_bytes(png(90, 160))
    return path


def test_a_missing_link_and_screenshot_are_added_to_the_record(bench: Bench, shot: Path, qtbot: QtBot) -> None:
    dialog = opened(bench, "published")
    [card] = dialog.cards
    assert card.lack_chip.text == "缺链接、缺截图"
    assert "与审定内容一致" in card.facts.text()
    assert not card.complete_button.isEnabled()
    card.link.setText(LINK)
    qtbot.keyClick(card.link, Qt.Key.Key_Return)
    bench.settle()
    assert card.lack_chip.text == "缺截图"
    assert not card.link.isVisible()
    assert LINK in card.facts.text()
    card.screenshots.add(shot)
    bench.settle()
    click(dialog, "补充到记录")
    bench.settle()
    assert not card.lack_chip.isVisible()
    assert card._shelf.count() == 1
    [post] = bench.services.publications.of_draft(bench.ids["published"])
    assert (post.link, len(post.screenshot_sha256s)) == (LINK, 1)
    assert bench.audit("publication.complete") == 2
    # Another screenshot may always be added; what is on record is never taken away.
    card.screenshots.add(png(10, 10))
    bench.settle()
    click(dialog, "补充到记录")
    bench.settle()
    assert len(bench.services.publications.of_draft(bench.ids["published"])[0].screenshot_sha256s) == 2
    click(dialog, "关闭")
    assert not dialog.isVisible()


def test_lines_that_were_left_out_of_the_comparison_are_named(bench: Bench) -> None:
    second, text = bench.office.account_ids()[1], "晋安示例发布\n请您开门配合。\n阅读 3"
    entry = PublicationEntry(second, bench.desk.now(), LINK, text, page_lines=(1, 3))
    bench.services.publications.record(bench.ids["publishing"], entry)
    dialog = opened(bench, "publishing")
    shown = [card.facts.text() for card in dialog.cards]
    assert "登记人说明下面 2 行是页面自带的，没有参加比对：\n　　第1行：晋安示例发布\n　　第3行：阅读 3" in shown[1]
    assert "页面自带" not in shown[0]


def test_a_wrong_link_is_told_in_place_and_stays(bench: Bench) -> None:
    dialog = opened(bench, "published")
    [card] = dialog.cards
    card.link.setText("不是网址")
    click(dialog, "补充到记录")
    bench.settle()
    assert dialog.notice.text
    assert card.link.text() == "不是网址"
    assert card.complete_button.isEnabled()


def test_who_may_not_publish_only_reads(bench: Bench) -> None:
    bench.sit("王局")
    dialog = opened(bench, "published")
    [card] = dialog.cards
    assert not card.form.isVisible()
    assert not card.complete_button.isVisible()


def test_who_publishes_for_another_account_only_reads(bench: Bench) -> None:
    """The published draft went out on the first account alone."""
    dialog = opened(bench, "published")
    assert dialog.cards[0].link.isVisible()
    dialog.accept()
    bench.limit("陈账", Role.ACCOUNT_MANAGER, bench.services.accounts.list()[1].id)
    dialog = opened(bench, "published")
    assert not dialog.cards[0].link.isVisible()


def test_what_differed_can_be_looked_at_again(bench: Bench) -> None:
    account = bench.office.account_ids()[1]
    entry = PublicationEntry(account, bench.desk.now(), LINK, "请您关门配合。", who="某某", why="手误", done="已改正")
    bench.services.publications.record(bench.ids["publishing"], entry)
    dialog = opened(bench, "publishing")
    assert len(dialog.cards) == 2
    [differing] = [card for card in dialog.cards if card.kind.text == "内容不符"]
    assert "怎么处理的：已改正" in differing.facts.text()
    assert BODY not in differing.facts.text()
    click(differing, "看哪里不同")
    bench.settle()
    assert differing.difference.isVisible()
    assert differing.difference.changes == 2


def test_tab_goes_from_post_to_post_and_ends_at_the_button(bench: Bench) -> None:
    from tests.ui.work_office import next_by_tab

    dialog = opened(bench, "published")
    [card] = dialog.cards
    assert next_by_tab(card.link) is card.screenshots.paste_button
    card.link.setText(LINK)
    assert next_by_tab(card.screenshots.choose_button) is card.complete_button
    assert next_by_tab(card.complete_button) is dialog.close_button


def test_esc_closes(bench: Bench, qtbot: QtBot) -> None:
    dialog = opened(bench, "published")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_link_that_was_not_added_yet_is_there_again(bench: Bench, shot: Path, qtbot: QtBot) -> None:
    dialog = opened(bench, "published")
    dialog.cards[0].link.setText(LINK)
    dialog.cards[0].screenshots.add(shot)
    bench.settle()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    again = opened(bench, "published")
    assert again.cards[0].link.text() == LINK
    assert again.cards[0].screenshots.sources == (shot,)
    click(again, "补充到记录")
    bench.settle()
    click(again, "关闭")
    last = opened(bench, "published")
    assert last.cards[0].screenshots.sources == ()
