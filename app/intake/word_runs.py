"""The inside of a Word paragraph in reading order: words, pictures, text boxes; fields, revisions, hidden runs."""

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.intake.word_losses import Loss, Losses
from app.intake.word_package import attribute, child, local, switched_on
from app.intake.word_styles import WordStyles
from app.models.raised_figures import Script, written


@dataclass(frozen=True)
class DrawnPicture:
    """A picture as the text refers to it; `crop` in parts of its sides (left, top, right, bottom), `turns` in 90°."""

    relation: str
    outside: bool = False
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    turns: int = 0


@dataclass(frozen=True)
class TextBox:
    """A text box: paragraphs and tables that float beside the text."""

    content: Element


@dataclass(frozen=True)
class NoteMark:
    """Where a footnote or endnote is referred to, with its id and the number it gets."""

    endnote: bool
    note_id: str
    number: int

    @property
    def text(self) -> str:
        """The mark as it stands in the text and before the note."""
        return f"［{self.number}］"


Piece = str | DrawnPicture | TextBox


@dataclass
class _Field:
    """A field that is open: in its code, or in its result."""

    in_code: bool = True
    contents_list: bool = False


_WRITTEN = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SKIPPED = {
    "pPr", "rPr", "sdtPr", "sdtEndPr", "fldData", "ffData", "instrText", "delInstrText", "softHyphen", "docPr", "cNvPr",
    "txPr", "bodyPr", "graphicFrameLocks", "footnoteRef", "endnoteRef", "annotationRef",
}  # fmt: skip
# Symbol fonts put their signs into the private area; these are the ones office texts use.
_SYMBOLS = {
    0xF0A8: "□", 0xF06F: "□", 0xF071: "□", 0xF0A3: "□", 0xF0FE: "√", 0xF052: "√", 0xF0FC: "√", 0xF0FB: "×",
    0xF0B7: "·", 0xF06C: "●", 0xF06E: "■", 0xF075: "◆", 0xF0D8: "➢", 0xF0E0: "→", 0xF0DF: "←",
}  # fmt: skip


def unprivate(text: str) -> str:
    """Write the signs of symbol fonts with usual characters."""
    return text.translate(_SYMBOLS)


