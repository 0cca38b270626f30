"""What the editor says above a draft when it is opened: why it came back, or why it cannot be changed."""

from dataclasses import dataclass
from datetime import datetime

from app.labels import label
from app.models.clock import beijing_day
from app.models.draft import DRAFT_LIFECYCLE, EDITABLE_STATES, DraftAction, DraftState
from app.models.review import VERDICT_EFFECT, Effect
from app.models.staff import Actor
from app.services.drafts import DraftView
from app.ui.tokens import Tone
from app.ui.widgets.moment_text import day_text


@dataclass(frozen=True)
class Notice:
    """A sentence, its tone, and whether 另起一稿 is offered beside it."""

    text: str = ""
    tone: Tone = Tone.PRIMARY
    may_revise: bool = False


def opening_notice(view: DraftView, actor: Actor, now: datetime) -> Notice:
    """Return what to say of a draft as this person opens it."""
    draft = view.draft
    if draft.author_id != actor.person_id:
        return Notice(f"这件稿件由{view.author}起草，只有作者本人可以改动；您可以阅读。")
    if draft.state in EDITABLE_STATES:
        return _came_back(view, now)
    state = label(draft.state)
    if DRAFT_LIFECYCLE.find(draft.state, DraftAction.REVISE) is None:
        return Notice(f"现在是“{state}”状态，内容不能再改。")
    return Notice(
        f"现在是“{state}”状态。改动内容要另起一稿：编号不变，已有的签批全部作废，要重新送审。",
        Tone.WARNING,
        may_revise=True,
    )


def _came_back(view: DraftView, now: datetime) -> Notice:
    decisions = [
        d for d in view.decisions if d.revision == view.draft.revision and VERDICT_EFFECT[d.verdict] is Effect.RETURN
    ]
    if view.draft.state is not DraftState.RETURNED or not decisions:
        return Notice()
    last = decisions[-1]
    who = view.names.get(last.decided_by, "")
    reason = f"：{last.opinion}" if last.opinion.strip() else "。"
    return Notice(f"{who} {day_text(last.decided_on, beijing_day(now))} 退回{reason}", Tone.WARNING)
