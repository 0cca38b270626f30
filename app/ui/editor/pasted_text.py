"""What a paste or a drop brings: words without formatting, pictures, and what was left behind."""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PureWindowsPath
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage, QImageWriter

from app.labels import parted_note
from app.models.content import LONG_PARAGRAPH, Block, BlockKind, sentence_parts
from app.models.draft import TEXT_LIMIT
from app.ui.editor.html_flow import HtmlLosses, ImageSource
from app.ui.editor.pasted_html import read_html
from app.ui.editor.plain_characters import unify

PICTURE_SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff")
MOST_CELLS: Final = 2_000
LARGEST_HTML: Final = 8_000_000
LARGEST_PICTURE: Final = 100_000_000
RTF_ONLY: Final = (
    "剪贴板里只有富文本（RTF）格式的内容，本程序读不了，没有贴入。请先粘贴到 Word 或 WPS 里，再从那里复制过来。"
)
_RTF: Final = ("text/rtf", "text/richtext", "application/rtf", "rich text format")
_QUICK: Final = 200_000
_RAW_IMAGES: Final = ("image/png", "image/jpeg")


@dataclass(frozen=True)
class PastedPicture:
    """A picture's bytes as they came, not looked at yet."""

    data: bytes
    name: str


@dataclass(frozen=True)
class Clip:
    """What lies on the clipboard or under the pointer, as plain values."""

    html: str = ""
    text: str = ""
    image: QImage | None = None
    raw_image: bytes = b""
    files: tuple[Path, ...] = ()
    rich_only: bool = False
    """Whether there is nothing but RTF, which nobody here reads."""

    @property
    def quick(self) -> bool:
        """Whether it can be read within a blink."""
        plain = self.image is None and not self.raw_image and not self.files
        return plain and len(self.html) + len(self.text) < _QUICK and "<img" not in self.html.lower()


@dataclass(frozen=True)
class Pasted:
    """Pieces in reading order; `notes` are sentences about what was left behind; `others` are files not pictures."""

    pieces: tuple[Block | PastedPicture, ...] = ()
    notes: tuple[str, ...] = ()
    others: tuple[Path, ...] = ()


def offers_rtf_only(mime: QMimeData) -> bool:
    """Say whether a program put up nothing but RTF; Word, WPS and browsers put up words and HTML beside it."""
    usable = mime.hasText() or mime.hasHtml() or mime.hasImage() or mime.hasUrls()
    return not usable and any(name in kind.lower() for kind in mime.formats() for name in _RTF)


def take_clip(mime: QMimeData) -> Clip:
    """Copy what a paste can use out of Qt's hands."""
    files = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile() and not url.host())
    html = mime.html() if mime.hasHtml() else ""
    raw = next((mime.data(kind).data() for kind in _RAW_IMAGES if mime.hasFormat(kind)), b"")
    image = mime.imageData() if mime.hasImage() and not raw else None
    return Clip(
        html=html if len(html) <= LARGEST_HTML else "",
        text=mime.text() if mime.hasText() else "",
        image=image if isinstance(image, QImage) else None,
        raw_image=bytes(raw),
        files=files,
        rich_only=offers_rtf_only(mime),
    )


