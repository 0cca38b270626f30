"""One month: what it holds, what it lacks and why, and what has become of it."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.labels import label, long_moment, size_text
from app.messages import gap_sentence
from app.models.month import Month
from app.models.monthly import ArchiveRecord, Gap, MonthOverview
from app.models.papercode import grouped
from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.chip import Chip
from app.ui.widgets.flow_layout import FlowLayout

_SHOWN_GAPS = 200
_ROOMY = 460


@dataclass(frozen=True)
class MonthFacts:
    """What the panel shows: the month, its newest sealed version, and about how many bytes it takes."""

    overview: MonthOverview
    record: ArchiveRecord | None
    size: int


def read_month(desk: Desk, month: Month) -> MonthFacts:
    """Read a month; runs in the records lane."""
    archives = desk.services.archives
    record = next((state.record for state in archives.months() if state.month == month), None)
    return MonthFacts(archives.overview(month), record, archives.expected_size(month))


WRITE_WHY = "写明原因"


class MonthPanel(QFrame):
    """The panel of a month; what a person wants is told by signals."""

    explained = Signal(str, str)
    write_wanted = Signal()
    slip_wanted = Signal()
    hand_over_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.facts: MonthFacts | None = None
        self._narrow = False
        set_role(self, role="card")
        self.title = QLabel()
        set_role(self.title, role="subtitle")
        self.counts = QLabel()
        self.counts.setTextFormat(Qt.TextFormat.PlainText)
        self.counts.setWordWrap(True)
        set_role(self.counts, role="muted")
        self.sealed = Banner(tone=Tone.GOOD)
        self.notice = Banner()
        self._gaps = QVBoxLayout()
        self._gaps.setSpacing(px(8))
        inner = QWidget()
        flow = QVBoxLayout(inner)
        flow.setContentsMargins(0, 0, px(6), 0)
        flow.setSpacing(px(12))
        for widget in (self.title, self.counts, self.sealed, self.notice):
            flow.addWidget(widget)
        flow.addLayout(self._gaps)
        flow.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self.write_button = QPushButton("归档到……")
        self.slip_button = QPushButton("预览归档交接单")
        self.hand_over_button = QPushButton("登记移交")
        self.again_button = QPushButton("再次导出")
        buttons = FlowLayout(right=True)
        for button, wanted in (
            (self.again_button, self.again_wanted),
            (self.slip_button, self.slip_wanted),
            (self.hand_over_button, self.hand_over_wanted),
            (self.write_button, self.write_wanted),
        ):
            button.clicked.connect(lambda _checked=False, wanted=wanted: wanted.emit())
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(18), px(20), px(18))
        layout.setSpacing(px(12))
        layout.addWidget(scroll, 1)
        layout.addLayout(buttons)

    def show_month(self, facts: MonthFacts) -> None:
        """Show a month."""
        self.facts = facts
        overview, record = facts.overview, facts.record
        self.title.setText(overview.month.chinese)
        late = f"补充材料 {overview.supplements} 件　" if overview.supplements else ""
        self.counts.setText(
            f"发布 {overview.publications} 条　审核件 {overview.drafts} 件　"
            f"签字扫描件 {overview.scans} 份　{late}约 {size_text(facts.size)}"
        )
        self.sealed.say(_sealed_words(record) if record else "", Tone.GOOD)
        self.sealed.label.setToolTip(grouped(record.sha256_manifest_digest, 64) if record else "")
        self._say_what_lacks(overview)
        self._show_gaps(overview)
        self._show_buttons(overview, record)

    def _say_what_lacks(self, overview: MonthOverview) -> None:
        left = len(overview.unexplained)
        if left:
            self.notice.say(f"还有 {left} 处缺项没有写明原因。补上材料，或者逐项写明，就可以归档。", Tone.WARNING)
        elif overview.gaps:
            self.notice.say(f"有 {len(overview.gaps)} 处缺项，都已写明，会印进《缺项说明》。", Tone.PRIMARY)
        else:
            self.notice.say("材料齐全，没有缺项。", Tone.GOOD)

    def _show_gaps(self, overview: MonthOverview) -> None:
        while (item := self._gaps.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        explanations = dict(overview.explanations)
        ordered = sorted(overview.gaps, key=lambda gap: (not gap.must_explain, bool(explanations.get(gap.key))))
        for gap in ordered[:_SHOWN_GAPS]:
            self._gaps.addWidget(self._gap_row(gap, explanations.get(gap.key, "")))
        if len(ordered) > _SHOWN_GAPS:
            rest = QLabel(f"另有 {len(ordered) - _SHOWN_GAPS} 处，写明上面的以后会接着列出。")
            set_role(rest, role="muted")
            self._gaps.addWidget(rest)

    def _gap_row(self, gap: Gap, reason: str) -> QWidget:
        row = QWidget()
        tone = Tone.NEUTRAL if not gap.must_explain else Tone.GOOD if reason else Tone.WARNING
        words = QLabel(gap_sentence(gap) + (f"\n说明：{reason}" if reason else ""))
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        layout = QGridLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(10))
        layout.setColumnStretch(1, 1)
        chip = Chip(label(gap.kind), tone)
        layout.addWidget(chip, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        if self._narrow:
            layout.addWidget(words, 1, 0, 1, 3)
        else:
            chip.setFixedWidth(px(120))
            layout.addWidget(words, 0, 1)
        if gap.must_explain:
            button = QPushButton("改说明" if reason else "写明原因")
            button.setAccessibleName(f"{button.text()}：{gap_sentence(gap)}")
            button.clicked.connect(lambda _checked=False: self._ask(gap, reason))
            layout.addWidget(button, 0, 2, Qt.AlignmentFlag.AlignVCenter)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the words of a gap below its kind and its button where there is no room between them."""
        super().resizeEvent(event)
        narrow = self.width() < px(_ROOMY)
        if narrow is not self._narrow:
            self._narrow = narrow
            if self.facts is not None:
                self._show_gaps(self.facts.overview)

    @property
    def _month(self) -> str:
        return str(self.facts.overview.month) if self.facts is not None else ""

    def _ask(self, gap: Gap, reason: str) -> None:
        text = self._desk.dialogs.ask_text(
            *(self, WRITE_WHY, "缺项说明"),
            about=f"{self._month}:{gap.key}",
            text=gap_sentence(gap),
            yes="写入缺项说明",
            initial=reason,
        )
        if text:
            self.explained.emit(gap.key, text)

    def _show_buttons(self, overview: MonthOverview, record: ArchiveRecord | None) -> None:
        handed_over = record is not None and bool(record.handed_over_on)
        for button in (self.slip_button, self.again_button):
            button.setVisible(record is not None)
        self.hand_over_button.setVisible(record is not None and not handed_over)
        self.write_button.setVisible(not handed_over)
        self.write_button.setText("重新封存……" if record else "归档到……")
        self.write_button.setEnabled(not overview.unexplained)
        self.write_button.setToolTip("先把缺项写明原因" if overview.unexplained else "")
        set_role(self.write_button, kind="" if record else "primary")
        set_role(self.hand_over_button, kind="primary")


def _sealed_words(record: ArchiveRecord) -> str:
    handed = f"；{record.handed_over_on}已移交" if record.handed_over_on else ""
    return (
        f"{record.number}　第{record.version}版，{long_moment(record.written_at)}封存，"
        f"{record.files} 个文件，{size_text(record.size)}{handed}"
    )
