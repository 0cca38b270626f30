"""Picking the draft a scan belongs to, when its code cannot be read."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.models.draft_list import DraftFilter, DraftQuery, DraftRow
from app.ui.desk import Desk
from app.ui.theme import px

_SHOWN = 50


class DraftChoice(QWidget):
    """The drafts in review, newest first, narrowed by words or a number; `chosen` carries the draft's id."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.words = QLineEdit()
        self.words.setPlaceholderText("输入编号或标题中的字")
        self.words.setAccessibleName("查找稿件")
        self.words.textChanged.connect(lambda _text: self.read())
        self.list = QListWidget()
        self.list.setAccessibleName("审核中的稿件")
        self.list.setMinimumHeight(px(220))
        self.list.itemActivated.connect(self._activated)
        self.list.itemClicked.connect(self._activated)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addWidget(self.words)
        layout.addWidget(self.list)

    def read(self) -> None:
        """Read the drafts that fit."""
        query = DraftQuery(DraftFilter.IN_REVIEW, self.words.text())
        drafts = self._desk.services.drafts
        self._desk.tasks.run(self, lambda: drafts.page(query, 0, _SHOWN), self._show, topic="choice")

    def _show(self, rows: tuple[DraftRow, ...]) -> None:
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(f"{row.number.short if row.number else ''}　{' '.join(row.title.split())}")
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            item.setToolTip(row.title)
            self.list.addItem(item)

    def _activated(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
