"""The fields for what the papers in the cabinet say after a restore: the highest numbers, the newest 存证号."""

from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from app.labels import long_moment
from app.models.backup import NumberSeries, RestoredFacts, SeriesTop
from app.ui.widgets.form_grid import FormGrid

_MOST = 99_999


class LostSpanForm(FormGrid):
    """A row for each series, and two for the newest audit entry that a paper shows."""

    def __init__(self, facts: RestoredFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tops: list[tuple[NumberSeries, QSpinBox]] = []
        for series in facts.series:
            top = QSpinBox()
            top.setRange(0, _MOST)
            top.setValue(series.last)
            self.add(f"{series.word}〔{series.year}〕", top, f"备份里最后是 {series.last} 号；纸上没有更大的就不改。")
            self._tops.append((series, top))
        self.seq, self.head = QSpinBox(), QLineEdit()
        self.seq.setRange(0, 999_999_999)
        self.head.setMaxLength(100)
        self.add("纸上最新的序号", self.seq, "手边没有备份以后的纸，填 0。")
        self.add("同一张纸上的存证号", self.head)

    @property
    def boxes(self) -> tuple[QSpinBox, ...]:
        """The fields for the series, in their order."""
        return tuple(box for _series, box in self._tops)

    def tops(self) -> tuple[SeriesTop, ...]:
        """Return the highest serial of each series as typed."""
        return tuple(SeriesTop(series.kind, series.year, box.value()) for series, box in self._tops)


def lost_span_words(facts: RestoredFacts) -> str:
    """Say what is asked, and why."""
    return (
        f"这份数据是从{long_moment(facts.taken_at)}的备份恢复的。备份以后办过的事不在里面。"
        "请翻出这以后印过的审核表、存档封面、账号申请表和密码交接单，把上面最大的编号、最新的序号和存证号填在这里，"
        "以后的编号从它们后面接着取，丢失的一段记入审计记录。"
    )
