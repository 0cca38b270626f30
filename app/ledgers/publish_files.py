"""Approved content as a person publishes it: HTML for a platform's editor, .docx, .txt."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Final

from app.ledgers.cell_text import xml_text
from app.ledgers.picture_head import picture_head
from app.ledgers.publish_docx import write_docx
from app.models.content import Block, BlockKind, Picture

__all__ = ["rich_html", "write_docx", "write_txt"]

_LISTS: Final = {BlockKind.BULLET: "ul", BlockKind.NUMBERED: "ol"}
_HEADINGS: Final = {1: "h2", 2: "h3", 3: "h4"}
_CELL: Final = 'style="border:1px solid #999;padding:4px 8px"'
_CENTRED: Final = 'style="text-align:center"'


def rich_html(title: str, blocks: Sequence[Block], pictures: Mapping[str, bytes]) -> str:
    """Return the body as HTML to paste into a platform's editor, pictures inside as data.

    The editors have a field of their own for the title, so it is only the page's `title`. `pictures` are keyed
    by SHA-256; one that no browser shows, or that is missing, is named by a line in its place.
    """
    body = "\n".join(_html_parts(blocks, pictures))
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head><meta charset="utf-8"><title>{_html(title)}</title></head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def write_txt(title: str, blocks: Sequence[Block], *, name_pictures: bool = True) -> str:
    """Return title and body as plain text: a line a block, list signs and numbers written out, cells apart by tabs.

    A picture is a line in its place that names its file; without `name_pictures`, nothing.
    """
    lines = [_one_line(title), ""] if title.strip() else []
    count = pictures = 0
    for block in blocks:
        count = count + 1 if block.kind is BlockKind.NUMBERED else 0
        match block.kind:
            case BlockKind.TABLE:
                lines += ["\t".join(map(_one_line, row)) for row in block.rows]
            case BlockKind.PICTURE:
                pictures += 1
                if name_pictures:
                    lines.append(picture_line(pictures, block.picture))
            case BlockKind.BULLET:
                lines.append(f"• {xml_text(block.text)}")
            case BlockKind.NUMBERED:
                lines.append(f"{count}. {xml_text(block.text)}")
            case _:
                lines.append(xml_text(block.text))
    return "\n".join(lines) + "\n" if lines else ""


def picture_line(number: int, picture: Picture | None) -> str:
    """Name a picture where it cannot be shown, by the number its file has in the package."""
    caption = f"：{_one_line(picture.caption)}" if picture and picture.caption.strip() else ""
    return f"〔图{number}{caption}〕"


def _html_parts(blocks: Sequence[Block], pictures: Mapping[str, bytes]) -> Iterator[str]:
    number = 0
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind in _LISTS:
            items = "".join(f"<li>{_html(block.text)}</li>" for block in group)
            yield f"<{_LISTS[kind]}>{items}</{_LISTS[kind]}>"
            continue
        for block in group:
            if kind is BlockKind.PICTURE:
                number += 1
                yield _html_picture(number, block.picture, pictures)
            elif kind is BlockKind.TABLE:
                yield _html_table(block.rows)
            else:
                tag = _HEADINGS.get(block.level, "h4") if kind is BlockKind.HEADING else "p"
                yield f"<{tag}>{_html(block.text) or '<br>'}</{tag}>"


def _html_picture(number: int, picture: Picture | None, pictures: Mapping[str, bytes]) -> str:
    content = pictures.get(picture.sha256, b"") if picture else b""
    head = picture_head(content)
    if picture is None or head is None:
        return f"<p {_CENTRED}>{_html(picture_line(number, picture))}</p>"
    source = f"data:image/{head.kind};base64,{base64.b64encode(content).decode('ascii')}"
    shown = f'<p {_CENTRED}><img src="{source}" alt="{_html(_one_line(picture.caption))}" style="max-width:100%"></p>'
    caption = f"\n<p {_CENTRED}>{_html(picture.caption)}</p>" if picture.caption.strip() else ""
    return shown + caption


def _html_table(rows: tuple[tuple[str, ...], ...]) -> str:
    columns = max(map(len, rows), default=0)
    if not columns:
        return ""
    lines = (
        "<tr>" + "".join(f"<td {_CELL}>{_html(cell)}</td>" for cell in (*row, *[""] * (columns - len(row)))) + "</tr>"
        for row in rows
    )
    return f'<table style="border-collapse:collapse;width:100%"><tbody>{"".join(lines)}</tbody></table>'


def _html(text: str) -> str:
    return escape(xml_text(text)).replace("\n", "<br>").replace("\t", "&#9;")


def _one_line(text: str) -> str:
    return " ".join(xml_text(text).split("\n")).replace("\t", " ")
