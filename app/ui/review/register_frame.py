"""The parts of 登记签批 in their places: the scan on the left, on the right what is registered from it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.review.decision_list import DecisionList
from app.ui.review.draft_choice import DraftChoice
from app.ui.review.scan_view import ScanView
from app.ui.theme import px, set_role
from app.ui.widgets.banner import Banner
from app.ui.widgets.drop_zone import DropZone
from app.ui.widgets.fitting_size import fit_to_screen
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.upright_scroll import upright_scroll


class RegisterFrame(QDialog):
    """Scan, decisions and buttons; it knows fields, but no paper."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent.window() if parent else None)
        self._desk = desk
        self.setWindowTitle("登记签批")
        self.setAcceptDrops(True)
        fit_to_screen(self, 1080, 740)
        self._make_parts()
        self._make_buttons()
        self._lay_out()

    def _make_parts(self) -> None:
        self.drop = DropZone("把签好字的审核表扫描件或照片拖到这里", "选择文件……")
        self.drop.button.setAutoDefault(False)
        self.scan = ScanView(self._desk)
        self.left = QStackedWidget()
        self.left.addWidget(self.drop)
        self.left.addWidget(self.scan)
        self.title = QLabel("等待扫描件")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        set_role(self.title, role="subtitle")
        self.notice = Banner()
        self.choice = DraftChoice(self._desk)
        self.choice.hide()
        self.decisions = DecisionList(self._desk)
        self.missing = QLabel()
        self.missing.setWordWrap(True)
        set_role(self.missing, role="muted")

    def _make_buttons(self) -> None:
        self.register_button = QPushButton("登记签批")
        set_role(self.register_button, kind="primary")
        self.register_button.setDefault(True)
        self.cancel_button = QPushButton("关闭")
        self.other_button = QPushButton("换一个文件")
        self.keep_button = QPushButton("只归卷，不登记签批")
        self.sheet_button = QPushButton("预览现在这一稿")
        self.skip_button = QPushButton("跳过这份")

    def _lay_out(self) -> None:
        inner = QWidget()
        flow = QVBoxLayout(inner)
        flow.setContentsMargins(0, 0, px(6), 0)
        flow.setSpacing(px(12))
        for widget in (self.title, self.notice, self.choice, self.decisions):
            flow.addWidget(widget)
        flow.addStretch(1)
        scroll = upright_scroll(inner, frame=True)
        asides = QWidget()
        row = FlowLayout(asides)
        for button in (self.other_button, self.skip_button, self.keep_button, self.sheet_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        self.cancel_button.setAutoDefault(False)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.register_button, 1)
        side = QVBoxLayout()
        side.setSpacing(px(10))
        side.addWidget(scroll, 1)
        side.addWidget(self.missing)
        side.addWidget(asides)
        side.addLayout(buttons)
        panel = QWidget()
        panel.setLayout(side)
        panel.setFixedWidth(px(420))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(20), px(20), px(20), px(20))
        layout.setSpacing(px(20))
        layout.addWidget(self.left, 1)
        layout.addWidget(panel)
