"""What submission fixes: the number, the frozen text, and the chain copied from the policy of the day."""

from datetime import datetime

from app.models.clock import beijing_day
from app.models.draft import Draft, Revision
from app.models.fingerprint import fingerprint
from app.models.numbering import OfficeNumber
from app.models.review import ReviewStep, StepPlan
from app.models.staff import Actor
from app.storage.unit_of_work import UnitOfWork


def give_number(unit: UnitOfWork, draft_id: str, now: datetime) -> OfficeNumber:
    """Give a draft the next number of its series, which is of the Beijing year."""
    policy = unit.policies.current(beijing_day(now)).policy
    word = unit.units.get().code_word + policy.number_word("review_sheet").value
    return unit.numbers.give("review_sheet", beijing_day(now).year, word, f"draft:{draft_id}", now)


def submitted_revision(
    unit: UnitOfWork, draft: Draft, actor: Actor, now: datetime, lexicon_version: str
) -> tuple[Revision, dict[str, str]]:
    """Freeze the working copy as the next revision, with the steps that its review class needs.

    What was decided on the revision before it, e.g. that it be returned, no longer counts.
    The second part is what its audit entry says of the reasons given.
    """
    if draft.revision:
        unit.reviews.void(draft.id, draft.revision, now)
        unit.revisions.void(draft.id, draft.revision, now)
    adopted = unit.policies.current(beijing_day(now))
    revision = Revision(
        draft_id=draft.id,
        number=draft.revision + 1,
        content=draft.content,
        fingerprint=fingerprint(draft.content),
        submitted_at=now,
        submitted_by=actor.person_id,
        policy_version=adopted.version,
        lexicon_version=lexicon_version,
        review_class=draft.review_class,
        silenced=draft.silenced,
    )
    bound = unit.revisions.add(revision)
    unit.reviews.add_steps(_steps(unit, revision, adopted.policy.chains[draft.review_class].steps))
    return revision, bound


def _steps(unit: UnitOfWork, revision: Revision, plan: tuple[StepPlan, ...]) -> tuple[ReviewStep, ...]:
    calendar = unit.workdays.calendar()
    day = beijing_day(revision.submitted_at)
    steps: list[ReviewStep] = []
    for position, step in enumerate(plan, start=1):
        due = None
        if step.due_working_days is not None:
            day = due = calendar.after(day, step.due_working_days)
        steps.append(ReviewStep(revision.draft_id, revision.number, position, step.kind, step.role, step.quorum, due))
    return tuple(steps)
