"""`demo --out DIR`: the whole job on the shipped sample, step by step, through the same services as the window."""

import time
from pathlib import Path

from app.bootstrap import utc_now
from app.commands.arguments import Request
from app.commands.console import hand_out, tell
from app.commands.demo_job import DemoJob
from app.commands.demo_month import archive_month, look_round
from app.commands.off_screen import draw_off_screen
from app.errors import FolderNotEmptyError, TargetNotWritableError
from app.paths import FONTS, SAMPLE
from app.services.sample_material import SAMPLE_PASSCODE, read_sample

MANAGER = "管理员甲"


def run_demo(request: Request) -> int:
    """Do all ten steps into a new folder, then take a picture of every page; print the folder."""
    out = request.path("out")
    _empty(out)
    begun = time.monotonic()
    job = DemoJob(out, utc_now(), read_sample(SAMPLE), FONTS / "NotoSansSC-Regular.ttf", tell)
    job.set_up()
    job.choose_passcodes()
    job.write_drafts()
    job.check_texts()
    job.submit_and_return()
    job.print_sheets()
    job.register_scans()
    job.publish()
    archive_month(job)
    look_round(job)
    screens = _screens(out)
    tell(f"演示做完，用时 {time.monotonic() - begun:.0f} 秒。结果在：{out}")
    tell("data 数据，sheets 印发件，scans 签字扫描件，packages 发布包，archive 存档，backup 备份" + screens)
    hand_out(str(out))
    return 0


def _empty(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()):
            raise FolderNotEmptyError(str(out))
    except OSError as refused:
        raise TargetNotWritableError(str(out)) from refused


def _screens(out: Path) -> str:
    """Let the window draw every page in both themes; without a display it draws off screen."""
    tell("【截图】各页面，浅色与深色")
    draw_off_screen()
    from app.bootstrap import open_restoring, open_services
    from app.logs import start_log
    from app.paths import log_folder
    from app.ui.qt_messages import log_qt_messages
    from app.ui.screens import grab_screens

    start_log(log_folder())
    log_qt_messages()

    # The backup is known: no drive of this computer is looked at for a picture.
    restore = (open_restoring(searches=False), out / "backup")
    pictures = grab_screens(open_services(out / "data"), out / "screens", MANAGER, SAMPLE_PASSCODE, restore=restore)
    tell(f"　　共 {len(pictures)} 张")
    return "，screens 截图。"
