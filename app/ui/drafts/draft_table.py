"""The list of drafts: rows are read page by page, and only those that are shown."""

from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.labels import label, long_date, long_moment
from app.models.account import Account
from app.models.draft import DraftState, Urgency
from app.models.draft_list import DraftQuery, DraftRow
from app.ui.desk import Desk
from app.ui.widgets.chip import chip_size, paint_chip, tone_of_state
from app.ui.widgets.moment_text import moment_text

PAGE_SIZE = 50
_KEPT_PAGES = 24
Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns in their order."""

    NUMBER = 0
    TITLE = 1
    STATE = 2
    ACCOUNTS = 3
    AUTHOR = 4
    UPDATED = 5


HEADINGS = ("编号", "标题", "状态", "发布账号", "信息员", "更新时间")
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


def state_word(row: DraftRow) -> str:
    """Return the word of a draft's chip: what it waits for, not only what it is."""
    if row.state is DraftState.IN_REVIEW and row.step is not None:
        return f"待{label(row.step).removeprefix('主要领导')}"
    return "待发布" if row.state is DraftState.APPROVED else label(row.state)


class DraftTableModel(QAbstractTableModel):
    """Rows of one query; a page of 50 is read when one of its rows is first shown."""

    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._query = DraftQuery()
        self._count = 0
        self._pages: dict[int, tuple[DraftRow, ...]] = {}
        self._asked: set[int] = set()
        self._reading = 0
        self._accounts: Mapping[str, Account] = {}

    def ask(self, query: DraftQuery) -> None:
        """Show another query from its first row."""
        self._query = query
        self.reload(keep=False)

    def reload(self, *, keep: bool = True) -> None:
        """Read again; with `keep` the pages that are held stay where they are."""
        self._reading += 1
        reading, query, services = self._reading, self._query, self._desk.services
        pages = sorted(self._pages)[-3:] if keep and self._pages else [0]

        def job() -> tuple[int, dict[int, tuple[DraftRow, ...]], tuple[Account, ...]]:
            rows = {page: services.drafts.page(query, page * PAGE_SIZE, PAGE_SIZE) for page in pages}
            return services.drafts.count(query), rows, services.accounts.list()

        def done(found: tuple[int, dict[int, tuple[DraftRow, ...]], tuple[Account, ...]]) -> None:
            if reading != self._reading:
                return
            count, rows, accounts = found
            self._accounts = {account.id: account for account in accounts}
            self._replace(count, rows)
            self.counted.emit(count)

        self._desk.tasks.run(self, job, done)

    def _replace(self, count: int, rows: dict[int, tuple[DraftRow, ...]]) -> None:
        self._asked = set()
        if count == self._count and count:
            self._pages = rows
            self.dataChanged.emit(self.index(0, 0), self.index(count - 1, len(HEADINGS) - 1))
            return
        self.beginResetModel()
        self._count, self._pages = count, rows
        self.endResetModel()

    def row(self, number: int) -> DraftRow | None:
        """Return a row, or None while its page is being read."""
        page, within = divmod(number, PAGE_SIZE)
        rows = self._pages.get(page)
        if rows is not None:
            return rows[within] if within < len(rows) else None
        self._read_page(page)
        return None

    def place_of(self, draft_id: str) -> int:
        """Return the row number of a draft among those read, or -1."""
        for page, rows in self._pages.items():
            for within, row in enumerate(rows):
                if row.id == draft_id:
                    return page * PAGE_SIZE + within
        return -1

    def _read_page(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        reading, query, services = self._reading, self._query, self._desk.services

        def done(rows: tuple[DraftRow, ...]) -> None:
            if reading != self._reading:
                return
            self._asked.discard(page)
            self._pages[page] = rows
            while len(self._pages) > _KEPT_PAGES:
                del self._pages[max(self._pages, key=lambda kept: abs(kept - page))]
            first = page * PAGE_SIZE
            last = min(first + PAGE_SIZE, self._count) - 1
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(HEADINGS) - 1))

        self._desk.tasks.run(self, lambda: services.drafts.page(query, page * PAGE_SIZE, PAGE_SIZE), done)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows the query has."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; … while its page is being read."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, ROW_ROLE):
            return None
        row = self.row(index.row())
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole and index.column() == Column.TITLE else None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(row, Column(index.column()))
        return self._text(row, Column(index.column()), self._desk.now())

    def _text(self, row: DraftRow, column: Column, now: datetime) -> str:
        match column:
            case Column.NUMBER:
                return row.number.short if row.number else "未编号"
            case Column.TITLE:
                urgent = "【加急】" if row.urgency is Urgency.URGENT else ""
                return urgent + (" ".join(row.title.split()) or "（未写标题）")
            case Column.STATE:
                return state_word(row)
            case Column.ACCOUNTS:
                known = [self._accounts[a].platform for a in row.account_ids if a in self._accounts]
                return " · ".join(dict.fromkeys(known))
            case Column.AUTHOR:
                return row.author
            case Column.UPDATED:
                return moment_text(row.updated_at, now)

    def _tooltip(self, row: DraftRow, column: Column) -> str:
        match column:
            case Column.NUMBER:
                return str(row.number or "")
            case Column.TITLE:
                return row.title
            case Column.STATE:
                return f"办理期限 {long_date(row.step_due_on)}" if row.step_due_on else ""
            case Column.ACCOUNTS:
                return "\n".join(self._accounts[a].caption for a in row.account_ids if a in self._accounts)
            case Column.AUTHOR:
                return ""
            case Column.UPDATED:
                return long_moment(row.updated_at)


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
            place = QRectF(option.rect).adjusted(8, 0, -4, 0)
            paint_chip(painter, place, state_word(row), tone_of_state(row.state), option.font)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Ask for the room of the widest chip."""
        return chip_size("待保密审查", option.font) + QSize(20, 8)
