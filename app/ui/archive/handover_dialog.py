"""登记移交: the day on the signed slip, and its scan."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError
from app.messages import explain
from app.models.clock import BEIJING, beijing_day
from app.models.monthly import ArchiveRecord
from app.ui.desk import Desk
from app.ui.review.register_dialog import SCAN_FILES
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.drop_zone import DropZone
from app.ui.widgets.form_grid import FormGrid


class HandoverDialog(QDialog):
    """Marks a month 已移交; afterwards there is no new version of it."""

    def __init__(self, desk: Desk, parent: QWidget, record: ArchiveRecord) -> None:
        super().__init__(parent.window())
        self._desk, self._record = desk, record
        self.scan: Path | None = None
        self.setWindowTitle("登记移交")
        self.setMinimumWidth(px(520))
        heading = QLabel(f"{record.month.chinese}移交给主管单位")
        set_role(heading, role="subtitle")
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy年M月d日")
        today = beijing_day(desk.now())
        self.day.setDate(QDate(today.year, today.month, today.day))
        self.day.setMaximumDate(self.day.date())
        written = record.written_at.astimezone(BEIJING).date()
        self.day.setMinimumDate(QDate(written.year, written.month, written.day))
        self.drop = DropZone("把双方签好字的归档交接单扫描件拖到这里", "选择文件……", self.choose)
        self.drop.dropped.connect(lambda paths: self.take(paths[0]))
        self.chosen = Banner()
        form = FormGrid()
        form.add("移交日期", self.day)
        self.notice = Banner("登记以后，这个月不能再重新封存；后来补的材料随当月归档。", Tone.WARNING)
        self.record_button, cancel = QPushButton("登记移交"), QPushButton("取消")
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
        for widget in (heading, form, self.drop, self.chosen, self.notice):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    def choose(self) -> None:
        """Ask for the scan."""
        path = self._desk.dialogs.open_file(self, "选择交接单扫描件", SCAN_FILES)
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Take the scan of the slip."""
        self.scan = path
        self.chosen.say(f"扫描件：{path.name}", Tone.GOOD)
        self.record_button.setEnabled(True)

    def record(self) -> None:
        """Record the handover."""
        scan, picked = self.scan, self.day.date()
        if scan is None:
            return
        on = date(picked.year(), picked.month(), picked.day())
        archives, archive_id = self._desk.services.archives, self._record.id
        self._desk.tasks.run(self, lambda: archives.hand_over(archive_id, on, scan), self._recorded, self._refused)

    def _recorded(self, _done: None) -> None:
        self._desk.changes.tell("months")
        self.accept()

    def _refused(self, error: AppError) -> bool:
        self.notice.say(str(explain(error)), Tone.DANGER)
        return True
