"""补录: posts from before the first day of use, every row shown with what is wrong with it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QTableView, QVBoxLayout, QWidget

from app.errors import AppError
from app.messages import explain
from app.services.imports import EarlierRow
from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.quiet_table import quiet_table

LISTS = "表格 (*.xlsx *.csv)"
HEADINGS = ("行", "账号", "标题", "发布时间", "链接", "能否补录")
_SHOWN = 2000


class EarlierDialog(QDialog):
    """Shows a list before anything is recorded; only sound rows are recorded."""

    def __init__(self, desk: Desk, parent: QWidget, path: Path) -> None:
        super().__init__(parent.window())
        self._desk = desk
        self.rows: tuple[EarlierRow, ...] = ()
        self.setWindowTitle("补录以前的发布")
        self.resize(px(980), px(620))
        heading = QLabel(path.name)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        set_role(heading, role="subtitle")
        self.notice = Banner("正在读取……")
        self.model = QStandardItemModel(0, len(HEADINGS), self)
        self.model.setHorizontalHeaderLabels(list(HEADINGS))
        self.table = QTableView()
        self.table.setModel(self.model)
        quiet_table(self.table, "补录清单", wide=2)
        for column, width in ((0, 56), (1, 150), (3, 150), (4, 180), (5, 240)):
            self.table.setColumnWidth(column, px(width))
        self.record_button, cancel = QPushButton("补录"), QPushButton("取消")
        set_role(self.record_button, kind="primary")
        self.record_button.setEnabled(False)
        self.record_button.clicked.connect(self.record)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.record_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(12))
        layout.addWidget(heading)
        layout.addWidget(self.notice)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)
        services = desk.services

        def read() -> tuple[EarlierRow, ...]:
            return services.imports.earlier_rows(path, services.accounts.list())

        desk.tasks.run(self, read, self._show, self._failed, lane="files")

    def _show(self, rows: tuple[EarlierRow, ...]) -> None:
        self.rows = rows
        for row in rows[:_SHOWN]:
            when = row.when.replace("T", " ")[:16]
            cells = (str(row.line), row.account_name, row.title, when, row.link, row.problem or "可以补录")
            items = [QStandardItem(" ".join(cell.split())) for cell in cells]
            for item, cell in zip(items, cells, strict=True):
                item.setEditable(False)
                item.setToolTip(cell)
            self.model.appendRow(items)
        sound = sum(1 for row in rows if row.entry is not None)
        wrong = len(rows) - sound
        more = f"（下面列出前 {_SHOWN} 行）" if len(rows) > _SHOWN else ""
        words = f"共 {len(rows)} 行，可以补录 {sound} 行" + (f"，{wrong} 行有问题，不会补录" if wrong else "")
        self.notice.say(f"{words}。{more}", Tone.WARNING if wrong else Tone.GOOD)
        self.record_button.setText(f"补录 {sound} 行")
        self.record_button.setEnabled(sound > 0)

    def _failed(self, error: AppError) -> bool:
        self.notice.say(str(explain(error)), Tone.DANGER)
        return True

    def record(self) -> None:
        """Record the sound rows."""
        self.record_button.setEnabled(False)
        imports, rows = self._desk.services.imports, self.rows
        self._desk.tasks.run(self, lambda: imports.record_earlier(rows), self._recorded, self._failed)

    def _recorded(self, added: int) -> None:
        self._desk.changes.tell("publications")
        self._desk.dialogs.tell(self, "已补录", f"补录了 {added} 条以前的发布，只用来计算更新间隔。")
        self.accept()
