"""Screenshots of a post: pasted, dropped or chosen, shown small, removed again with one click."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QSize, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QImage, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.errors import AppError
from app.messages import explain
from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.widgets.drop_zone import dropped_paths, take_copies
from app.ui.widgets.flow_layout import FlowLayout

PICTURES = "图片 (*.png *.jpg *.jpeg *.webp *.bmp)"
PICTURE_ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp"})
_SIDE = 72
_HINT = "也可以把截图拖到这里。点缩略图可以去掉。"


class ScreenshotStrip(QFrame):
    """Keeps the sources in their order; a file is named, a pasted picture is kept as PNG.

    A picture is looked at in the files lane, however large it is; `changed` tells when one came or went.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept: list[tuple[Path | bytes, QToolButton]] = []
        self.setAcceptDrops(True)
        self.setAccessibleName("发布截图")
        self.paste_button, self.choose_button = QPushButton("粘贴截图"), QPushButton("选择图片……")
        for button, slot in ((self.paste_button, self.paste), (self.choose_button, self.choose)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
        self.setFocusProxy(self.paste_button)
        self.hint = QLabel(_HINT)
        self.hint.setWordWrap(True)
        set_role(self.hint, role="small")
        self._shelf = QWidget()
        self._thumbs = FlowLayout(self._shelf, 6)
        self._shelf.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.paste_button)
        buttons.addWidget(self.choose_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        layout.addLayout(buttons)
        layout.addWidget(self.hint)
        layout.addWidget(self._shelf)

    @property
    def sources(self) -> tuple[Path | bytes, ...]:
        """The screenshots, in the order in which they came."""
        return tuple(source for source, _thumb in self._kept)

    def add(self, source: Path | bytes | QImage) -> None:
        """Add a picture if it is one; what is none is said in the hint."""
        imports, side = self._desk.services.imports, px(_SIDE) * 2

        def look() -> tuple[Path | bytes, bytes]:
            kept = _as_png(source) if isinstance(source, QImage) else source
            return kept, imports.preview(kept, side)

        self._desk.tasks.run(self, look, lambda found: self._take(*found), self._refused, lane="files")

    def clear(self) -> None:
        """Take every screenshot out."""
        for _source, thumb in self._kept:
            self._let_go(thumb)
        self._kept = []
        self._shelf.hide()
        self._say(_HINT)

    def paste(self) -> None:
        """Take the picture on the clipboard."""
        if not self.take(QApplication.clipboard().mimeData()):
            self._say("剪贴板里没有图片。请先截图，再按“粘贴截图”。", wrong=True)

    def choose(self) -> None:
        """Ask for picture files."""
        for path in self._desk.dialogs.open_files(self, "选择发布截图", PICTURES):
            self.add(path)

    def take(self, offer: QMimeData) -> bool:
        """Take the pictures among what is pasted or dropped; say whether there were any."""
        paths = [path for path in dropped_paths(offer) if path.suffix.lower() in PICTURE_ENDINGS]
        for path in paths:
            self.add(path)
        image = QImage(offer.imageData()) if not paths and offer.hasImage() else QImage()
        if not image.isNull():
            self.add(image)
        return bool(paths) or not image.isNull()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste with Ctrl+V."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures."""
        if has_picture(event.mimeData()):
            take_copies(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what is dropped."""
        self.take(event.mimeData())
        take_copies(event)

    def _refused(self, error: AppError) -> bool:
        self._say(str(explain(error)), wrong=True)
        return True

    def _say(self, words: str, *, wrong: bool = False) -> None:
        self.hint.setText(words)
        set_role(self.hint, tone="danger" if wrong else "")

    def _take(self, source: Path | bytes, small: bytes) -> None:
        thumb = QToolButton()
        pixmap = QPixmap.fromImage(QImage.fromData(small))
        pixmap.setDevicePixelRatio(2)
        thumb.setIcon(QIcon(pixmap))
        thumb.setIconSize(QSize(px(_SIDE), px(_SIDE)))
        thumb.setToolTip("点一下去掉这张截图")
        thumb.clicked.connect(lambda _checked=False: self._remove(thumb))
        self._kept.append((source, thumb))
        thumb.setAccessibleName(f"截图 {len(self._kept)}，按下去掉")
        self._thumbs.addWidget(thumb)
        self._shelf.show()
        self._say(_HINT)
        self.changed.emit()

    def _remove(self, thumb: QToolButton) -> None:
        self._kept = [(source, kept) for source, kept in self._kept if kept is not thumb]
        self._let_go(thumb)
        self._shelf.setVisible(bool(self._kept))
        self.changed.emit()

    def _let_go(self, thumb: QToolButton) -> None:
        self._thumbs.removeWidget(thumb)
        thumb.hide()
        thumb.deleteLater()


def has_picture(offer: QMimeData) -> bool:
    """Say whether a picture is among what is dragged or pasted."""
    return offer.hasImage() or any(path.suffix.lower() in PICTURE_ENDINGS for path in dropped_paths(offer))


def _as_png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
