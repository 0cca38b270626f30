"""The archive's index.html: one page that shows, finds and opens everything offline, in any browser, for ever."""

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote

from app.archive.index_script import SCRIPT
from app.archive.index_style import STYLE
from app.models.archive_package import IndexRow

COLUMNS = (
    ("number", "编号"),
    ("day", "日期"),
    ("title", "标题"),
    ("account", "账号"),
    ("state", "性质"),
    ("files", "文件"),
    ("note", "说明"),
)
"""Class and heading of each column, in order; `sort=` in the page's address counts them from 1."""

USUAL_SECTIONS = ("发布台账", "未发布的审核件", "其他发布", "补充材料")

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DIRECTION = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WARNING_WORDS = ("未审", "不符", "作废", "缺", "撤回", "退回", "不再")


def index_html(
    title: str,
    unit: str,
    month: str,
    facts: Sequence[tuple[str, str]],
    rows: Sequence[IndexRow],
    note: str,
    sections: Sequence[str] = USUAL_SECTIONS,
) -> bytes:
    """Write the page as UTF-8; links to members are relative to the folder the page lies in.

    Without scripts the whole table shows. With them it is searched, sorted and filtered, also by the
    address: `#q=词&sort=3&dir=desc&section=1` (sections count from 1). `sections` without rows show 无.
    """
    names = tuple(dict.fromkeys((*sections, *(row.section for row in rows))))
    body = "".join(
        (
            _head(title, unit, month, facts),
            _controls(names, rows),
            _table(names, rows),
            f'<footer><p>{_text(note)}</p><p class="print-only">{_text(unit)}　{_text(month)}</p></footer>',
        )
    )
    page = (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">\n'
        '<meta http-equiv="X-UA-Compatible" content="IE=edge">\n'
        '<meta http-equiv="x-dns-prefetch-control" content="off">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<link rel="icon" href="data:,">\n<title>{_text(title)}</title>\n<style>{STYLE}</style>\n</head>\n'
        f"<body>\n{body}\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )
    return page.encode("utf-8")


def _policy() -> str:
    """Allow this page's own style and script by their digests, and nothing from anywhere else."""
    style, script = (
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in (STYLE, SCRIPT)
    )
    own = f"style-src {style}; script-src {script}; img-src data:"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


def _text(text: str) -> str:
    """Escape people's text; what no browser shows, or what turns the line round, is taken out."""
    return escape(_DIRECTION.sub("", _CONTROL.sub("\ufffd", text)), quote=True)


def _head(title: str, unit: str, month: str, facts: Iterable[tuple[str, str]]) -> str:
    items = "".join(f"<div><dt>{_text(label)}</dt><dd>{_text(value)}</dd></div>" for label, value in facts)
    return (
        f'<header><p class="unit">{_text(unit)}<span class="month">{_text(month)}</span></p>'
        f"<h1>{_text(title)}</h1><dl>{items}</dl></header>\n"
    )


def _controls(names: Sequence[str], rows: Sequence[IndexRow]) -> str:
    counts = {name: sum(1 for row in rows if row.section == name) for name in names}
    chips = "".join(
        f'<button type="button" class="chip" data-section="{index}" aria-pressed="false">{_text(name)}'
        f" <b>{counts[name] or '无'}</b></button>"
        for index, name in enumerate(names, start=1)
    )
    return (
        '<div class="controls" id="controls" hidden>'
        '<input id="q" type="search" placeholder="搜索标题、编号、账号、说明" aria-label="搜索" autocomplete="off">'
        '<div class="chips" role="group" aria-label="按类别筛选">'
        '<button type="button" class="chip" data-section="0" aria-pressed="true">全部 '
        f"<b>{len(rows)}</b></button>{chips}</div>"
        '<span class="grow"></span><output id="count"></output>'
        '<button type="button" class="print" id="print">打印</button></div>\n'
    )


def _table(names: Sequence[str], rows: Sequence[IndexRow]) -> str:
    heads = "".join(
        f'<th scope="col" class="{name}" data-column="{index}">{label}</th>'
        for index, (name, label) in enumerate(COLUMNS, start=1)
    )
    grouped: dict[str, list[IndexRow]] = {name: [] for name in names}
    for row in rows:
        grouped[row.section].append(row)
    bodies = "".join(_section(index, name, grouped[name]) for index, name in enumerate(names, start=1))
    return (
        f'<main><table id="list"><thead><tr>{heads}</tr></thead>\n{bodies}</table>'
        '<p id="nothing" hidden>没有符合条件的内容。</p></main>\n'
    )


def _section(index: int, name: str, rows: Sequence[IndexRow]) -> str:
    count = f"{len(rows)} 项" if rows else "无"
    lines = "".join(map(_row, rows)) or f'<tr class="none"><td colspan="{len(COLUMNS)}">无</td></tr>\n'
    return (
        f'<tbody data-section="{index}"><tr class="section"><th scope="rowgroup" colspan="{len(COLUMNS)}">'
        f'{_text(name)}<span class="n">{count}</span></th></tr>\n{lines}</tbody>\n'
    )


def _row(row: IndexRow) -> str:
    warned = ' class="warn"' if any(word in row.state for word in _WARNING_WORDS) else ""
    state = f"<span{warned}>{_text(row.state)}</span>" if row.state else ""
    files = "".join(f'<a href="{_relative(member)}">{_text(title or member)}</a>' for title, member in row.files)
    day = " ".join(f"<span>{_text(part)}</span>" for part in row.day.split())
    cells = (_text(row.number), day, _text(row.title) + _link(row.link), _text(row.account), state, files)
    filled = "".join(f'<td class="{name}">{cell}</td>' for (name, _), cell in zip(COLUMNS, cells, strict=False))
    return f'<tr>{filled}<td class="note">{_text(row.note)}</td></tr>\n'


def _link(link: str) -> str:
    """Show a published link: to follow when it leads to the web, else as plain words."""
    if not link.strip():
        return ""
    if re.match(r"https?://[^/\s]", link.strip(), re.IGNORECASE):
        address = quote(_CONTROL.sub("", link.strip()), safe="%:/?#[]@!$&'()*+,;=~-._", errors="replace")
        return f'<a class="link" rel="noopener noreferrer" target="_blank" href="{escape(address)}">{_text(link)}</a>'
    return f'<span class="link">{_text(link)}</span>'


def _relative(member: str) -> str:
    """Return a member as a link that stays in the folder, whatever stands in it."""
    parts = [quote(part, safe="", errors="replace") for part in member.split("/") if part not in {"", ".", ".."}]
    return escape("/".join(parts))
