"""Screenshots of a post: pasted, dropped or chosen, shown small, removed again with one click."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QImage, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.widgets.drop_zone import dropped_paths

PICTURES = "图片 (*.png *.jpg *.jpeg *.webp *.bmp)"
_ENDINGS = {".png", ".jpg", ".jpeg", ".webp", ".bmp"}
_SIDE = 72


class ScreenshotStrip(QFrame):
    """Keeps the sources in their order; a file is named, a pasted picture is kept as PNG."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.sources: tuple[Path | bytes, ...] = ()
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("发布截图")
        self.paste_button, self.choose_button = QPushButton("粘贴截图"), QPushButton("选择图片……")
        for button, slot in ((self.paste_button, self.paste), (self.choose_button, self.choose)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
        self.hint = QLabel("也可以把截图拖到这里。点缩略图可以去掉。")
        self.hint.setWordWrap(True)
        set_role(self.hint, role="small")
        self._thumbs = QHBoxLayout()
        self._thumbs.setSpacing(px(6))
        self._thumbs.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.paste_button)
        buttons.addWidget(self.choose_button)
        buttons.addWidget(self.hint, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        layout.addLayout(buttons)
        layout.addLayout(self._thumbs)

    def add(self, source: Path | bytes) -> bool:
        """Add a picture if it is one; say whether it was."""
        image = QImage(str(source)) if isinstance(source, Path) else QImage.fromData(source)
        if image.isNull():
            self.hint.setText("这不是能打开的图片，没有加入。")
            return False
        self.sources = (*self.sources, source)
        self._add_thumb(image, source)
        return True

    def clear(self) -> None:
        """Take every screenshot out."""
        self.sources = ()
        while self._thumbs.count() > 1:
            item = self._thumbs.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def paste(self) -> None:
        """Take the picture on the clipboard."""
        if not self._take(QApplication.clipboard().mimeData()):
            self.hint.setText("剪贴板里没有图片。请先截图，再按“粘贴截图”。")

    def choose(self) -> None:
        """Ask for picture files."""
        for path in self._desk.dialogs.open_files(self, "选择发布截图", PICTURES):
            self.add(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste with Ctrl+V."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures."""
        offer = event.mimeData()
        if offer.hasImage() or any(path.suffix.lower() in _ENDINGS for path in dropped_paths(offer)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what is dropped."""
        self._take(event.mimeData())
        event.acceptProposedAction()

    def _take(self, offer: QMimeData) -> bool:
        paths = dropped_paths(offer)
        if paths:
            taken = [self.add(path) for path in paths]
            return any(taken)
        image = QImage(offer.imageData()) if offer.hasImage() else QImage()
        if image.isNull():
            return False
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return self.add(bytes(buffer.data().data()))

    def _add_thumb(self, image: QImage, source: Path | bytes) -> None:
        side = px(_SIDE)
        small = image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        thumb = QToolButton()
        thumb.setIcon(QIcon(QPixmap.fromImage(small)))
        thumb.setIconSize(QSize(side, side))
        thumb.setAccessibleName(f"截图 {len(self.sources)}，按下去掉")
        thumb.setToolTip("点一下去掉这张截图")
        thumb.clicked.connect(lambda _checked=False: self._remove(thumb, source))
        self._thumbs.insertWidget(self._thumbs.count() - 1, thumb)

    def _remove(self, thumb: QToolButton, source: Path | bytes) -> None:
        place = self._thumbs.indexOf(thumb)
        self.sources = tuple(kept for number, kept in enumerate(self.sources) if number != place)
        thumb.hide()
        thumb.deleteLater()
        self._thumbs.removeWidget(thumb)
