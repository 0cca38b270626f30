"""`sample --years N --out DIR`: made-up records of some years, a valid data folder."""

import time
from datetime import date, datetime, timedelta
from pathlib import Path

from app.bootstrap import create_sample_years, utc_now
from app.commands.arguments import Request, WrongUseError
from app.commands.console import hand_out, tell
from app.errors import FolderNotEmptyError, TargetNotWritableError
from app.models.clock import beijing_day, start_of_day
from app.services.sample_material import SAMPLE_PASSCODE

MOST_YEARS = 20


def run_sample(request: Request) -> int:
    """Write the records and report how many and how long it took; print the folder."""
    years, seed = _number(request, "years", MOST_YEARS), _number(request, "seed", 2**31)
    out, last = request.path("out"), _last_day(request)
    _empty(out)
    begun = time.monotonic()
    counts = create_sample_years(out, years, seed, start_of_day(last) + timedelta(hours=18), _progress)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    tell(
        f"稿件 {counts.drafts}，送审稿 {counts.revisions}，签批 {counts.decisions}，发布 {counts.publications}，"
        f"审计记录 {counts.entries}，附件 {counts.files}。"
    )
    tell(f"{years} 年的虚构记录，共 {size / 1_000_000:.0f} MB，用时 {time.monotonic() - begun:.0f} 秒。")
    tell(f"打开：main.py --data {out}；每个人的口令都是 {SAMPLE_PASSCODE}。")
    hand_out(str(out))
    return 0


def _progress(text: str) -> None:
    tell(f"　　{text}")


def _number(request: Request, name: str, most: int) -> int:
    text = request.text(name)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise WrongUseError(f"选项“--{name}”要写 1 到 {most} 之间的整数，不是“{text}”。")
    return int(text)


def _last_day(request: Request) -> date:
    today = beijing_day(utc_now())
    if not request.has("until"):
        return today - timedelta(days=1)
    text = request.text("until")
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise WrongUseError(f"选项“--until”要写年-月-日，例如 {today.isoformat()}，不是“{text}”。") from None
    if not date(2021, 1, 1) <= day <= today:
        raise WrongUseError("选项“--until”不能晚于今天，也不能早于 2021 年。")
    return day


def _empty(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()):
            raise FolderNotEmptyError(str(out))
    except OSError as refused:
        raise TargetNotWritableError(str(out)) from refused
