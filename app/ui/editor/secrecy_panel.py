"""The red panel when a 密级标志 stands in the text: nothing is saved until it is cleared or declared a false alarm."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.services.text_checks import FieldFinding
from app.ui.icons import put_icon
from app.ui.theme import px, set_role
from app.ui.widgets.flow_layout import FlowLayout

_MOST = 300


class SecrecyPanel(QFrame):
    """Two ways out, never modal: 立即清除, or 误报 with a written reason."""

    clear_wanted = Signal()
    false_alarm = Signal(str)
    locate_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, role="banner", tone="danger")
        self.marks: tuple[FieldFinding, ...] = ()
        sign = QLabel()
        put_icon(sign, "circle-alert", "danger", 20)
        self.heading = QLabel("文字中有密级标志，已停止保存")
        self.heading.setWordWrap(True)
        set_role(self.heading, role="strong", tone="danger")
        self.explanation = QLabel()
        self.explanation.setTextFormat(Qt.TextFormat.PlainText)
        self.explanation.setWordWrap(True)
        set_role(self.explanation, tone="danger")
        self.locate = QPushButton("定位")
        self.locate.clicked.connect(lambda _checked=False: self._locate())
        self.clear = QPushButton("立即清除")
        self.clear.setToolTip("清空这件稿件的文字、图片和附件，撤销记录和导入的原文件也一并清除，不能恢复")
        set_role(self.clear, kind="danger")
        self.clear.clicked.connect(lambda _checked=False: self.clear_wanted.emit())
        self.reason = QLineEdit()
        self.reason.setMaxLength(_MOST)
        self.reason.setAccessibleName("误报的理由")
        self.reason.setPlaceholderText("确是误报的，写明理由")
        self.reason.textChanged.connect(self._weigh)
        self.reason.returnPressed.connect(self._declare)
        self.declare = QPushButton("这是误报")
        self.declare.clicked.connect(lambda _checked=False: self._declare())
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.heading, 1)
        acts = QWidget()
        row = FlowLayout(acts)
        row.addWidget(self.locate)
        row.addWidget(self.clear)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.reason, 1)
        foot.addWidget(self.declare)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(14), px(10))
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(self.explanation)
        column.addWidget(acts)
        column.addLayout(foot)
        self._weigh()
        self.hide()

    def show_marks(self, marks: tuple[FieldFinding, ...]) -> None:
        """Show the panel for marks that nobody has answered, or hide it without any."""
        self.marks = marks
        if marks:
            shown = "、".join(dict.fromkeys(f"“{mark.finding.masked}”" for mark in marks[:5]))
            self.explanation.setText(f"发现{shown}。涉密内容不得录入本程序：请立即清除，并报告本单位保密工作机构。")
        else:
            self.reason.clear()
        self.setVisible(bool(marks))

    def _weigh(self) -> None:
        empty = not self.reason.text().strip()
        self.declare.setEnabled(not empty)
        self.declare.setToolTip("请先写明理由" if empty else "理由会印在审核表上")

    def _declare(self) -> None:
        if self.reason.text().strip():
            self.false_alarm.emit(self.reason.text().strip())

    def _locate(self) -> None:
        if self.marks:
            self.locate_wanted.emit(self.marks[0])
