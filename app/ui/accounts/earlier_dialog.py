"""补录: posts from before the first day of use, every row shown with what is wrong with it."""

from pathlib import Path

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView, QWidget

from app.services.imports import EarlierRow
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.tokens import Tone
from app.ui.widgets.fitting_size import fit_to_screen
from app.ui.widgets.quiet_table import FittedColumns, quiet_table

LISTS = "表格 (*.xlsx *.csv)"
HEADINGS = ("行", "能否补录", "账号", "标题", "发布时间", "链接")
_SHOWN = 2000


class EarlierDialog(FormDialog):
    """Shows a list before anything is recorded; only sound rows are recorded."""

    def __init__(self, desk: Desk, parent: QWidget, path: Path) -> None:
        super().__init__(desk, parent, "补录以前的发布", path.name, "补录")
        self.rows: tuple[EarlierRow, ...] = ()
        fit_to_screen(self, 980, 620)
        self.notice.say("正在读取……")
        self.model = QStandardItemModel(0, len(HEADINGS), self)
        self.model.setHorizontalHeaderLabels(list(HEADINGS))
        self.table = QTableView()
        self.table.setModel(self.model)
        quiet_table(self.table, "补录清单", wide=3)
        FittedColumns(self.table, {0: 56, 1: 240, 2: 150, 4: 150, 5: 180})
        self.act_button.setEnabled(False)
        self.act_button.clicked.connect(self.record)
        self.lay_out(self.notice, self.table, tall=self.table)
        services = desk.services

        def read() -> tuple[EarlierRow, ...]:
            return services.imports.earlier_rows(path, services.accounts.list())

        desk.tasks.run(self, read, self._show, self.refused, lane="files")

    def _show(self, rows: tuple[EarlierRow, ...]) -> None:
        self.rows = rows
        for row in rows[:_SHOWN]:
            when = row.when.replace("T", " ")[:16]
            cells = (str(row.line), row.problem or "可以补录", row.account_name, row.title, when, row.link)
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
        self.act_button.setText(f"补录 {sound} 行")
        self.act_button.setEnabled(sound > 0)

    def record(self) -> None:
        """Record the sound rows."""
        imports, rows = self._desk.services.imports, self.rows
        self.act(lambda: imports.record_earlier(rows), self._recorded)

    def _recorded(self, added: int) -> None:
        self._desk.dialogs.tell(self, "已补录", f"补录了 {added} 条以前的发布，只用来计算更新间隔。")
        self.done_with("publications")
