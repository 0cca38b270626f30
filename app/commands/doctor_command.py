"""`doctor`: looks over the data folder and the PC, and says in words what is well and what is not."""

import os

from app.bootstrap import open_checkup
from app.commands.arguments import Request
from app.commands.console import tell
from app.commands.look_lines import tell_looks
from app.commands.office_door import data_folder
from app.errors import AppError, TargetNotWritableError
from app.messages import explain
from app.storage.begun_records import holds_records
from app.storage.database import FILE_NAME
from app.storage.records_place import check_place


def run_doctor(request: Request) -> int:
    """Look everything over without signing in or changing anything; 1 when something is wanting."""
    folder = data_folder(request)
    try:
        check_place(folder)
    except AppError as error:
        tell(f"✗　数据文件夹：{explain(error)}")
        return 1
    if not holds_records(folder):
        tell(f"✗　数据文件夹：{folder} 里没有数据，请先在窗口中完成首次设置。")
        return 1
    writable = all(os.access(place, os.W_OK) for place in (folder, folder / FILE_NAME))
    tell(f"✓　数据文件夹：{folder}" if writable else f"✗　数据文件夹：{explain(TargetNotWritableError(str(folder)))}")
    try:
        checkup = open_checkup(folder)
    except AppError as error:
        tell(f"✗　数据库：{explain(error)}")
        return 1
    wanting = int(not writable) + tell_looks(checkup.looks())
    tell(f"有 {wanting} 项要处理。" if wanting else "一切正常。")
    return 1 if wanting else 0
