"""The table of drafts: columns give way to the title where there is no room for all of them."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from app.models.draft_list import DraftRow
from app.ui.drafts.draft_table import ROW_ROLE, Column, DraftTableModel, state_word
from app.ui.theme import px
from app.ui.widgets.chip import chip_size, paint_chip, tone_of_state
from app.ui.widgets.quiet_table import quiet_table

_WIDEST = {
    Column.NUMBER: "〔2026〕1234号",
    Column.STATE: "待保密审查",
    Column.ACCOUNTS: "微信公众号 · 微博",
    Column.AUTHOR: "欧阳某某",
    Column.UPDATED: "2025-11-21",
}
_GIVE_WAY = {Column.AUTHOR: 250, Column.ACCOUNTS: 220, Column.UPDATED: 190, Column.NUMBER: 150}
"""Which columns go first, and how much room the title must have for each to stay."""
_TEXT_AT = 11
"""Where a cell's text begins, padding and margin of the style taken together."""

Index = QModelIndex | QPersistentModelIndex


class DraftListView(QTableView):
    """Shows the model of drafts; Enter and a double click activate a row."""

    def __init__(self, model: DraftTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        quiet_table(self, "稿件列表", wide=Column.TITLE)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegateForColumn(Column.STATE, StateDelegate(self))
        for column in _WIDEST:
            self.setColumnWidth(column, self._width_of(column))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as leave the title its room."""
        shown = set(_WIDEST)
        for column, room in _GIVE_WAY.items():
            if self.viewport().width() - sum(map(self._width_of, shown)) >= px(room):
                break
            shown.discard(column)
        for column in _WIDEST:
            self.setColumnHidden(column, column not in shown)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave letters to the page: nobody wants to jump to a row that begins with one."""
        if event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _width_of(self, column: Column) -> int:
        if column is Column.STATE:
            return chip_size(_WIDEST[column], self.font()).width() + px(_TEXT_AT + 6)
        return self.fontMetrics().horizontalAdvance(_WIDEST[column]) + px(2 * _TEXT_AT + 6)


class StateDelegate(QStyledItemDelegate):
    """Paints the state of a row as a chip."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground and chip."""
        style = option.widget.style()
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, option.widget)
        row = index.data(ROW_ROLE)
        if isinstance(row, DraftRow):
            place = QRectF(option.rect).adjusted(px(_TEXT_AT), 0, -px(4), 0)
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            paint_chip(painter, place, state_word(row), tone_of_state(row.state), option.font, chosen=chosen)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Ask for the room of the widest chip."""
        return chip_size(_WIDEST[Column.STATE], option.font) + QSize(px(_TEXT_AT + 4), px(8))
