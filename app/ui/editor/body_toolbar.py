"""The few things a body can be besides words: headings, lists, tables, pictures; and undo."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QToolButton, QWidget

from app.labels import label
from app.models.content import BlockKind
from app.ui.editor.body_editor import BodyEditor
from app.ui.editor.body_tables import TableChange
from app.ui.icons import put_icon
from app.ui.theme import px

_KINDS = (
    ("正文", BlockKind.PARAGRAPH, 0),
    ("一级小标题", BlockKind.HEADING, 1),
    ("二级小标题", BlockKind.HEADING, 2),
    ("三级小标题", BlockKind.HEADING, 3),
    ("项目列表", BlockKind.BULLET, 0),
    ("编号列表", BlockKind.NUMBERED, 0),
)
_CHANGES = {
    TableChange.ROW: "在下方插入一行",
    TableChange.COLUMN: "在右侧插入一列",
    TableChange.DROP_ROW: "删除这一行",
    TableChange.DROP_COLUMN: "删除这一列",
    TableChange.DROP_TABLE: "删除整个表格",
}
_TABLES = ((3, 2), (3, 3), (5, 3), (5, 4), (8, 4))


class BodyToolbar(QWidget):
    """Acts on whichever body is in front."""

    picture_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._body: BodyEditor | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(4))
        self.kind = QComboBox()
        self.kind.setAccessibleName("段落样式")
        self.kind.setToolTip("段落样式（Ctrl+Alt+1、2、3 为小标题，Ctrl+Alt+0 为正文）")
        for words, _kind, _level in _KINDS:
            self.kind.addItem(words)
        self.kind.activated.connect(self._kind_chosen)
        layout.addWidget(self.kind)
        self.undo = self._button("undo-2", "撤销", "撤销（Ctrl+Z）", lambda: self._with(BodyEditor.undo))
        self.redo = self._button("redo-2", "重做", "重做（Ctrl+Y）", lambda: self._with(BodyEditor.redo))
        self.picture = self._button(
            "image", "图片", "插入图片；也可以粘贴，或把图片文件拖进正文", self.picture_wanted.emit
        )
        self.table = self._button("", "表格", "插入表格；光标在表格里时增减行列", self._table_menu)
        for button in (self.table, self.picture, self.undo, self.redo):
            layout.addWidget(button)
        layout.addStretch(1)

    def attend(self, body: BodyEditor) -> None:
        """Act on another body from now on."""
        if self._body is not None:
            self._body.cursorPositionChanged.disconnect(self._follow)
            self._body.undoAvailable.disconnect(self.undo.setEnabled)
            self._body.redoAvailable.disconnect(self.redo.setEnabled)
        self._body = body
        body.cursorPositionChanged.connect(self._follow)
        body.undoAvailable.connect(self.undo.setEnabled)
        body.redoAvailable.connect(self.redo.setEnabled)
        self.undo.setEnabled(body.document().isUndoAvailable())
        self.redo.setEnabled(body.document().isRedoAvailable())
        self._follow()

    def _button(self, icon: str, name: str, tooltip: str, slot: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(tooltip)
        if icon:
            put_icon(button, icon, "text", 18)
        if name in {"图片", "表格"}:
            button.setText(name)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(lambda _checked=False: slot())
        return button

    def _with(self, act: Callable[[BodyEditor], object]) -> None:
        if self._body is not None:
            act(self._body)
            self._body.setFocus()

    def _follow(self) -> None:
        if self._body is None:
            return
        kind = self._body.kind()
        place = next((n for n, (_words, k, level) in enumerate(_KINDS) if (k, level) == kind), -1)
        # A picture or a table is named, but not chosen here.
        self.kind.setPlaceholderText(label(kind[0]))
        self.kind.setCurrentIndex(place)
        self.kind.setEnabled(place >= 0 and not self._body.isReadOnly())

    def _kind_chosen(self, place: int) -> None:
        _words, kind, level = _KINDS[place]
        self._with(lambda body: body.set_kind(kind, level))

    def _table_menu(self) -> None:
        body = self._body
        if body is None:
            return
        menu = QMenu(self)
        if body.textCursor().currentTable() is not None:
            for change, words in _CHANGES.items():
                menu.addAction(words).triggered.connect(partial(body.change_table, change))
        else:
            for rows, columns in _TABLES:
                action = menu.addAction(f"{rows} 行 {columns} 列")
                action.triggered.connect(partial(body.insert_table, rows, columns))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.table.mapToGlobal(self.table.rect().bottomLeft()))
