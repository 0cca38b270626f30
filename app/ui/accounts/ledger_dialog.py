"""An existing ledger of accounts, every row shown with what is wrong with it before anything is put on file."""

from pathlib import Path

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView, QWidget

from app.services.account_import import ImportRow
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.tokens import Tone
from app.ui.widgets.fitting_size import fit_to_screen
from app.ui.widgets.plain_tooltip import plain_tooltip
from app.ui.widgets.quiet_table import FittedColumns, quiet_table

LEDGERS = "表格 (*.xlsx *.csv)"
HEADINGS = ("行", "平台", "账号名称", "能否导入", "说明")
_SHOWN = 2000


class LedgerDialog(FormDialog):
    """Only sound rows are put on file, as 未备案（补录）."""

    def __init__(self, desk: Desk, parent: QWidget, path: Path) -> None:
        super().__init__(desk, parent, "导入账号台账", path.name, "导入")
        self.rows: tuple[ImportRow, ...] = ()
        fit_to_screen(self, 980, 620)
        self.notice.say("正在读取……")
        self.model = QStandardItemModel(0, len(HEADINGS), self)
        self.model.setHorizontalHeaderLabels(list(HEADINGS))
        self.table = QTableView()
        self.table.setModel(self.model)
        quiet_table(self.table, "台账各行", wide=4)
        FittedColumns(self.table, {0: 56, 1: 130, 2: 200, 3: 90})
        self.act_button.setEnabled(False)
        self.act_button.clicked.connect(self.record)
        self.lay_out(self.notice, self.table, tall=self.table)
        reading = desk.services.account_import
        desk.tasks.run(self, lambda: reading.rows(path), self._show, self.refused, lane="files")

    def _show(self, rows: tuple[ImportRow, ...]) -> None:
        self.rows = rows
        for row in rows[:_SHOWN]:
            may = "不能" if row.account is None else "可以"
            told = row.problem or "；".join(row.notes)
            items = [
                QStandardItem(" ".join(cell.split())) for cell in (str(row.line), row.platform, row.name, may, told)
            ]
            for item in items:
                item.setEditable(False)
                item.setToolTip(plain_tooltip(item.text()))
            self.model.appendRow(items)
        sound = sum(1 for row in rows if row.account is not None)
        wrong = len(rows) - sound
        more = f"下面列出前 {_SHOWN} 行。" if len(rows) > _SHOWN else ""
        words = f"共 {len(rows)} 行，可以导入 {sound} 行" + (f"，{wrong} 行有问题，不会导入" if wrong else "")
        self.notice.say(f"{words}。导入以后按“未备案（补录）”使用。{more}", Tone.WARNING if wrong else Tone.GOOD)
        self.act_button.setText(f"导入 {sound} 行")
        self.act_button.setEnabled(sound > 0)

    def record(self) -> None:
        """Put the sound rows on file."""
        importing, rows = self._desk.services.account_import, self.rows
        self.act(lambda: importing.record(rows), self._recorded)

    def _recorded(self, added: int) -> None:
        self._desk.dialogs.tell(self, "已导入", f"导入了 {added} 个账号。请逐个补齐资料，再办理补备案（第五条）。")
        self.done_with("accounts")
