"""One decision as it stands written on the paper: verdict, who signed, on which day, which opinion."""

from datetime import datetime, time

from PySide6.QtCore import QDate, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from app.labels import label
from app.models.clock import BEIJING, beijing, beijing_day
from app.models.review import STEP_VERDICTS, VERDICT_EFFECT, Effect, ReviewStep, Verdict
from app.models.staff import Person
from app.services.reviews import PaperDecision
from app.ui.theme import px, set_role
from app.ui.widgets.flow_layout import FlowLayout


class DecisionForm(QFrame):
    """The form of one step; nothing is filled in before a verdict is ticked."""

    changed = Signal()

    def __init__(
        self, step: ReviewStep, people: tuple[Person, ...], now: datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.step = step
        set_role(self, role="card")
        heading = QLabel(label(step.kind))
        set_role(heading, role="subtitle")
        self.verdicts = QButtonGroup(self)
        ticks = QWidget()
        flow = FlowLayout(ticks)
        for verdict in STEP_VERDICTS[step.kind]:
            button = QRadioButton(label(verdict))
            button.setProperty("verdict", verdict.value)
            self.verdicts.addButton(button)
            flow.addWidget(button)
        self.person = QComboBox()
        self.person.setAccessibleName(f"{label(step.kind)}签批人")
        for one in people:
            self.person.addItem(
                f"{one.name}（{one.duty or one.department}）" if one.duty or one.department else one.name, one.id
            )
        self.day = QDateEdit()
        self.day.setAccessibleName("签批日期")
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy年M月d日")
        today = beijing_day(now)
        self.day.setDate(QDate(today.year, today.month, today.day))
        self.day.setMaximumDate(self.day.date())
        self.timed = QCheckBox("纸上写了时间")
        self.time = QTimeEdit()
        self.time.setAccessibleName("签批时间")
        self.time.setDisplayFormat("HH:mm")
        self.time.setTime(QTime(beijing(now).hour, beijing(now).minute))
        self.time.setEnabled(False)
        self.timed.toggled.connect(self.time.setEnabled)
        self.opinion = QLineEdit()
        self.opinion.setAccessibleName("意见")
        self.opinion.setPlaceholderText("意见（照纸上写；退回、不同意的必填）")
        self.opinion.setMaxLength(2000)
        self._lay_out(heading, ticks, bool(people))
        self.verdicts.buttonClicked.connect(lambda _button: self.changed.emit())
        self.opinion.textChanged.connect(lambda _text: self.changed.emit())
        self.person.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def _lay_out(self, heading: QLabel, ticks: QWidget, anybody: bool) -> None:
        when = QHBoxLayout()
        when.setSpacing(px(8))
        when.addWidget(self.day, 1)
        when.addWidget(self.timed)
        when.addWidget(self.time)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(14), px(12), px(14), px(12))
        layout.setSpacing(px(8))
        layout.addWidget(heading)
        layout.addWidget(ticks)
        if anybody:
            layout.addWidget(self.person)
        else:
            nobody = QLabel(f"今天没有人担任{label(self.step.role)}。请系统管理员先在“设置”里指定，或者登记授权书。")
            nobody.setTextFormat(Qt.TextFormat.PlainText)
            nobody.setWordWrap(True)
            set_role(nobody, tone="danger")
            layout.addWidget(nobody)
        layout.addLayout(when)
        layout.addWidget(self.opinion)

    @property
    def verdict(self) -> Verdict | None:
        """The verdict that is ticked."""
        button = self.verdicts.checkedButton()
        return Verdict(button.property("verdict")) if button is not None else None

    @property
    def passes(self) -> bool:
        """Whether the decision is filled in and lets the draft go on."""
        verdict = self.verdict
        return self.decision() is not None and verdict is not None and VERDICT_EFFECT[verdict] is Effect.PASS

    def choose(self, verdict: Verdict) -> None:
        """Tick a verdict as if it had been clicked."""
        for button in self.verdicts.buttons():
            if button.property("verdict") == verdict.value:
                button.click()

    def decision(self) -> PaperDecision | None:
        """Return what is filled in, or None while verdict, person or a needed reason is missing."""
        verdict, person = self.verdict, self.person.currentData()
        if verdict is None or not person:
            return None
        opinion = self.opinion.text().strip()
        if VERDICT_EFFECT[verdict] is not Effect.PASS and not opinion:
            return None
        picked = self.day.date()
        day = datetime(picked.year(), picked.month(), picked.day(), tzinfo=BEIJING).date()
        clock = self.time.time()
        at = datetime.combine(day, time(clock.hour(), clock.minute()), BEIJING) if self.timed.isChecked() else None
        return PaperDecision(self.step.position, verdict, opinion, person, day, at)
