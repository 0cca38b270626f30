"""`doctor`: looks over the data folder and the PC, and says in words what is well and what is not."""

from app.bootstrap import open_checkup
from app.commands.arguments import Request
from app.commands.console import tell
from app.commands.office_door import data_folder
from app.errors import AppError
from app.messages import explain
from app.storage.database import FILE_NAME

_MARKS = {True: "✓", False: "✗", None: "○"}


def run_doctor(request: Request) -> int:
    """Look everything over without signing in or changing anything; 1 when something is wanting."""
    folder = data_folder(request)
    if not (folder / FILE_NAME).is_file():
        tell(f"✗　数据文件夹：{folder} 里没有数据，请先在窗口中完成首次设置。")
        return 1
    tell(f"✓　数据文件夹：{folder}")
    try:
        checkup = open_checkup(folder)
    except AppError as error:
        tell(f"✗　数据库：{explain(error)}")
        return 1
    wanting = 0
    for look in checkup.looks():
        tell(f"{_MARKS[look.fine]}　{look.subject}：{look.sentence}")
        wanting += look.fine is False
    tell(f"有 {wanting} 项要处理。" if wanting else "一切正常。")
    return 1 if wanting else 0
