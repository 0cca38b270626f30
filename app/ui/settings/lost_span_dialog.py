"""After a restore: the highest numbers and the newest 存证号 on paper, so that numbers go on beyond what was lost."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QSpinBox, QWidget

from app.labels import long_moment
from app.models.backup import NumberSeries, RestoredFacts, SeriesTop
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.theme import set_role
from app.ui.widgets.form_grid import FormGrid

_MOST = 99_999


class LostSpanDialog(FormDialog):
    """Asks for each series what the papers in the cabinet say; until then no number is given."""

    def __init__(self, desk: Desk, parent: QWidget, facts: RestoredFacts) -> None:
        super().__init__(
            *(desk, parent, "核对恢复后的编号", "照纸面核对最后的编号", "核对并接着编号"),
            width=600,
            turn_away="以后再说",
        )
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
        self.act_button.clicked.connect(self.settle)
        self.lay_out(told, form, self.notice)

    def settle(self) -> None:
        """Record what the papers say."""
        tops = tuple(SeriesTop(series.kind, series.year, top.value()) for series, top in self.tops)
        seq, head, lost_span = self.seq.value(), self.head.text(), self._desk.services.lost_span
        self.act(lambda: lost_span.settle(tops, seq, head), lambda _report: self.done_with("settings"))
