"""账号 in the window: registered, changed, and posts from before the first day of use."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from app.models.publication import PublicationKind
from app.ui.accounts.account_dialog import AccountDialog
from app.ui.accounts.account_page import AccountPage
from app.ui.accounts.earlier_dialog import EarlierDialog
from app.ui.desk import Desk
from tests.ui.conftest import REVIEWER, Script

Show = Callable[..., None]
Window = TypeVar("Window", bound=QDialog)


def dialog_of(kind: type[Window]) -> Window:
    [found] = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    return found


@pytest.fixture
def page(desk: Desk, sign_in: Callable[..., object], show: Show) -> AccountPage:
    sign_in()
    shown = AccountPage(desk)
    show(shown)
    return shown


def test_accounts_are_listed_with_what_is_not_filed(page: AccountPage) -> None:
    assert page.model.rowCount() == 2
    assert page.model.item(1, 1).text() == "晋安示例发布"
    assert "没有备案" in page.notice.text


def test_an_account_is_registered(page: AccountPage) -> None:
    page.new_button.click()
    dialog = dialog_of(AccountDialog)
    dialog.platform.setCurrentText("今日头条")
    dialog.save()
    page.desk.tasks.wait_idle()
    # Without a name nothing is saved, and it is said in place.
    assert "账号名称" in dialog.notice.text
    dialog.name.setText("晋安示例头条")
    dialog.save()
    page.desk.tasks.wait_idle()
    assert page.model.rowCount() == 3


def test_an_account_is_changed_by_a_double_click(page: AccountPage) -> None:
    page.table.doubleClicked.emit(page.model.index(0, 0))
    dialog = dialog_of(AccountDialog)
    assert dialog.name.text() == "晋安示例"
    dialog.handle.setText("gh_123456")
    dialog.save()
    page.desk.tasks.wait_idle()
    assert page.model.item(0, 2).text() == "gh_123456"


def test_who_may_not_register_is_told_who_may(desk: Desk, sign_in: Callable[..., object], show: Show) -> None:
    sign_in(REVIEWER)
    page = AccountPage(desk)
    show(page)
    assert not page.new_button.isEnabled()
    assert "账号管理员" in page.new_button.toolTip()


def test_posts_from_before_are_previewed_and_recorded_once(page: AccountPage, dialogs: Script, tmp_path: Path) -> None:
    path = tmp_path / "以前.csv"
    lines = [
        "标题,发布时间,账号,链接",
        "防汛演练,2025-06-01 09:05,晋安示例,https://mp.example.cn/1",
        "没有时间的,,晋安示例,",
        "别家的,2025-06-02 10:00,不认识的账号,",
        "=HYPERLINK(1),2025-06-03 10:00,晋安示例,",
    ]
    path.write_text("\n".join(lines), "utf-8-sig")
    dialogs.answers.append(path)
    page.earlier_button.click()
    page.desk.tasks.wait_idle()
    dialog = dialog_of(EarlierDialog)
    assert dialog.act_button.text() == "补录 2 行"
    assert dialog.model.rowCount() == 4
    dialog.act_button.click()
    page.desk.tasks.wait_idle()
    posts = page.desk.services.publications.page(0, 9)
    assert {post.kind for post in posts} == {PublicationKind.EARLIER}
    assert {post.title for post in posts} == {"防汛演练", "=HYPERLINK(1)"}


def test_a_list_that_is_none_says_what_to_do(page: AccountPage, dialogs: Script, tmp_path: Path) -> None:
    path = tmp_path / "空.csv"
    path.write_text("", "utf-8")
    dialogs.answers.append(path)
    page.earlier_button.click()
    page.desk.tasks.wait_idle()
    dialog = dialog_of(EarlierDialog)
    assert "空.csv" in dialog.notice.text
    assert not dialog.act_button.isEnabled()
    dialog.reject()
