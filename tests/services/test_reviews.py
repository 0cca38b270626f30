"""Decisions: on screen or on paper, by others than the author, in their order, on exactly this content."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.errors import (
    ActionNotAllowedError,
    AppError,
    DeciderUnfitError,
    DecisionTooEarlyError,
    OwnDraftError,
    ReasonNeededError,
    RightMissingError,
    ScanNeededError,
    SignInRefusedError,
    StaleSheetError,
    StepNotOpenError,
)
from app.models.clock import BEIJING
from app.models.draft import Draft, DraftState
from app.models.review import DecisionWay, Verdict
from app.models.right import Role
from tests.services.office import PASSCODE, Office


def register(office: Office, draft: Draft, *positions: int, verdicts: dict[int, Verdict] | None = None) -> Draft:
    services = office.sign_in("陈账")
    steps = [step for step in services.drafts.view(draft.id).steps if step.position in positions]
    chosen = verdicts or {}
    signed = tuple(office.signed(step, chosen.get(step.position), "请核实数字" if chosen else "") for step in steps)
    return services.reviews.register_paper(draft.id, draft.revision, signed, office.scan())


def test_a_sheet_signed_by_all_approves_the_draft(office: Office) -> None:
    draft = office.approved()
    view = office.services.drafts.view(draft.id)
    assert draft.state is DraftState.APPROVED
    assert {decision.way for decision in view.decisions} == {DecisionWay.PAPER}
    assert all(decision.scan_sha256 for decision in view.decisions)
    assert len(view.scans) == 1
    assert office.services.audit.page(0, 1)[0].action == "review.register"


def test_steps_may_be_registered_one_by_one(office: Office) -> None:
    draft = office.submitted()
    assert register(office, draft, 1).state is DraftState.IN_REVIEW
    assert register(office, draft, 2).state is DraftState.IN_REVIEW
    assert register(office, draft, 3).state is DraftState.APPROVED


def test_a_step_cannot_be_jumped(office: Office) -> None:
    draft = office.submitted()
    before = office.services.audit.count()
    with pytest.raises(StepNotOpenError):
        register(office, draft, 2)
    with pytest.raises(StepNotOpenError):
        register(office, draft, 1, 3)
    assert office.services.drafts.view(draft.id).decisions == ()
    # Two sign-ins of the account manager and one sign-out each; nothing else.
    assert [e.action for e in office.services.audit.page(0, office.services.audit.count() - before)] == [
        "session.sign_in",
        "session.sign_out",
        "session.sign_in",
        "session.sign_out",
    ]


def test_a_decision_on_screen_asks_the_own_passcode(office: Office) -> None:
    draft = office.submitted()
    services = office.sign_in("吴审")
    with pytest.raises(SignInRefusedError):
        services.reviews.decide(draft.id, 1, Verdict.AGREE, "", "not-my-passcode")
    services.reviews.decide(draft.id, 1, Verdict.AGREE, "", PASSCODE)
    [decision] = services.drafts.view(draft.id).decisions
    assert (decision.way, decision.decided_by) == (DecisionWay.SCREEN, office.person("吴审").id)


def test_only_whoever_holds_the_role_of_the_step_decides_it(office: Office) -> None:
    draft = office.submitted()
    for name in ("郑密", "王局", "陈账", "许管"):
        with pytest.raises(DeciderUnfitError):
            office.sign_in(name).reviews.decide(draft.id, 1, Verdict.AGREE, "", PASSCODE)
    assert office.sign_in("郑密").reviews.may_decide(draft.id) is None
    assert office.sign_in("吴审").reviews.may_decide(draft.id) is not None


def test_an_author_who_is_also_reviewer_never_decides_their_own(office: Office) -> None:
    office.sign_in("许管").staff.set_roles(
        office.person("林晓").id, frozenset({Role.INFORMATION_OFFICER, Role.REVIEWER}), "兼任", PASSCODE
    )
    draft = office.submitted()
    services = office.sign_in("林晓")
    assert services.reviews.may_decide(draft.id) is None
    with pytest.raises(OwnDraftError):
        services.reviews.decide(draft.id, 1, Verdict.AGREE, "", PASSCODE)
    services = office.sign_in("陈账")
    step = services.drafts.view(draft.id).steps[0]
    own = replace(office.signed(step), decided_by=office.person("林晓").id)
    with pytest.raises(OwnDraftError):
        services.reviews.register_paper(draft.id, 1, (own,), office.scan())


def test_a_paper_decision_needs_its_scan(office: Office) -> None:
    draft = office.submitted()
    services = office.sign_in("陈账")
    step = services.drafts.view(draft.id).steps[0]
    with pytest.raises(ScanNeededError):
        services.reviews.register_paper(draft.id, 1, (office.signed(step),), None)


def test_only_the_account_manager_registers_paper(office: Office) -> None:
    draft = office.submitted()
    step = office.services.drafts.view(draft.id).steps[0]
    with pytest.raises(RightMissingError):
        office.sign_in("林晓").reviews.register_paper(draft.id, 1, (office.signed(step),), office.scan())


@pytest.mark.parametrize("verdict", [Verdict.RETURN, Verdict.REFUSE])
def test_a_return_or_refusal_needs_a_reason(office: Office, verdict: Verdict) -> None:
    draft = office.submitted()
    register(office, draft, 1, 2)
    services = office.sign_in("王局")
    with pytest.raises(ReasonNeededError):
        services.reviews.decide(draft.id, 1, verdict, " ", PASSCODE)


def test_a_returned_draft_is_changed_and_submitted_as_the_next_revision(office: Office) -> None:
    draft = office.submitted()
    returned = register(office, draft, 1, verdicts={1: Verdict.RETURN})
    assert returned.state is DraftState.RETURNED
    services = office.sign_in("林晓")
    changed = services.drafts.save(replace(returned, content=office.content(body="数字已核实。")))
    again = services.drafts.submit(draft.id, changed.version)
    assert (again.revision, again.number) == (2, draft.number)
    [former] = services.drafts.view(draft.id).decisions
    assert (former.verdict, former.voided_at is not None) == (Verdict.RETURN, True)


def test_a_sheet_of_an_older_revision_is_refused_with_both_numbers(office: Office) -> None:
    draft = office.submitted()
    services = office.sign_in("林晓")
    services.drafts.revise(draft.id)
    services.drafts.submit(draft.id, services.drafts.view(draft.id).draft.version)
    services = office.sign_in("陈账")
    step = services.drafts.view(draft.id).steps[0]
    with pytest.raises(StaleSheetError) as stale:
        services.reviews.register_paper(draft.id, 1, (office.signed(step),), office.scan())
    assert (stale.value.found, stale.value.current) == (1, 2)


def test_a_refused_draft_is_void_and_keeps_its_number(office: Office) -> None:
    draft = office.submitted()
    register(office, draft, 1, 2)
    refused = register(office, draft, 3, verdicts={3: Verdict.REFUSE})
    assert (refused.state, refused.number) == (DraftState.VOID, draft.number)


def test_nothing_is_decided_before_it_was_submitted_or_tomorrow(office: Office) -> None:
    draft = office.submitted()
    services = office.sign_in("陈账")
    step = services.drafts.view(draft.id).steps[0]
    today = office.clock.now.astimezone(BEIJING)
    for day in (-1, 1):
        early = replace(office.signed(step), decided_on=(today + timedelta(days=day)).date())
        with pytest.raises(DecisionTooEarlyError):
            services.reviews.register_paper(draft.id, 1, (early,), office.scan())
    other_day = replace(office.signed(step), decided_at=datetime(2026, 10, 1, 9, 0, tzinfo=BEIJING))
    with pytest.raises(DecisionTooEarlyError):
        services.reviews.register_paper(draft.id, 1, (other_day,), office.scan())


def test_an_authorized_deputy_signs_in_the_days_of_the_authorization_alone(office: Office) -> None:
    draft = office.submitted()
    register(office, draft, 1, 2)
    services = office.sign_in("陈账")
    today = office.clock.now.astimezone(BEIJING).date()
    leader, deputy = office.person("王局").id, office.person("何副").id
    step = services.drafts.view(draft.id).steps[2]
    by_deputy = replace(office.signed(step), decided_by=deputy)
    with pytest.raises(DeciderUnfitError):
        services.reviews.register_paper(draft.id, 1, (by_deputy,), office.scan())
    given = services.staff.authorize(
        leader, deputy, Role.PRINCIPAL_LEADER, today, today, office.scan("auth.pdf"), PASSCODE
    )
    approved = services.reviews.register_paper(draft.id, 1, (by_deputy,), office.scan())
    assert approved.state is DraftState.APPROVED
    assert services.drafts.view(draft.id).decisions[-1].authorization_id == given.id


def test_the_author_can_take_a_submitted_draft_back(office: Office) -> None:
    draft = office.submitted()
    register(office, draft, 1)
    services = office.sign_in("林晓")
    assert services.drafts.withdraw(draft.id).state is DraftState.WITHDRAWN
    with pytest.raises((StaleSheetError, ActionNotAllowedError)):
        register(office, draft, 2)


def test_a_refused_decision_leaves_no_trace(office: Office) -> None:
    draft = office.submitted()
    services = office.sign_in("陈账")
    step = services.drafts.view(draft.id).steps[0]
    before = services.audit.count()
    with pytest.raises(AppError):
        services.reviews.register_paper(draft.id, 1, (office.signed(step, Verdict.RETURN),), office.scan())
    assert services.audit.count() == before
    assert services.drafts.view(draft.id).scans == ()


def test_a_reminder_is_recorded(office: Office) -> None:
    draft = office.submitted()
    services = office.sign_in("陈账")
    services.reviews.note_reminder(draft.id, office.person("王局").id, "电话")
    assert services.audit.page(0, 1)[0].action == "review.remind"


def test_waiting_drafts_are_those_of_the_own_role(office: Office) -> None:
    draft = office.submitted()
    assert [row.id for row in office.sign_in("吴审").reviews.waiting_for_me()] == [draft.id]
    assert office.sign_in("郑密").reviews.waiting_for_me() == ()
