"""What the editor says of a draft: why it came back, why it cannot be changed, whether it is saved."""

from dataclasses import dataclass
from datetime import datetime

from app.labels import label
from app.models.clock import beijing_day
from app.models.draft import DRAFT_LIFECYCLE, EDITABLE_STATES, DraftAction, DraftState
from app.models.review import VERDICT_EFFECT, Effect
from app.models.staff import Actor
from app.services.drafts import DraftView
from app.ui.editor.draft_keeper import DraftKeeper, KeepState
from app.ui.tokens import Tone
from app.ui.widgets.moment_text import day_text, moment_text


@dataclass(frozen=True)
class Notice:
    """A sentence, its tone, and whether 另起一稿 is offered beside it."""

    text: str = ""
    tone: Tone = Tone.PRIMARY
    may_revise: bool = False


def opening_notice(view: DraftView, actor: Actor, now: datetime) -> Notice:
    """Return what to say of a draft as this person opens it."""
    draft = view.draft
    if draft.author_id != actor.person_id and view.author_gone:
        return Notice(f"作者（{view.author}）已离岗，内容不能再改。要接着写的，在“稿件”页点“复制为我的新稿”。")
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


def saving_words(keeper: DraftKeeper, kept_at: datetime, now: datetime) -> str:
    """Return how what is typed stands to what is stored."""
    if keeper.untouched:
        return "空白稿件，写下内容后自动保存"
    if keeper.unsaved:
        return "未保存（已停止）" if keeper.state is KeepState.STOPPED else "未保存"
    return f"已保存 {moment_text(kept_at, now).removeprefix('今天 ')}"


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
