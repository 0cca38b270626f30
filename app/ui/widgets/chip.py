"""A chip: one word on a soft ground; colour is never the only sign."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.draft import DraftState
from app.ui.theme import px, tokens
from app.ui.tokens import Tone

_STATE_TONES = {
    DraftState.WRITING: Tone.NEUTRAL,
    DraftState.IN_REVIEW: Tone.WARNING,
    DraftState.APPROVED: Tone.PRIMARY,
    DraftState.PUBLISHING: Tone.PRIMARY,
    DraftState.PUBLISHED: Tone.GOOD,
    DraftState.RETURNED: Tone.DANGER,
    DraftState.WITHDRAWN: Tone.NEUTRAL,
    DraftState.VOID: Tone.NEUTRAL,
}


def tone_of_state(state: DraftState) -> Tone:
    """Return the tone in which a draft's state is shown."""
    return _STATE_TONES[state]


def chip_font(font: QFont) -> QFont:
    """Return the font of a chip, smaller than its surroundings."""
    small = QFont(font)
    small.setPixelSize(px(12))
    return small


def chip_size(text: str, font: QFont) -> QSize:
    """Return the room a chip takes; table cells use it too."""
    metrics = QFontMetrics(chip_font(font))
    return QSize(metrics.horizontalAdvance(text) + 2 * px(9), metrics.height() + 2 * px(3))


def paint_chip(painter: QPainter, rect: QRectF, text: str, tone: Tone, font: QFont, *, chosen: bool = False) -> None:
    """Paint a chip at the left of `rect`, in its middle; a text too long for it is elided.

    In a row that is `chosen`, whose ground is soft itself, the chip stands on the surface.
    """
    front, ground = tokens().tone(tone)
    ground = tokens().surface if chosen else ground
    size = chip_size(text, font)
    width = min(float(size.width()), rect.width())
    pill = QRectF(rect.left(), rect.center().y() - size.height() / 2, width, size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setPen(QColor(front))
    painter.setFont(chip_font(font))
    inner = pill.adjusted(px(9) - 1, 0, -px(9) + 1, 0)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()) + 1)
    painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


class Chip(QWidget):
    """A word on a soft ground."""

    def __init__(self, text: str = "", tone: Tone | str = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone = "", Tone(tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_text(text, self._tone)

    @property
    def text(self) -> str:
        """The word."""
        return self._text

    @property
    def tone(self) -> Tone:
        """Its tone."""
        return self._tone

    def show_text(self, text: str, tone: Tone | str) -> None:
        """Change word and tone."""
        self._text, self._tone = text, Tone(tone)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the room of the word."""
        return chip_size(self._text, self.font())

    def minimumSizeHint(self) -> QSize:
        """Allow a long word to be elided."""
        return QSize(min(self.sizeHint().width(), px(64)), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill and the word."""
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self._text, self._tone, self.font())
        painter.end()
