"""What the panel says of a decision registered later, and of a draft that was given up."""

from datetime import UTC, date, datetime

from app.models.content import Content
from app.models.draft import Draft, DraftState, ReviewClass, Revision
from app.models.review import Decision, DecisionWay, ReviewStep, StepKind, Verdict
from app.models.right import Role
from app.services.draft_view import DraftView
from app.ui.drafts.draft_steps import steps_shown

SUBMITTED = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def view(recorded_at: datetime, state: DraftState = DraftState.IN_REVIEW, void_reason: str = "") -> DraftView:
    content = Content(title="提示")
    decision = Decision(
        id="1",
        draft_id="d",
        revision=1,
        position=1,
        verdict=Verdict.AGREE,
        opinion="",
        decided_by="p2",
        decided_on=date(2026, 11, 20),
        decided_at=None,
        registered_by="p3",
        recorded_at=recorded_at,
        way=DecisionWay.PAPER,
        fingerprint="0" * 64,
        scan_sha256="1" * 64,
    )
    return DraftView(
        draft=Draft("d", "p1", state, content, revision=1, created_at=SUBMITTED, updated_at=NOW),
        author="林晓",
        revision=Revision("d", 1, content, "0" * 64, SUBMITTED, "p1", 1, "1", ReviewClass.ORDINARY),
        steps=(ReviewStep("d", 1, 1, StepKind.FIRST_REVIEW, Role.REVIEWER),),
        decisions=(decision,),
        targets=(),
        names={"p1": "林晓", "p2": "吴审", "p3": "陈账"},
        papers=(),
        scans=(),
        void_reason=void_reason,
    )


def test_a_decision_registered_on_a_later_beijing_day_is_marked() -> None:
    # 15:59 UTC is still the same day in Beijing, 16:00 UTC is the next.
    same = list(steps_shown(view(datetime(2026, 11, 20, 15, 59, tzinfo=UTC)), NOW))[1]
    later = list(steps_shown(view(datetime(2026, 11, 20, 16, 0, tzinfo=UTC)), NOW))[1]
    assert "补记" not in same.text + same.tooltip
    assert later.text.endswith("同意（补记）")
    assert "补记" in later.tooltip


def test_the_reason_for_giving_a_draft_up_is_read_where_it_stands() -> None:
    [*_, last] = steps_shown(view(NOW, DraftState.VOID, "活动取消"), NOW)
    assert "活动取消" in last.text
