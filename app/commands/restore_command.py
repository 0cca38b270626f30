"""`restore DIR --to EMPTY_DIR`: a backup into an empty folder, confirmed by two people of the backup itself."""

from pathlib import Path

from app.bootstrap import open_restoring
from app.commands.arguments import Request
from app.commands.console import ask_line, ask_passcode, hand_out, progress_line, tell
from app.labels import long_moment, over_said, words_said
from app.services.restoring import Witness


def run_restore(request: Request) -> int:
    """Ask two people for name and passcode, restore, and print the new data folder.

    From stdin come four lines: name, passcode, name, passcode; with `--as` the first name is known already.
    """
    source, target = Path(request.operands[0]), request.path("to")
    restoring = open_restoring()
    facts = restoring.inspect(source)
    newest = facts.find(request.text("snapshot"))
    if newest is not None:
        tell(f"备份：{newest.unit_name}，{long_moment(newest.taken_at)}，审计记录到第 {newest.audit_seq} 条。")
    for name in facts.damaged:
        tell(f"提示　备份“{name}”的说明读不出来，不能选用。")
    for name in facts.newer:
        tell(f"提示　备份“{name}”由新版程序写成，请先升级程序。")
    tell("恢复要由备份里的两个人一起确认，其中一人是系统管理员。")
    first = _witness("第一人", request.person)
    second = _witness("第二人", "")
    report = restoring.restore(source, target, first, second, request.text("snapshot"), progress_line())
    done = report.snapshot
    hand_out(str(target))
    tell(f"已恢复到 {long_moment(done.taken_at)}的状态。")
    if done.missing:
        tell(f"有 {len(done.missing)} 个附件在备份时就已经不见了。")
    if said := words_said(report.words):
        tell(f"审计记录前后相接，但{said}：做备份以前就已经这样，请与审计员一起用纸面核对。")
    if over := over_said(report.over):
        tell(f"按电脑今天的日期，其中{over}已过保管期限；做备份以后清除过的，现在又在了，请在“保管期限”里重新清除。")
    tell("请打开窗口登录，按纸面上的最大编号和存证号补记之后丢失的部分。")
    return 0


def _witness(which: str, name: str) -> Witness:
    known = name or ask_line(f"{which}姓名：")
    return Witness(known, ask_passcode(f"{known}的口令："))
