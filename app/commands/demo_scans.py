"""The demo's seventh step: sheets signed, scanned crookedly, read by their codes and registered."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import StaleSheetError
from app.intake.signed_scan import Handling, Signature, signed_pages
from app.labels import label
from app.models.clock import beijing_day
from app.models.review import Verdict
from app.services.reviews import PaperDecision
from app.services.sample_desk import kept_scan, passing
from app.services.scans import ScanOutcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.commands.demo_job import DemoJob
    from app.models.draft import Draft
    from app.services.papers import PaperBytes

MANAGER, REVIEWER = "管理员甲", "审核员甲"
_HANDLING = {
    "old": ("旧稿审核表", Handling(1.5, 0.9, 60)),
    "notice": ("便民服务日通知", Handling(-2.5, 1.0, 50)),
    "text": ("窗口时间通知（手机拍照）", Handling(4.0, 0.8, 45)),
    "repost": ("寒潮预警转载", Handling(0.7, 1.0, 65)),
}
"""How each printed sheet is scanned: turned by degrees, scaled, and packed as JPEG of a quality."""


def register_all(job: DemoJob, printed: Mapping[str, tuple[Draft, PaperBytes]]) -> None:
    """Sign, scan and register every printed sheet; the one of the first revision is refused."""
    for key, (name, handling) in _HANDLING.items():
        _scan(job, key, name, printed[key], handling)


def _scan(job: DemoJob, key: str, name: str, printed: tuple[Draft, PaperBytes], handling: Handling) -> None:
    draft, sheet = printed
    steps = [step for step in job.desk.open_steps(draft) if key != "old"]
    signed_at = [job.clock() + timedelta(minutes=12 * n) for n in range(1, max(len(steps), 3) + 1)]
    if steps:
        signatures = [
            Signature(job.desk.holder(step.role), label(passing(step)), at)
            for step, at in zip(steps, signed_at, strict=False)
        ]
    else:
        signatures = [Signature(REVIEWER, label(Verdict.AGREE), at) for at in signed_at]
    path = kept_scan(job.out / "scans", name, signed_pages(sheet.data, signatures, handling))
    job.clock.move_to(signed_at[-1] + timedelta(minutes=30))
    job.desk.sit_down(MANAGER)
    match = job.services.scans.examine(path)[0]
    if match.outcome is ScanOutcome.STALE:
        job.refused(StaleSheetError, lambda: _register(job, path, draft, match.revision, []))
        job.services.scans.file_only(draft.id, path)
        return
    assert match.outcome is ScanOutcome.MATCHED, match
    assert match.draft_id == draft.id
    decisions = [
        PaperDecision(
            step.position, passing(step), "", job.desk.people[job.desk.holder(step.role)], beijing_day(at), at
        )
        for step, at in zip(match.open_steps, signed_at, strict=False)
    ]
    saved = _register(job, path, draft, match.revision, decisions)
    job.note(f"{path.name}：{match.number}第{match.revision}稿，{len(decisions)} 项签批，{label(saved.state)}")


def _register(job: DemoJob, path: Path, draft: Draft, revision: int, decisions: list[PaperDecision]) -> Draft:
    return job.services.reviews.register_paper(draft.id, revision, tuple(decisions), path)
