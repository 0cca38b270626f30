"""密级标志: 绝密, 机密, 秘密 with a star, or alone at the head of a paper (articles 9 and 10)."""

import re
from typing import Final

from app.models.finding import RuleCard, RuleKind, Severity
from app.textcheck.folding import SPACES, UNSEEN
from app.textcheck.spot import Spot, overlaps

SECRECY_MARK: Final = RuleCard("secrecy_mark", "密级标志", "第九条、第十条", Severity.BLOCK, RuleKind.SECRECY_MARK)

HEAD_LINES: Final = 12
"""So many lines with words in them are the head of a paper: number of copies, mark, urgency, red title."""

_SPACE: Final = f"[{SPACES}{UNSEEN}]"
_LEVEL: Final = rf"(?:[绝絕机機秘祕]{_SPACE}{{0,8}}密)(?:{_SPACE}{{0,2}}[级級])?"
_TERM: Final = (
    r"(?:[0-9０-９一二三四五六七八九十百]{1,4}"
    rf"{_SPACE}{{0,4}}(?:年|个{_SPACE}{{0,2}}月|月|日|天)|长{_SPACE}{{0,4}}期|启{_SPACE}{{0,2}}用{_SPACE}{{0,2}}前)"
)
_STAR: Final = "[★☆⭐🌟✩✪✫✬✭✮✯✰✡⋆]"
_URGENCY: Final = "(?:特提|特急|加急|平急|急件|急)"
_OPENING, _CLOSING = r"[（(【\[〔［〈《“\"]", r"[）)】\]〕］〉》”\"]"

_STARRED: Final = re.compile(
    rf"{_LEVEL}[\s{UNSEEN}（(【\[〔·・:：—-]{{0,12}}{_STAR}[\ufe0e\ufe0f]?(?:{_SPACE}{{0,8}}{_TERM})?"
)
_SIGNS: Final = rf"(?:{_STAR[:-1]}*＊※▲△]{{1,3}}{_SPACE}{{0,4}})"
"""What is typed for a star, or as well as one."""
_NAMED: Final = (
    rf"[\u4e00-\u9fff]{{0,4}}(?:密{_SPACE}{{0,8}}级(?:标[志识])?|(?:保密|涉密|定密)(?:等级|级别)|定密)"
    rf"{_SPACE}{{0,8}}"
)
_PERIOD: Final = rf"[,，;；]?{_SPACE}{{0,12}}{_OPENING}?保密期限?{_SPACE}{{0,4}}[:：为是]?{_SPACE}{{0,4}}"
_ALONE_WITH_TERM: Final = re.compile(
    rf"^{_SPACE}*(?:\d{{1,8}}{_SPACE}+)?(?:{_NAMED}[:：]?{_SPACE}{{0,8}})?(?:{_URGENCY}{_SPACE}*)?{_OPENING}?"
    rf"({_LEVEL}[{SPACES}{UNSEEN}·・*＊※▲△/／—-]{{0,12}}(?:{_PERIOD}|{_OPENING})?{_TERM})"
    rf"{_CLOSING}{{0,2}}(?:{_SPACE}*{_URGENCY})?{_SPACE}*$",
    re.MULTILINE,
)
_AFTER_STAR: Final = re.compile(
    rf"^{_SPACE}*{_STAR}{{1,3}}{_SPACE}{{0,4}}{_OPENING}?({_LEVEL}){_CLOSING}?{_SPACE}*$", re.MULTILINE
)
_ALONE: Final = re.compile(
    rf"^{_SPACE}*(?:\d{{1,8}}{_SPACE}+)?(?:{_NAMED}[:：]?{_SPACE}*)?"
    rf"(?:{_URGENCY}{_SPACE}*)?{_SIGNS}?{_OPENING}?({_LEVEL}){_CLOSING}?{_SPACE}{{0,4}}{_SIGNS}?"
    rf"(?:{_SPACE}*{_URGENCY})?{_SPACE}*(?:\.[0-9A-Za-z]{{1,5}})?$"
)
_IN_A_FORM: Final = re.compile(
    rf"^{_SPACE}*{_NAMED}[:：]{_SPACE}*{_OPENING}?({_LEVEL}){_CLOSING}?(?={_SPACE}|[,，;；])(?!{_SPACE}*{_LEVEL})"
)
# 秘密 is a word of every day, and so is 商业机密: with words right behind the star they speak of something.
_EVERYDAY: Final = re.compile(r"[秘祕]|商业")
_WORD_RIGHT_BEHIND: Final = re.compile(rf"(?!{_URGENCY})(?:\w|{_STAR})")
_BRACKETED: Final = re.compile(
    rf"^{_SPACE}*[（(【\[〔［]{_SPACE}*({_LEVEL}){_SPACE}*[）)】\]〕］]"
    rf"|[（(【\[〔［]{_SPACE}*({_LEVEL}){_SPACE}*[）)】\]〕］]{_SPACE}*$"
)


def find_secrecy_marks(text: str, *, head: bool) -> list[Spot]:
    """Find marks with a star or a term anywhere and, when the text may be a paper's head, marks alone in a line."""
    starred = [_spot(text, *match.span()) for match in _STARRED.finditer(text) if not _speaks(text, match)]
    spans = [match.span(1) for pattern in (_ALONE_WITH_TERM, _AFTER_STAR) for match in pattern.finditer(text)]
    for start, line in _first_lines(text) if head else ():
        alone = _ALONE.search(line) or _IN_A_FORM.search(line) or _BRACKETED.search(line)
        if alone:
            group = 1 if alone.group(1) else 2
            spans.append((start + alone.start(group), start + alone.end(group)))
    others = {span[0]: _spot(text, *span) for span in reversed(spans) if not overlaps(*span, starred)}
    return starred + list(others.values())


def _speaks(text: str, mark: re.Match[str]) -> bool:
    """Say whether words with a star in them are no mark: 商业秘密★五星好评, 揭秘：秘密☆花园."""
    before = text[max(0, mark.start() - 2) : mark.start()]
    if mark.group()[-1] not in _STAR or not _WORD_RIGHT_BEHIND.match(text, mark.end()):
        return False
    if not _EVERYDAY.match(mark.group()) and before != "商业":
        return False
    begins_a_line = not before or before[-1] == "\n"
    return not begins_a_line and (mark.group()[-1] == "☆" or before[-1].isalnum())


def _first_lines(text: str) -> list[tuple[int, str]]:
    """Return the first lines that are not blank, each with where it begins."""
    lines: list[tuple[int, str]] = []
    start = 0
    while start < len(text) and len(lines) < HEAD_LINES:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if (line := text[start:end]).strip():
            # Only a short line is a mark alone; of a long one the beginning is enough to see a mark in brackets.
            lines.append((start, line if len(line) <= 200 else line[:200]))
        start = end + 1
    return lines


def _spot(text: str, start: int, end: int) -> Spot:
    return Spot(
        SECRECY_MARK,
        start,
        end,
        "这里有密级标志，涉密内容不得录入本系统，更不得发布（第九条、第十条）。",
        "点“立即清除”，并报告本单位保密工作机构；确认不是密级标志的，登记为误报并说明理由。",
        text[start] + "*" * (end - start - 1),
    )
