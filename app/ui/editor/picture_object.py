"""How a picture stands in the body: a small view, its caption, and whether its licence is written."""

from typing import Final

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPyTextObject, QTextDocument, QTextFormat

from app.models.content import Picture
from app.ui.editor.body_formats import picture_of
from app.ui.editor.picture_shelf import PictureShelf
from app.ui.theme import px, tokens

_WIDEST: Final = 440
_TALLEST: Final = 300
_WAITING: Final = QSizeF(240, 135)


class PictureObject(QPyTextObject):
    """Draws the pictures of a body; `flagged` are those whose words a check complains about."""

    def __init__(self, shelf: PictureShelf, parent: QObject) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self.flagged: frozenset[tuple[str, str, str]] = frozenset()
        self.chosen = -1
        """The position of the picture the cursor is at, or -1."""

    def intrinsicSize(self, document: QTextDocument, position: int, format: QTextFormat) -> QSizeF:  # noqa: A002
        """Return the room of the picture and its two lines."""
        view = self._view_size(document, picture_of(format))
        return QSizeF(view.width() + 2 * px(6), view.height() + self._words_height(document) + 2 * px(6))

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        document: QTextDocument,
        position: int,
        format: QTextFormat,  # noqa: A002
    ) -> None:
        """Draw the picture, its caption and its licence."""
        picture = picture_of(format)
        if picture is None:
            return
        look, view, rect = tokens(), self._view_size(document, picture), QRectF(rect)
        painter.save()
        flagged = (picture.sha256, picture.caption, picture.licence) in self.flagged
        edge = look.danger if flagged else look.primary if position == self.chosen else look.line
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(edge), 2 if position == self.chosen or flagged else 1))
        painter.setBrush(QColor(look.background))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), px(6), px(6))
        place = QRectF(rect.left() + px(6), rect.top() + px(6), view.width(), view.height())
        self._draw_view(painter, place, picture)
        self._draw_words(painter, QRectF(place.left(), place.bottom(), place.width(), rect.height()), document, picture)
        painter.restore()

    def _draw_view(self, painter: QPainter, place: QRectF, picture: Picture) -> None:
        image = self._shelf.image(picture.sha256)
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, image)
            return
        painter.setPen(QColor(tokens().muted))
        missing = self._shelf.missing(picture.sha256)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "图片读不出来" if missing else "正在取图片……")

    def _draw_words(self, painter: QPainter, place: QRectF, document: QTextDocument, picture: Picture) -> None:
        look, font = tokens(), self._font(document)
        line = QFontMetricsF(font).height()
        painter.setFont(font)
        licence = f"授权：{picture.licence}" if picture.licence.strip() else "还没有写明图片授权说明"
        rows = (
            (picture.caption or "（没有图片说明）", look.text if picture.caption else look.muted),
            (licence, look.muted if picture.licence.strip() else look.danger),
        )
        for number, (words, colour) in enumerate(rows):
            painter.setPen(QColor(colour))
            row = QRectF(place.left(), place.top() + px(4) + number * line, place.width(), line)
            shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _view_size(self, document: QTextDocument, picture: Picture | None) -> QSizeF:
        known = self._shelf.size(picture.sha256) if picture else None
        size = QSizeF(known) if known is not None else _WAITING * (px(100) / 100)
        room = document.textWidth() - 2 * document.documentMargin() - 4 * px(6)
        widest = min(float(px(_WIDEST)), room) if room > px(80) else float(px(_WIDEST))
        if size.width() > widest or size.height() > px(_TALLEST):
            size.scale(QSizeF(widest, px(_TALLEST)), Qt.AspectRatioMode.KeepAspectRatio)
        # A picture of a few pixels still needs room for its two lines.
        return QSizeF(max(size.width(), px(160)), size.height()) if known is None else self._at_least(size)

    @staticmethod
    def _at_least(size: QSizeF) -> QSizeF:
        if size.width() >= px(160):
            return size
        wide = QSizeF(size)
        wide.scale(QSizeF(px(160), px(_TALLEST)), Qt.AspectRatioMode.KeepAspectRatio)
        return QSizeF(max(wide.width(), px(48)), wide.height())

    def _words_height(self, document: QTextDocument) -> float:
        return 2 * QFontMetricsF(self._font(document)).height() + px(4)

    @staticmethod
    def _font(document: QTextDocument) -> QFont:
        font = QFont(document.defaultFont())
        font.setPixelSize(px(12))
        return font
