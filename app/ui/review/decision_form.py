"""One decision as it stands written on the paper: verdict, who signed, on which day, which opinion."""

from datetime import date, datetime, time

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
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
from app.models.person_names import told_apart
from app.models.review import STEP_VERDICTS, VERDICT_EFFECT, Effect, ReviewStep, Verdict
from app.models.staff import Person
from app.services.reviews import PaperDecision
from app.ui.theme import px, set_role
from app.ui.widgets.day_field import DayField
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.flow_layout import FlowLayout


class DecisionForm(QFrame):
    """The form of one signature; nothing is filled in before a verdict is ticked.

    `day_picked` carries the day on the paper: who may have signed depends on it.
    """

    changed = Signal()
    day_picked = Signal(object)

    def __init__(
        self, step: ReviewStep, now: datetime, earliest: date, which: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.step, self.name = step, label(step.kind) + which
        set_role(self, role="card")
        self._signer = ""
        self.verdicts = QButtonGroup(self)
        self._ticks = QWidget()
        flow = FlowLayout(self._ticks)
        for verdict in STEP_VERDICTS[step.kind]:
            button = QRadioButton(label(verdict))
            button.setProperty("verdict", verdict.value)
            button.setAccessibleName(f"{self.name}：{label(verdict)}")
            self.verdicts.addButton(button)
            flow.addWidget(button)
        self.person = ElidedCombo()
        self.person.setAccessibleName(f"{self.name}签批人")
        self.person.setPlaceholderText("谁签的")
        self.nobody = QLabel(
            f"这一天没有可以签批的{label(step.role)}。请核对日期；要换人的，请系统管理员在“设置”里指定。"
        )
        self.nobody.setWordWrap(True)
        set_role(self.nobody, tone="danger")
        self.nobody.hide()
        self._make_times(now, earliest)
        self.opinion = QLineEdit()
        self.opinion.setAccessibleName(f"{self.name}意见")
        self.opinion.setPlaceholderText("意见（照纸上写；退回、不同意的必填）")
        self.opinion.setMaxLength(2000)
        self._lay_out()
        self.verdicts.buttonClicked.connect(lambda _button: self.changed.emit())
        self.opinion.textChanged.connect(lambda _text: self.changed.emit())
        self.person.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.timed.toggled.connect(lambda _on: self.changed.emit())
        self.day.dateChanged.connect(lambda _day: self.day_picked.emit(self.signed_on))

    def _make_times(self, now: datetime, earliest: date) -> None:
        today = beijing_day(now)
        self.day = DayField(today, first=earliest, last=today)
        self.day.setAccessibleName(f"{self.name}日期")
        self.timed = QCheckBox("纸上写了时间")
        self.timed.setAccessibleName(f"{self.name}：纸上写了时间")
        self.time = QTimeEdit(QTime(beijing(now).hour, beijing(now).minute))
        self.time.setAccessibleName(f"{self.name}时间")
        self.time.setDisplayFormat("HH:mm")
        self.time.hide()
        self.timed.toggled.connect(self.time.setVisible)

    def _lay_out(self) -> None:
        heading = QLabel(self.name)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        set_role(heading, role="subtitle")
        when = QHBoxLayout()
        when.setSpacing(px(8))
        when.addWidget(self.day, 1)
        when.addWidget(self.timed)
        when.addWidget(self.time)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(14), px(12), px(14), px(14))
        layout.setSpacing(px(8))
        for widget in (heading, self._ticks, self.person, self.nobody):
            layout.addWidget(widget)
        layout.addLayout(when)
        layout.addWidget(self.opinion)

    @property
    def typed(self) -> tuple[Verdict | None, str, date, QTime | None, str] | None:
        """What was filled in, or None while nothing was."""
        if self.verdict is None and not self.opinion.text().strip():
            return None
        at = self.time.time() if self.timed.isChecked() else None
        return self.verdict, self.person.currentData() or "", self.signed_on, at, self.opinion.text()

    def put_back(self, typed: tuple[Verdict | None, str, date, QTime | None, str]) -> None:
        """Fill in what was filled in before; the person is chosen once it is known who may have signed."""
        verdict, self._signer, day, at, opinion = typed
        self.day.show_day(day)
        self.timed.setChecked(at is not None)
        if at is not None:
            self.time.setTime(at)
        self.opinion.setText(opinion)
        for button in self.verdicts.buttons():
            if verdict is not None and button.property("verdict") == verdict.value:
                button.setChecked(True)
        self.changed.emit()

    def show_people(self, people: tuple[Person, ...]) -> None:
        """Offer who may have signed; whoever was chosen stays chosen where that is possible."""
        chosen = self.person.currentData() or self._signer
        self.person.blockSignals(True)
        self.person.clear()
        apart = told_apart(people)
        for one in people:
            post = one.duty or one.department
            alone = apart[one.id] == one.name
            self.person.addItem(f"{one.name}（{post}）" if post and alone else apart[one.id], one.id)
        self.person.setCurrentIndex(0 if len(people) == 1 else self.person.findData(chosen))
        self.person.blockSignals(False)
        self.person.setVisible(bool(people))
        self.nobody.setVisible(not people)
        self.changed.emit()

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        return (*self.verdicts.buttons(), self.person, self.day, self.timed, self.time, self.opinion)

    @property
    def signed_on(self) -> date:
        """The day on the paper."""
        return self.day.day

    @property
    def verdict(self) -> Verdict | None:
        """The verdict that is ticked."""
        button = self.verdicts.checkedButton()
        return Verdict(button.property("verdict")) if button is not None else None

    @property
    def missing(self) -> str:
        """What is not filled in, in a sentence; empty when nothing is."""
        verdict = self.verdict
        if verdict is None:
            return f"{self.name}还没有勾选结论。"
        if not self.person.currentData():
            return f"{self.name}还没有选是谁签的。"
        if VERDICT_EFFECT[verdict] is not Effect.PASS and not self.opinion.text().strip():
            return f"{self.name}是“{label(verdict)}”，要照纸上写明理由。"
        return ""

    @property
    def passes(self) -> bool:
        """Whether the decision is filled in and lets the draft go on."""
        verdict = self.verdict
        return not self.missing and verdict is not None and VERDICT_EFFECT[verdict] is Effect.PASS

    def choose(self, verdict: Verdict) -> None:
        """Tick a verdict as if it had been clicked."""
        for button in self.verdicts.buttons():
            if button.property("verdict") == verdict.value:
                button.click()

    def decision(self) -> PaperDecision | None:
        """Return what is filled in, or None while something is missing."""
        verdict = self.verdict
        if verdict is None or self.missing:
            return None
        day, clock = self.signed_on, self.time.time()
        at = datetime.combine(day, time(clock.hour(), clock.minute()), BEIJING) if self.timed.isChecked() else None
        return PaperDecision(
            self.step.position, verdict, self.opinion.text().strip(), self.person.currentData(), day, at
        )
