"""The steps of a draft in words: who did what when, and who is waited for."""

from collections.abc import Iterator
from datetime import datetime

from app.labels import label, long_date, long_moment
from app.models.clock import beijing_day
from app.models.draft import DraftState
from app.models.publication import Publication, PublicationKind
from app.models.review import VERDICT_EFFECT, Decision, DecisionWay, Effect, ReviewStep
from app.services.drafts import DraftView
from app.ui.tokens import Tone
from app.ui.widgets.moment_text import day_text, moment_text
from app.ui.widgets.step_line import ShownStep

_EFFECT_TONES = {Effect.PASS: Tone.GOOD, Effect.RETURN: Tone.DANGER, Effect.REFUSE: Tone.DANGER}


def steps_shown(view: DraftView, now: datetime) -> Iterator[ShownStep]:
    """Yield submission and every step of the current revision; a leader's delay is told without alarm."""
    revision = view.revision
    if revision is None:
        when = moment_text(view.draft.created_at, now)
        yield ShownStep("起草", Tone.PRIMARY, f"{view.author} {when}", long_moment(view.draft.created_at))
        return
    submitted = moment_text(revision.submitted_at, now)
    yield ShownStep("提交", Tone.GOOD, f"{view.author} {submitted}", long_moment(revision.submitted_at))
    waiting = view.open_step
    for step in view.steps:
        decided = [d for d in view.decisions if (d.revision, d.position) == (revision.number, step.position)]
        if decided:
            yield from (_decided(view, step, decision, now) for decision in decided)
        if waiting is not None and step.position == waiting.position:
            yield _waiting(view, step, now)
        elif not decided and view.draft.state is DraftState.IN_REVIEW:
            yield ShownStep(label(step.kind), Tone.NEUTRAL, "未轮到")


def _decided(view: DraftView, step: ReviewStep, decision: Decision, now: datetime) -> ShownStep:
    today = beijing_day(now)
    when = (
        moment_text(decision.decided_at, now)
        if decision.decided_at is not None
        else day_text(decision.decided_on, today)
    )
    tone = Tone.NEUTRAL if decision.voided_at else _EFFECT_TONES[VERDICT_EFFECT[decision.verdict]]
    words = [view.names[decision.decided_by], when, label(decision.verdict)]
    if decision.authorization_id:
        words.insert(1, "（受托）")
    if decision.voided_at:
        words.append("（已作废）")
    facts = [label(decision.way)]
    if decision.way is DecisionWay.PAPER:
        by, at = view.names[decision.registered_by], long_moment(decision.recorded_at)
        facts.append(f"{by}于{at}登记")
    if decision.opinion:
        facts.append(f"意见：{decision.opinion}")
        if VERDICT_EFFECT[decision.verdict] is not Effect.PASS:
            words.append(f"：{decision.opinion}")
    return ShownStep(label(step.kind), tone, " ".join(words), "\n".join(facts))


def _waiting(view: DraftView, step: ReviewStep, now: datetime) -> ShownStep:
    since = max(
        (d.recorded_at for d in view.decisions if d.revision == step.revision and d.voided_at is None),
        default=view.revision.submitted_at if view.revision else now,
    )
    days = (beijing_day(now) - beijing_day(since)).days
    waited = f"已 {days} 天" if days else f"{moment_text(since, now)}起"
    due = f"，期限 {long_date(step.due_on)}" if step.due_on else ""
    return ShownStep(label(step.kind), Tone.WARNING, f"待{label(step.role)}，{waited}", f"待签批{due}")


def publication_tone(publication: Publication) -> Tone:
    """Return the tone of a post: what was not reviewed or differs is red everywhere."""
    return {
        PublicationKind.REVIEWED: Tone.GOOD,
        PublicationKind.UNREVIEWED: Tone.DANGER,
        PublicationKind.DIFFERENT: Tone.DANGER,
        PublicationKind.EARLIER: Tone.NEUTRAL,
    }[publication.kind]
