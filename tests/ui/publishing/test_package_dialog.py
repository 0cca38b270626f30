"""The publish package: copied for a platform's editor, or written into a folder."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.models.right import Role
from app.ui.publishing.package_dialog import PackageDialog
from tests.ui.work_office import BODY, Bench, click, next_by_tab


@pytest.fixture
def dialog(bench: Bench) -> PackageDialog:
    return bench.shown(PackageDialog(bench.desk, None, bench.ids["approved"]))


def button(dialog: PackageDialog, words: str, account: str) -> QPushButton:
    name = f"{words}：{account}"
    [found] = [b for b in dialog.findChildren(QPushButton) if b.accessibleName() == name]
    return found


WECHAT, WEIBO = "微信公众号“晋安示例”", "微博“晋安示例发布”"


def test_rich_text_goes_to_the_clipboard_with_its_pictures(bench: Bench, dialog: PackageDialog) -> None:
    button(dialog, "复制图文", WECHAT).click()
    bench.settle()
    offer = QApplication.clipboard().mimeData()
    assert offer.hasHtml()
    assert "data:image/png;base64," in offer.html()
    assert BODY in offer.text()
    assert "已复制图文" in dialog.notice.text
    assert bench.audit("publication.export") == 1


def test_each_account_gets_its_own_words(bench: Bench, dialog: PackageDialog) -> None:
    button(dialog, "复制文字", WEIBO).click()
    bench.settle()
    offer = QApplication.clipboard().mimeData()
    assert not offer.hasHtml()
    assert "请您开门配合。" in offer.text()
    assert BODY not in offer.text()
    button(dialog, "复制标题", WEIBO).click()
    bench.settle()
    assert QApplication.clipboard().text() == "敲门行动"
    button(dialog, "复制标题", WECHAT).click()
    bench.settle()
    assert QApplication.clipboard().text() == "批准了的一件"
    button(dialog, "复制摘要", WECHAT).click()
    bench.settle()
    assert QApplication.clipboard().text() == "网格员本周入户检查。"
    assert "已复制摘要" in dialog.notice.text
    assert bench.audit("publication.export") == 4


def test_a_text_without_a_summary_offers_none(bench: Bench) -> None:
    dialog = bench.shown(PackageDialog(bench.desk, None, bench.ids["published"]))
    assert [b.text() for b in dialog.copy_buttons] == ["复制标题", "复制文字", "复制图文"]


def test_the_folder_is_written_once_and_a_refusal_is_told_in_place(
    bench: Bench, dialog: PackageDialog, tmp_path: Path
) -> None:
    target = tmp_path / "盘"
    target.mkdir()
    bench.dialogs.answers = [target, target, tmp_path / "没有的盘", None]
    click(dialog, "写成文件夹……")
    bench.settle()
    [folder] = list(target.iterdir())
    assert folder.name in dialog.notice.text
    assert {path.name for path in folder.iterdir()} == {WEIBO, WECHAT}
    click(dialog, "写成文件夹……")
    bench.settle()
    assert "已经有" in dialog.notice.text
    click(dialog, "写成文件夹……")
    bench.settle()
    assert "写不进去" in dialog.notice.text
    click(dialog, "写成文件夹……")
    assert dialog.isVisible()


def test_nothing_unapproved_leaves_by_this_door(bench: Bench) -> None:
    dialog = bench.shown(PackageDialog(bench.desk, None, bench.ids["fresh"]))
    assert "没有批准" in dialog.notice.text
    assert not dialog.folder_button.isEnabled()
    assert dialog.copy_buttons == []


def test_it_leads_on_to_the_record(dialog: PackageDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.record_asked):
        click(dialog, "去登记发布")
    assert not dialog.isVisible()


def test_tab_goes_through_the_accounts_first(dialog: PackageDialog) -> None:
    for earlier, later in zip(dialog.copy_buttons, dialog.copy_buttons[1:], strict=False):
        assert next_by_tab(earlier) is later
    assert next_by_tab(dialog.copy_buttons[-1]) is dialog.folder_button


def test_only_accounts_of_the_own_role_are_handed_out(bench: Bench, tmp_path: Path) -> None:
    bench.limit("陈账", Role.ACCOUNT_MANAGER, bench.services.accounts.list()[1].id)
    dialog = bench.shown(PackageDialog(bench.desk, None, bench.ids["approved"]))
    assert {b.accessibleName().partition("：")[2] for b in dialog.copy_buttons} == {WEIBO}
    bench.dialogs.answers = [tmp_path]
    click(dialog, "写成文件夹……")
    bench.settle()
    [folder] = tmp_path.glob("发布包*")
    assert [path.name for path in folder.iterdir()] == [WEIBO]
