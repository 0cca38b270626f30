"""The scans kept with a draft: to look at, and to add what was still missing."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError
from app.messages import explain
from app.models.records import FileUse
from app.models.right import Right
from app.services.drafts import DraftView
from app.ui.desk import Desk
from app.ui.review.scan_view import ScanView
from app.ui.signed_paper_dialog import SCAN_FILES
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.fitting_size import fit_to_screen


class ScansDialog(QDialog):
    """Shows one scan at a time, the latest first."""

    def __init__(self, desk: Desk, parent: QWidget | None, view: DraftView) -> None:
        super().__init__(parent.window() if parent else None)
        self._desk, self._draft_id = desk, view.draft.id
        self.setWindowTitle("签字扫描件")
        fit_to_screen(self, 760, 820)
        heading = ElidedLabel(f"{view.draft.number or ''}　{view.draft.content.title}".strip())
        set_role(heading, role="subtitle")
        self.which = ElidedCombo()
        self.which.setAccessibleName("哪一份扫描件")
        self.none = QLabel("这件稿件还没有扫描件。")
        set_role(self.none, role="muted")
        self.problem = Banner(tone=Tone.DANGER)
        self.scan = ScanView(desk)
        self.add_button = QPushButton("补充扫描件……")
        self.add_button.setToolTip("例如补扫缺的附页；只归卷，不登记签批")
        self.add_button.setVisible(Right.FILE_SCANS in desk.actor.rights)
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self.choose_file)
        close = QPushButton("关闭")
        close.clicked.connect(self.accept)
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(heading, 1)
        head.addWidget(self.which)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(16), px(20), px(16))
        layout.setSpacing(px(12))
        layout.addLayout(head)
        layout.addWidget(self.none)
        layout.addWidget(self.problem)
        layout.addWidget(self.scan, 1)
        layout.addLayout(foot)
        self.which.currentIndexChanged.connect(lambda _index: self._show_scan())
        self.show_scans(view.scans)

    def show_scans(self, scans: tuple[FileUse, ...]) -> None:
        """Offer the scans, the latest first."""
        self.which.blockSignals(True)
        self.which.clear()
        for number, use in reversed(list(enumerate(scans, start=1))):
            self.which.addItem(f"第 {number} 份，共 {len(scans)} 份", use.sha256)
        self.which.blockSignals(False)
        self.which.setVisible(len(scans) > 1)
        self.none.setVisible(not scans)
        self._show_scan()

    def _show_scan(self) -> None:
        digest = self.which.currentData()
        if digest:
            self.scan.show_stored(digest)

    def choose_file(self) -> None:
        """Ask for a scan and keep it with the draft."""
        path = self._desk.dialogs.open_file(self, "选择扫描件", SCAN_FILES)
        if path is not None:
            self.add(path)

    def add(self, path: Path) -> None:
        """Keep a scan with the draft, after it was seen to be one."""
        services, draft_id = self._desk.services, self._draft_id

        def job() -> DraftView:
            services.scans.examine(path)
            services.scans.file_only(draft_id, path)
            return services.drafts.view(draft_id)

        def done(view: DraftView) -> None:
            self.problem.say("")
            self.show_scans(view.scans)
            self._desk.changes.tell("drafts")

        self._desk.tasks.run(self, job, done, self._refused, lane="files")

    def _refused(self, error: AppError) -> bool:
        self.problem.say(str(explain(error)), Tone.DANGER)
        return True
