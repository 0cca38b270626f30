"""The list of accounts: what it shows, finds and counts, and that a thousand are as quick as ten."""

from dataclasses import replace
from time import perf_counter

import pytest
from PySide6.QtCore import Qt

from app.models.account import Account, AccountState, FilingState
from app.models.account_warning import AccountWarning, WarningKind
from app.services.account_desk import AccountLine
from app.ui.accounts.account_table import HEADINGS, AccountFilter, AccountTableModel, Column
from app.ui.tokens import Tone
from app.ui.widgets.chip_delegate import CHIP_ROLE

MILD = AccountWarning(WarningKind.NOT_FILED, "第五条")
GRAVE = AccountWarning(WarningKind.FILING_OVERDUE, "第五条", "2026-10-19", grave=True)
RUNNING = Account("a", "微信公众号", "晋安示例", AccountState.RUNNING, FilingState.FILED, "gh_7")


def model(*lines: AccountLine) -> AccountTableModel:
    made = AccountTableModel()
    made.show_lines(lines)
    return made


def cell(shown: AccountTableModel, row: int, column: Column, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return shown.data(shown.index(row, column), role)


def test_a_row_says_where_an_account_stands_and_what_to_look_at() -> None:
    shown = model(AccountLine(RUNNING, (GRAVE, MILD)))
    words = [cell(shown, 0, column) for column in Column]
    assert words == ["微信公众号", "晋安示例", "运行中", "已备案", "超过备案期限 等2项"]
    assert cell(shown, 0, Column.NOTICE, CHIP_ROLE) == ("超过备案期限 等2项", Tone.DANGER)
    headings = [shown.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert tuple(headings) == HEADINGS


def test_what_is_not_grave_is_counted_and_not_red() -> None:
    shown = model(AccountLine(RUNNING, (MILD,)), AccountLine(RUNNING, ()))
    assert cell(shown, 0, Column.NOTICE, CHIP_ROLE) == ("1 项", Tone.WARNING)
    assert cell(shown, 1, Column.NOTICE, CHIP_ROLE) is None


def test_an_account_that_is_not_open_yet_has_no_filing_to_lack() -> None:
    wanted = replace(RUNNING, state=AccountState.PLANNED, filing=FilingState.NOT_FILED)
    assert cell(model(AccountLine(wanted, ())), 0, Column.FILING) == ""


@pytest.mark.parametrize(
    ("state", "open_paper", "chips"),
    [
        (AccountState.PLANNED, False, {AccountFilter.IN_HAND}),
        (AccountState.OPENED, True, {AccountFilter.IN_HAND}),
        (AccountState.RUNNING, False, {AccountFilter.RUNNING}),
        (AccountState.RUNNING, True, {AccountFilter.RUNNING, AccountFilter.IN_HAND}),
        (AccountState.CLOSING, False, {AccountFilter.RUNNING}),
        (AccountState.DEREGISTERED, False, {AccountFilter.ENDED}),
    ],
)
def test_each_account_is_counted_under_its_chips(
    state: AccountState, open_paper: bool, chips: set[AccountFilter]
) -> None:
    counts = model(AccountLine(replace(RUNNING, state=state), (), open_paper)).counts()
    assert {chip for chip, count in counts.items() if count} == chips | {AccountFilter.ALL}


def test_a_search_looks_at_platform_name_and_handle_for_all_its_words() -> None:
    shown = model(AccountLine(RUNNING, ()), AccountLine(replace(RUNNING, id="b", platform="微博", handle=""), (MILD,)))
    for words, found in (("晋安", 2), ("GH_7", 1), ("微博 晋安", 1), ("微博 gh", 0)):
        shown.ask(AccountFilter.ALL, words)
        assert shown.rowCount() == found, words
    shown.ask(AccountFilter.NOTICE, "")
    assert (shown.place_of("b"), shown.place_of("a"), shown.knows("a")) == (0, -1, True)


def test_a_thousand_accounts_make_no_cells_before_they_are_looked_at() -> None:
    lines = [AccountLine(replace(RUNNING, id=str(n), name=f"账号{n}"), (MILD,)) for n in range(1000)]
    shown = AccountTableModel()
    start = perf_counter()
    shown.show_lines(lines)
    shown.ask(AccountFilter.ALL, "账号99")
    # Ten accounts take microseconds, a thousand a few milliseconds; with an item a cell it was some hundred.
    assert perf_counter() - start < 0.2
    assert shown.rowCount() == 11
