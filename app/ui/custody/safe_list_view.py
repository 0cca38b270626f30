"""The table of kept passwords: who keeps one and when it is due give way to the account where room is short."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget

from app.ui.custody.safe_table import SafeColumn, SafeTableModel
from app.ui.theme import px
from app.ui.widgets.chip_delegate import ChipDelegate, cell_width, chip_width
from app.ui.widgets.quiet_table import quiet_table

_WIDEST = {
    SafeColumn.KEEPERS: "保管人甲、保管人乙",
    SafeColumn.DUE: "2026年12月31日",
    SafeColumn.STATE: "本机无此凭据",
}
_GIVE_WAY = {SafeColumn.KEEPERS: 180, SafeColumn.DUE: 150}
"""Which columns go first, and how much room the account must have for each to stay."""


class SafeListView(QTableView):
    """Shows the model of the safe."""

    def __init__(self, model: SafeTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        quiet_table(self, "密码列表", wide=SafeColumn.ACCOUNT)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegateForColumn(SafeColumn.STATE, ChipDelegate(self))
        for column in _WIDEST:
            self.setColumnWidth(column, self._width_of(column))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as leave the account its room."""
        shown = set(_WIDEST)
        for column, room in _GIVE_WAY.items():
            if self.viewport().width() - sum(map(self._width_of, shown)) >= px(room):
                break
            shown.discard(column)
        for column in _WIDEST:
            self.setColumnHidden(column, column not in shown)
        super().resizeEvent(event)

    def _width_of(self, column: SafeColumn) -> int:
        if column is SafeColumn.STATE:
            return chip_width(_WIDEST[column], self.font())
        return cell_width(_WIDEST[column], self.fontMetrics())
