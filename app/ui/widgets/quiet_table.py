"""The look every list of rows has: whole rows, 42 px each, no grid, the title column taking what is left."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.ui.theme import px


def quiet_table(view: QTableView, name: str, *, wide: int = -1) -> None:
    """Give a table view the look of a list; `wide` is the column that takes the room that is left."""
    view.setAccessibleName(name)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTextElideMode(Qt.TextElideMode.ElideRight)
    view.setTabKeyNavigation(False)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setMinimumSectionSize(px(28))
    view.verticalHeader().setDefaultSectionSize(px(42))
    head = view.horizontalHeader()
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    head.setHighlightSections(False)
    head.setSectionsClickable(False)
    head.setMinimumSectionSize(px(48))
    if wide >= 0:
        head.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)


class FittedColumns(QObject):
    """Gives the columns of a table their widths, and narrows them together before the wide one is squeezed away."""

    def __init__(
        self, view: QTableView, widths: Mapping[int, int], *, least: int = 220, rigid: tuple[int, ...] = ()
    ) -> None:
        """`widths` are those of the other columns, `least` what is left to the wide one, all in pixels at 100 %.

        A `rigid` column is never narrowed: half a name or half a time says nothing.
        """
        super().__init__(view)
        self._view, self._least, self._rigid = view, least, rigid
        self._widths = dict(widths)
        self._fit()
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit again whenever the table is given another width."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._fit()
        return False

    def _fit(self) -> None:
        wanted = {column: px(width) for column, width in self._widths.items()}
        kept = sum(width for column, width in wanted.items() if column in self._rigid)
        room = self._view.viewport().width() - px(self._least) - kept
        # Narrower than half of it no column says anything; what is beyond the edge is scrolled to.
        part = max(0.5, min(1.0, room / max(1, sum(wanted.values()) - kept)))
        for column, width in wanted.items():
            self._view.setColumnWidth(column, width if column in self._rigid else round(width * part))
