"""账号 in the window: the register, the account that is chosen, and posts from before the first day of use."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.errors import TargetNotWritableError
from app.models.account import AccountState
from app.models.account_application import ApplicationKind, ApplicationText, ClosingType, FilingType
from app.models.publication import PublicationKind
from app.services.account_steps import AccountOffer
from app.ui.accounts.account_page import AccountPage
from app.ui.accounts.account_table import AccountFilter, Column
from app.ui.accounts.earlier_dialog import EarlierDialog
from app.ui.accounts.ledger_dialog import LedgerDialog
from app.ui.accounts.particulars_dialog import ParticularsDialog
from app.ui.accounts.step_menu import step_menu
from tests.ui.accounts.conftest import Bench, dialog_of
from tests.ui.accounts.register import begun, filed, planned, told


def words(page: AccountPage) -> str:
    return "\n".join(label.text() for label in page.detail.findChildren(QLabel) if not label.isHidden())


def foot(page: AccountPage) -> QPushButton:
    """Return the one primary button of the detail."""
    [found] = [one for one in page.detail.findChildren(QPushButton) if one.property("kind") == "primary"]
    return found


def menu_words(page: AccountPage) -> list[str]:
    menus = [button.menu() for button in page.detail._acts if button.menu() is not None]
    return [action.text() for menu in menus for action in menu.actions()]


def test_the_accounts_of_the_set_up_are_listed_and_the_first_is_shown(bench: Bench) -> None:
    page = AccountPage(bench.desk)
    bench.shown(page)
    assert page.model.rowCount() == 2
    assert page.model.index(1, Column.NAME).data() == "晋安示例发布"
    page._read_detail()
    bench.settle()
    assert page.detail.title.text() == "微信公众号“晋安示例”"
    assert [step.word for step in page.detail.life.steps] == ["登记", "备案", "运行"]


def test_what_is_warned_of_names_its_basis(bench: Bench) -> None:
    page = bench.page()
    assert "依据：第五条" in words(page)
    assert any("第五条" in part.toolTip() for part in page.detail.warnings.parts)


def test_what_is_grave_is_red_in_the_list(bench: Bench) -> None:
    bench.office.clock.forward(days=30)
    page = bench.page()
    assert "超过备案期限" in str(page.model.index(0, Column.NOTICE).data())
    assert "到2026年10月19日为止" in words(page)


def test_what_the_filing_form_lacks_can_be_filled_up_at_once(bench: Bench) -> None:
    page = bench.page()
    [button] = [part for part in page.detail.lacks.parts if isinstance(part, QPushButton)]
    button.click()
    bench.settle()
    dialog = dialog_of(ParticularsDialog)
    dialog.form.kind.setCurrentText("服务号")
    dialog.act_button.click()
    bench.settle()
    assert bench.view().account.particulars.kind == "服务号"
    assert "服务号" in words(page)


def test_particulars_are_shown_in_groups_and_nothing_that_is_empty(bench: Bench) -> None:
    account = bench.view().account
    bench.office.services.accounts.change(replace(account, handle="gh_7", particulars=told(bench.office)))
    page = bench.page()
    shown = words(page)
    assert "陈账 管理员 139" in shown
    assert "gh_7" in shown
    assert "绑定邮箱" not in shown
    [lacking, _button] = page.detail.lacks.parts
    assert isinstance(lacking, QLabel)
    assert lacking.text() == "绑定手机"


@pytest.mark.parametrize(
    ("until", "act", "steps"),
    [
        ("", "提请签批", ["登记", "审批", "开通", "备案", "运行"]),
        ("present", "登记签批", ["登记", "审批", "开通", "备案", "运行"]),
        ("sign", "登记开通", ["登记", "审批", "开通", "备案", "运行"]),
    ],
)
def test_the_one_primary_button_is_the_next_step(bench: Bench, until: str, act: str, steps: list[str]) -> None:
    account = planned(bench.office)
    begun(bench.office, account.id, ApplicationKind.FILING, ApplicationText(FilingType.OPENING), until=until)
    page = bench.page(account.id)
    assert foot(page).text() == act
    assert [step.word for step in page.detail.life.steps] == steps


def test_a_new_account_asks_for_its_opening_first(bench: Bench) -> None:
    page = bench.page(planned(bench.office).id)
    assert foot(page).text() == "申请开设"
    assert menu_words(page) == ["修改资料"]
    assert page.detail.filing_chip.isHidden()


def test_a_filed_account_offers_change_yearly_look_and_end(bench: Bench) -> None:
    filed(bench.office, bench.account_ids[0])
    page = bench.page()
    assert foot(page).text() == "修改资料"
    assert menu_words(page) == ["申请变更", "年度复核", "申请关停或注销"]
    assert "备案号 晋政媒备〔2026〕7号" in words(page)
    [paper] = page.detail.papers.parts
    assert "晋示备〔2026〕1号" in "".join(label.text() for label in paper.findChildren(QLabel))


def test_the_end_of_an_account_stands_in_its_life(bench: Bench) -> None:
    text = ApplicationText(closing_type=ClosingType.CLOSE, reason="功能相近")
    begun(bench.office, bench.account_ids[0], ApplicationKind.CLOSING, text, until="sign")
    page = bench.page()
    assert [step.word for step in page.detail.life.steps][-3:] == ["停更公告", "关停", "注销"]
    assert foot(page).text() == "登记停更公告"


def test_what_was_done_with_an_account_is_told_newest_first(bench: Bench) -> None:
    filed(bench.office, bench.account_ids[0])
    page = bench.page()
    [table] = page.detail.history.parts
    names = [name for name, _value in table.pairs]  # type: ignore[attr-defined]
    assert names == ["登记备案", "登记报送", "登记签批", "提请签批", "起草账号申请表"]


def test_who_may_not_register_papers_is_told_who_may(bench: Bench) -> None:
    bench.sit("吴审")
    page = bench.page()
    assert not page.new_button.isEnabled()
    assert "账号管理员" in page.new_button.toolTip()
    assert not page.earlier_action.isEnabled()
    assert not [one for one in page.detail.findChildren(QPushButton) if one.property("kind") == "primary"]
    [button] = page.detail._acts
    menu = button.menu()
    assert menu is not None
    assert all(not action.isEnabled() and "账号管理员" in action.toolTip() for action in menu.actions())
    page._activated()
    bench.settle()
    assert not page.findChildren(ParticularsDialog)


def test_chips_count_and_choose(bench: Bench) -> None:
    planned(bench.office)
    page = bench.page()
    assert page.filters.chip(AccountFilter.ALL).text() == "全部 3"
    assert page.filters.chip(AccountFilter.IN_HAND).text() == "办理中 1"
    page.filters.choose(AccountFilter.IN_HAND)
    assert page.model.rowCount() == 1
    page.filters.choose(AccountFilter.ENDED)
    assert page.list_stack.currentWidget() is page.empty
    assert "没有符合条件的账号" in page.empty.sentence_label.text()
    assert page.empty.button.isHidden()


def test_a_search_keeps_the_chosen_account_beside_the_list(bench: Bench) -> None:
    page = bench.page()
    page._search("发布")
    assert page.model.rowCount() == 1
    assert page.detail.title.text() == "微信公众号“晋安示例”"
    assert not page.table.selectionModel().hasSelection()
    assert page.search is not None
    page.search.setText("发布")
    assert page.step_back()
    assert page.search.text() == ""


def test_the_arrow_keys_run_through_the_list_and_the_last_is_read(bench: Bench, qtbot: QtBot) -> None:
    page = bench.page()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.detail.title.text() == "微博“晋安示例发布”")


def test_an_account_is_put_on_file_after_the_question_which(bench: Bench) -> None:
    page = bench.page()
    bench.script.answers += [True, False]
    page.new_button.click()
    bench.settle()
    dialog = dialog_of(ParticularsDialog)
    dialog.save()
    bench.settle()
    # Without a name nothing is saved, and it is said in place.
    assert "账号名称" in dialog.notice.text
    dialog.form.name.setText("晋安示例头条")
    dialog.save()
    bench.settle()
    page.new()
    bench.settle()
    other = dialog_of(ParticularsDialog)
    other.form.name.setText("晋安示例视频")
    other.save()
    bench.settle()
    states = [account.state for account in bench.office.services.accounts.list()]
    assert states[2:] == [AccountState.RUNNING, AccountState.PLANNED]
    assert page.model.rowCount() == 4


def test_whoever_wants_neither_way_is_asked_nothing_more(bench: Bench) -> None:
    page = bench.page()
    bench.script.answers.append(None)
    page.new()
    bench.settle()
    assert not page.findChildren(ParticularsDialog)


def test_a_double_click_opens_what_is_on_file(bench: Bench) -> None:
    page = bench.page()
    page.table.activated.emit(page.model.index(0, 0))
    bench.settle()
    assert dialog_of(ParticularsDialog).form.name.text() == "晋安示例"


def test_in_a_narrow_window_the_account_stands_in_place_of_the_list(bench: Bench) -> None:
    page = bench.page()
    page.resize(560, 700)
    page.show_subject(f"account:{bench.account_ids[1]}")
    bench.settle()
    assert page.parts.narrow
    assert page.detail.back_button.isVisible()
    assert page.step_back()
    assert page.table.isVisible()
    page.table.clicked.emit(page.model.index(1, 0))
    assert page.detail.isVisible()


def test_the_menu_of_steps_says_what_was_taken(bench: Bench) -> None:
    page = bench.page()
    taken: list[AccountOffer] = []
    button = step_menu(page.detail.offers, bench.view().account, taken.append)
    menu = button.menu()
    assert menu is not None
    menu.actions()[1].trigger()
    assert taken == [page.detail.offers[1]]


def test_posts_from_before_are_previewed_and_recorded_once(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "以前.csv"
    lines = [
        "标题,发布时间,账号,链接",
        "防汛演练,2025-06-01 09:05,晋安示例,https://mp.example.cn/1",
        "没有时间的,,晋安示例,",
        "别家的,2025-06-02 10:00,不认识的账号,",
        "=HYPERLINK(1),2025-06-03 10:00,晋安示例,",
    ]
    path.write_text("\n".join(lines), "utf-8-sig")
    page = bench.page()
    bench.script.answers.append(path)
    page.earlier_action.trigger()
    bench.settle()
    dialog = dialog_of(EarlierDialog)
    assert dialog.act_button.text() == "补录 2 行"
    assert dialog.model.rowCount() == 4
    dialog.act_button.click()
    bench.settle()
    posts = bench.office.services.publications.page(0, 9)
    assert {post.kind for post in posts} == {PublicationKind.EARLIER}
    assert {post.title for post in posts} == {"防汛演练", "=HYPERLINK(1)"}


def test_a_list_that_is_none_says_what_to_do(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "空.csv"
    path.write_text("", "utf-8")
    page = bench.page()
    bench.script.answers.append(path)
    page.earlier_action.trigger()
    bench.settle()
    dialog = dialog_of(EarlierDialog)
    assert "空.csv" in dialog.notice.text
    assert not dialog.act_button.isEnabled()


def test_a_ledger_is_written_out_and_read_in_from_the_menu(bench: Bench, tmp_path: Path) -> None:
    page = bench.page()
    bench.script.answers.append(tmp_path / "台账")
    page.export_action.trigger()
    bench.settle()
    written = tmp_path / "台账.xlsx"
    assert written.read_bytes()[:2] == b"PK"
    assert "台账.xlsx" in bench.script.asked[-1]
    bench.script.answers.append(written)
    page.import_action.trigger()
    bench.settle()
    assert dialog_of(LedgerDialog).model.rowCount() == 2


def test_a_ledger_that_cannot_be_written_is_told(bench: Bench, tmp_path: Path) -> None:
    page = bench.page()
    bench.script.answers.append(tmp_path / "没有" / "台账.xlsx")
    page.export_action.trigger()
    bench.settle()
    [error] = bench.script.errors
    assert isinstance(error, TargetNotWritableError)


def test_a_life_tells_its_days(bench: Bench) -> None:
    account = planned(bench.office)
    begun(bench.office, account.id, ApplicationKind.FILING, ApplicationText(FilingType.OPENING), until="sign")
    day = bench.office.services.today.day()
    bench.office.services.accounts.open(account.id, day, "ja", "")
    bench.office.clock.forward(days=1)
    page = bench.page(account.id)
    texts = {step.word: step.text for step in page.detail.life.steps}
    assert texts["审批"] == "王局 昨天 签批"
    assert texts["开通"] == "昨天"
    assert (day + timedelta(1)) == bench.office.services.today.day()
    assert foot(page).text() == "申请备案"
