"""What a verification found: every problem with its file, the grave ones first."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.labels import size_text
from app.messages import problem_sentence
from app.models.archive_package import BagReport
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner


class VerifyDialog(QDialog):
    """Shows a report in words."""

    def __init__(self, parent: QWidget, report: BagReport) -> None:
        super().__init__(parent.window())
        self.setWindowTitle("核对结果")
        self.setMinimumSize(px(600), px(300 if report.problems else 0))
        heading = QLabel(report.folder.name)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        set_role(heading, role="subtitle")
        grave = [problem for problem in report.problems if not problem.warning]
        self.verdict = Banner()
        if report.valid:
            words = f"{report.files} 个文件（{size_text(report.size)}）逐个核对，全部完好。"
            self.verdict.say(words + _as_sealed(report), Tone.GOOD)
        else:
            self.verdict.say(
                f"发现 {len(grave)} 处问题，这份存档不能当作完好的交出去。{_as_sealed(report)}", Tone.DANGER
            )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(12))
        layout.addWidget(heading)
        layout.addWidget(self.verdict)
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self.lines.setAccessibleName("问题清单")
        self.lines.setPlainText(
            "\n".join(("提示：" if problem.warning else "") + problem_sentence(problem) for problem in report.problems)
        )
        self.lines.setVisible(bool(report.problems))
        layout.addWidget(self.lines, 1)
        close = QPushButton("关闭")
        set_role(close, kind="primary")
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout.addLayout(buttons)


def _as_sealed(report: BagReport) -> str:
    if report.sealed is None:
        return ""
    return f"清单与封存时记录的摘要一致（{report.sealed.number}第{report.sealed.version}版）。"
