"""After a restore: the highest numbers and the newest 存证号 on paper, so that numbers go on beyond what was lost."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget

from app.errors import AppError
from app.labels import long_moment
from app.messages import explain
from app.models.backup import LostSpanReport, NumberSeries, RestoredFacts, SeriesTop
from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.form_grid import FormGrid

_MOST = 99_999


class LostSpanDialog(QDialog):
    """Asks for each series what the papers in the cabinet say; until then no number is given."""

    def __init__(self, desk: Desk, parent: QWidget, facts: RestoredFacts) -> None:
        super().__init__(parent.window())
        self._desk = desk
        self.setWindowTitle("核对恢复后的编号")
        self.setMinimumWidth(px(600))
        heading = QLabel("照纸面核对最后的编号")
        set_role(heading, role="subtitle")
        told = QLabel(
            f"这份数据是从{long_moment(facts.taken_at)}的备份恢复的。备份以后办过的事不在里面。"
            "请翻出这以后印过的审核表和存档封面，把上面最大的编号、最新的序号和存证号填在这里，"
            "以后的编号从它们后面接着取，丢失的一段记入审计记录。"
        )
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setWordWrap(True)
        set_role(told, role="muted")
        form = FormGrid()
        self.tops: list[tuple[NumberSeries, QSpinBox]] = []
        for series in facts.series:
            top = QSpinBox()
            top.setRange(0, _MOST)
            top.setValue(series.last)
            form.add(f"{series.word}〔{series.year}〕", top, f"备份里最后是 {series.last} 号；纸上没有更大的就不改。")
            self.tops.append((series, top))
        self.seq, self.head = QSpinBox(), QLineEdit()
        self.seq.setRange(0, 999_999_999)
        self.head.setMaxLength(100)
        form.add("纸上最新的序号", self.seq, "手边没有备份以后的纸，填 0。")
        form.add("同一张纸上的存证号", self.head)
        self.notice = Banner()
        self.settle_button, cancel = QPushButton("核对并接着编号"), QPushButton("以后再说")
        set_role(self.settle_button, kind="primary")
        self.settle_button.clicked.connect(self.settle)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.settle_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(14))
        for widget in (heading, told, form, self.notice):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    def settle(self) -> None:
        """Record what the papers say."""
        tops = tuple(SeriesTop(series.kind, series.year, top.value()) for series, top in self.tops)
        seq, head, lost_span = self.seq.value(), self.head.text(), self._desk.services.lost_span
        self._desk.tasks.run(self, lambda: lost_span.settle(tops, seq, head), self._settled, self._refused)

    def _settled(self, _report: LostSpanReport) -> None:
        self._desk.changes.tell("settings")
        self.accept()

    def _refused(self, error: AppError) -> bool:
        self.notice.say(str(explain(error)), Tone.DANGER)
        return True
