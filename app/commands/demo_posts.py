"""The demo's eighth step: packages, posts, one that differs, one without a link, and earlier posts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.errors import ReasonNeededError
from app.labels import label
from app.models.difference import Change
from app.services.publications import PublicationEntry

if TYPE_CHECKING:
    from app.commands.demo_job import DemoJob
    from app.models.draft import Draft

_WECHAT, _WEIBO, _TOUTIAO = "微信公众号", "微博", "今日头条"


def publish_all(job: DemoJob, notice: Draft, text: Draft, repost: Draft) -> None:
    """Publish three drafts by hand and record every post."""
    services, desk = job.services, job.desk
    desk.sit_down("管理员甲")
    folder = services.packages.write_folder(notice.id, job.out / "packages")
    html, plain = services.packages.rich_text(notice.id, desk.accounts[_WECHAT].id)
    files = sum(1 for path in folder.rglob("*") if path.is_file())
    job.note(f"发布包：{files} 个文件；可直接粘贴的富文本 {len(html)} 字符，纯文本 {len(plain)} 字符")
    desk.publish(notice, (_WECHAT, _WEIBO))
    _publish_differing(job, notice)
    desk.publish(text, (_WECHAT,), without_link=_WECHAT)
    job.note(f"{text.number}发布后没有登记链接，留待归档时说明")
    desk.publish(repost, (_WECHAT, _TOUTIAO))
    _record_earlier(job)


def _publish_differing(job: DemoJob, draft: Draft) -> None:
    """Record a post whose text differs from the approved one: asked who, why and what was done."""
    services, account = job.services, job.desk.accounts[_TOUTIAO]
    content = next(p.content for p in services.publications.packages(draft.id) if p.account_id == account.id)
    approved = "\n".join(block.plain for block in content.blocks if not block.picture)
    published = approved.replace("11时30分", "12时", 1)
    assert published != approved
    compared = services.publications.compare(draft.id, account.id, published)
    shown = "".join(
        {Change.SAME: "", Change.REMOVED: f"［删去“{run.text}”］", Change.ADDED: f"［增加“{run.text}”］"}[run.change]
        for run in compared.runs
    )
    job.note(f"{account.caption}发布的文字与审定稿不符：{shown}")
    entry = PublicationEntry(
        account.id, job.clock() - timedelta(minutes=3), "https://toutiao.example.cn/a/1", published, screenshots=()
    )
    job.refused(ReasonNeededError, lambda: services.publications.record(draft.id, entry))
    answered = PublicationEntry(
        account.id,
        entry.published_at,
        entry.link,
        published,
        (job.desk.screenshot(account.caption, content.title, published),),
        who="管理员甲",
        why="粘贴时误用了上一稿的时间",
        done="当天已在平台上改正，并电话告知审核员",
    )
    recorded = services.publications.record(draft.id, answered)
    job.note(f"已如实登记为“{label(recorded.kind)}”")


def _record_earlier(job: DemoJob) -> None:
    """补录: a list of posts from before the first day of use."""
    path = job.material.folder / "earlier-posts.csv"
    rows = job.services.imports.earlier_rows(path, job.services.accounts.list())
    added = job.services.imports.record_earlier(rows)
    for row in rows:
        if row.problem:
            job.note(f"第 {row.line} 行不能补录：{row.problem}")
    job.note(f"补录启用前的发布 {added} 条")
