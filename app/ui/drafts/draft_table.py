"""The list of drafts: rows are read page by page, and only those that are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app.labels import label, long_date, long_moment
from app.models.account import Account
from app.models.draft import DraftState, Urgency
from app.models.draft_list import DraftQuery, DraftRow
from app.ui.desk import Desk
from app.ui.widgets.moment_text import moment_text
from app.ui.widgets.plain_tooltip import plain_tooltip

PAGE_SIZE = 50
_KEPT_PAGES = 24
_AT_ONCE = 2
"""Pages that one look at the list can show, and that one reading fetches."""
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


def one_line(title: str) -> str:
    """Return a title as a list shows it."""
    return " ".join(title.split()) or "（未写标题）"


@dataclass(frozen=True)
class _Found:
    count: int
    pages: dict[int, tuple[DraftRow, ...]]
    accounts: tuple[Account, ...]


class DraftTableModel(QAbstractTableModel):
    """Rows of one query; a page of 50 is read when one of its rows is first shown.

    `counted` tells how many rows there are after each reading, `arrived` that further rows were read.
    """

    counted = Signal(int)
    arrived = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._query = DraftQuery()
        self._count = 0
        # The page that was shown last is the last.
        self._pages: dict[int, tuple[DraftRow, ...]] = {}
        self._wanted: dict[int, None] = {}
        self._fetching = False
        self._reading = 0
        self._accounts: Mapping[str, Account] = {}
        self.replacing = False
        """Whether rows are being put in place of others; what the view then calls chosen was chosen by nobody."""

    def ask(self, query: DraftQuery) -> None:
        """Show another query from its first row."""
        self._query = query
        self.reload(keep=False)

    def reload(self, *, keep: bool = True) -> None:
        """Read again; with `keep` the rows that are shown stay until the new ones are there."""
        self._reading += 1
        reading, query, services = self._reading, self._query, self._desk.services
        pages = sorted({0, *list(self._pages)[-_AT_ONCE:]}) if keep else [0]

        def job() -> _Found:
            count = services.drafts.count(query)
            held = [page for page in pages if page * PAGE_SIZE < max(count, 1)]
            rows = {page: services.drafts.page(query, page * PAGE_SIZE, PAGE_SIZE) for page in held}
            return _Found(count, rows, services.accounts.list())

        def done(found: _Found) -> None:
            if reading != self._reading:
                return
            self._accounts = {account.id: account for account in found.accounts}
            self._replace(found, whole=not keep)
            self.counted.emit(found.count)

        self._desk.tasks.run(self, job, done)

    def _replace(self, found: _Found, *, whole: bool) -> None:
        self.replacing = True
        self._wanted = {}
        before, after = self._count, found.count
        if whole or not before or not after:
            self.beginResetModel()
            self._count, self._pages = after, found.pages
            self.endResetModel()
        else:
            self._pages = found.pages
            if after > before:
                self.beginInsertRows(QModelIndex(), before, after - 1)
                self._count = after
                self.endInsertRows()
            elif after < before:
                self.beginRemoveRows(QModelIndex(), after, before - 1)
                self._count = after
                self.endRemoveRows()
            self.dataChanged.emit(self.index(0, 0), self.index(after - 1, len(HEADINGS) - 1))
        self.replacing = False

    def row(self, number: int) -> DraftRow | None:
        """Return a row, or None while its page is being read."""
        page, within = divmod(number, PAGE_SIZE)
        rows = self._pages.pop(page, None)
        if rows is None:
            self._want(page)
            return None
        self._pages[page] = rows
        return rows[within] if within < len(rows) else None

    def place_of(self, draft_id: str) -> int:
        """Return the row number of a draft among those read, or -1."""
        for page, rows in self._pages.items():
            for within, row in enumerate(rows):
                if row.id == draft_id:
                    return page * PAGE_SIZE + within
        return -1

    def _want(self, page: int) -> None:
        self._wanted.pop(page, None)
        self._wanted[page] = None
        if not self._fetching:
            self._fetch()

    def _fetch(self) -> None:
        """Read what was looked at last; what somebody only scrolled past is asked for again when it is seen."""
        pages = list(self._wanted)[-_AT_ONCE:]
        self._wanted = {}
        self._fetching = True
        reading, query, services = self._reading, self._query, self._desk.services

        def job() -> dict[int, tuple[DraftRow, ...]]:
            return {page: services.drafts.page(query, page * PAGE_SIZE, PAGE_SIZE) for page in pages}

        def done(found: dict[int, tuple[DraftRow, ...]]) -> None:
            self._fetching = False
            if reading == self._reading:
                self._take(found)
            if self._wanted:
                self._fetch()

        def failed(_error: object) -> bool:
            self._fetching = False
            return False

        self._desk.tasks.run(self, job, done, failed)

    def _take(self, found: dict[int, tuple[DraftRow, ...]]) -> None:
        for page, rows in found.items():
            self._pages[page] = rows
            first, last = page * PAGE_SIZE, min((page + 1) * PAGE_SIZE, self._count) - 1
            if first <= last:
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(HEADINGS) - 1))
        while len(self._pages) > _KEPT_PAGES:
            del self._pages[next(iter(self._pages))]
        self.arrived.emit()

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
                return ("【加急】" if row.urgency is Urgency.URGENT else "") + one_line(row.title)
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
                return str(row.number or "提交审核时取号")
            case Column.TITLE:
                return plain_tooltip(row.title)
            case Column.STATE:
                return f"办理期限 {long_date(row.step_due_on)}" if row.step_due_on else ""
            case Column.ACCOUNTS:
                return plain_tooltip(
                    "\n".join(self._accounts[a].caption for a in row.account_ids if a in self._accounts)
                )
            case Column.AUTHOR:
                return ""
            case Column.UPDATED:
                return long_moment(row.updated_at)
