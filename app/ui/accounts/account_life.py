"""The life of an account as a line of steps: approved, opened, filed, running, ended (articles 4 and 5)."""

import json
from collections.abc import Iterator
from datetime import date, datetime

from app.labels import label, long_date, long_moment
from app.models.account import AccountState, FilingState
from app.models.account_application import Application, ApplicationKind, ApplicationState, FilingType
from app.models.audit import AuditEntry
from app.models.clock import beijing_day
from app.services.account_desk import AccountView
from app.ui.accounts.account_tones import PAPER_TONES
from app.ui.tokens import Tone
from app.ui.widgets.moment_text import day_text, moment_text
from app.ui.widgets.step_line import ShownStep

_BEFORE_OPEN = frozenset({AccountState.PLANNED, AccountState.AWAITING_APPROVAL, AccountState.APPROVED})
_ENDED = frozenset({AccountState.CLOSED, AccountState.DEREGISTERED})
_ENDS = (
    ("account.announce_closing", "停更公告"),
    ("account.close", "关停"),
    ("account.deregister", "注销"),
)


def life_shown(view: AccountView, now: datetime) -> Iterator[ShownStep]:
    """Yield the steps an account has come through, the one it stands at, and what follows it."""
    today, state = beijing_day(now), view.account.state
    yield _brought(view, now)
    if view.account.state in _BEFORE_OPEN or _last(view, FilingType.OPENING) is not None:
        yield _approval(view, today)
    if opened := view.account.opened_on:
        yield ShownStep("开通", Tone.GOOD, day_text(opened, today), long_date(opened))
    elif state in _BEFORE_OPEN:
        at_it = state is AccountState.APPROVED
        yield ShownStep("开通", Tone.PRIMARY if at_it else Tone.NEUTRAL, "等待在平台上开通" if at_it else "批准以后")
    yield _filing(view, today)
    running = state is AccountState.RUNNING
    if state is AccountState.CLOSING:
        yield ShownStep("运行", Tone.WARNING, "停更公告期内，仍按更新间隔更新")
    elif state not in _ENDED:
        yield ShownStep("运行", Tone.GOOD if running else Tone.NEUTRAL, "可以用来发稿" if running else "报送备案以后")
    yield from _end(view, today)


def _brought(view: AccountView, now: datetime) -> ShownStep:
    for entry in view.history:
        if entry.action in {"account.plan", "account.register"}:
            text = f"{view.names.get(entry.actor, '')} {moment_text(entry.at, now)}".strip()
            return ShownStep("登记", Tone.GOOD, text, long_moment(entry.at))
    return ShownStep("登记", Tone.GOOD, "首次设置时登记")


def _approval(view: AccountView, today: date) -> ShownStep:
    paper = _last(view, FilingType.OPENING)
    if paper is None or paper.state in {ApplicationState.WITHDRAWN, ApplicationState.REFUSED}:
        ended = f"，上一份{label(paper.state)}" if paper is not None else ""
        return ShownStep("审批", Tone.PRIMARY, f"还没有申请开设{ended}", "第四条")
    if paper.granted and paper.signed_on is not None:
        text = f"{view.names.get(paper.signed_by, '')} {day_text(paper.signed_on, today)} 签批"
        return ShownStep("审批", Tone.GOOD, text.strip(), f"{paper.number}\n{long_date(paper.signed_on)}")
    return ShownStep("审批", PAPER_TONES[paper.state], _standing(paper), "第四条")


def _filing(view: AccountView, today: date) -> ShownStep:
    account = view.account
    papers = [_last(view, kind) for kind in (FilingType.NEW, FilingType.LATE)]
    paper = next((one for one in papers if one is not None and one.state is not ApplicationState.WITHDRAWN), None)
    if account.filing is FilingState.FILED:
        day = f"{day_text(paper.filed_on, today)}，" if paper is not None and paper.filed_on else ""
        return ShownStep("备案", Tone.GOOD, f"{day}备案号 {paper.filing_number}" if paper is not None else "已备案")
    if account.filing is FilingState.SUBMITTED:
        day = f"{day_text(paper.submitted_on, today)} " if paper is not None and paper.submitted_on else ""
        return ShownStep("备案", Tone.PRIMARY, f"{day}已报送，等备案号", "第五条")
    if paper is not None and paper.runs:
        return ShownStep("备案", PAPER_TONES[paper.state], _standing(paper), "第五条")
    if account.state in _BEFORE_OPEN:
        return ShownStep("备案", Tone.NEUTRAL, "开通以后", "第五条")
    return ShownStep("备案", Tone.NEUTRAL if account.state in _ENDED else Tone.WARNING, "没有备案", "第五条")


def _end(view: AccountView, today: date) -> Iterator[ShownStep]:
    closing = next((one for one in view.applications if one.kind is ApplicationKind.CLOSING), None)
    done = {action: entry for action, _word in _ENDS if (entry := _entry(view, action)) is not None}
    if closing is None or (closing.state in {ApplicationState.WITHDRAWN, ApplicationState.REFUSED} and not done):
        return
    if not closing.granted:
        yield ShownStep("停用", PAPER_TONES[closing.state], _standing(closing))
        return
    waiting = True
    for action, word in _ENDS:
        if action in done:
            day = date.fromisoformat(json.loads(done[action].detail)["on"])
            yield ShownStep(word, Tone.GOOD, day_text(day, today), long_date(day))
        else:
            yield ShownStep(word, Tone.PRIMARY if waiting else Tone.NEUTRAL, "等待办理" if waiting else "再以后")
            waiting = False


def _last(view: AccountView, kind: FilingType) -> Application | None:
    return next((paper for paper in view.applications if paper.text.filing_type is kind), None)


def _entry(view: AccountView, action: str) -> AuditEntry | None:
    return next((entry for entry in view.history if entry.action == action), None)


def _standing(paper: Application) -> str:
    return " ".join(filter(None, (str(paper.number or ""), label(paper.state))))
