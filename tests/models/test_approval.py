"""A post was approved when every step was decided by others, on this content, for this account, in time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.approval import (
    APPROVED_STATES,
    DecidedRevision,
    approved_revision,
    is_recorded,
    was_approved,
    was_decided,
)
from app.models.content import Content
from app.models.draft import Draft, DraftState, ReviewClass, Revision
from app.models.publication import Publication, PublicationKind
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
        lambda: approved(revision=replace(REVISION, submitted_at=NOW + timedelta(seconds=1))),
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


@pytest.mark.parametrize("state", list(DraftState))
def test_what_was_voided_after_the_post_still_counted_then(state: DraftState) -> None:
    later = NOW + timedelta(hours=1)
    voided = {
        "draft": replace(DRAFT, state=state, revision=3),
        "revision": replace(REVISION, voided_at=later),
        "decisions": (replace(SCREEN, voided_at=later), replace(PAPER, voided_at=later)),
    }
    assert approved(**voided, at=later - timedelta(microseconds=1))  # type: ignore[arg-type]
    assert not approved(**voided, at=later)  # type: ignore[arg-type]
    assert not approved(**voided, at=NOW - timedelta(microseconds=1))  # type: ignore[arg-type]


def test_a_post_is_judged_by_the_revision_that_stood_when_it_went_out() -> None:
    changed, again = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    former = replace(REVISION, number=1, voided_at=changed)
    latest = replace(REVISION, submitted_at=again)
    decided = tuple(
        DecidedRevision(one, tuple(replace(step, revision=one.number) for step in STEPS)) for one in (latest, former)
    )
    # The paper has no time, so of itself it counts for the whole day, before the second text was submitted too.
    decisions = tuple(
        replace(one, id=f"{number}{one.id}", revision=number, decided_at=None, voided_at=voided)
        for number, voided in ((1, changed), (2, None))
        for one in (SCREEN, PAPER)
    )

    def found(minutes: int) -> Revision | None:
        return approved_revision(DRAFT, decided, decisions, "a", NOW + timedelta(minutes=minutes))

    assert (found(0), found(59), found(60), found(119), found(120)) == (former, former, None, None, latest)


def test_a_return_is_no_decision_by_which_a_revision_stood() -> None:
    assert was_decided(STEPS, (replace(SCREEN, voided_at=NOW), replace(PAPER, voided_at=NOW)))
    assert not was_decided(STEPS, (SCREEN, replace(PAPER, verdict=Verdict.RETURN)))
    assert not was_decided((), ())


def test_of_a_void_revision_one_post_before_and_one_after_may_be_on_record() -> None:
    post = Publication("p", PublicationKind.REVIEWED, "a", "题", NOW, NOW, "m", "d", 2)
    other = replace(post, id="q", kind=PublicationKind.UNREVIEWED)
    assert all(is_recorded((post,), "a", REVISION, approved=either) for either in (True, False))
    assert not is_recorded((post,), "b", REVISION, approved=True)
    void = replace(REVISION, voided_at=NOW)
    assert [is_recorded((post,), "a", void, approved=either) for either in (True, False)] == [True, False]
    assert [is_recorded((other,), "a", void, approved=either) for either in (True, False)] == [False, True]
    assert not is_recorded((post,), "a", replace(void, number=1), approved=True)
