"""The list of accounts: all of them are held, and only the cells that are seen are made into words."""

from collections.abc import Iterable, Mapping
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.labels import label
from app.models.account import AccountState
from app.services.account_desk import AccountLine
from app.ui.accounts.account_tones import STATE_TONES, filing_chip
from app.ui.tokens import Tone
from app.ui.widgets.chip_delegate import CHIP_ROLE
from app.ui.widgets.plain_tooltip import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
_ENDED = frozenset({AccountState.CLOSED, AccountState.DEREGISTERED})
_RUNNING = frozenset({AccountState.RUNNING, AccountState.CLOSING})


class AccountFilter(StrEnum):
    """The chips above the list."""

    ALL = "all"
    NOTICE = "notice"
    IN_HAND = "in_hand"
    RUNNING = "running"
    ENDED = "ended"


FILTER_WORDS = {
    AccountFilter.ALL: "全部",
    AccountFilter.NOTICE: "要留意",
    AccountFilter.IN_HAND: "办理中",
    AccountFilter.RUNNING: "运行中",
    AccountFilter.ENDED: "已结束",
}


class Column(IntEnum):
    """The columns in their order."""

    PLATFORM = 0
    NAME = 1
    STATE = 2
    FILING = 3
    NOTICE = 4


HEADINGS = ("平台", "账号名称", "状态", "备案", "留意")
CHIP_COLUMNS = (Column.STATE, Column.FILING, Column.NOTICE)


def belongs(line: AccountLine, chip: AccountFilter) -> bool:
    """Say whether an account is shown under a chip; one that is not open yet is in hand."""
    state = line.account.state
    match chip:
        case AccountFilter.ALL:
            return True
        case AccountFilter.NOTICE:
            return bool(line.warnings)
        case AccountFilter.IN_HAND:
            return line.has_open_paper or state not in _RUNNING | _ENDED
        case AccountFilter.RUNNING:
            return state in _RUNNING
        case AccountFilter.ENDED:
            return state in _ENDED


def notice_chip(line: AccountLine) -> tuple[str, Tone] | None:
    """Return the chip of what an account is warned of: the word of what is grave, else the number."""
    grave = [warning for warning in line.warnings if warning.grave]
    if grave:
        more = f" 等{len(line.warnings)}项" if len(line.warnings) > 1 else ""
        return label(grave[0].kind) + more, Tone.DANGER
    return (f"{len(line.warnings)} 项", Tone.WARNING) if line.warnings else None


class AccountTableModel(QAbstractTableModel):
    """Shows the accounts of one chip that hold all words of a search."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[tuple[str, AccountLine], ...] = ()
        self._rows: tuple[AccountLine, ...] = ()
        self._places: Mapping[str, int] = {}
        self._chip, self._words = AccountFilter.ALL, ""
        self.replacing = False
        """Whether rows are being put in place of others; what the view then calls chosen was chosen by nobody."""

    def show_lines(self, lines: Iterable[AccountLine]) -> None:
        """Take all accounts anew."""
        self._all = tuple((_searched(line), line) for line in lines)
        self._arrange()

    def ask(self, chip: AccountFilter, words: str) -> None:
        """Show the accounts of a chip that hold all these words in platform, name or handle."""
        self._chip, self._words = chip, words
        self._arrange()

    def counts(self) -> dict[AccountFilter, int]:
        """Return how many accounts there are under each chip."""
        return {chip: sum(belongs(line, chip) for _text, line in self._all) for chip in AccountFilter}

    def row(self, number: int) -> AccountLine:
        """Return the account of a row."""
        return self._rows[number]

    def place_of(self, account_id: str) -> int:
        """Return the row of an account, or -1."""
        return self._places.get(account_id, -1)

    def knows(self, account_id: str) -> bool:
        """Say whether an account is on file, shown or not."""
        return any(line.account.id == account_id for _text, line in self._all)

    def _arrange(self) -> None:
        words = self._words.casefold().split()
        self.replacing = True
        self.beginResetModel()
        self._rows = tuple(
            line for text, line in self._all if belongs(line, self._chip) and all(word in text for word in words)
        )
        self._places = {line.account.id: row for row, line in enumerate(self._rows)}
        self.endResetModel()
        self.replacing = False

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many accounts are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        line, column = self._rows[index.row()], Column(index.column())
        if role == CHIP_ROLE:
            return _chip(line, column)
        if role == Qt.ItemDataRole.DisplayRole:
            chip = _chip(line, column)
            return chip[0] if chip else _text(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tooltip(line, column)
        return None


def _searched(line: AccountLine) -> str:
    account = line.account
    return f"{account.platform}\n{account.name}\n{account.handle}".casefold()


def _chip(line: AccountLine, column: Column) -> tuple[str, Tone] | None:
    account = line.account
    match column:
        case Column.STATE:
            return label(account.state), STATE_TONES[account.state]
        case Column.FILING:
            return filing_chip(account)
        case Column.NOTICE:
            return notice_chip(line)
        case _:
            return None


def _text(line: AccountLine, column: Column) -> str:
    match column:
        case Column.PLATFORM:
            return " ".join(line.account.platform.split())
        case Column.NAME:
            return " ".join(line.account.name.split())
        case _:
            return ""


def _tooltip(line: AccountLine, column: Column) -> str:
    match column:
        case Column.NAME:
            return plain_tooltip("\n".join(filter(None, (line.account.caption, line.account.handle))))
        case Column.NOTICE:
            return plain_tooltip("\n".join(label(warning.kind) for warning in line.warnings))
        case _:
            return ""
