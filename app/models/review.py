"""The review chain: steps copied from the policy at submission, and the decisions on them (article 15(1))."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.models.clock import beijing_day
from app.models.right import Role


class StepKind(StrEnum):
    """The kinds of review step; 保密审查 and 主要领导签批 cannot be removed from a chain."""

    FIRST_REVIEW = "first_review"
    COPY_EDIT = "copy_edit"
    COUNTERSIGN = "countersign"
    SECRECY_REVIEW = "secrecy_review"
    DEPUTY_LEADER = "deputy_leader"
    PRINCIPAL_LEADER = "principal_leader"


MANDATORY_STEPS = (StepKind.SECRECY_REVIEW, StepKind.PRINCIPAL_LEADER)


class Verdict(StrEnum):
    """What a decision says; a secrecy review has words of its own."""

    AGREE = "agree"
    RETURN = "return"
    REFUSE = "refuse"
    PUBLIC = "public"
    PUBLIC_AFTER_CHANGE = "public_after_change"
    NOT_PUBLIC = "not_public"
    ASK_SUPERIOR = "ask_superior"


class Effect(StrEnum):
    """What a verdict does to the draft."""

    PASS = "pass"
    RETURN = "return"
    REFUSE = "refuse"


VERDICT_EFFECT: dict[Verdict, Effect] = {
    Verdict.AGREE: Effect.PASS,
    Verdict.RETURN: Effect.RETURN,
    Verdict.REFUSE: Effect.REFUSE,
    Verdict.PUBLIC: Effect.PASS,
    Verdict.PUBLIC_AFTER_CHANGE: Effect.RETURN,
    Verdict.NOT_PUBLIC: Effect.REFUSE,
    Verdict.ASK_SUPERIOR: Effect.RETURN,
}

STEP_VERDICTS: dict[StepKind, tuple[Verdict, ...]] = {
    StepKind.FIRST_REVIEW: (Verdict.AGREE, Verdict.RETURN),
    StepKind.COPY_EDIT: (Verdict.AGREE, Verdict.RETURN),
    StepKind.COUNTERSIGN: (Verdict.AGREE, Verdict.RETURN),
    StepKind.SECRECY_REVIEW: (
        Verdict.PUBLIC,
        Verdict.NOT_PUBLIC,
        Verdict.PUBLIC_AFTER_CHANGE,
        Verdict.ASK_SUPERIOR,
    ),
    StepKind.DEPUTY_LEADER: (Verdict.AGREE, Verdict.RETURN, Verdict.REFUSE),
    StepKind.PRINCIPAL_LEADER: (Verdict.AGREE, Verdict.RETURN, Verdict.REFUSE),
}


class DecisionWay(StrEnum):
    """How a decision was given."""

    PAPER = "paper"
    SCREEN = "screen"


@dataclass(frozen=True)
class StepPlan:
    """One step as the policy writes it."""

    kind: StepKind
    role: Role
    quorum: int = 1
    due_working_days: int | None = None


@dataclass(frozen=True)
class ReviewStep:
    """One step of one revision, copied from the policy at submission; `position` counts from 1."""

    draft_id: str
    revision: int
    position: int
    kind: StepKind
    role: Role
    quorum: int = 1
    due_on: date | None = None


@dataclass(frozen=True)
class Decision:
    """What one person decided at one step.

    `decided_on` is what the paper says (time optional in `decided_at`); `registered_by` and `recorded_at`
    are who typed it in and the clock. A paper decision carries its scan; a delegated one its authorization.
    """

    id: str
    draft_id: str
    revision: int
    position: int
    verdict: Verdict
    opinion: str
    decided_by: str
    decided_on: date
    decided_at: datetime | None
    registered_by: str
    recorded_at: datetime
    way: DecisionWay
    fingerprint: str
    scan_sha256: str = ""
    authorization_id: str = ""
    voided_at: datetime | None = None

    @property
    def late(self) -> bool:
        """补记: recorded on a later Beijing day than it was decided."""
        return beijing_day(self.recorded_at) > self.decided_on


def open_step(steps: Sequence[ReviewStep], decisions: Iterable[Decision]) -> ReviewStep | None:
    """Return the step whose turn it is, or None when every step has its quorum of different people.

    Decisions on another revision do not count.
    """
    passed: dict[tuple[int, int], set[str]] = {}
    for decision in decisions:
        if decision.voided_at is None and VERDICT_EFFECT[decision.verdict] is Effect.PASS:
            passed.setdefault((decision.revision, decision.position), set()).add(decision.decided_by)
    for step in sorted(steps, key=lambda s: s.position):
        if len(passed.get((step.revision, step.position), ())) < step.quorum:
            return step
    return None


def latest_day(decisions: Iterable[Decision]) -> date | None:
    """Return the day of the latest standing decision."""
    return max((d.decided_on for d in decisions if d.voided_at is None), default=None)


def decided_not_later(decision: Decision, published_at: datetime) -> bool:
    """Say whether a decision was given before the publication; a paper without a time counts by its day."""
    if decision.decided_at is not None:
        return decision.decided_at <= published_at
    return decision.decided_on <= beijing_day(published_at)
