"""What a Word style says about a paragraph: heading, title, caption, alignment, list."""

import re
from dataclasses import dataclass
from enum import StrEnum
from xml.etree.ElementTree import Element

from app.intake.word_package import attribute, child, local, switched_on
from app.models.raised_figures import Script

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLES = {"title", "标题", "文章标题", "公文标题"}
_CAPTIONS = {"caption", "题注"}
_MOST_PARENTS = 20
_SCRIPTS = {"superscript": Script.ABOVE, "subscript": Script.BELOW}


class Role(StrEnum):
    """What a paragraph is, apart from its words."""

    BODY = "body"
    TITLE = "title"
    HEADING = "heading"
    CAPTION = "caption"


@dataclass(frozen=True)
class ParagraphStyle:
    """A paragraph as its own properties and its style make it; `level` is 1 to 9 for a heading."""

    role: Role
    level: int
    centred: bool
    list_id: str | None
    list_level: int


class WordStyles:
    """The styles part: names, parents, outline levels."""

    def __init__(self, tree: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default = ""
        self._hidden: dict[tuple[str, str], bool] = {}
        for style in () if tree is None else tree:
            if local(style.tag) != "style":
                continue
            key = attribute(style, "styleId") or ""
            self._styles[key] = style
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in {"1", "true"}:
                self._default = key

    def of(self, paragraph: Element) -> ParagraphStyle:
        """Resolve a paragraph's properties through its style and the style's parents."""
        own = child(paragraph, "pPr")
        chain = self._chain(attribute(child(own, "pStyle"), "val") or self._default)
        layers = [own, *(child(style, "pPr") for style in chain)]
        role, level = self._role(chain, layers)
        alignment = next((v for p in layers if (v := attribute(child(p, "jc"), "val"))), "")
        list_id, list_level = _list(layers)
        return ParagraphStyle(role, level, alignment == "center", list_id, list_level)

    def hides(self, run: Element | None, paragraph_style: str) -> bool:
        """Say whether a run of these properties, in a paragraph of this style, is hidden text."""
        own = child(run, "vanish")
        if own is not None:
            return switched_on(own)
        key = (attribute(child(run, "rStyle"), "val") or "", paragraph_style or self._default)
        if key not in self._hidden:
            chain = [*self._chain(key[0]), *self._chain(key[1])]
            signs = (child(style, "rPr", "vanish") for style in chain)
            self._hidden[key] = switched_on(next((sign for sign in signs if sign is not None), None))
        return self._hidden[key]

    def script(self, run: Element | None) -> Script | None:
        """Say whether a run of these properties stands above or below the line."""
        chain = self._chain(attribute(child(run, "rStyle"), "val") or "")
        signs = (child(layer, "vertAlign") for layer in (run, *(child(style, "rPr") for style in chain)))
        sign = next((sign for sign in signs if sign is not None), None)
        return _SCRIPTS.get(attribute(sign, "val") or "")

    def list_style(self, style_id: str | None) -> str | None:
        """Return the list that a numbering style stands for."""
        for style in self._chain(style_id or ""):
            if found := attribute(child(style, "pPr", "numPr", "numId"), "val"):
                return found
        return None

    def _chain(self, key: str) -> list[Element]:
        chain: list[Element] = []
        while key in self._styles and len(chain) < _MOST_PARENTS:
            style = self._styles[key]
            if style in chain:
                break
            chain.append(style)
            key = attribute(child(style, "basedOn"), "val") or ""
        return chain

    @staticmethod
    def _role(chain: list[Element], layers: list[Element | None]) -> tuple[Role, int]:
        for style in chain:
            name = (attribute(child(style, "name"), "val") or "").strip()
            if match := _HEADING.fullmatch(name):
                return Role.HEADING, int(match[1])
            if name.casefold() in _TITLES:
                return Role.TITLE, 0
            if name.casefold() in _CAPTIONS:
                return Role.CAPTION, 0
        outline = next((v for p in layers if (v := attribute(child(p, "outlineLvl"), "val"))), "")
        if outline.isdigit() and int(outline) < 9:
            return Role.HEADING, int(outline) + 1
        return Role.BODY, 0


def _list(layers: list[Element | None]) -> tuple[str | None, int]:
    """Return list and level; a paragraph's own list 0 takes it out of the list of its style."""
    list_id: str | None = None
    level: int | None = None
    for layer in layers:
        properties = child(layer, "numPr")
        if properties is None:
            continue
        own_level = attribute(child(properties, "ilvl"), "val") or ""
        if level is None and own_level.isdigit():
            level = min(int(own_level), 8)
        list_id = attribute(child(properties, "numId"), "val")
        if list_id is not None:
            break
    return (None if list_id == "0" else list_id), level or 0
