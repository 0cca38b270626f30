"""Cells of a list that are painted as chips."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.theme import px
from app.ui.tokens import Tone
from app.ui.widgets.chip import chip_size, paint_chip

CHIP_ROLE = Qt.ItemDataRole.UserRole + 7
"""Under which a model gives (word, tone) of a cell, or None for an empty one."""
_TEXT_AT = 11
"""Where a cell's text begins, padding and margin of the style taken together."""

Index = QModelIndex | QPersistentModelIndex


class ChipDelegate(QStyledItemDelegate):
    """Paints what a model gives under `CHIP_ROLE`."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground and chip."""
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, option.widget)
        shown: tuple[str, Tone] | None = index.data(CHIP_ROLE)
        if shown is not None:
            place = QRectF(option.rect).adjusted(px(_TEXT_AT), 0, -px(4), 0)
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            paint_chip(painter, place, *shown, option.font, chosen=chosen)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Ask for the room of the chip."""
        shown: tuple[str, Tone] | None = index.data(CHIP_ROLE)
        return chip_size(shown[0] if shown else "", option.font) + QSize(px(_TEXT_AT + 4), px(8))


def chip_width(word: str, font: QFont) -> int:
    """Return how wide a column must be for a chip."""
    return chip_size(word, font).width() + px(_TEXT_AT + 6)


def cell_width(text: str, metrics: QFontMetrics) -> int:
    """Return how wide a column must be for a text."""
    return metrics.horizontalAdvance(text) + px(2 * _TEXT_AT + 6)
