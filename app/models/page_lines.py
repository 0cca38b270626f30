"""Lines that a platform puts around a post, and that come along when its page is copied: account, day, readings.

Whether a line belongs to the page only a person can say. What stands inside the approved text is never one.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.models.difference import without_space

_MOST = 60
_LONGEST = 40
_LIKE_THE_TITLE = 0.7

_DEEDS = "阅读量?|浏览量?|点击量?|点赞|在看|赞|喜欢|分享|收藏|转发|评论|留言|播放量?"
_WORDS = (
    "原创|转载|听全文|写留言|阅读原文|展开|收起|已?关注|举报|投诉|打印|关闭|上一篇|下一篇|返回顶部|来源|字号|大|中|小"
    "|发布时间|发布日期|发布|发表于?|编辑于?|修改于?|刚刚|今天|昨天|前天|上午|下午"
)
_DAY = r"(?:\d{4}[-./年])?\d{1,2}[-./月]\d{1,2}日?|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?|\d{1,2}(?:分钟|小时|天)前"
_COUNT = r"\d[\d,.]{0,8}(?:万|[wWkK])?\+?次?"
_PLACE = r"(?:发布于|发表于|IP属地[:：]?)\s*[\u4e00-\u9fff]{2,4}"
_GAP = r"[\s|｜丨·•:：/,，、()（）〔〕\[\]【】>]"
_USUAL = re.compile(
    rf"(?:{_PLACE}|(?:{_DEEDS})\s*[:：]?\s*{_COUNT}|{_COUNT}\s*(?:{_DEEDS})|{_DEEDS}|{_WORDS}|{_DAY}|{_GAP})+"
)


@dataclass(frozen=True)
class PageLine:
    """A whole line outside the approved text: its number in the pasted text, counted from 1, and its words."""

    number: int
    text: str
    likely: bool
    """Whether it holds nothing but what platforms write around every post."""


def lines_around(title: str, bodies: Iterable[str], published: str, account_name: str = "") -> tuple[PageLine, ...]:
    """Return the lines before, after, and between title and body, where one of the bodies stands whole.

    Nothing is returned where the body differs, and nothing where a line above it is nearly the title: taking those
    out would hide a difference. Nor where there are so many lines that nobody would read them.
    """
    lines = [(number, line) for number, line in enumerate(published.splitlines(), start=1) if without_space(line)]
    bare, head = [without_space(line) for _number, line in lines], without_space(title)
    wanted = [body for body in map(without_space, bodies) if body]
    posts = [(head + body, True) for body in wanted if head] + [(body, False) for body in wanted]
    for post, titled in posts:
        span = _standing(bare, post)
        if span is None:
            continue
        above, below = range(span[0]), range(span[1], len(lines))
        kept = [place for place in above if bare[place] == head][:1] if head and not titled else []
        around = [place for place in (*above, *below) if place not in kept]
        if len(around) > _MOST or any(_nearly(head, bare[place]) for place in above):
            return ()
        return tuple(
            PageLine(lines[place][0], lines[place][1].strip(), _is_usual(lines[place][1].strip(), account_name))
            for place in around
        )
    return ()


def without_lines(published: str, numbers: Collection[int]) -> str:
    """Return a text without the lines of these numbers, counted from 1."""
    return "\n".join(line for number, line in enumerate(published.splitlines(), start=1) if number not in numbers)


def _standing(lines: list[str], post: str) -> tuple[int, int] | None:
    """Return the first line of a post that stands in whole lines, and the first one after it."""
    begins, length = {}, 0
    for place, line in enumerate(lines):
        begins[length] = place
        length += len(line)
    begins[length] = len(lines)
    joined = "".join(lines)
    # Only where lines begin: to look at every place takes half a minute for a text of the same few characters.
    for at, place in begins.items():
        if at + len(post) in begins and joined.startswith(post, at):
            return place, begins[at + len(post)]
    return None


def _nearly(title: str, line: str) -> bool:
    """Say whether a line is the title with a difference in it."""
    if not title or line == title or len(line) > 2 * len(title):
        return False
    return SequenceMatcher(None, title, line, autojunk=False).ratio() >= _LIKE_THE_TITLE


def _is_usual(line: str, account_name: str) -> bool:
    if len(line) > _LONGEST:
        return False
    if account_name:
        line = line.replace(account_name, " ")
    return _USUAL.fullmatch(line) is not None
