"""The steps of a draft in words: who did what when, who is waited for, and what went out where."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from app.labels import label, long_date, long_moment
from app.models.account import Account
from app.models.clock import beijing_day
from app.models.draft import EDITABLE_STATES, DraftState
from app.models.publication import Publication, PublicationKind, TargetState
from app.models.review import VERDICT_EFFECT, Decision, DecisionWay, Effect, ReviewStep
from app.services.drafts import DraftView
from app.services.next_steps import lacks
from app.services.reviews import Reminder
from app.ui.tokens import Tone
from app.ui.widgets.moment_text import day_text, moment_text
from app.ui.widgets.step_line import ShownStep

_EFFECT_TONES = {Effect.PASS: Tone.GOOD, Effect.RETURN: Tone.DANGER, Effect.REFUSE: Tone.DANGER}
LACKING = {"link": "缺链接", "screenshot": "缺截图"}


def steps_shown(view: DraftView, now: datetime, reminders: Sequence[Reminder] = ()) -> Iterator[ShownStep]:
    """Yield submission and every step of the current revision; a leader's delay is told without alarm."""
    revision = view.revision
    if revision is None:
        when = moment_text(view.draft.created_at, now)
        yield ShownStep("起草", Tone.PRIMARY, f"{view.author} {when}", long_moment(view.draft.created_at))
    else:
        submitted = moment_text(revision.submitted_at, now)
        yield ShownStep("提交", Tone.GOOD, f"{view.author} {submitted}", long_moment(revision.submitted_at))
        yield from _review(view, now, reminders)
    yield from _standing(view)


def _review(view: DraftView, now: datetime, reminders: Sequence[Reminder]) -> Iterator[ShownStep]:
    waiting = view.open_step
    for step in view.steps:
        decided = [d for d in view.decisions if (d.revision, d.position) == (step.revision, step.position)]
        yield from (_decided(view, step, decision, now) for decision in decided)
        if waiting is not None and step.position == waiting.position:
            yield _waiting(view, step, now)
            for reminder in reminders[-2:]:
                when = moment_text(reminder.at, now)
                yield ShownStep("催办", Tone.NEUTRAL, f"{reminder.person} {when} {reminder.how}", f"{reminder.by}登记")
        elif not decided and view.draft.state is DraftState.IN_REVIEW:
            yield ShownStep(label(step.kind), Tone.NEUTRAL, "未轮到")


def _standing(view: DraftView) -> Iterator[ShownStep]:
    """Yield what is waited for outside the review."""
    draft = view.draft
    if draft.state is DraftState.VOID:
        kept = "；".join(part for part in ("编号保留，不再使用" if draft.number else "", view.void_reason) if part)
        yield ShownStep(label(draft.state), Tone.NEUTRAL, kept)
    elif draft.revision and draft.state in EDITABLE_STATES:
        tone = Tone.DANGER if draft.state is DraftState.RETURNED else Tone.PRIMARY
        if view.author_gone:
            yield ShownStep(label(draft.state), Tone.WARNING, f"作者（{view.author}）已离岗，等账号管理员作废")
            return
        yield ShownStep(label(draft.state), tone, f"等{view.author}修改，再提交就是第{draft.revision + 1}稿")


def _decided(view: DraftView, step: ReviewStep, decision: Decision, now: datetime) -> ShownStep:
    today = beijing_day(now)
    when = (
        moment_text(decision.decided_at, now)
        if decision.decided_at is not None
        else day_text(decision.decided_on, today)
    )
    tone = Tone.NEUTRAL if decision.voided_at else _EFFECT_TONES[VERDICT_EFFECT[decision.verdict]]
    name = view.names[decision.decided_by] + ("（受托）" if decision.authorization_id else "")
    words = f"{name} {when} {label(decision.verdict)}"
    facts = [label(decision.way)]
    if decision.way is DecisionWay.PAPER:
        by, at = view.names[decision.registered_by], long_moment(decision.recorded_at)
        facts.append(f"{by}于{at}{'补记' if decision.late else '登记'}")
    if decision.opinion:
        facts.append(f"意见：{decision.opinion}")
        if VERDICT_EFFECT[decision.verdict] is not Effect.PASS:
            words += f"：{decision.opinion}"
    words += "（补记）" if decision.late else ""
    words += "（已作废）" if decision.voided_at else ""
    return ShownStep(label(step.kind), tone, words, "\n".join(facts))


def _waiting(view: DraftView, step: ReviewStep, now: datetime) -> ShownStep:
    since = max(
        (d.recorded_at for d in view.decisions if d.revision == step.revision and d.voided_at is None),
        default=view.revision.submitted_at if view.revision else now,
    )
    days = (beijing_day(now) - beijing_day(since)).days
    waited = f"已 {days} 天" if days > 0 else f"{moment_text(since, now)}起"
    due = f"，期限 {long_date(step.due_on)}" if step.due_on else ""
    return ShownStep(label(step.kind), Tone.WARNING, f"待{label(step.role)}，{waited}", f"待签批{due}")


def targets_shown(
    view: DraftView, posts: Sequence[Publication], accounts: Mapping[str, Account], now: datetime
) -> Iterator[ShownStep]:
    """Yield every post, what it lacks, and every account that is still waited for or given up."""

    def caption(account_id: str) -> str:
        account = accounts.get(account_id)
        return account.caption if account is not None else ""

    for post in posts:
        words = [caption(post.account_id), moment_text(post.published_at, now), *(LACKING[m] for m in lacks(post))]
        facts = [post.link, f"发布时间 {long_moment(post.published_at)}", *(w for w in (post.who, post.why) if w)]
        yield ShownStep(label(post.kind), publication_tone(post), " ".join(words), "\n".join(filter(None, facts)))
    if view.draft.state in EDITABLE_STATES or not view.draft.revision:
        return
    for target in view.targets:
        if target.state is TargetState.DROPPED:
            yield ShownStep(label(target.state), Tone.NEUTRAL, f"{caption(target.account_id)}：{target.reason}")
        elif target.state is TargetState.WAITING and view.draft.state is not DraftState.VOID:
            yield ShownStep(label(target.state), Tone.PRIMARY, caption(target.account_id))


def publication_tone(publication: Publication) -> Tone:
    """Return the tone of a post: what was not reviewed or differs is red everywhere."""
    return {
        PublicationKind.REVIEWED: Tone.GOOD,
        PublicationKind.UNREVIEWED: Tone.DANGER,
        PublicationKind.DIFFERENT: Tone.DANGER,
        PublicationKind.EARLIER: Tone.NEUTRAL,
        PublicationKind.ALTERED: Tone.DANGER,
    }[publication.kind]