class RunReader:
    """Reads paragraphs one after the other; fields may span several of them."""

    def __init__(self, body: Element, styles: WordStyles, losses: Losses) -> None:
        self._styles, self._losses = styles, losses
        self._fields: list[_Field] = []
        self._pieces: list[Piece] = []
        self._muted: list[Loss] = []
        self._paragraph_style = ""
        self.marks: list[NoteMark] = []
        self._fields_whole = _fields_whole(body)
        self._known: dict[str, Callable[[Element], None]] = {
            "r": self._run, "t": self._text, "delText": self._deleted_text, "sym": self._symbol,
            "fldChar": self._field_sign, "instrText": self._field_code, "AlternateContent": self._alternatives,
            "ins": self._inserted, "moveTo": self._inserted, "del": self._deleted, "moveFrom": self._deleted,
            "blipFill": self._picture, "imagedata": self._vml_picture, "txbxContent": self._text_box,
            "footnoteReference": self._note, "endnoteReference": self._note, "commentReference": self._comment,
            "rt": self._pinyin, "oMath": self._formula, "sdt": self._content_control, "pic": self._framed_picture,
            "chart": self._chart, "relIds": self._chart, "OLEObject": self._embedded,
        }  # fmt: skip
        self._turns = 0
        self._script: Script | None = None

    def read(self, paragraph: Element) -> list[Piece]:
        """Return a paragraph's pieces in order; neighbouring words are one piece."""
        outer = self._pieces, self._paragraph_style, self._muted, self._turns
        self._pieces, self._muted, self._turns = [], [], 0
        self._paragraph_style = attribute(child(paragraph, "pPr", "pStyle"), "val") or ""
        self._children(paragraph)
        pieces = self._pieces
        self._pieces, self._paragraph_style, self._muted, self._turns = outer
        self._losses.end_paragraph()
        return pieces

    def read_deleted(self, paragraph: Element) -> None:
        """Read a paragraph of a deleted row: its words stay behind."""
        self._mute(Loss.DELETED, paragraph)
        self._losses.end_paragraph()

    def _children(self, element: Element) -> None:
        for part in element:
            name = local(part.tag)
            if name in self._known:
                self._known[name](part)
            elif name in _WRITTEN:
                self._emit(_WRITTEN[name])
            elif name not in _SKIPPED:
                self._children(part)

    def _emit(self, piece: Piece) -> None:
        muted = self._muted[-1] if self._muted else None
        if muted is None and any(field.contents_list for field in self._fields):
            muted = Loss.CONTENTS_LIST
        if muted is not None:
            if isinstance(piece, str):
                self._losses.leave(muted, piece)
            return
        if self._fields_whole and any(field.in_code for field in self._fields):
            return
        if isinstance(piece, str) and self._pieces and isinstance(last := self._pieces[-1], str):
            self._pieces[-1] = last + piece
        else:
            self._pieces.append(piece)

    def _mute(self, loss: Loss, element: Element) -> None:
        self._muted.append(loss)
        self._children(element)
        self._muted.pop()

    def _run(self, run: Element) -> None:
        properties = child(run, "rPr")
        outer, self._script = self._script, self._styles.script(properties)
        if self._styles.hides(properties, self._paragraph_style):
            self._mute(Loss.HIDDEN, run)
        else:
            self._children(run)
        self._script = outer

    def _text(self, element: Element) -> None:
        text = unprivate(element.text or "")
        if self._script is not None and not self._muted:
            raised = written(text, self._script)
            if raised is None:
                self._losses.count(Loss.SCRIPT)
            text = text if raised is None else raised
        self._emit(text)

    def _deleted_text(self, element: Element) -> None:
        self._losses.leave(Loss.DELETED, element.text or "")

    def _symbol(self, element: Element) -> None:
        code = attribute(element, "char") or ""
        try:
            number = int(code, 16)
        except ValueError:
            return
        if 0x20 <= number < 0x100:
            number += 0xF000
        if number <= 0xFFFF and not 0xD800 <= number <= 0xDFFF:
            self._emit(unprivate(chr(number)))

    def _field_sign(self, sign: Element) -> None:
        match attribute(sign, "fldCharType"):
            case "begin":
                self._fields.append(_Field())
            case "separate" if self._fields:
                self._fields[-1].in_code = False
            case "end" if self._fields:
                self._fields.pop()

    def _field_code(self, code: Element) -> None:
        # A list of contents that is never closed would swallow the whole text.
        if self._fields and self._fields_whole and (code.text or "").split()[:1] == ["TOC"]:
            self._fields[-1].contents_list = True

    def _alternatives(self, element: Element) -> None:
        choices = [part for part in element if local(part.tag) == "Choice"]
        fallback = child(element, "Fallback")
        readable = [c for c in choices if any(local(e.tag) in {"txbxContent", "blip", "chart"} for e in c.iter())]
        chosen = readable[0] if readable else fallback if fallback is not None else next(iter(choices), None)
        if chosen is not None:
            self._children(chosen)

    def _inserted(self, element: Element) -> None:
        self._losses.count(Loss.INSERTED)
        self._children(element)

    def _deleted(self, element: Element) -> None:
        self._losses.count(Loss.DELETED)
        self._mute(Loss.DELETED, element)

    def _framed_picture(self, element: Element) -> None:
        turn = attribute(child(element, "spPr", "xfrm"), "rot") or "0"
        outer = self._turns
        self._turns = round(int(turn) / 5_400_000) % 4 if turn.lstrip("-").isdecimal() and len(turn) < 12 else 0
        self._children(element)
        self._turns = outer

    def _picture(self, fill: Element) -> None:
        blip = child(fill, "blip")
        inside, linked = attribute(blip, "embed"), attribute(blip, "link")
        if inside or linked:
            edges = child(fill, "srcRect")
            left, top, right, bottom = (_share(attribute(edges, side), 100_000) for side in "ltrb")
            crop = (left, top, right, bottom)
            self._emit(DrawnPicture(inside or linked or "", not inside, crop, self._turns))

    def _vml_picture(self, element: Element) -> None:
        relation = attribute(element, "id") or attribute(element, "relid")
        if relation:
            sides = (attribute(element, f"crop{side}") for side in ("left", "top", "right", "bottom"))
            left, top, right, bottom = (
                _share(s[:-1], 65_536) if s and s.endswith("f") else _share(s, 1) for s in sides
            )
            self._emit(DrawnPicture(relation, False, (left, top, right, bottom)))

    def _text_box(self, content: Element) -> None:
        self._emit(TextBox(content))

    def _note(self, element: Element) -> None:
        mark = NoteMark(local(element.tag) == "endnoteReference", attribute(element, "id") or "", len(self.marks) + 1)
        before = len(self._pieces), self._pieces[-1] if self._pieces else None
        self._emit(mark.text)
        if (len(self._pieces), self._pieces[-1] if self._pieces else None) != before:
            self.marks.append(mark)

    def _comment(self, _element: Element) -> None:
        self._losses.count(Loss.COMMENT)

    def _pinyin(self, element: Element) -> None:
        self._mute(Loss.PINYIN, element)

    def _formula(self, element: Element) -> None:
        self._losses.count(Loss.FORMULA)
        self._children(element)

    def _content_control(self, element: Element) -> None:
        # The grey words of an empty form field ask for an entry; they are none.
        if child(element, "sdtPr", "showingPlcHdr") is None or not switched_on(
            child(element, "sdtPr", "showingPlcHdr")
        ):
            self._children(element)

    def _chart(self, _element: Element) -> None:
        self._losses.count(Loss.CHART)

    def _embedded(self, _element: Element) -> None:
        self._losses.count(Loss.EMBEDDED)


def holds_picture(tree: Element | None) -> bool:
    """Say whether a part shows a picture."""
    return tree is not None and any(local(element.tag) in {"blip", "imagedata"} for element in tree.iter())


def words_of(tree: Element | None) -> list[str]:
    """Return the words of a whole part, one paragraph each, hidden and deleted ones included."""
    found = []
    for paragraph in () if tree is None else tree.iter():
        if local(paragraph.tag) == "p":
            words = "".join(e.text or "" for e in paragraph.iter() if local(e.tag) in {"t", "delText"}).strip()
            found += [words] if words else []
    return found


def _fields_whole(body: Element) -> bool:
    """Say whether every field that begins also ends."""
    kinds = [attribute(e, "fldCharType") for e in body.iter() if local(e.tag) == "fldChar"]
    return kinds.count("begin") == kinds.count("end")


def _share(text: str | None, whole: int) -> float:
    """Read a share of a picture's side; a negative one (a frame around the picture) is none."""
    try:
        value = float(text or "0") / whole
    except ValueError:
        return 0.0
    return value if 0 < value < 1 else 0.0
