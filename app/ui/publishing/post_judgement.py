"""What a post will be recorded as, told before it is recorded; the record itself is judged by the service."""

from dataclasses import dataclass
from datetime import datetime

from app.models.approval import APPROVED_STATES, was_approved
from app.models.publication import PublicationKind
from app.services.drafts import DraftView
from app.services.post_text import Comparison


@dataclass(frozen=True)
class Judgement:
    """The kind of publication, and why it is not the kind it should be (empty when it is)."""

    kind: PublicationKind
    because: str = ""


def judge(view: DraftView | None, account_id: str, published_at: datetime, compared: Comparison | None) -> Judgement:
    """Say what kind of fact a post is (article 15(1))."""
    unreviewed = PublicationKind.UNREVIEWED
    if view is None:
        return Judgement(unreviewed, "发出去的内容没有在本程序里审核过。")
    if view.draft.state not in APPROVED_STATES or view.revision is None:
        return Judgement(unreviewed, "这份内容没有批准。")
    if account_id not in view.revision.content.account_ids:
        return Judgement(unreviewed, "批准的发布账号里没有这个账号。")
    if not was_approved(view.draft, view.revision, view.steps, view.decisions, account_id, published_at):
        return Judgement(unreviewed, "按填写的时间，发出去的时候还没有批准。")
    if compared is not None and not compared.matches:
        return Judgement(PublicationKind.DIFFERENT, "发出去的内容与审定的不一致。")
    return Judgement(PublicationKind.REVIEWED)
