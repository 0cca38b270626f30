"""Whose turn it is, how many signatures a step needs, and whether a decision came before the publication."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from app.models.review import (
    MANDATORY_STEPS,
    STEP_VERDICTS,
    VERDICT_EFFECT,
    Decision,
    DecisionWay,
    Effect,
    ReviewStep,
    StepKind,
    Verdict,
    decided_not_later,
    latest_day,
    open_step,
)
from app.models.right import Role

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
STEPS = (
    ReviewStep("d", 1, 1, StepKind.FIRST_REVIEW, Role.REVIEWER),
    ReviewStep("d", 1, 2, StepKind.COUNTERSIGN, Role.REVIEWER, quorum=2),
    ReviewStep("d", 1, 3, StepKind.SECRECY_REVIEW, Role.SECRECY_REVIEWER),
    ReviewStep("d", 1, 4, StepKind.PRINCIPAL_LEADER, Role.PRINCIPAL_LEADER),
)


def decision(position: int, by: str, verdict: Verdict = Verdict.AGREE) -> Decision:
    return Decision(
        id=f"{position}{by}",
        draft_id="d",
        revision=1,
        position=position,
        verdict=verdict,
        opinion="",
        decided_by=by,
        decided_on=date(2026, 11, 20),
        decided_at=None,
        registered_by="m",
        recorded_at=NOW,
        way=DecisionWay.PAPER,
        fingerprint="0" * 64,
    )


ALL = (
    decision(1, "a"),
    decision(2, "b"),
    decision(2, "c"),
    decision(3, "s", Verdict.PUBLIC),
    decision(4, "l"),
)


@pytest.mark.parametrize(("count", "turn"), [(0, 1), (1, 2), (2, 2), (3, 3), (4, 4), (5, None)])
def test_the_turn_moves_on_step_by_step_and_waits_for_its_quorum(count: int, turn: int | None) -> None:
    step = open_step(STEPS, ALL[:count])
    assert (step.position if step else None) == turn


def test_the_order_of_steps_and_decisions_does_not_matter() -> None:
    for order in permutations(ALL[:4]):
        step = open_step(STEPS[::-1], order)
        assert step is not None
        assert step.position == 4


def test_one_person_agreeing_twice_is_one_signature() -> None:
    step = open_step(STEPS, (ALL[0], decision(2, "b"), replace(decision(2, "b"), id="again")))
    assert step is not None
    assert step.position == 2


def test_a_void_decision_opens_its_step_again() -> None:
    step = open_step(STEPS, (replace(ALL[0], voided_at=NOW), *ALL[1:]))
    assert step is not None
    assert step.position == 1


def test_a_decision_on_another_revision_does_not_count() -> None:
    step = open_step(STEPS, (replace(ALL[0], revision=2), *ALL[1:]))
    assert step is not None
    assert step.position == 1


@pytest.mark.parametrize("verdict", Verdict)
def test_only_a_passing_verdict_passes(verdict: Verdict) -> None:
    step = open_step(STEPS, (decision(1, "a", verdict),))
    assert step is not None
    assert (step.position == 2) == (VERDICT_EFFECT[verdict] is Effect.PASS)


def test_a_chain_without_steps_has_nothing_open() -> None:
    assert open_step((), ALL) is None


def test_every_step_offers_a_way_on_and_a_way_back_and_every_verdict_has_one_effect() -> None:
    assert set(VERDICT_EFFECT) == set(Verdict)
    assert set(STEP_VERDICTS) == set(StepKind)
    for verdicts in STEP_VERDICTS.values():
        effects = [VERDICT_EFFECT[v] for v in verdicts]
        assert effects[0] is Effect.PASS
        assert effects.count(Effect.PASS) == 1
        assert Effect.RETURN in effects


def test_secrecy_review_and_the_principal_leader_cannot_be_removed() -> None:
    assert set(MANDATORY_STEPS) == {StepKind.SECRECY_REVIEW, StepKind.PRINCIPAL_LEADER}


def test_the_latest_standing_decision_gives_the_day() -> None:
    late = replace(ALL[4], decided_on=date(2026, 11, 22))
    assert latest_day((*ALL[:4], late)) == date(2026, 11, 22)
    assert latest_day((*ALL[:4], replace(late, voided_at=NOW))) == date(2026, 11, 20)
    assert latest_day(()) is None


@pytest.mark.parametrize(
    ("published_at", "in_time"),
    [
        (datetime(2026, 11, 19, 15, 59, 59, tzinfo=UTC), False),  # 19th, 23:59:59 in Beijing
        (datetime(2026, 11, 19, 16, 0, tzinfo=UTC), True),  # 20th, 00:00 in Beijing
        (datetime(2026, 11, 21, tzinfo=UTC), True),
    ],
)
def test_a_paper_without_a_time_counts_by_its_beijing_day(published_at: datetime, in_time: bool) -> None:
    assert decided_not_later(ALL[4], published_at) is in_time


def test_a_decision_with_a_time_counts_to_the_moment() -> None:
    timed = replace(ALL[4], decided_at=NOW)
    assert decided_not_later(timed, NOW)
    assert not decided_not_later(timed, NOW.replace(hour=1, minute=59))
