"""The icons: one family of strokes, coloured with a token, sharp on every screen."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from app.paths import ICONS
from app.ui.theme import px, tokens

_PROPERTY = "icon_shown"
_DENSITIES = (1.0, 2.0)


def icon(name: str, tone: str = "text") -> QIcon:
    """Return an icon in a token's colour; an unknown name is a bug (`FileNotFoundError`)."""
    return _drawn(name, tokens().of(tone), tokens().muted, px(18))


def picture(name: str, tone: str = "text", size: int = 18) -> QPixmap:
    """Return an icon as a picture of `size` pixels at 100 %."""
    return _pixmap(name, tokens().of(tone), px(size), 2.0)


def put_icon(target: QAbstractButton | QLabel, name: str, tone: str = "text", size: int = 18) -> None:
    """Show an icon on a button or label; it follows the theme and the scale."""
    target.setProperty(_PROPERTY, f"{name}/{tone}/{size}")
    if isinstance(target, QLabel):
        target.setPixmap(picture(name, tone, size))
    else:
        target.setIcon(_drawn(name, tokens().of(tone), tokens().muted, px(size)))
        target.setIconSize(QSize(px(size), px(size)))


def renew_icons(app: QApplication) -> None:
    """Draw every shown icon again after the theme or the scale changed."""
    for widget in app.allWidgets():
        shown = widget.property(_PROPERTY)
        if isinstance(shown, str) and isinstance(widget, QAbstractButton | QLabel):
            name, tone, size = shown.split("/")
            put_icon(widget, name, tone, int(size))


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, faint: str, size: int) -> QIcon:
    found = QIcon()
    for density in _DENSITIES:
        found.addPixmap(_pixmap(name, colour, size, density), QIcon.Mode.Normal)
        found.addPixmap(_pixmap(name, faint, size, density), QIcon.Mode.Disabled)
    return found


def _pixmap(name: str, colour: str, size: int, density: float) -> QPixmap:
    drawing = (ICONS / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    pixmap = QPixmap(round(size * density), round(size * density))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(density)
    return pixmap
