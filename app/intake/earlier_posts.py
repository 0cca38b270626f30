"""A list of earlier posts (补录) out of an .xlsx or .csv: every row is read, and says itself what is wrong with it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.errors import FileUnreadableError
from app.intake.file_kind import FileKind, kind_of, refuse
from app.intake.sheet_headings import heading
from app.intake.sheet_rows import UNREADABLE, Cell, SheetRow, csv_rows, sheets_of
from app.intake.written_moments import MomentUnclearError, read_moment, with_clock
from app.models.visible_text import has_words

_LONGEST_TITLE = 500
_LONGEST_LINK = 2000
_LONGEST_NAME = 100

_NO_LINK = {"", "无", "暂无", "没有", "-", "--", "/", "\\", "—", "——", "null", "none", "n/a"}
_SUMS = re.compile(r"(?:合计|总计|小计|共计)[：:]?.*")


@dataclass(frozen=True)
class EarlierPost:
    """One row: `line` as the file counts, `published_at` in Beijing time; `problem` is a sentence, or empty."""

    line: int
    account_name: str
    title: str
    published_at: datetime | None
    link: str
    problem: str
    platform: str = ""


@dataclass(frozen=True)
class EarlierPosts:
    """All rows of the list, in the order of the file."""

    rows: tuple[EarlierPost, ...]


def read_earlier_posts(path: Path) -> EarlierPosts:
    """Read a list of earlier posts from the first sheet that has a heading row.

    Raises `FileUnreadableError` with `no_rows` when no heading row with a title and a time is found or nothing
    stands below it, `too_many_rows` for more than 100,000, or the reason why the file cannot be read.
    """
    kind = kind_of(path)
    if kind is FileKind.SHEET:
        sheets: Iterable[list[SheetRow]] = sheets_of(path)
    elif kind is FileKind.TEXT:
        sheets = (csv_rows(path),)
    elif kind is FileKind.MARKUP and path.suffix.lower() in {".xls", ".xlsx", ".et"}:
        raise FileUnreadableError(path.name, "old_excel")
    else:
        raise refuse(path, kind, "not_sheet")
    for rows in sheets:
        head = heading(rows)
        if head is not None:
            place, columns = head
            posts = tuple(_post(row, columns) for row in rows[place + 1 :] if _counts(row, columns, rows[place]))
            if posts:
                return EarlierPosts(posts)
    raise FileUnreadableError(path.name, "no_rows")


def _counts(row: SheetRow, columns: dict[str, int], head: SheetRow) -> bool:
    """Leave out a heading that is repeated on every page, and a line of sums."""
    if row.cells == head.cells:
        return False
    first = next((cell for cell in row.cells if cell), "")
    has_time = bool(_cell(row, columns, "when"))
    return has_time or not (isinstance(first, str) and _SUMS.fullmatch(first))


def _cell(row: SheetRow, columns: dict[str, int], column: str) -> Cell:
    place = columns.get(column)
    return "" if place is None or place >= len(row.cells) else row.cells[place]


def _words(row: SheetRow, columns: dict[str, int], column: str) -> str:
    cell = _cell(row, columns, column)
    return cell.strftime("%Y-%m-%d") if isinstance(cell, datetime) else " ".join(cell.split())


def _post(row: SheetRow, columns: dict[str, int]) -> EarlierPost:
    title, link = _words(row, columns, "title"), _words(row, columns, "link")
    account, platform = _words(row, columns, "account"), _words(row, columns, "platform")
    link = "" if link.lower() in _NO_LINK else link
    when, problem = None, _problem(title, account + platform, link)
    try:
        when = read_moment(_moment(row, columns))
    except MomentUnclearError as unclear:
        problem = problem or str(unclear)
    if any(UNREADABLE in text for text in (title, account, platform, link)):
        problem = "这一行有读不出的单元格，或者公式没有结果，请核对原表。"
        title, account, platform, link = (t.replace(UNREADABLE, "") for t in (title, account, platform, link))
    return EarlierPost(
        row.line,
        account[:_LONGEST_NAME],
        title[:_LONGEST_TITLE],
        when,
        link[:_LONGEST_LINK],
        problem,
        platform[:_LONGEST_NAME],
    )


def _moment(row: SheetRow, columns: dict[str, int]) -> Cell:
    """Return the time of a post; where it stands in two columns, either may hold the day."""
    when, clock = _cell(row, columns, "when"), _cell(row, columns, "clock")
    if isinstance(when, str) and re.fullmatch(r"\s*\d{1,2}[:：]\d{2}([:：]\d{2})?\s*", when) and clock:
        when, clock = clock, when
    return with_clock(when, clock)


def _problem(title: str, account: str, link: str) -> str:
    if not has_words(title):
        return "没有标题。"
    if len(title) > _LONGEST_TITLE:
        return f"标题有 {len(title)} 个字，最多 {_LONGEST_TITLE} 个字。"
    if len(account) > _LONGEST_NAME:
        return "账号名称太长，请核对是不是填错了列。"
    if link and (not re.match(r"https?://[^\s/]+", link, re.IGNORECASE) or len(link) > _LONGEST_LINK):
        return f"链接“{link[:40]}”不是网址，没有链接的请留空或填“无”。"
    return ""
