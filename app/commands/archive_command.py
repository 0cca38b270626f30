"""`archive --month YYYY-MM --to DIR [--explain FILE]`: last month to a stick, without a window."""

from pathlib import Path

from app.bootstrap import utc_now
from app.commands.arguments import Request
from app.commands.console import hand_out, progress_line, tell
from app.commands.office_door import signed_in
from app.errors import GapsUnexplainedError, MonthNotOverError
from app.intake.decoded_text import decode
from app.intake.outside_file import MEGABYTE, opened
from app.labels import size_text
from app.messages import explain, gap_sentence, shown
from app.models.month import Month
from app.models.monthly import MonthOverview
from app.services.archives import Archives, explanations_from

_LARGEST_EXPLANATION = MEGABYTE


def run_archive(request: Request) -> int:
    """Explain the gaps, write the month, read it back, seal it; print the folder of the bag.

    With gaps left unexplained, stdout gets the lines to fill in, as `--explain` reads them.
    """
    month = Month.parse(request.text("month"))
    target = request.path("to")
    reasons = _reasons(request.path("explain")) if request.has("explain") else ()
    if utc_now() < month.ends_at:
        raise MonthNotOverError
    with signed_in(request) as services:
        archives = services.archives
        archives.check_folder(target)
        if not _may_seal(archives, month, request.text("reason")) or not _explain_gaps(archives, month, reasons):
            return 1
        done = archives.write(month, target, progress_line(), reason=request.text("reason"))
    written = done.written
    hand_out(str(written.folder))
    tell(f"{month.chinese}已封存：{done.record.number}第{done.record.version}版。")
    tell(f"共 {written.files} 个文件，{size_text(written.size)}，" + ("已读回核对。" if written.read_back else ""))
    if not written.read_back:
        tell("这个位置不能绕过缓存读回，请拔下重插后用“verify”复核。")
    return 0


def _may_seal(archives: Archives, month: Month, reason: str) -> bool:
    """Tell of a month that was sealed before and lacks a reason, before anything is recorded of it."""
    sealed = next((record for record in archives.history() if record.month == month), None)
    if sealed is None or sealed.handed_over_on or reason.strip():
        return True
    tell(f"{month.chinese}已经封存过：{sealed.number}第{sealed.version}版。")
    tell(f"要重新封存成第{sealed.version + 1}版，请用“--reason 理由”写明为什么，再试一次。")
    return False


def _explain_gaps(archives: Archives, month: Month, reasons: tuple[tuple[str, str], ...]) -> bool:
    """Record the reasons of the file; say which gaps are left, and whether the month may be written."""
    overview = archives.overview(month)
    keys = {gap.key for gap in overview.gaps}
    unknown = [key for key, _ in reasons if key not in keys]
    if unknown:
        tell(f"缺项说明中的“{shown(unknown[0])}”等 {len(unknown)} 项不是本月的缺项，没有归档。")
        tell("请去掉这些行，或者核对月份，再试一次。")
        return False
    written = dict(overview.explanations)
    for key, reason in reasons:
        if written.get(key) != reason:
            archives.explain(month, key, reason)
    return _all_explained(archives.overview(month))


def _all_explained(overview: MonthOverview) -> bool:
    left = overview.unexplained
    if not left:
        return True
    sentence = explain(GapsUnexplainedError(tuple(gap.key for gap in left)))
    tell(f"{sentence.what}\n{sentence.todo}")
    for gap in left:
        tell(f"✗　{gap_sentence(gap)}")
        hand_out(f"# {gap_sentence(gap)}\n{gap.key}\t")
    tell("标准输出已列出缺项编号：存成文件，在每个编号的制表符后面写明原因，用“--explain 文件”再归档一次。")
    return False


def _reasons(path: Path) -> tuple[tuple[str, str], ...]:
    """Read the explanation file; every encoding of a Chinese office PC will do."""
    with opened(path, _LARGEST_EXPLANATION) as file:
        return explanations_from(decode(file.read(), path.name))
