"""A ledger of accounts out of an .xlsx or .csv: every row is read, its columns found by their headings."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.errors import FileUnreadableError
from app.intake.file_kind import FileKind, kind_of, refuse
from app.intake.sheet_rows import UNREADABLE, Cell, SheetRow, csv_rows, sheets_of
from app.intake.written_moments import MomentUnclearError, read_moment

_HEAD_ROWS = 30
_LONGEST = 2000
_NOTHING = {"", "无", "暂无", "没有", "-", "--", "/", "\\", "—", "——", "null", "none", "n/a"}
_SUMS = re.compile(r"(?:合计|总计|小计|共计)[：:]?.*")
_DAYS = frozenset({"certified_until", "opened_on", "filed_on"})

# For each column the words of its heading, the surest first; compared without blanks and remarks in brackets.
_WORDS: Mapping[str, tuple[str, ...]] = {
    "platform": ("平台(?:名称)?", "(?:注册|所属|开设|发布)平台(?:名称)?", "平台类型|渠道"),
    "name": ("[账帐]号名称", "(?:新媒体|政务新媒体|公众号)(?:[账帐]号)?名称", "名称|[账帐]号中文名|昵称"),
    "handle": ("[账帐]号id|原始id|微信号|id", "[账帐]号标识|[账帐]号"),
    "link": ("[账帐]号链接", "链接|网址|主页(?:链接|地址)?|url"),
    "kind": ("[账帐]号类型", "类型|类别"),
    "subject": ("认证主体", "主体(?:名称)?|认证单位"),
    "unit": ("主办单位(?:名称)?|开设单位(?:名称)?", "单位名称|单位"),
    "certified": ("是否认证|认证情况|认证状态",),
    "certified_until": ("认证(?:到期|有效期).*", "年审(?:到期)?(?:时间|日期)"),
    "opened_on": ("(?:开通|开设|注册|创建|启用)(?:时间|日期)",),
    "field": ("涉及领域|领域",),
    "scope": ("信息发布范围|发布范围|发布内容范围",),
    "function": ("功能定位.*|开设理由|主要功能|简介及功能",),
    "rhythm": ("(?:拟)?更新频[次率]",),
    "introduction": ("简介|[账帐]号简介",),
    "department": ("承办科室|责任科室|运维科室|科室|部门",),
    "leader": ("(?:主管|分管)(?:领导|负责人)(?:姓名)?", "责任领导|主管人"),
    "staff": ("(?:后台)?管理人员(?:姓名)?|管理员(?:姓名)?", "运维人员|联系人|负责人"),
    "phone": ("绑定手机(?:号)?",),
    "filing_number": ("备案(?:编)?号",),
    "filed_on": ("备案(?:时间|日期)",),
    "state": ("(?:[账帐]号|运行|当前)?状态|是否(?:注销|关停)",),
}
_COLUMNS = {column: tuple(re.compile(words) for words in choices) for column, choices in _WORDS.items()}


@dataclass(frozen=True)
class LedgerRow:
    """One row: `line` as the file counts, texts and days by column; `problem` is a sentence, or empty."""

    line: int
    texts: Mapping[str, str]
    days: Mapping[str, date]
    problem: str


def read_account_ledger(path: Path) -> tuple[LedgerRow, ...]:
    """Read a ledger from the first sheet that has a heading row with at least platform and name.

    Raises `FileUnreadableError`: `no_account_rows`, or the reason why the file cannot be read.
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
        for place, row in enumerate(rows[:_HEAD_ROWS]):
            columns = _columns(row)
            if {"platform", "name"} <= columns.keys():
                found = tuple(_row(one, columns) for one in rows[place + 1 :] if _counts(one, row))
                if found:
                    return found
    raise FileUnreadableError(path.name, "no_account_rows")


def _columns(row: SheetRow) -> dict[str, int]:
    names = [_bare(cell) if isinstance(cell, str) else "" for cell in row.cells]
    columns: dict[str, int] = {}
    # The surest words of every column first: 账号 is a handle only where no column is called 账号ID.
    for rank in range(max(map(len, _COLUMNS.values()))):
        for column, patterns in _COLUMNS.items():
            if column in columns or rank >= len(patterns):
                continue
            taken = columns.values()
            places = (n for n, name in enumerate(names) if name and n not in taken and patterns[rank].fullmatch(name))
            place = next(places, None)
            if place is not None:
                columns[column] = place
    return columns


def _bare(name: str) -> str:
    """Strip a heading to its words: no blanks, no remark in brackets."""
    return re.sub(r"\(.*?\)|[\s:*_-]", "", unicodedata.normalize("NFKC", name).lower())


def _counts(row: SheetRow, head: SheetRow) -> bool:
    """Leave out an empty row, a heading that is repeated on every page, and a line of sums."""
    if row.cells == head.cells or not any(row.cells):
        return False
    first = next((cell for cell in row.cells if cell), "")
    return not (isinstance(first, str) and _SUMS.fullmatch(first))


def _row(row: SheetRow, columns: dict[str, int]) -> LedgerRow:
    texts: dict[str, str] = {}
    days: dict[str, date] = {}
    problem = ""
    for column, place in columns.items():
        cell: Cell = row.cells[place] if place < len(row.cells) else ""
        if column in _DAYS:
            day, why = _day(cell)
            problem = problem or why
            if day is not None:
                days[column] = day
            continue
        words = cell.strftime("%Y-%m-%d") if isinstance(cell, datetime) else " ".join(cell.split())
        if UNREADABLE in words:
            problem = problem or "这一行有读不出的单元格，或者公式没有结果，请核对原表。"
            words = words.replace(UNREADABLE, "")
        if len(words) > _LONGEST:
            problem = problem or f"有一栏有 {len(words)} 个字，太长了，请核对是不是填错了列。"
        if words.lower() not in _NOTHING:
            texts[column] = words[:_LONGEST]
    return LedgerRow(row.line, texts, days, problem)


def _day(cell: Cell) -> tuple[date | None, str]:
    if isinstance(cell, str) and cell.strip().lower() in _NOTHING | {"长期", "永久", "未认证"}:
        return None, ""
    try:
        return read_moment(cell).date(), ""
    except MomentUnclearError:
        shown = cell.strftime("%Y-%m-%d") if isinstance(cell, datetime) else cell[:20]
        return None, f"日期“{shown}”看不明白，请写成 2026-11-23 这样。"
