"""Picking the draft a scan belongs to, when its code cannot be read."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.models.draft_list import DraftFilter, DraftQuery, DraftRow
from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.widgets.plain_tooltip import plain_tooltip

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
        self.words.setMaxLength(200)
        self.words.textChanged.connect(lambda _text: self.read())
        self.words.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("审核中的稿件")
        self.list.setMinimumHeight(px(240))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._activated)
        self.list.itemClicked.connect(self._activated)
        self.note = QLabel("审核中的稿件里没有这样的。")
        self.note.setWordWrap(True)
        set_role(self.note, role="muted")
        self.note.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        for widget in (self.words, self.note, self.list):
            layout.addWidget(widget)

    def read(self) -> None:
        """Read the drafts that fit."""
        query = DraftQuery(DraftFilter.IN_REVIEW, self.words.text())
        drafts = self._desk.services.drafts
        self._desk.tasks.run(self, lambda: drafts.page(query, 0, _SHOWN), self._show, topic="choice")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go into the list with the down arrow; Enter picks the only draft that is left."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.list.count():
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus()
                self.list.setCurrentRow(0)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.list.count() == 1:
                    self._activated(self.list.item(0))
                return True
        return super().eventFilter(watched, event)

    def _show(self, rows: tuple[DraftRow, ...]) -> None:
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(f"{row.number.short if row.number else ''}　{' '.join(row.title.split())}")
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            item.setToolTip(plain_tooltip(row.title))
            self.list.addItem(item)
        self.list.setVisible(bool(rows))
        self.note.setVisible(not rows)

    def _activated(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
