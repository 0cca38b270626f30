"""`backup --to DIR`: a dated snapshot and the attachments, verified."""

from app.commands.arguments import Request
from app.commands.console import hand_out, progress_line, tell
from app.commands.office_door import signed_in


def run_backup(request: Request) -> int:
    """Back the unit's records up as the administrator who signs in; print where the snapshot lies.

    A backup that lacks files which were gone before is made all the same, and found wanting (1).
    """
    with signed_in(request) as services:
        done = services.backups.back_up(request.path("to"), progress_line())
        lacking = services.backups.lacking(done.missing)
    hand_out(str(done.folder))
    tell(f"备份完成，已核对：审计记录到第 {done.audit_seq} 条。")
    for name in done.damaged:
        tell(f"提示　以前的备份“{name}”的说明读不出来，不能用来恢复；这次的放在它旁边。")
    if done.missing:
        tell(f"有 {len(done.missing)} 个附件早已不在数据文件夹里，这份备份里没有它们：")
        for file in lacking:
            tell(f"{file}，指纹开头 {file.sha256[:8].upper()}")
        return 1
    return 0
