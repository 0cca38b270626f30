"""审计记录: the chain page by page, its check, and the witness of a signed paper."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QSpinBox, QTableView, QWidget

from app.labels import action_label, record_label, words_said
from app.models.audit import AuditEntry
from app.models.clock import beijing
from app.models.papercode import grouped
from app.services.audit_desk import ChainReport, Witness
from app.ui.desk import Desk
from app.ui.settings.settings_section import Section
from app.ui.theme import px
from app.ui.tokens import Tone
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.form_grid import FormGrid
from app.ui.widgets.quiet_table import FittedColumns, quiet_table

HEADINGS = ("序号", "时间", "谁", "做了什么", "对什么")
PAGE = 100
_LONGEST_DETAIL = 800


class AuditSection(Section):
    """Everybody may look; nobody can change anything here."""

    heading = "审计记录"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._offset, self._count = 0, 0
        self.model = QStandardItemModel(0, len(HEADINGS), self)
        self.model.setHorizontalHeaderLabels(list(HEADINGS))
        self.table = QTableView()
        self.table.setModel(self.model)
        quiet_table(self.table, "审计记录", wide=3)
        FittedColumns(self.table, {0: 70, 1: 146, 2: 84, 4: 76}, least=110, rigid=(0, 1, 2, 4))
        self.table.setMinimumHeight(px(300))
        self.body.addWidget(self.table, 1)
        self.newer_button, self.older_button = QPushButton("较新"), QPushButton("较早")
        self.check_button = QPushButton("核对整条记录")
        self.place = QLabel()
        self.place.setWordWrap(True)
        self.newer_button.clicked.connect(lambda: self._turn(-PAGE))
        self.older_button.clicked.connect(lambda: self._turn(PAGE))
        self.check_button.clicked.connect(self.check)
        row = FlowLayout()
        for button in (self.newer_button, self.older_button, self.check_button):
            row.addWidget(button)
        self.body.addWidget(self.place)
        self.body.addLayout(row)
        self.seq, self.head = QSpinBox(), QLineEdit()
        self.seq.setRange(1, 999_999_999)
        self.head.setPlaceholderText("照纸上的存证号输入，至少 16 位")
        self.head.setMaxLength(100)
        self.witness_button = QPushButton("与纸面核对")
        self.witness_button.clicked.connect(self.witness)
        form = FormGrid()
        form.add("纸上的序号", self.seq)
        form.add("纸上的存证号", self.head, "签过字的审核表下方印着这两样；对得上，就说明那以前的记录没有被改过。")
        self.body.addWidget(form)
        self.add_buttons(self.witness_button)

    def refresh(self) -> None:
        """Read the page of entries that is shown."""
        audit, staff, offset = self.desk.services.audit, self.desk.services.staff, self._offset

        def read() -> tuple[int, tuple[AuditEntry, ...], dict[str, str]]:
            return audit.count(), audit.page(offset, PAGE), staff.names()

        self.desk.tasks.run(self, read, self._show, topic="audit")

    def _show(self, found: tuple[int, tuple[AuditEntry, ...], dict[str, str]]) -> None:
        self._count, entries, names = found
        self.model.setRowCount(0)
        for entry in entries:
            cells = (
                str(entry.seq),
                f"{beijing(entry.at):%Y-%m-%d %H:%M}",
                names.get(entry.actor, "程序"),
                action_label(entry.action),
                record_label(entry.subject.partition(":")[0]),
            )
            items = [QStandardItem(cell) for cell in cells]
            for item in items:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                item.setToolTip(f"{_cut(entry.detail)}\n存证号 {grouped(entry.hash)}")
            self.model.appendRow(items)
        last = min(self._offset + PAGE, self._count)
        self.place.setText(f"第 {self._offset + 1} 到 {last} 条，共 {self._count} 条" if self._count else "还没有记录")
        self.newer_button.setEnabled(self._offset > 0)
        self.older_button.setEnabled(last < self._count)

    def _turn(self, step: int) -> None:
        self._offset = max(0, self._offset + step)
        self.refresh()

    def check(self) -> None:
        """Verify the whole chain."""
        self.check_button.setEnabled(False)
        self.desk.tasks.run(self, self.desk.services.audit.check, self._checked)

    def _checked(self, report: ChainReport) -> None:
        self.check_button.setEnabled(True)
        if report.broken_at:
            words = f"从第 {report.broken_at} 条起前后接不上。请先备份，再与审计员一起用纸面核对。"
            self.notice.say(words, Tone.DANGER)
        elif said := words_said(report.words):
            words = f"记录前后相接，但{said}。请先备份，再与审计员一起用纸面核对。"
            self.notice.say(words, Tone.DANGER)
        else:
            head = grouped(report.head.hash)
            self.notice.say(f"{report.entries} 条逐条核对，前后相接，文字与记录时一致。现在的存证号：{head}", Tone.GOOD)

    def witness(self) -> None:
        """Compare a number and head from a signed paper with the chain."""
        seq, head, audit = self.seq.value(), self.head.text(), self.desk.services.audit
        self.desk.tasks.run(self, lambda: audit.witnesses(seq, head), self._witnessed)

    def _witnessed(self, found: Witness) -> None:
        self.notice.say(*_WITNESSED[found])


def _cut(detail: str) -> str:
    """Keep a tooltip on the screen."""
    return detail if len(detail) <= _LONGEST_DETAIL else f"{detail[:_LONGEST_DETAIL]}……"


_WITNESSED = {
    Witness.MATCHES: ("对得上：到这一条为止，记录与签字时一样。", Tone.GOOD),
    Witness.LOST: ("这张纸是在恢复备份时丢失的那一段里印的，本机没有这一条；这张纸就是凭证，请收好。", Tone.WARNING),
    Witness.DIFFERS: ("对不上。请再看一遍纸上的序号和存证号；仍对不上，请告诉审计员。", Tone.DANGER),
}
