"""The dialog over a long job: how many bytes or things of how many, what is done now, and 取消."""

import threading
import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.errors import CancelledError
from app.labels import size_text
from app.models.archive_package import Progress
from app.ui.theme import px, set_role

STAGES = {
    "prepare": "正在准备",
    "scan": "正在清点文件",
    "copy": "正在写入",
    "write": "正在写入",
    "hash": "正在计算校验值",
    "flush": "正在确认写到盘上",
    "sync": "正在确认写到盘上",
    "read_back": "正在读回核对",
    "verify": "正在核对",
    "snapshot": "正在备份数据库",
    "attachments": "正在备份附件",
    "restore": "正在恢复",
    "print": "正在打印",
    "remove": "正在清除记录",
    "erase": "记录已清除，正在删除附件",
}
_COUNTED = {"remove": "项", "erase": "个文件"}
"""Stages that count things and not bytes, and what they count."""
_STEPS = 1000
_PAUSE = 0.05


class ProgressDialog(QDialog):
    """Shows how far a job is; `report` is called by the job in its own thread."""

    _told = Signal(object)

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.cancelled = False
        self._stop = threading.Event()
        self._last = 0.0
        self._stage = ""
        self._over = False
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, on=False)
        self.setMinimumWidth(px(440))
        heading = QLabel(title)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        set_role(heading, role="heading")
        self.stage_label = QLabel("正在准备……")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        self.count_label = QLabel(" ")
        set_role(self.count_label, role="muted")
        self.cancel_button = QPushButton("取消")
        self.cancel_button.clicked.connect(self.cancel)
        foot = QHBoxLayout()
        foot.addWidget(self.count_label, 1)
        foot.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(12))
        for widget in (heading, self.stage_label, self.bar):
            layout.addWidget(widget)
        layout.addLayout(foot)
        self._told.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def report(self, progress: Progress) -> None:
        """Take a report from the job; raise `CancelledError` there when the person cancelled."""
        if self._stop.is_set():
            raise CancelledError
        now = time.monotonic()
        if progress.stage != self._stage or now - self._last >= _PAUSE:
            self._stage, self._last = progress.stage, now
            self._told.emit(progress)

    def cancel(self) -> None:
        """Ask the job to stop; the dialog stays until it has."""
        self.cancelled = True
        self._stop.set()
        self.cancel_button.setEnabled(False)
        self.stage_label.setText("正在停下来，请稍候……")

    def finish(self) -> None:
        """Close the dialog: the job is over."""
        self._over = True
        self.accept()
        self.deleteLater()

    def step_aside(self) -> None:
        """Hide while the window is locked; the job goes on."""
        self.hide()

    def come_back(self) -> None:
        """Show again after the lock, unless the job is over."""
        if not self._over:
            self.open()

    def reject(self) -> None:
        """Esc cancels the job, never only the dialog."""
        if self._over:
            super().reject()
        elif not self.cancelled:
            self.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Take closing the dialog as asking to cancel."""
        if self._over:
            super().closeEvent(event)
        else:
            event.ignore()
            self.reject()

    def _show(self, progress: Progress) -> None:
        if self.cancelled or self._over:
            return
        self.stage_label.setText(f"{STAGES.get(progress.stage, progress.stage)}……")
        self.bar.setRange(0, _STEPS if progress.total else 0)
        if progress.total:
            self.bar.setValue(round(progress.done / progress.total * _STEPS))
            percent = progress.done * 100 // progress.total
            self.count_label.setText(f"{_counted(progress)}（{percent}%）")


def _counted(progress: Progress) -> str:
    if things := _COUNTED.get(progress.stage):
        return f"{progress.done} / {progress.total} {things}"
    return f"{size_text(progress.done)} / {size_text(progress.total)}"
