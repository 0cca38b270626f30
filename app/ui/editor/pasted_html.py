"""Words, lists, tables and pictures out of pasted HTML; every other formatting is dropped."""

import base64
import binascii
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Final
from urllib.parse import unquote_to_bytes

from app.models.content import BlockKind
from app.models.raised_figures import Script, written
from app.ui.editor.html_flow import Flow, HtmlLosses, ImageSource, Piece, Table, tidy

_LEFT_OUT: Final = {"script", "style", "head", "title", "xml", "select", "template", "noscript", "svg", "object"}
_STRUCK: Final = {"del", "s", "strike"}
_VOID: Final = {"br", "hr", "img", "input", "col", "link", "meta", "wbr", "area", "source", "base", "embed", "param"}
_SCRIPTS: Final = {"sup": Script.ABOVE, "sub": Script.BELOW}
_RAISED: Final = {"vertical-align:super": Script.ABOVE, "vertical-align:sub": Script.BELOW}
_BLOCKS: Final = frozenset(
    (
        *("p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "blockquote", "center", "form"),
        *("fieldset", "figure", "figcaption", "address", "pre", "dl", "dt", "dd", "ul", "ol", "li", "hr"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "table", "caption"),
    )
)
_PLAIN: Final = frozenset({"p", "div", "section", "article", "figure"})
_HEADINGS: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
_MOST_SPAN: Final = 60
_DECLARATION: Final = re.compile(r"<[!?][^<>]{0,500}>")
"""Word's <![if !supportLists]>, a doctype, <?xml:namespace?>."""
_UNCLOSED: Final = re.compile(r"<[^<>]*(?=<|\Z)")
_MOST_UNCLOSED: Final = 500


def read_html(html: str, losses: HtmlLosses | None = None) -> tuple[Piece, ...]:
    """Return the blocks and pictures of an HTML text in reading order; nothing is fetched or opened.

    `losses` is told what was left out or could not be written as it stood.
    """
    # What is left of a declaration that never ends would be refused by the parser.
    html = _DECLARATION.sub("", _without_comments(html)).replace("<!", "").replace("<?", "")
    if sum(1 for _ in _UNCLOSED.finditer(html)) > _MOST_UNCLOSED:
        # The parser's time grows with the square of these.
        html = _UNCLOSED.sub("", html)
    reader = _Reader(losses or HtmlLosses())
    reader.feed(html)
    reader.close()
    return reader.pieces()


class _Reader(HTMLParser):
    """Reads HTML as it comes: unclosed, nested wrongly, or made by Word."""

    def __init__(self, losses: HtmlLosses) -> None:
        super().__init__(convert_charrefs=True)
        self._losses = losses
        self._loss = ""
        self._scripts: list[tuple[str, Script | None]] = []
        self._flows = [Flow()]
        self._tables: list[Table] = []
        self._lists: list[tuple[BlockKind, int]] = []
        self._left_out: list[str] = []
        self._in_marker = 0
        self._preformatted = False

    @property
    def _flow(self) -> Flow:
        return self._flows[-1]

    def pieces(self) -> tuple[Piece, ...]:
        """Return everything read, closing what was left open."""
        while self._tables:
            self._end_table()
        self._flow.flush()
        return tuple(self._flow.pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, list, cell, or something to leave out."""
        if self._left_out == ["p"] and tag in _BLOCKS:
            # A paragraph ends where the next block begins, with or without its end tag.
            self._left_out.clear()
        if self._left_out:
            if tag == self._left_out[-1]:
                self._left_out.append(tag)
            return
        given = {name: value or "" for name, value in attrs}
        style = given.get("style", "").replace(" ", "").lower()
        if self._leaves(tag, given, style):
            return
        if tag in _SCRIPTS or (tag == "span" and (self._scripts or "vertical-align:" in style)):
            raised = next((script for words, script in _RAISED.items() if words in style.split(";")), None)
            self._scripts.append((tag, _SCRIPTS.get(tag, raised)))
        if tag == "br":
            self._flow.words.append("\v")
        elif tag == "img":
            self._image(given)
        elif tag == "span":
            self._span(style)
        elif tag in {"table", "tr", "td", "th"}:
            self._table_tag(tag, given)
        elif tag in _BLOCKS:
            self._block(tag, given, style)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read <br/> and <img/>; anything else that closes itself is empty."""
        if tag in {"br", "img", "hr"}:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """End a block, list, cell, or what was left out."""
        if self._left_out:
            if tag == self._left_out[-1]:
                self._left_out.pop()
        elif tag in _SCRIPTS or tag == "span":
            if self._scripts and self._scripts[-1][0] == tag:
                self._scripts.pop()
            if tag == "span":
                self._in_marker = max(0, self._in_marker - 1)
        elif tag == "table" and self._tables:
            self._end_table()
        elif tag in {"td", "th"} and self._tables:
            self._leave_cell()
        elif tag in _BLOCKS:
            self._flow.flush()
            self._flow.kind, self._flow.level = BlockKind.PARAGRAPH, 0
            self._preformatted = False
            self._scripts.clear()
            if tag in {"ul", "ol"} and self._lists:
                self._lists.pop()

    def handle_data(self, data: str) -> None:
        """Take words."""
        if self._left_out:
            self._losses.struck |= self._loss == "struck" and bool(data.strip())
            self._losses.hidden |= self._loss == "hidden" and bool(data.strip())
            return
        data = self._raised(data)
        if self._in_marker and self._flow.marker is not None:
            self._flow.marker += data
        else:
            self._flow.words.append(data.replace("\n", "\v") if self._preformatted else data)

    def _leaves(self, tag: str, given: dict[str, str], style: str) -> bool:
        """Begin to leave out an element that is no text, is hidden or is crossed out."""
        if "display:none" in style or "mso-hide:all" in style or "hidden" in given:
            self._loss = "hidden"
        elif tag in _STRUCK or re.search("text-decoration(?:-line)?:[^;]*line-through", style):
            self._loss = "struck"
        elif tag in _LEFT_OUT:
            self._loss = ""
        else:
            return False
        if tag not in _VOID:
            self._left_out.append(tag)
        return True

    def _raised(self, data: str) -> str:
        script = next((script for _, script in reversed(self._scripts) if script is not None), None)
        if script is None:
            return data
        raised = written(data, script)
        self._losses.raised |= raised is None
        return data if raised is None else raised

    def _block(self, tag: str, given: dict[str, str], style: str) -> None:
        flow = self._flow
        if tag in _PLAIN and flow.kind is not BlockKind.PARAGRAPH:
            # <li><p>words: the paragraph inside is the item.
            if flow.words and tidy("".join(flow.words)):
                flow.words.append("\v")
            return
        flow.flush()
        flow.kind, flow.level = BlockKind.PARAGRAPH, 0
        self._scripts.clear()
        self._preformatted = tag == "pre"
        if tag in _HEADINGS:
            flow.kind, flow.level = BlockKind.HEADING, _HEADINGS[tag]
        elif tag == "ul":
            self._lists.append((BlockKind.BULLET, 1))
        elif tag == "ol":
            start = given.get("start", "1")
            self._lists.append((BlockKind.NUMBERED, int(start) if re.fullmatch(r"\d{1,4}", start) else 1))
        elif tag == "li":
            self._item()
        elif tag == "p" and "mso-list:" in style and "mso-list:none" not in style:
            flow.marker = ""

    def _item(self) -> None:
        kind, start = self._lists[-1] if self._lists else (BlockKind.BULLET, 1)
        if kind is BlockKind.NUMBERED and start != 1:
            self._lists[-1] = (kind, start + 1)
            self._flow.words.append(f"{start}. ")
            return
        self._flow.kind = kind

    def _span(self, style: str) -> None:
        if self._in_marker or "mso-list:ignore" in style:
            self._in_marker += 1

    def _image(self, given: dict[str, str]) -> None:
        self._flow.words, words = [], self._flow.words
        rest = replace(self._flow, pieces=[], words=words)
        rest.flush()
        self._flow.pieces += rest.pieces
        address = (given.get("src") or given.get("data-src") or "").strip()
        if address.lower().startswith("data:"):
            self._flow.pieces.append(ImageSource("data:", _data_of(address)))
        elif address:
            self._flow.pieces.append(ImageSource(address))

    def _table_tag(self, tag: str, given: dict[str, str]) -> None:
        self._flow.flush()
        if tag == "table":
            self._tables.append(Table())
            self._flows.append(self._tables[-1].stray)
        elif self._tables and tag == "tr":
            self._leave_cell()
            self._tables[-1].row()
        elif self._tables:
            self._flows[-1] = self._tables[-1].cell(_span(given, "colspan"), _span(given, "rowspan"))

    def _leave_cell(self) -> None:
        self._flow.flush()
        self._flows[-1] = self._tables[-1].stray

    def _end_table(self) -> None:
        self._leave_cell()
        self._flow.flush()
        self._flows.pop()
        self._flow.pieces += self._tables.pop().pieces()


def _without_comments(html: str) -> str:
    """Take comments out; what follows one that never ends goes too, as in a browser."""
    parts: list[str] = []
    at = 0
    while (start := html.find("<!--", at)) >= 0:
        parts.append(html[at:start])
        end = html.find("-->", start + 2)
        if end < 0:
            return "".join(parts)
        at = end + 3
    parts.append(html[at:])
    return "".join(parts)


def _span(given: dict[str, str], name: str) -> int:
    value = given.get(name, "").strip()
    return min(_MOST_SPAN, max(1, int(value))) if re.fullmatch(r"\d{1,4}", value) else 1


def _data_of(address: str) -> bytes:
    head, _, body = address.partition(",")
    raw = unquote_to_bytes(body)
    if not head.lower().endswith(";base64"):
        return raw
    try:
        return base64.b64decode(b"".join(raw.split()), validate=True)
    except binascii.Error:
        return b""
