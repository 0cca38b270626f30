"""Each page of the window with nothing on it, with one thing, and with as much and as long as there may be."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from app.models.month import Month
from app.models.review import StepKind
from app.services.account_desk import AccountLine
from app.services.today import TaskKind, TodayTask
from app.ui.accounts.account_page import AccountPage
from app.ui.archive.archive_page import ArchivePage
from app.ui.archive.month_panel import MonthFacts, read_month
from app.ui.drafts.draft_page import DraftPage
from app.ui.page import Page
from app.ui.today.today_page import TodayPage
from tests.ui.work_office import Bench

LONGEST = "关于进一步做好冬季用电用气安全和有序取暖工作的温馨提示" * 4
State = tuple[str, Callable[[], object]]


def states_of(page: Page, bench: Bench) -> Iterator[State]:
    """Return how to bring about each state of a page, with its name."""
    if isinstance(page, TodayPage):
        yield from _today(page)
    elif isinstance(page, DraftPage):
        yield "nothing found", partial(_nothing_found, page)
    elif isinstance(page, AccountPage):
        account = bench.services.accounts.list()[0]
        long = replace(account, name=LONGEST[:100], handle=LONGEST[:100], link=f"https://example.cn/{'a' * 300}")
        for name, accounts in (("empty", ()), ("one", (account,)), ("full", (long,) * 40)):
            yield name, partial(page._show_lines, tuple(AccountLine(one, ()) for one in accounts))
    elif isinstance(page, ArchivePage):
        yield from _archive(page, bench)


def _today(page: TodayPage) -> Iterator[State]:
    every = tuple(
        TodayTask(kind, "draft:id", LONGEST, "〔2026〕1234号", days=365, late=late, detail=detail)
        for kind in TaskKind
        for late in (False, True)
        for detail in ("", StepKind.PRINCIPAL_LEADER.value)
    )
    for name, tasks in (("empty", ()), ("one", every[:1]), ("full", every * 4)):
        yield name, partial(page.show_tasks, tasks)


def _nothing_found(page: DraftPage) -> None:
    page.detail.clear()
    page.list_stack.setCurrentWidget(page.empty)


def _archive(page: ArchivePage, bench: Bench) -> Iterator[State]:
    facts = read_month(bench.desk, Month(2026, 10))
    explained = tuple((gap.key, LONGEST) for gap in facts.overview.gaps)
    told = replace(facts, overview=replace(facts.overview, explanations=explained))
    bare = replace(facts, overview=replace(facts.overview, gaps=()))

    def show(shown: MonthFacts) -> None:
        page.panel.show_month(shown)
        for part, visible in ((page.months, True), (page.panel, True), (page.empty, False)):
            part.setVisible(visible)

    for name, shown in (("gaps", facts), ("long explanations", told), ("no gap", bare)):
        yield name, partial(show, shown)
