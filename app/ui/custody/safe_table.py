"""The list of kept passwords, and of accounts of which none is kept."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.labels import long_date
from app.models.platform import EntryWay
from app.services.custody_list import SafeRow
from app.ui.tokens import Tone
from app.ui.widgets.chip_delegate import CHIP_ROLE
from app.ui.widgets.plain_tooltip import plain_tooltip

Index = QModelIndex | QPersistentModelIndex


class SafeColumn(IntEnum):
    """The columns in their order."""

    ACCOUNT = 0
    KEEPERS = 1
    DUE = 2
    STATE = 3


HEADINGS = ("账号", "保管人", "应换日期", "状态")


def keepers_of(row: SafeRow, names: Mapping[str, str]) -> str:
    """Return the names of who keeps a password."""
    return "、".join(names.get(one.person_id, "") for one in row.line.credential.envelopes) if row.line else ""


def chips_of(row: SafeRow, missing: frozenset[str] | None) -> tuple[tuple[str, Tone], ...]:
    """Return how a password stands, what is most pressing first.

    `missing` are the credentials that are not on this PC, None while that is not known.
    """
    line = row.line
    if line is None:
        bare = ("扫码登录", Tone.NEUTRAL) if row.entry is EntryWay.SCAN else ("还没有登记", Tone.WARNING)
        return (bare,)
    found = []
    if missing is not None and line.credential.id in missing:
        found.append(("本机无此凭据", Tone.DANGER))
    if line.late:
        found.append(("到期", Tone.DANGER))
    if line.stale_ids:
        found.append(("需重新封装", Tone.WARNING))
    return tuple(found) or (("未核对", Tone.NEUTRAL) if missing is None else ("已封存", Tone.GOOD),)


class SafeTableModel(QAbstractTableModel):
    """Shows the rows of the safe that hold all words of a search."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[SafeRow, ...] = ()
        self._rows: tuple[SafeRow, ...] = ()
        self._names: Mapping[str, str] = {}
        self._words: list[str] = []
        self.missing: frozenset[str] | None = None

    def show_rows(self, rows: tuple[SafeRow, ...], names: Mapping[str, str]) -> None:
        """Take all rows anew."""
        self._all, self._names = rows, names
        self._arrange()

    def search(self, words: str) -> None:
        """Show the rows that hold all these words."""
        self._words = words.casefold().split()
        self._arrange()

    def show_missing(self, missing: frozenset[str] | None) -> None:
        """Mark the credentials that this PC does not have; None when that cannot be known."""
        self.missing = missing
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, SafeColumn.STATE))

    def row(self, number: int) -> SafeRow:
        """Return what stands in a row."""
        return self._rows[number]

    def place_of(self, key: str) -> int:
        """Return the row of a key, or of the account's first password, or -1."""
        places = [place for place, row in enumerate(self._rows) if key in (row.key, f"account:{row.account.id}")]
        return places[0] if places else -1

    def _arrange(self) -> None:
        self.beginResetModel()
        self._rows = tuple(row for row in self._all if all(word in self._searched(row) for word in self._words))
        self.endResetModel()

    def _searched(self, row: SafeRow) -> str:
        name = row.line.credential.label if row.line else ""
        return f"{row.account.caption}\n{name}\n{keepers_of(row, self._names)}".casefold()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return HEADINGS[section] if shown else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        row, column = self._rows[index.row()], SafeColumn(index.column())
        chips = chips_of(row, self.missing)
        if role == CHIP_ROLE and column is SafeColumn.STATE:
            return chips[0]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            said = "\n".join(word for word, _tone in chips)
            return plain_tooltip(said if column is SafeColumn.STATE else self._text(row, column))
        return None

    def _text(self, row: SafeRow, column: SafeColumn) -> str:
        match column:
            case SafeColumn.ACCOUNT:
                name = f" {row.line.credential.label}" if row.line else ""
                return " ".join(f"{row.account.caption}{name}".split())
            case SafeColumn.KEEPERS:
                return keepers_of(row, self._names)
            case SafeColumn.DUE:
                return long_date(row.line.due_on) if row.line else ""
            case SafeColumn.STATE:
                return chips_of(row, self.missing)[0][0]
