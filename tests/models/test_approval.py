"""A post was approved when every step was decided by others, on this content, for this account, in time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.approval import APPROVED_STATES, was_approved
from app.models.content import Content
from app.models.draft import Draft, DraftState, ReviewClass, Revision
from app.models.review import Decision, DecisionWay, ReviewStep, StepKind, Verdict
from app.models.right import Role

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PRINT = "a" * 64
DRAFT = Draft("d", "author", DraftState.APPROVED, Content(), revision=2)
REVISION = Revision("d", 2, Content(account_ids=("a",)), PRINT, NOW, "author", 1, "1", ReviewClass.ORDINARY)
STEPS = (
    ReviewStep("d", 2, 1, StepKind.SECRECY_REVIEW, Role.SECRECY_REVIEWER),
    ReviewStep("d", 2, 2, StepKind.PRINCIPAL_LEADER, Role.PRINCIPAL_LEADER),
)
SCREEN = Decision("1", "d", 2, 1, Verdict.PUBLIC, "", "s", date(2026, 11, 23), NOW, "s", NOW, DecisionWay.SCREEN, PRINT)
PAPER = replace(SCREEN, id="2", position=2, verdict=Verdict.AGREE, decided_by="l", decided_at=None)


def approved(
    draft: Draft = DRAFT,
    revision: Revision | None = REVISION,
    decisions: tuple[Decision, ...] = (SCREEN, PAPER),
    account: str = "a",
    at: datetime = NOW,
) -> bool:
    return was_approved(draft, revision, STEPS, decisions, account, at)


def test_with_every_step_decided_it_was_approved() -> None:
    assert approved()
    assert approved(at=NOW + timedelta(days=300))


@pytest.mark.parametrize("state", list(DraftState))
def test_only_an_approved_draft_counts(state: DraftState) -> None:
    assert approved(draft=replace(DRAFT, state=state)) is (state in APPROVED_STATES)


@pytest.mark.parametrize(
    "otherwise",
    [
        lambda: approved(revision=None),
        lambda: approved(revision=replace(REVISION, voided_at=NOW)),
        lambda: approved(account="b"),
        lambda: approved(at=NOW - timedelta(seconds=1)),
        lambda: approved(at=NOW - timedelta(days=1)),
        lambda: approved(decisions=(SCREEN,)),
        lambda: approved(decisions=(SCREEN, replace(PAPER, voided_at=NOW))),
        lambda: approved(decisions=(SCREEN, replace(PAPER, decided_by="author"))),
        lambda: approved(decisions=(SCREEN, replace(PAPER, fingerprint="b" * 64))),
        lambda: approved(decisions=(SCREEN, replace(PAPER, revision=1))),
        lambda: approved(decisions=(SCREEN, replace(PAPER, verdict=Verdict.RETURN))),
        lambda: approved(decisions=(replace(SCREEN, decided_at=NOW + timedelta(minutes=5)), PAPER)),
    ],
)
def test_whatever_is_missing_makes_it_unreviewed(otherwise: Callable[[], bool]) -> None:
    assert not otherwise()