def read_clip(clip: Clip) -> Pasted:
    """Read a clip: dropped files first, then HTML, then a picture, then plain text; may be called in any lane."""
    if clip.files:
        return _from_files(clip.files)
    if clip.rich_only:
        return Pasted((), (RTF_ONLY,))
    left = HtmlLosses()
    pasted = _from_html(clip.html, left) if clip.html.strip() else Pasted()
    if pasted.pieces:
        return _measured(pasted)
    if clip.raw_image or clip.image is not None:
        data = clip.raw_image or _png(clip.image)
        return Pasted((PastedPicture(data, "粘贴的图片.png"),))
    # The plain form of the same words has those back that were crossed out or hidden.
    plain = () if left.struck or left.hidden else plain_blocks(clip.text)
    return _measured(Pasted(plain, pasted.notes))


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Return plain text as paragraphs, one a line, without blank lines and indents."""
    lines = (line.replace("\u00a0", " ").strip(" \t\u3000") for line in unify(text).split("\n"))
    return tuple(Block(BlockKind.PARAGRAPH, line) for line in lines if line)


def _measured(pasted: Pasted) -> Pasted:
    pasted = _handy(pasted)
    length = sum(len(piece.plain) for piece in pasted.pieces if isinstance(piece, Block))
    if length <= TEXT_LIMIT:
        return pasted
    return Pasted((), (f"贴入的内容有 {length} 个字，正文最多 {TEXT_LIMIT} 个字，没有贴入；长文件请作为附件添加。",))


def _handy(pasted: Pasted) -> Pasted:
    """Part what would make typing slow: a paragraph of a whole book, a table of a whole ledger."""
    pieces: list[Block | PastedPicture] = []
    notes = list(pasted.notes)
    for piece in pasted.pieces:
        if isinstance(piece, Block) and len(piece.text) > LONG_PARAGRAPH:
            parts = sentence_parts(piece.text)
            pieces += [replace(piece, text=part) for part in parts]
            notes.append(parted_note(len(piece.text), len(parts)))
        elif isinstance(piece, Block) and sum(map(len, piece.rows)) > MOST_CELLS:
            lines = ("　".join(cell for cell in row if cell).replace("\n", "　") for row in piece.rows)
            pieces += [Block(BlockKind.PARAGRAPH, line) for line in lines if line]
            notes.append(f"有一个表格超过 {MOST_CELLS} 格，已改为一行一段的文字；大表请作为附件添加。")
        else:
            pieces.append(piece)
    return replace(pasted, pieces=tuple(pieces), notes=tuple(notes))


def _from_files(files: tuple[Path, ...]) -> Pasted:
    pieces: list[Block | PastedPicture] = []
    notes: list[str] = []
    for path in (p for p in files if p.suffix.lower() in PICTURE_SUFFIXES):
        data = _read(path)
        if data:
            pieces.append(PastedPicture(data, path.name))
        else:
            notes.append(f"图片“{path.name}”读不出来或者太大，没有放入。")
    others = tuple(p for p in files if p.suffix.lower() not in PICTURE_SUFFIXES)
    return Pasted(tuple(pieces), tuple(notes), others)


@dataclass
class _Losses:
    remote: int = 0
    local: int = 0
    broken: int = 0

    def notes(self) -> Iterator[str]:
        if self.remote:
            yield f"有 {self.remote} 张网络图片没有贴入：本程序不联网。请先把图片存到本机，再拖到正文里。"
        if self.local:
            yield f"有 {self.local} 张图片是本机的文件，没有随文字贴入。请把图片文件拖到正文里。"
        if self.broken:
            yield f"有 {self.broken} 张图片读不出来，没有贴入。"


@dataclass
class _Taken:
    pieces: list[Block | PastedPicture] = field(default_factory=list)
    losses: _Losses = field(default_factory=_Losses)

    def image(self, source: ImageSource) -> None:
        number = 1 + sum(isinstance(piece, PastedPicture) for piece in self.pieces)
        if source.address == "data:":
            self._keep(source.data, f"粘贴的图片{number}.png")
            return
        url = QUrl(source.address)
        windows = re.match(r"[A-Za-z]:[\\/]", source.address) is not None
        if url.scheme() != "file" and not windows:
            self.losses.remote += 1
            return
        path = Path(source.address if windows else url.toLocalFile())
        if url.host() or not is_clip_file(path):
            self.losses.local += 1
            return
        self._keep(_read(path), PureWindowsPath(path.name).name)

    def _keep(self, data: bytes, name: str) -> None:
        if data:
            self.pieces.append(PastedPicture(data, name))
        else:
            self.losses.broken += 1


def _from_html(html: str, left: HtmlLosses) -> Pasted:
    taken = _Taken()
    for piece in read_html(html, left):
        if isinstance(piece, ImageSource):
            taken.image(piece)
        else:
            taken.pieces.append(piece)
    return Pasted(tuple(taken.pieces), (*left.notes(), *taken.losses.notes()))


def is_clip_file(path: Path) -> bool:
    """Say whether a file is one that Word or WPS laid out for the clipboard: a picture below the folder of such files.

    Any other file that a pasted page names is not opened: a page could name what it likes.
    """
    # A name of another system (C:\\… read on Linux) would be taken as one below the working folder.
    if path.suffix.lower() not in PICTURE_SUFFIXES or not path.is_absolute():
        return False
    return path.resolve().is_relative_to(Path(tempfile.gettempdir()).resolve())


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_PICTURE:
            return b""
        return path.read_bytes()
    except OSError:
        return b""


def _png(image: QImage | None) -> bytes:
    if image is None:
        return b""
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    buffer.close()
    return bytes(store.data())
