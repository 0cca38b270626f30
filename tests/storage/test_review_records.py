"""Revisions, steps and decisions read back as given; voiding is the only change, and happens once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.errors import NotFoundError
from app.models.review import DecisionWay, ReviewStep, StepKind, Verdict
from app.models.right import Role
from app.storage.unit_of_work import Store
from tests.storage.office import NOW, decision, new_draft, put, submit

LATER = NOW + timedelta(days=1)


def test_a_revision_reads_back_and_is_voided_once(store: Store) -> None:
    with store.writing() as unit:
        _, revision = submit(unit, put(unit, new_draft()))
        assert unit.revisions.get("draft", 1) == revision
        unit.revisions.void("draft", 1, NOW)
        unit.revisions.void("draft", 1, LATER)
        assert unit.revisions.get("draft", 1) == replace(revision, voided_at=NOW)
        assert unit.revisions.find("draft", 2) is None
        with pytest.raises(NotFoundError):
            unit.revisions.get("draft", 2)


def test_steps_read_back_in_order(store: Store) -> None:
    steps = [
        ReviewStep("draft", 1, 2, StepKind.PRINCIPAL_LEADER, Role.PRINCIPAL_LEADER, 2, None),
        ReviewStep("draft", 1, 1, StepKind.SECRECY_REVIEW, Role.SECRECY_REVIEWER, 1, date(2026, 12, 1)),
    ]
    with store.writing() as unit:
        submit(unit, put(unit, new_draft()), steps=())
        unit.reviews.add_steps(steps)
        assert unit.reviews.steps("draft", 1) == tuple(reversed(steps))
        assert unit.reviews.steps("draft", 2) == ()


def test_decisions_read_back_and_keep_the_moment_at_which_they_fell(store: Store) -> None:
    with store.writing() as unit:
        _, revision = submit(unit, put(unit, new_draft()))
        on_paper = decision(
            revision,
            1,
            "first",
            opinion="“同意”，\n请尽快",
            decided_at=None,
            registered_by="author",
            recorded_at=LATER,
            way=DecisionWay.PAPER,
            scan_sha256="a" * 64,
            authorization_id="given",
        )
        on_screen = decision(revision, 2, "secret", verdict=Verdict.PUBLIC_AFTER_CHANGE)
        unit.reviews.add(on_paper)
        unit.reviews.void("draft", 1, NOW)
        unit.reviews.add(on_screen)
        assert unit.reviews.decisions("draft", 1) == (replace(on_paper, voided_at=NOW), on_screen)
        unit.reviews.void("draft", 1, LATER)
        fallen = (replace(on_paper, voided_at=NOW), replace(on_screen, voided_at=LATER))
        assert unit.reviews.decisions("draft", 1) == fallen


def test_every_decision_of_every_revision_comes_oldest_first(store: Store) -> None:
    with store.writing() as unit:
        draft, first = submit(unit, put(unit, new_draft()))
        unit.reviews.add(decision(first, 2, "secret"))
        unit.reviews.add(decision(first, 1, "first"))
        _, second = submit(unit, draft)
        unit.reviews.add(decision(second, 1, "leader"))
        assert [(d.revision, d.position) for d in unit.reviews.all_decisions("draft")] == [(1, 2), (1, 1), (2, 1)]
        assert [d.position for d in unit.reviews.decisions("draft", 1)] == [1, 2]
        assert [d.decided_by for d in unit.reviews.decisions("draft", 2)] == ["leader"]
