"""Every state and action of every lifecycle table: allowed as its row says, or refused."""

from enum import StrEnum
from typing import Any

import pytest

from app.errors import ActionNotAllowedError
from app.models.account import ACCOUNT_LIFECYCLE, AccountAction, AccountState
from app.models.draft import DRAFT_LIFECYCLE, EDITABLE_STATES, DraftAction, DraftState
from app.models.lifecycle import Lifecycle
from app.models.right import ROLE_RIGHTS, Right

TABLES: list[tuple[Lifecycle[Any, Any], type[StrEnum], type[StrEnum]]] = [
    (DRAFT_LIFECYCLE, DraftState, DraftAction),
    (ACCOUNT_LIFECYCLE, AccountState, AccountAction),
]
CASES = [
    pytest.param(table, state, action, id=f"{state}-{action}")
    for table, states, actions in TABLES
    for state in states
    for action in actions
]

# Written out by hand from the office's rules, so that a slip in the table shows.
ALLOWED = {
    "writing": {"submit", "void"},
    "in_review": {"pass_step", "pass_last_step", "return", "refuse", "withdraw", "revise"},
    "approved": {"withdraw", "revise", "record_publication", "complete_publication", "drop_all", "void"},
    "publishing": {"record_publication", "complete_publication"},
    "published": set(),
    "returned": {"submit", "revise", "void"},
    "withdrawn": {"submit", "revise", "void"},
    "void": set(),
}


@pytest.mark.parametrize(("table", "state", "action"), CASES)
def test_an_action_is_allowed_exactly_where_it_has_a_row(
    table: Lifecycle[Any, Any], state: StrEnum, action: StrEnum
) -> None:
    rows = [rule for rule in table if rule.state is state and rule.action is action]
    if rows:
        assert [table.rule(state, action)] == rows
        assert rows[0] in table.actions(state)
    else:
        assert table.find(state, action) is None
        with pytest.raises(ActionNotAllowedError) as refused:
            table.rule(state, action)
        assert (refused.value.action, refused.value.state) == (action, state)


@pytest.mark.parametrize("state", DraftState)
def test_the_draft_table_says_what_the_office_says(state: DraftState) -> None:
    assert {rule.action.value for rule in DRAFT_LIFECYCLE.actions(state)} == ALLOWED[state.value]


def test_no_draft_is_published_without_passing_its_last_step() -> None:
    into_approved = {rule.action for rule in DRAFT_LIFECYCLE if rule.target is DraftState.APPROVED}
    assert into_approved == {DraftAction.PASS_LAST_STEP}
    published = (DraftState.PUBLISHING, DraftState.PUBLISHED)
    into_published = {rule.state for rule in DRAFT_LIFECYCLE if rule.target in published}
    assert into_published == {DraftState.APPROVED, DraftState.PUBLISHING}


def test_every_state_can_be_reached_and_only_published_and_void_are_ends() -> None:
    reached, grown = set[DraftState](), {DraftState.WRITING}
    while grown != reached:
        reached = set(grown)
        grown |= {rule.target for rule in DRAFT_LIFECYCLE if rule.state in reached}
    assert reached == set(DraftState)
    assert {s for s in DraftState if not DRAFT_LIFECYCLE.actions(s)} == {DraftState.PUBLISHED, DraftState.VOID}


def test_what_may_be_typed_into_may_also_be_submitted() -> None:
    submits = {rule.state for rule in DRAFT_LIFECYCLE if rule.action is DraftAction.SUBMIT}
    assert submits == EDITABLE_STATES


def test_approving_and_publishing_are_never_one_role() -> None:
    assert [role for role, rights in ROLE_RIGHTS.items() if {Right.DECIDE, Right.PUBLISH} <= rights] == []
    assert [role for role, rights in ROLE_RIGHTS.items() if {Right.ADMINISTER, Right.AUDIT} <= rights] == []


def test_a_running_account_goes_through_application_approval_and_filing() -> None:
    state = AccountState.PLANNED
    for action in (AccountAction.APPLY, AccountAction.APPROVE, AccountAction.OPEN, AccountAction.FILE):
        state = ACCOUNT_LIFECYCLE.rule(state, action).target
    assert state is AccountState.RUNNING
