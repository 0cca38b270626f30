"""The typefaces of the papers: bundled 宋 and 黑, or the PC's own 仿宋, 楷 and 小标宋 where they exist."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from unicodedata import decomposition

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFError, TTFont

SERIF, BOLD, SANS = "NotoSerifSC-Regular.ttf", "NotoSerifSC-Bold.ttf", "NotoSansSC-Regular.ttf"
SIGNS = "Vera.ttf"
"""Latin letters and signs that the Chinese subsets lack: • – € ² © ñ."""
FANGSONG = ("simfang.ttf", "fzfsk.ttf", "fzfsjw.ttf")
KAITI = ("simkai.ttf", "fzktk.ttf", "fzktjw.ttf")
XIAOBIAOSONG = ("fzxbsjw.ttf", "fzxbsk.ttf", "方正小标宋简体.ttf", "方正小标宋_gbk.ttf", "方正小标宋简.ttf")

MISSING_WIDTH = 1.0
RAISED_SIZE = 0.62
"""How large a figure above or below the line is drawn, against those on it."""


class PaperFont(TTFont):  # type: ignore[misc, unused-ignore]
    """A TrueType font whose every character can be copied out again, those beyond U+FFFF too."""

    def addObjects(self, doc: object) -> None:  # noqa: N802 (ReportLab's name)
        """Write the font's objects, with ToUnicode as UTF-16BE (ReportLab writes five digits beyond U+FFFF)."""
        subsets = [tuple(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode("pdfdoc")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = _to_unicode(name, subset)  # type: ignore[attr-defined]


def _to_unicode(name: str, subset: Sequence[int]) -> str:
    pairs = [
        f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in enumerate(subset) if char
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    # A block holds at most 100 entries.
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


def plain_of_raised(char: str) -> str:
    """Return the figure on the line for one above or below it (⁶, ₂), else nothing."""
    kind, _, code = decomposition(char).partition(" ")
    return chr(int(code, 16)) if kind in {"<super>", "<sub>"} and " " not in code else ""


class Face:
    """One style of letter: a first font and those that stand in for its missing characters."""

    def __init__(self, fonts: Sequence[PaperFont], last: Callable[[], PaperFont | None]) -> None:
        self._fonts = tuple(fonts)
        self._last = last
        self._known: dict[str, tuple[PaperFont | None, float]] = {}

    @property
    def first_font(self) -> str:
        """The name under which ReportLab knows the face's first font."""
        return str(self._fonts[0].fontName)

    def glyph(self, char: str) -> tuple[PaperFont | None, float]:
        """Return the font that draws a character, or None when no font does, and its width in em."""
        known = self._known.get(char)
        if known is None:
            known = self._known[char] = self._find(ord(char))
        return known

    def width(self, text: str) -> float:
        """Return the width of a text in em."""
        return sum(self.glyph(char)[1] for char in text)

    def missing(self, text: str) -> tuple[str, ...]:
        """Return the characters of a text that no font has, in order of appearance."""
        return tuple(dict.fromkeys(char for char in text if self.glyph(char)[0] is None))

    def _find(self, code: int) -> tuple[PaperFont | None, float]:
        for font in self._fonts:
            if font.face.charToGlyph.get(code):
                return font, font.face.charWidths.get(code, font.face.defaultWidth) / 1000
        # Asked only now: most papers never need it.
        last = self._last()
        if last is not None and last.face.charToGlyph.get(code):
            return last, last.face.charWidths.get(code, last.face.defaultWidth) / 1000
        if (plain := plain_of_raised(chr(code))) and self.glyph(plain)[0] is not None:
            return None, self.width(plain) * RAISED_SIZE
        return None, MISSING_WIDTH


@dataclass(frozen=True, eq=False)
class Family:
    """The four styles a paper is set in."""

    text: Face
    """宋, or 仿宋 of the PC: what people wrote."""
    label: Face
    """黑: what the form says."""
    title: Face
    """Bold 宋, or 小标宋 of the PC."""
    note: Face
    """宋, or 楷 of the PC: captions."""


class Fonts:
    """The fonts of a folder, each parsed once and only when a paper first needs it.

    `folder` holds the bundled fonts; `system_folders` are searched for the PC's own (by default where
    Windows and Linux keep them). A font of the PC that is absent or unreadable is replaced by the bundled one.
    """

    def __init__(self, folder: Path, system_folders: Sequence[Path] | None = None) -> None:
        self._folder = folder
        self._system_folders = tuple(system_folders) if system_folders is not None else None
        self._families: dict[str, Family] = {}
        self._fonts: dict[Path, PaperFont | None] = {}
        self._names: set[bytes] = set()
        self._loading = Lock()
        self.drawing = Lock()
        """Held while a document is drawn and saved: a font's reader has one position for all."""

    def family(self, choice: str = "bundled") -> Family:
        """Return the styles for `bundled` or `system`."""
        with self._loading:
            if choice not in self._families:
                self._families[choice] = self._build(choice == "system")
            return self._families[choice]

    def _build(self, system: bool) -> Family:
        serif, bold, sans = (self._bundled(name) for name in (SERIF, BOLD, SANS))
        own = self._found_on_pc() if system else {}
        text, title, note = (self._first(own, names) for names in (FANGSONG, XIAOBIAOSONG, KAITI))
        return Family(
            text=Face([*text, serif, sans], self._signs),
            label=Face([sans, serif], self._signs),
            title=Face([*title, bold, serif, sans], self._signs),
            note=Face([*note, *text, serif, sans], self._signs),
        )

    def _signs(self) -> PaperFont | None:
        with self._loading:
            return self._load(self._folder / SIGNS)

    def _bundled(self, name: str) -> PaperFont:
        font = self._load(self._folder / name)
        if font is None:
            raise FileNotFoundError(self._folder / name)
        return font

    def _first(self, own: dict[str, Path], names: Sequence[str]) -> list[PaperFont]:
        fonts = (self._load(own[name]) for name in names if name in own)
        return [font for font in fonts if font is not None][:1]

    def _found_on_pc(self) -> dict[str, Path]:
        folders = self._system_folders if self._system_folders is not None else system_font_folders()
        wanted = {*FANGSONG, *KAITI, *XIAOBIAOSONG}
        found: dict[str, Path] = {}
        for folder in folders:
            for inside, _, names in os.walk(folder):
                for name in sorted(names):
                    if name.lower() in wanted:
                        found.setdefault(name.lower(), Path(inside) / name)
        return found

    def _load(self, path: Path) -> PaperFont | None:
        if path not in self._fonts:
            try:
                font = PaperFont(f"{path.stem}@{id(self):x}", str(path), asciiReadable=False)
            except (TTFError, OSError, ValueError, KeyError, IndexError):
                # Not a font ReportLab can embed: the next in line stands in.
                self._fonts[path] = None
                return None
            # Two fonts of one PostScript name would share their objects in the document.
            while font.face.name in self._names:
                font.face.name += b"-2"
            self._names.add(font.face.name)
            pdfmetrics.registerFont(font)
            self._fonts[path] = font
        return self._fonts[path]


def system_font_folders() -> tuple[Path, ...]:
    """Return the folders in which the operating system keeps its fonts."""
    if sys.platform == "win32":
        roots = [(os.environ.get("WINDIR"), "Fonts"), (os.environ.get("LOCALAPPDATA"), "Microsoft/Windows/Fonts")]
        return tuple(Path(root) / inside for root, inside in roots if root)
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
