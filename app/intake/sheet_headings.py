"""Which column of a list of posts is what, told by the words of its heading."""

import re
import unicodedata

from app.intake.sheet_rows import SheetRow

_HEAD_ROWS = 30

# For each column the words of its heading, the surest first; compared without blanks and remarks in brackets.
_WORDS = {
    "title": (
        "标题",
        "(?:文章|作品|内容|推文|稿件|信息|消息|视频|图文|笔记|博文|发布)的?标题",
        ".*标题",
        "题目|.*(?:文章|作品|信息|稿件)(?:名称?)?|篇名",
        "(?:微博|博文|发布|推送|信息|作品|文章|视频)?(?:内容|正文|简介|描述)|title",
    ),
    "when": (
        "(?:首次)?(?:发布|发表|推送|群发|发文|刊发|上线)的?(?:时间|日期|时刻)",
        "(?:发布|发表|推送|群发).*(?:时间|日期)",
        "时间|日期",
        "创建时间|time|date|publishtime|publishdate",
    ),
    "account": (
        "[账帐]号(?:名称?)?",
        "(?:发布|所属|新媒体|政务)*(?:[账帐]号|公众号)(?:名称?)?",
        "公众号|媒体名称|昵称|发布者|发布人|account",
    ),
    "platform": ("平台(?:名称)?", "(?:发布|注册|所属)平台(?:名称)?", "(?:发布)?渠道|平台类型|platform"),
    "link": (
        "链接",
        "(?:文章|作品|内容|发布|原文|信息|推文|稿件|视频|永久)?的?(?:链接|网址|url|地址)(?:地址)?",
        "link|网页地址",
    ),
}
_MOMENT = re.compile("(?:首次)?(?:发布|发表|推送|群发|发文|刊发|上线)?的?(?:具体)?(?:时间|日期|时刻|钟点)")
_COLUMNS = {column: tuple(re.compile(words) for words in choices) for column, choices in _WORDS.items()}


def heading(rows: list[SheetRow]) -> tuple[int, dict[str, int]] | None:
    """Find the heading row among the first ones; return its place and which column is what.

    A heading row names at least `title` and `when`; `account`, `platform` and `link` may be missing. `clock` is a
    second column for the time, where day and clock stand apart.
    """
    for place, row in enumerate(rows[:_HEAD_ROWS]):
        columns = _columns(row)
        if "title" in columns and "when" in columns:
            return place, columns
    return None


def _columns(row: SheetRow) -> dict[str, int]:
    names = [_bare(cell) if isinstance(cell, str) else "" for cell in row.cells]
    columns: dict[str, int] = {}
    for column, patterns in _COLUMNS.items():
        for pattern in patterns:
            place = next((n for n, name in enumerate(names) if name and pattern.fullmatch(name)), None)
            if place is not None and place not in columns.values():
                columns[column] = place
                break
    clock = next((n for n, name in enumerate(names) if _is_clock(n, name, names, columns)), None)
    if clock is not None:
        columns["clock"] = clock
    return columns


def _is_clock(place: int, name: str, names: list[str], columns: dict[str, int]) -> bool:
    """Say whether a column holds the clock, or the day, that the column of the time leaves out."""
    when = columns.get("when")
    if when is None or place in columns.values():
        return False
    return _MOMENT.fullmatch(name) is not None and ("日期" in name) != ("日期" in names[when])


def _bare(name: str) -> str:
    """Strip a heading to its words: no blanks, no remark in brackets."""
    plain = unicodedata.normalize("NFKC", name).lower()
    return re.sub(r"\(.*?\)|[\s:*_-]", "", plain)
