"""`doctor`: looks over the data folder and the PC, and says in words what is well and what is not."""

import os
from collections.abc import Iterator
from pathlib import Path

from app.bootstrap import open_checkup
from app.commands.arguments import Request
from app.commands.console import hand_out_json, tell
from app.commands.look_lines import tell_look
from app.commands.office_door import data_folder
from app.errors import AppError, TargetNotWritableError
from app.messages import explain
from app.models.self_check import Colour, Look
from app.storage.begun_records import holds_records
from app.storage.database import FILE_NAME
from app.storage.records_place import check_place

_FOLDER, _DATABASE = "数据文件夹", "数据库"


def run_doctor(request: Request) -> int:
    """Look everything over without signing in or changing anything; 1 when anything is red."""
    looks = [tell_look(look) for look in _looks(data_folder(request))]
    red, amber = (sum(look.colour is colour for look in looks) for colour in (Colour.RED, Colour.AMBER))
    minded = f"有 {amber} 项要留意。" if amber else ""
    wanting = f"有 {red} 项要处理。" if red else "没有要处理的。" if amber else "一切正常。"
    tell(wanting + minded)
    if request.has("json"):
        hand_out_json([_facts(look) for look in looks])
    return 1 if red else 0


def _looks(folder: Path) -> Iterator[Look]:
    try:
        check_place(folder)
    except AppError as error:
        yield _wrong(_FOLDER, error)
        return
    if not holds_records(folder):
        yield Look(_FOLDER, False, f"{folder} 里没有数据，", "请先在窗口中完成首次设置。")
        return
    writable = all(os.access(place, os.W_OK) for place in (folder, folder / FILE_NAME))
    yield Look(_FOLDER, True, str(folder)) if writable else _wrong(_FOLDER, TargetNotWritableError(str(folder)))
    try:
        checkup = open_checkup(folder)
    except AppError as error:
        yield _wrong(_DATABASE, error)
        return
    yield from checkup.looks()


def _wrong(subject: str, error: AppError) -> Look:
    sentence = explain(error)
    return Look(subject, False, sentence.what, sentence.todo)


def _facts(look: Look) -> dict[str, str]:
    return {"subject": look.subject, "colour": look.colour, "sentence": look.sentence, "todo": look.todo}
