"""The scans filed with a paper of an account, to look at."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.models.account_application import Application
from app.models.records import FileUse
from app.ui.accounts.account_step_words import paper_word
from app.ui.desk import Desk
from app.ui.review.scan_view import ScanView
from app.ui.theme import px, set_role
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.fitting_size import fit_to_screen


class PaperScansDialog(QDialog):
    """Shows one scan at a time, the signed paper first and the receipt last."""

    def __init__(self, desk: Desk, parent: QWidget | None, paper: Application, scans: tuple[FileUse, ...]) -> None:
        super().__init__(parent.window() if parent else None)
        self.setWindowTitle("签字扫描件")
        fit_to_screen(self, 760, 820)
        heading = ElidedLabel(f"{paper_word(paper)}　{paper.number or ''}".strip())
        set_role(heading, role="subtitle")
        self.which, self.scan = ElidedCombo(), ScanView(desk)
        self.which.setAccessibleName("哪一份扫描件")
        ordered = sorted(scans, key=lambda use: (use.sha256 == paper.receipt_sha256, use.sha256 != paper.scan_sha256))
        for number, use in enumerate(ordered, start=1):
            word = "备案回执" if use.sha256 == paper.receipt_sha256 else "申请表" if number == 1 else f"第 {number} 份"
            self.which.addItem(word, use.sha256)
        self.which.setVisible(len(ordered) > 1)
        close = QPushButton("关闭")
        close.clicked.connect(self.accept)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(heading, 1)
        head.addWidget(self.which)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(16), px(20), px(16))
        layout.setSpacing(px(12))
        layout.addLayout(head)
        layout.addWidget(self.scan, 1)
        layout.addLayout(foot)
        self.which.currentIndexChanged.connect(lambda _place: self._show_scan())
        self._show_scan()

    def _show_scan(self) -> None:
        digest = self.which.currentData()
        if digest:
            self.scan.show_stored(digest)
