"""The parts of 登记签批 in their places: the scan on the left, on the right what is registered from it."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.review.decision_list import DecisionList
from app.ui.review.draft_choice import DraftChoice
from app.ui.review.scan_view import ScanView
from app.ui.theme import px, set_role
from app.ui.widgets.drop_zone import DropZone
from app.ui.widgets.fitting_size import fit_to_screen
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.upright_scroll import upright_scroll


class RegisterFrame(FormDialog):
    """Scan, decisions and buttons; it knows fields, but no paper."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(desk, parent, "登记签批", "等待扫描件", "登记签批", turn_away="关闭")
        self.setAcceptDrops(True)
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
        self.choice = DraftChoice(self._desk)
        self.choice.hide()
        self.decisions = DecisionList(self._desk)
        self.missing = QLabel()
        self.missing.setWordWrap(True)
        set_role(self.missing, role="muted")

    def _make_buttons(self) -> None:
        self.other_button = QPushButton("换一个文件")
        self.keep_button = QPushButton("只归卷，不登记签批")
        self.sheet_button = QPushButton("预览现在这一稿")
        self.account_button = QPushButton("登记这张申请表……")
        self.skip_button = QPushButton("跳过这份")

    def _lay_out(self) -> None:
        inner = QWidget()
        flow = QVBoxLayout(inner)
        flow.setContentsMargins(0, 0, px(6), 0)
        flow.setSpacing(px(12))
        for widget in (self.notice, self.choice, self.decisions):
            flow.addWidget(widget)
        flow.addStretch(1)
        asides = QWidget()
        row = FlowLayout(asides)
        for button in (
            self.other_button,
            self.skip_button,
            self.keep_button,
            self.sheet_button,
            self.account_button,
        ):
            button.setAutoDefault(False)
            row.addWidget(button)
        panel = QWidget()
        panel.setFixedWidth(px(420))
        side = QVBoxLayout(panel)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(px(10))
        side.addWidget(upright_scroll(inner, frame=True), 1)
        side.addWidget(self.missing)
        side.addWidget(asides)
        parts = QWidget()
        sides = QHBoxLayout(parts)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(px(20))
        sides.addWidget(self.left, 1)
        sides.addWidget(panel)
        self.lay_out(parts, tall=parts)
        fit_to_screen(self, 1080, 740)
