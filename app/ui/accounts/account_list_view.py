"""The table of accounts: columns give way to the name where there is no room for all of them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget

from app.ui.accounts.account_table import CHIP_COLUMNS, AccountTableModel, Column
from app.ui.theme import px
from app.ui.widgets.chip_delegate import ChipDelegate, cell_width, chip_width
from app.ui.widgets.quiet_table import quiet_table

_WIDEST = {
    Column.PLATFORM: "微信公众号",
    Column.STATE: "已批准待开通",
    Column.FILING: "未备案（补录）",
    Column.NOTICE: "超过备案期限 等3项",
}
_GIVE_WAY = {Column.FILING: 170, Column.PLATFORM: 130, Column.STATE: 110}
"""Which columns go first, and how much room the name must have for each to stay."""


class AccountListView(QTableView):
    """Shows the model of accounts; Enter and a double click activate a row."""

    def __init__(self, model: AccountTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        quiet_table(self, "账号列表", wide=Column.NAME)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for column in CHIP_COLUMNS:
            self.setItemDelegateForColumn(column, ChipDelegate(self))
        for column in _WIDEST:
            self.setColumnWidth(column, self._width_of(column))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as leave the name its room."""
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
        if column in CHIP_COLUMNS:
            return chip_width(_WIDEST[column], self.font())
        return cell_width(_WIDEST[column], self.fontMetrics())
