"""What a post will be recorded as, told before it is recorded; the record itself is judged by the service."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.labels import long_moment
from app.models.approval import APPROVED_STATES, approved_revision, is_recorded
from app.models.draft import Revision
from app.models.publication import Publication, PublicationKind
from app.services.drafts import DraftView
from app.services.post_text import Comparison


@dataclass(frozen=True)
class Judgement:
    """The kind of publication, why it is not the kind it should be (empty when it is), and what it is judged by.

    `because` leads on to what it has to be recorded as.
    """

    kind: PublicationKind
    because: str = ""
    revision: Revision | None = None

    @property
    def approved(self) -> bool:
        """Whether it had been approved when it went out."""
        return self.kind is not PublicationKind.UNREVIEWED

    def is_recorded(self, posts: Iterable[Publication], account_id: str) -> bool:
        """Say whether such a post of the draft is on record already."""
        return is_recorded(posts, account_id, self.revision, approved=self.approved)


def judge(view: DraftView | None, account_id: str, published_at: datetime, compared: Comparison | None) -> Judgement:
    """Say what kind of fact a post is (article 15(1))."""
    if view is None:
        return Judgement(PublicationKind.UNREVIEWED, "发出去的内容没有在本程序里审核过。")
    standing = approved_revision(view.draft, view.stood, view.decisions, account_id, published_at)
    if standing is None:
        return Judgement(PublicationKind.UNREVIEWED, _why_not(view, account_id), view.revision)
    if compared is not None and not compared.matches:
        because = "下面多出的几行不是页面自带的，就" if compared.around else "发出去的内容与审定的不一致。"
        return Judgement(PublicationKind.DIFFERENT, because, standing)
    return Judgement(PublicationKind.REVIEWED, revision=standing)


def _why_not(view: DraftView, account_id: str) -> str:
    stands = view.draft.state in APPROVED_STATES and view.revision is not None
    revision = view.revision if stands else next((one.revision for one in view.stood), None)
    if revision is None:
        return "这份内容没有批准。"
    if account_id not in revision.content.account_ids:
        return "批准的发布账号里没有这个账号。"
    if revision.voided_at is None:
        return "按填写的时间，发出去的时候还没有批准。"
    ended = long_moment(revision.voided_at)
    return f"第{revision.number}稿的批准在{ended}作废，按填写的时间，发出去的时候没有批准。请核对平台上显示的发布时间。"
