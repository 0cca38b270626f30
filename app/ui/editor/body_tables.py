"""Tables of plain cells: insert, walk with Tab, add and remove rows and columns."""

from enum import StrEnum

from PySide6.QtGui import QTextCursor, QTextTable

from app.models.content import Block, BlockKind
from app.ui.editor.body_commands import insert_at, one_step


class TableChange(StrEnum):
    """What can be done to the table the cursor is in."""

    ROW = "row"
    COLUMN = "column"
    DROP_ROW = "drop_row"
    DROP_COLUMN = "drop_column"
    DROP_TABLE = "drop_table"


def insert_table(cursor: QTextCursor, rows: int, columns: int) -> None:
    """Insert an empty table and go to its first cell; within a table nothing happens."""
    if cursor.currentTable() is not None:
        return
    start = cursor.selectionStart()
    insert_at(cursor, (Block(BlockKind.TABLE, rows=(("",) * columns,) * rows),))
    block = cursor.document().findBlock(start)
    while block.isValid() and QTextCursor(block).currentTable() is None:
        block = block.next()
    if block.isValid():
        cursor.setPosition(block.position())


def change_table(cursor: QTextCursor, change: TableChange) -> None:
    """Change the table the cursor is in, as one step of undo; its last row or column goes with the table."""
    table: QTextTable | None = cursor.currentTable()
    if table is None:
        return
    cell = table.cellAt(cursor)
    with one_step(cursor):
        if change is TableChange.ROW:
            table.insertRows(cell.row() + 1, 1)
        elif change is TableChange.COLUMN:
            table.insertColumns(cell.column() + 1, 1)
        elif change is TableChange.DROP_ROW:
            table.removeRows(cell.row(), 1)
        elif change is TableChange.DROP_COLUMN:
            table.removeColumns(cell.column(), 1)
        else:
            table.removeRows(0, table.rows())


def walk_cells(cursor: QTextCursor, *, forward: bool) -> bool:
    """Move to the next or previous cell; say False at the end of the table, where Tab leaves the text."""
    table: QTextTable | None = cursor.currentTable()
    if table is None:
        return False
    cell = table.cellAt(cursor)
    number = cell.row() * table.columns() + cell.column() + (1 if forward else -1)
    if not 0 <= number < table.rows() * table.columns():
        return False
    target = table.cellAt(number // table.columns(), number % table.columns())
    cursor.setPosition(target.firstPosition())
    return True
