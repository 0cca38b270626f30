"""Lists: the right rows in the right order, found by an index and never with a content."""

import random
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils.db import Database

from app.models.content import Content
from app.models.draft import DraftState
from app.models.draft_list import FILTER_STATES, DraftFilter, DraftQuery
from app.models.review import DecisionWay, StepKind, Verdict, open_step
from app.models.right import Role
from app.storage import draft_rows
from app.storage.database import FILE_NAME
from app.storage.unit_of_work import Store
from tests.storage.office import CONTENT, NOW, STEPS, decision, new_draft, put, submit

EVERYBODY: frozenset[Role] = frozenset()


def test_no_draft_gives_no_row_and_every_chip_a_nought(store: Store) -> None:
    with store.reading() as unit:
        assert unit.drafts.page(DraftQuery(), 0, 50) == ()
        assert unit.drafts.count(DraftQuery()) == 0
        assert unit.drafts.counts("author") == dict.fromkeys(DraftFilter, 0)
        assert unit.drafts.waiting_at(EVERYBODY) == ()
        assert unit.drafts.in_states(()) == ()


def test_pages_follow_one_another_newest_first_without_a_gap(store: Store) -> None:
    with store.writing() as unit:
        for number in range(25):
            # Two and two share a moment: then the id decides.
            put(unit, new_draft(f"{number:02}", NOW + timedelta(seconds=number // 2)))
    with store.reading() as unit:
        whole = unit.drafts.page(DraftQuery(), 0, 100)
        pages = [row for offset in range(0, 30, 7) for row in unit.drafts.page(DraftQuery(), offset, 7)]
    assert [row.id for row in pages] == [row.id for row in whole]
    assert [row.id for row in whole] == sorted((f"{n:02}" for n in range(25)), key=lambda i: (-(int(i) // 2), i))


def test_a_row_shows_what_the_list_needs(store: Store) -> None:
    planned = NOW + timedelta(days=1)
    with store.writing() as unit:
        draft, _ = submit(unit, put(unit, new_draft(planned_at=planned)))
        (row,) = unit.drafts.page(DraftQuery(), 0, 50)
    assert (row.id, row.title, row.author, row.number) == ("draft", CONTENT.title, "作者", draft.number)
    assert (row.state, row.step, row.step_due_on) == (DraftState.IN_REVIEW, StepKind.FIRST_REVIEW, NOW.date())
    assert (row.account_ids, row.planned_at, row.updated_at) == (CONTENT.account_ids, planned, NOW)
    assert row.urgency is draft.urgency


@pytest.fixture
def every_state(store: Store) -> Store:
    with store.writing() as unit:
        for number, state in enumerate(DraftState):
            for copy in range(number + 1):
                author = "leader" if copy == 0 else "author"
                put(unit, new_draft(f"{state}-{copy}", state=state, author_id=author))
    return store


@pytest.mark.parametrize("chip", DraftFilter)
def test_a_chip_holds_its_states_and_counts_what_it_shows(every_state: Store, chip: DraftFilter) -> None:
    query = DraftQuery(chip, author_id="leader" if chip is DraftFilter.MINE else "")
    with every_state.reading() as unit:
        rows = unit.drafts.page(query, 0, 1000)
        assert len(rows) == unit.drafts.count(query) == unit.drafts.counts("leader")[chip] > 0
        authors = {unit.drafts.author_of(row.id) for row in rows}
    if chip is DraftFilter.MINE:
        assert authors == {"leader"}
    states = set(FILTER_STATES.get(chip, DraftState))
    assert {row.state for row in rows} == states


def test_rows_in_states_are_all_of_them(every_state: Store) -> None:
    with every_state.reading() as unit:
        rows = unit.drafts.in_states((DraftState.APPROVED, DraftState.PUBLISHING))
        assert len(rows) == unit.drafts.count(DraftQuery(DraftFilter.APPROVED))


def test_a_draft_waits_at_the_step_whose_turn_it_is(store: Store) -> None:
    with store.writing() as unit:
        _, revision = submit(unit, put(unit, new_draft()))
        for position, (kind, role) in enumerate(STEPS, start=1):
            others = frozenset(Role) - {role}
            assert [row.step for row in unit.drafts.waiting_at(frozenset({role}))] == [kind]
            assert [row.step for row in unit.drafts.waiting_at(EVERYBODY)] == [kind]
            assert unit.drafts.waiting_at(others) == ()
            unit.reviews.add(decision(revision, position, ("first", "secret", "leader")[position - 1]))
        assert unit.drafts.waiting_at(EVERYBODY) == ()


def test_what_is_due_first_waits_first(store: Store) -> None:
    with store.writing() as unit:
        for draft_id, days in (("late", 0), ("later", 1), ("today", 5)):
            submit(unit, put(unit, new_draft(draft_id, NOW + timedelta(days=days))))
        put(unit, new_draft("writing"))
    with store.reading() as unit:
        assert [row.id for row in unit.drafts.waiting_at(EVERYBODY)] == ["late", "later", "today"]


def test_the_step_of_a_row_always_is_the_open_step(store: Store) -> None:
    chance = random.Random(2)
    verdicts = [Verdict.AGREE, Verdict.AGREE, Verdict.PUBLIC, Verdict.RETURN, Verdict.REFUSE]
    with store.writing() as unit:
        for number in range(40):
            draft, revision = submit(unit, put(unit, new_draft(f"d{number}")), quorum=chance.choice([1, 1, 2]))
            for turn in range(chance.randint(0, 9)):
                given = decision(
                    revision,
                    chance.randint(1, 3),
                    chance.choice(["first", "secret", "leader"]),
                    id=f"{number}-{turn}",
                    verdict=chance.choice(verdicts),
                )
                unit.reviews.add(given)
            if chance.random() < 0.3:
                unit.reviews.void(draft.id, 1, NOW)
            step = open_step(unit.reviews.steps(draft.id, 1), unit.reviews.decisions(draft.id, 1))
            row = next(row for row in unit.drafts.page(DraftQuery(), 0, 50) if row.id == draft.id)
            assert row.step == (step.kind if step else None)
            assert (row.id in {r.id for r in unit.drafts.waiting_at(EVERYBODY)}) == (step is not None)


def test_a_new_revision_waits_at_its_own_first_step(store: Store) -> None:
    with store.writing() as unit:
        draft, revision = submit(unit, put(unit, new_draft()))
        unit.reviews.add(decision(revision, 1, "first", way=DecisionWay.SCREEN))
        unit.reviews.void("draft", 1, NOW)
        unit.revisions.void("draft", 1, NOW)
        back = unit.drafts.save(replace(draft, state=DraftState.WRITING))
        assert [row.step for row in unit.drafts.page(DraftQuery(), 0, 50)] == [None]
        submit(unit, back)
        assert [row.step for row in unit.drafts.waiting_at(frozenset({Role.REVIEWER}))] == [StepKind.FIRST_REVIEW]


def test_words_find_a_draft_within_its_chip(store: Store) -> None:
    with store.writing() as unit:
        for draft_id, title, state in (
            ("flood", "防汛演练", DraftState.WRITING),
            ("fire", "消防演练", DraftState.WRITING),
            ("old", "防汛总结", DraftState.PUBLISHED),
        ):
            put(unit, new_draft(draft_id, content=Content(title=title), state=state))
            unit.search.put("draft", draft_id, "2026-11", (title,))
        # Another kind of record under the same id is not a draft.
        unit.search.put("account", "fire", "2026-11", ("防汛",))
    found = {
        DraftQuery(words="防汛"): {"flood", "old"},
        DraftQuery(words="演练"): {"flood", "fire"},
        DraftQuery(words="汛"): {"flood", "old"},
        DraftQuery(words="  "): {"flood", "fire", "old"},
        DraftQuery(words="火灾"): set(),
        DraftQuery(words='"'): set(),
        DraftQuery(words="NEAR( * OR"): set(),
        DraftQuery(DraftFilter.PUBLISHED, "防汛"): {"old"},
        DraftQuery(DraftFilter.MINE, "防汛", "author"): {"flood", "old"},
        DraftQuery(DraftFilter.MINE, "防汛", "leader"): set(),
    }
    with store.reading() as unit:
        for query, ids in found.items():
            assert {row.id for row in unit.drafts.page(query, 0, 50)} == ids, query
            assert unit.drafts.count(query) == len(ids), query


QUERIES = {
    "all": DraftQuery(),
    "state": DraftQuery(DraftFilter.PUBLISHED),
    "states": DraftQuery(DraftFilter.WRITING),
    "mine": DraftQuery(DraftFilter.MINE, "", "author"),
    "words": DraftQuery(words="演练"),
    "state and words": DraftQuery(DraftFilter.PUBLISHED, "演练"),
}


class Watched:
    """A connection that writes down every statement with its plan and every column SQLite reads for it."""

    def __init__(self, path: Path) -> None:
        connection = sqlite3.connect(path)
        self.columns: set[tuple[str, str]] = set()
        self.plans: list[str] = []
        connection.set_authorizer(self._reads)
        self._connection = connection

    def _reads(self, action: int, table: str | None, column: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_READ:
            self.columns.add((table or "", column or ""))
        return sqlite3.SQLITE_OK

    def execute(self, sql: str, parameters: tuple[object, ...] = ()) -> sqlite3.Cursor:
        self.plans += [row[3] for row in self._connection.execute("EXPLAIN QUERY PLAN " + sql, parameters)]
        return self._connection.execute(sql, parameters)

    def close(self) -> None:
        self._connection.close()


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_page_walks_an_index_and_reads_no_content(store: Store, query: DraftQuery) -> None:
    watched = Watched(store.folder / FILE_NAME)
    db: Database = watched  # type: ignore[assignment]
    draft_rows.page_rows(db, query, 0, 50)
    draft_rows.count_rows(db, query)
    watched.close()
    walks = [step for step in watched.plans if step.startswith(("SCAN draft", "SEARCH draft"))]
    assert walks
    assert all("USING COVERING INDEX draft_by_" in step or "COVERING INDEX sqlite_auto" in step for step in walks)
    assert not [step for step in watched.plans if step.startswith("SCAN") and "INDEX" not in step]
    assert ("draft", "title") in watched.columns
    assert ("draft", "content") not in watched.columns


def test_the_other_lists_read_no_content_either(store: Store) -> None:
    watched = Watched(store.folder / FILE_NAME)
    db: Database = watched  # type: ignore[assignment]
    draft_rows.rows_waiting(db, EVERYBODY)
    draft_rows.rows_waiting(db, frozenset({Role.REVIEWER}))
    draft_rows.rows_in_states(db, (DraftState.WRITING, DraftState.RETURNED))
    draft_rows.count_by_filter(db, "author")
    watched.close()
    assert not [step for step in watched.plans if step.startswith("SCAN") and "COVERING INDEX" not in step]
    assert ("draft", "content") not in watched.columns


def test_the_watch_sees_a_content_that_is_read(store: Store) -> None:
    watched = Watched(store.folder / FILE_NAME)
    watched.execute("SELECT content FROM draft ORDER BY title")
    watched.close()
    assert ("draft", "content") in watched.columns
    assert "SCAN draft" in watched.plans
