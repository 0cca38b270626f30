"""The list of drafts reads what is shown, and nothing else, however many there are."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.content import Content
from app.models.draft import Draft, DraftState, ReviewClass, Urgency
from app.models.draft_list import DraftFilter, DraftQuery, DraftRow
from app.services.drafts import Drafts
from app.storage.unit_of_work import Store
from app.ui.drafts.draft_list_view import DraftListView
from app.ui.drafts.draft_table import PAGE_SIZE, Column, DraftTableModel, state_word
from tests.services.office import SetClock
from tests.ui.work_office import Bench

MANY = 15_000


class CountingDrafts:
    """The real drafts, counting what is read of them."""

    def __init__(self, real: Drafts) -> None:
        self.real = real
        self.pages: list[int] = []
        self.counted = 0

    def page(self, query: DraftQuery, offset: int, limit: int) -> tuple[DraftRow, ...]:
        assert limit == PAGE_SIZE
        self.pages.append(offset // PAGE_SIZE)
        return self.real.page(query, offset, limit)

    def count(self, query: DraftQuery) -> int:
        self.counted += 1
        return self.real.count(query)


@pytest.fixture
def drafts(bench: Bench) -> CountingDrafts:
    counting = CountingDrafts(bench.services.drafts)
    vars(bench.services)["drafts"] = counting
    return counting


@pytest.fixture
def view(bench: Bench, drafts: CountingDrafts, qtbot: QtBot) -> DraftListView:
    model = DraftTableModel(bench.desk)
    made = DraftListView(model)
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def fill(folder: Path, author: str, now: SetClock, many: int) -> None:
    """Put many drafts on file at once, each a minute older than the last."""
    with Store(folder, now).writing() as unit:
        for number in range(many):
            at = now.now - timedelta(days=30, minutes=number)
            content = Content(title=f"第 {number} 件")
            unit.drafts.add(Draft(f"many-{number}", author, DraftState.WRITING, content, created_at=at, updated_at=at))


def title(view: DraftListView, row: int) -> str:
    return str(view.model().index(row, Column.TITLE).data())


def model_of(view: DraftListView) -> DraftTableModel:
    model = view.model()
    assert isinstance(model, DraftTableModel)
    return model


def paint(view: DraftListView) -> None:
    view.grab()
    QApplication.processEvents()


def test_of_fifteen_thousand_drafts_only_the_pages_that_are_shown_are_read(
    bench: Bench, view: DraftListView, drafts: CountingDrafts
) -> None:
    fill(bench.office.folder, bench.office.person("林晓").id, bench.office.clock, MANY)
    model_of(view).reload()
    bench.settle()
    paint(view)
    bench.settle()
    assert model_of(view).rowCount() == MANY + len(bench.ids)
    assert set(drafts.pages) == {0}
    drafts.pages.clear()
    view.scrollToBottom()
    paint(view)
    bench.settle()
    last = (model_of(view).rowCount() - 1) // PAGE_SIZE
    assert set(drafts.pages) <= {last - 1, last}
    paint(view)
    assert title(view, model_of(view).rowCount() - 1) == f"第 {MANY - 1} 件"

    # Whoever drags the bar through all of it does not wait for all of it.
    drafts.pages.clear()
    bar = view.verticalScrollBar()
    for step in range(300, 0, -1):
        bar.setValue(bar.maximum() * step // 300)
        view.grab()
    bench.settle()
    paint(view)
    bench.settle()
    assert len(drafts.pages) <= 8
    assert title(view, view.rowAt(5)) != "…"

    # And a refresh reads what is shown again, with the first page, where what was just done appears.
    paint(view)
    drafts.pages.clear()
    model_of(view).reload()
    bench.settle()
    paint(view)
    bench.settle()
    assert len(drafts.pages) <= 4
    assert 0 in drafts.pages


def test_pages_far_away_are_let_go(bench: Bench, view: DraftListView, drafts: CountingDrafts) -> None:
    fill(bench.office.folder, bench.office.person("林晓").id, bench.office.clock, 40 * PAGE_SIZE)
    model = model_of(view)
    model.reload()
    bench.settle()
    for page in range(40):
        model.row(page * PAGE_SIZE)
        bench.settle()
    assert len(model._pages) <= 24
    assert model.row(39 * PAGE_SIZE) is not None


def test_a_refresh_leaves_the_rows_in_their_place_until_the_new_ones_are_there(
    bench: Bench, view: DraftListView, drafts: CountingDrafts
) -> None:
    model = model_of(view)
    model.reload()
    bench.settle()
    view.selectRow(3)
    before = title(view, 3)
    model.reload()
    assert title(view, 3) == before
    bench.settle()
    assert title(view, 3) == before
    assert [index.row() for index in view.selectionModel().selectedRows()] == [3]


def test_rows_come_and_go_at_the_end_so_that_what_is_chosen_stays_chosen(
    bench: Bench, view: DraftListView, drafts: CountingDrafts
) -> None:
    model = model_of(view)
    model.ask(DraftQuery(DraftFilter.IN_REVIEW))
    bench.settle()
    view.selectRow(1)
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    bench.sit("陈账")
    drafts.real.withdraw(bench.ids["own"])
    model.reload()
    bench.settle()
    assert model.rowCount() == 3
    bench.sit("林晓")
    drafts.real.submit(bench.ids["writing"], 0)
    model.reload()
    bench.settle()
    assert model.rowCount() == 4
    assert title(view, 0) == "写到一半的一件"
    assert resets == []


def test_only_the_latest_question_is_answered(bench: Bench, view: DraftListView, drafts: CountingDrafts) -> None:
    model = model_of(view)
    counts: list[int] = []
    model.counted.connect(counts.append)
    for words in ("一", "一件", "初审"):
        model.ask(DraftQuery(words=words))
    bench.settle()
    assert counts == [2]
    assert {title(view, row) for row in range(2)} == {"等待初审的一件", "初审过了的一件"}
    model.ask(DraftQuery(words="没有这样的词"))
    bench.settle()
    assert counts == [2, 0]
    assert model.rowCount() == 0


def test_the_last_change_stands_first(bench: Bench, view: DraftListView, drafts: CountingDrafts) -> None:
    model = model_of(view)
    model.reload()
    bench.settle()
    bench.sit("林晓")
    draft = drafts.real.view(bench.ids["returned"]).draft
    drafts.real.save(replace(draft, content=replace(draft.content, title="改了题的一件")))
    model.reload()
    bench.settle()
    assert title(view, 0) == "改了题的一件"
    times = [row.updated_at for number in range(model.rowCount()) if (row := model.row(number)) is not None]
    assert times == sorted(times, reverse=True)


def test_every_cell_says_what_people_say(bench: Bench, view: DraftListView, drafts: CountingDrafts) -> None:
    model = model_of(view)
    model.reload()
    bench.settle()
    row = model.place_of(bench.ids["approved"])

    def cell(column: Column, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
        return str(model.index(row, column).data(role))

    assert cell(Column.NUMBER).startswith("〔2026〕")
    assert cell(Column.STATE) == "待发布"
    assert cell(Column.ACCOUNTS) == "微信公众号 · 微博"
    assert cell(Column.AUTHOR) == "林晓"
    assert cell(Column.UPDATED) == "10-12"
    assert "微信公众号“晋安示例”" in cell(Column.ACCOUNTS, Qt.ItemDataRole.ToolTipRole)
    assert "晋示审〔2026〕" in cell(Column.NUMBER, Qt.ItemDataRole.ToolTipRole)
    assert "2026年" in cell(Column.UPDATED, Qt.ItemDataRole.ToolTipRole)
    assert model.index(model.place_of(bench.ids["writing"]), Column.NUMBER).data() == "未编号"
    assert model.headerData(Column.TITLE, Qt.Orientation.Horizontal) == "标题"


def test_a_draft_says_what_it_waits_for(bench: Bench, drafts: CountingDrafts) -> None:
    words = {row.id: state_word(row) for row in drafts.real.page(DraftQuery(), 0, 50)}
    assert {name: words[draft_id] for name, draft_id in bench.ids.items()} == {
        "published": "已发布",
        "approved": "待发布",
        "publishing": "发布中",
        "returned": "已退回",
        "withdrawn": "已撤回",
        "void": "已作废",
        "revised": "待初审",
        "half": "待保密审查",
        "fresh": "待初审",
        "own": "待初审",
        "writing": "起草",
    }


def test_an_urgent_draft_without_a_title_can_be_told(bench: Bench, view: DraftListView, drafts: CountingDrafts) -> None:
    bench.sit("林晓")
    draft = drafts.real.start(Content())
    handled = drafts.real.set_handling(
        draft, review_class=ReviewClass.ORDINARY, urgency=Urgency.URGENT, category="", planned_at=None
    )
    drafts.real.save(handled)
    model_of(view).reload()
    bench.settle()
    assert title(view, 0) == "【加急】（未写标题）"


def test_letters_do_not_jump_about_in_the_list(bench: Bench, view: DraftListView, qtbot: QtBot) -> None:
    model_of(view).reload()
    bench.settle()
    view.selectRow(0)
    qtbot.keyClick(view, Qt.Key.Key_X)
    assert [index.row() for index in view.selectionModel().selectedRows()] == [0]
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert [index.row() for index in view.selectionModel().selectedRows()] == [len(bench.ids) - 1]
