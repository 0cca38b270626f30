"""Ctrl+K: any draft by any word of one character or more; Enter opens, Esc closes."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.models.draft_list import SearchHit
from app.ui.desk import Desk
from app.ui.theme import px, set_role, tokens

HINT = "输入标题、正文里的任意字词，或者编号。"
_LIMIT = 20


class SearchDialog(QDialog):
    """One line to type into, and what was found below it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent.window())
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("搜索")
        self.resize(px(620), px(460))
        self.field = QLineEdit()
        self.field.setPlaceholderText("搜索全部稿件")
        self.field.setAccessibleName("搜索全部稿件")
        self.field.setClearButtonEnabled(True)
        self.field.setMaxLength(200)
        self.list = QListWidget()
        self.list.setAccessibleName("搜索结果")
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._open_item)
        self.list.itemClicked.connect(self._open_item)
        self.note = QLabel(HINT)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        set_role(self.note, role="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(16), px(16), px(16), px(14))
        layout.setSpacing(px(10))
        for widget in (self.field, self.list, self.note):
            layout.addWidget(widget)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self.find_words)
        self.field.textChanged.connect(lambda _text: self._pause.start())
        self.field.returnPressed.connect(self._open_current)
        self.field.installEventFilter(self)
        self.field.setFocus()

    def find_words(self) -> None:
        """Ask for what was typed; only the latest question is answered."""
        words = self.field.text().strip()
        if not words:
            self._found(words, ())
            return
        self._desk.tasks.run(
            self,
            lambda: self._desk.services.search.find(words, _LIMIT),
            lambda hits: self._found(words, hits),
            topic="search",
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while the cursor stays in the line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and self.list.count():
                row = min(max(self.list.currentRow() + step, 0), self.list.count() - 1)
                self.list.setCurrentRow(row)
                return True
        return super().eventFilter(watched, event)

    def _found(self, words: str, hits: tuple[SearchHit, ...]) -> None:
        self.list.clear()
        for hit in hits:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, hit)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{hit.number} {hit.title}".strip())
            self.list.addItem(item)
        if hits:
            self.list.setCurrentRow(0)
            more = "，只列出最近的" if len(hits) == _LIMIT else ""
            self.note.setText(f"找到 {len(hits)} 件{more}。上下键选择，回车打开。")
        else:
            self.note.setText(f"没有找到含“{words}”的稿件，请换一个词再试。" if words else HINT)

    def _open_current(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self.find_words()
        elif (item := self.list.currentItem()) is not None:
            self._open_item(item)

    def _open_item(self, item: QListWidgetItem) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole)
        self.accept()
        self._desk.open(f"{hit.kind}:{hit.subject_id}")


class HitDelegate(QStyledItemDelegate):
    """Paints a find on two lines: number and title, and the words around the match."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]
        """Leave room for two lines."""
        return QSize(px(200), px(56))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        """Paint one find; people's words are painted as they are."""
        hit = index.data(Qt.ItemDataRole.UserRole)
        look = tokens()
        place: QRect = option.rect
        state = option.state
        font: QFont = option.font
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, QColor(look.primary_soft))
        inner = place.adjusted(px(12), px(6), -px(12), -px(6))
        top = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        below = QRect(inner.left(), top.bottom() + 1, inner.width(), inner.height() - top.height())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        painter.setPen(QColor(look.muted))
        number = hit.number or "未编号"
        painter.drawText(top, left, number)
        used = painter.fontMetrics().horizontalAdvance(number) + px(10)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(look.text))
        title = " ".join(hit.title.split()) or "（无标题）"
        room = top.adjusted(used, 0, 0, 0)
        painter.drawText(room, left, painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room.width()))
        painter.setFont(font)
        painter.setPen(QColor(look.muted))
        excerpt = " ".join(hit.excerpt.split())
        shown = painter.fontMetrics().elidedText(excerpt, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, left, shown)
        painter.restore()
