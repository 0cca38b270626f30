"""The demo's last two steps: the month to a bag, and a look round with a backup."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.errors import GapsUnexplainedError
from app.labels import size_text
from app.messages import gap_sentence
from app.models.content import Block, BlockKind, Content, Declarations
from app.models.monthly import GapKind
from app.models.papercode import grouped

if TYPE_CHECKING:
    from app.commands.demo_job import DemoJob

_ARCHIVIST, _ADMINISTRATOR, _MANAGER = "档案员甲", "系统员甲", "管理员甲"
_REASONS = {
    GapKind.NO_LINK: "该平台的链接须登录后才能打开，已存发布截图。",
    GapKind.DIFFERENT: "粘贴时误用旧时间，当天已改正，见处理情况。",
}


def archive_month(job: DemoJob) -> None:
    """9: explain what lacks, write, read back, seal, verify."""
    job.step(9, f"归档{job.month.chinese}")
    job.clock.move_to(job.now)
    job.desk.sit_down(_ARCHIVIST)
    archives = job.services.archives
    staging = job.out / "archive.writing"
    staging.mkdir()
    job.refused(GapsUnexplainedError, lambda: archives.write(job.month, staging))
    for gap in archives.overview(job.month).gaps:
        if gap.must_explain:
            archives.explain(job.month, gap.key, _REASONS[gap.kind])
            job.note(f"缺项：{gap_sentence(gap)}说明：{_REASONS[gap.kind]}")
    done = archives.write(job.month, staging)
    # The bag is the folder `archive`: a bag does not know its own name.
    bag = done.written.folder.rename(job.out / "archive")
    staging.rmdir()
    job.note(f"{done.record.number}已封存：{done.written.files} 个文件，{size_text(done.written.size)}")
    report = archives.verify(bag)
    assert report.valid, report.problems
    job.note(f"再核对一遍：完整，没有改动（{'、'.join(report.algorithms)}）")
    job.keep_sheet(archives.handover_slip(done.record.id))


def look_round(job: DemoJob) -> None:
    """10: what waits today, the search, the settings, the backup, the audit chain."""
    job.step(10, "今日、搜索、设置、备份")
    services = job.services
    _leave_work_open(job)
    job.note(f"今日：{_MANAGER}有 {len(services.today.tasks())} 件事")
    for words in ("便", "广场", "2号"):
        hits = services.search.find(words)
        job.note(f"搜索“{words}”：{len(hits)} 条" + (f"，如“{hits[0].title}”" if hits else ""))
    policy = services.settings.current_policy()
    job.note(f"制度参数第 {policy.version} 版：{policy.policy.name}")
    job.desk.sit_down(_ADMINISTRATOR)
    target = job.out / "backup"
    target.mkdir()
    services.backups.back_up(target)
    job.note("备份完成，已核对")
    services.sign_in.sign_out()
    chain = services.audit.check()
    assert not chain.broken_at, chain
    job.note(f"审计记录 {chain.entries} 条，前后相接，存证号 {grouped(chain.head.hash)}")


def _leave_work_open(job: DemoJob) -> None:
    """Leave one draft waiting for its reviewer and one half written by the manager, as on any day; sit there."""
    drafts, wechat = job.services.drafts, job.account_id("微信公众号")
    job.desk.sit_down("信息员乙")
    words = "冬至将至，社区食堂开放包饺子活动，请提前一天到服务台登记。"
    waiting = drafts.start(
        Content(
            title="社区冬至活动安排",
            blocks=(Block(BlockKind.PARAGRAPH, words),),
            account_ids=(wechat,),
            declarations=Declarations(no_secrets=True),
        )
    )
    drafts.submit(waiting.id, waiting.version)
    job.desk.sit_down(_MANAGER)
    imported = job.services.imports.draft_from_file(job.material.folder / "notice.docx").draft
    content = imported.content
    unchecked = Block(BlockKind.PARAGRAPH, "咨询请打联系人手机13900139000（示例号码），为您提供最优质的服务。")
    blocks = (*content.blocks[:1], unchecked, *content.blocks[1:])
    title = f"{content.title}（第二场）"
    drafts.save(replace(imported, content=replace(content, title=title, blocks=blocks, account_ids=(wechat,))))
