"""Deciding on screen: what is decided, the verdict, the opinion, and the own passcode again."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError, ReasonNeededError
from app.labels import label, long_date
from app.models.draft import Draft
from app.models.papercode import grouped
from app.models.review import STEP_VERDICTS, VERDICT_EFFECT, Effect, Verdict
from app.services.drafts import DraftView
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.review.reading_view import ReadingView
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.fitting_size import fit_to_screen
from app.ui.widgets.passcode_field import PasscodeField
from app.ui.widgets.tab_order import tab_through
from app.ui.widgets.upright_scroll import upright_scroll


class DecideDialog(FormDialog):
    """The text on the left, the decision on the right; what was written stays when the dialog is closed."""

    def __init__(self, desk: Desk, parent: QWidget | None, draft_id: str) -> None:
        super().__init__(desk, parent, "签批", "正在读取……", "签批")
        self._draft_id = draft_id
        self._view: DraftView | None = None
        self.text = ReadingView(desk)
        self.facts = QLabel()
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setWordWrap(True)
        set_role(self.facts, role="muted")
        self.verdicts = QButtonGroup(self)
        self._verdict_box = QVBoxLayout()
        self._verdict_box.setSpacing(px(4))
        self.opinion = QPlainTextEdit()
        self.opinion.setTabChangesFocus(True)
        self.opinion.setAccessibleName("意见")
        self.opinion.setPlaceholderText("意见（退回、不同意的必须写明理由）")
        self.opinion.setFixedHeight(px(96))
        self.passcode = PasscodeField("本人口令")
        self.passcode.setPlaceholderText("本人口令，确认是您在签批")
        self.caps_label = QLabel("大写锁定已打开。")
        set_role(self.caps_label, role="small", tone="warning")
        self.caps_label.hide()
        self.act_button.setEnabled(False)
        self.act_button.clicked.connect(self.decide)
        parts = self._parts()
        self.lay_out(parts, self.notice, tall=parts)
        fit_to_screen(self, 1000, 700)
        self.verdicts.buttonClicked.connect(lambda _button: self._ready())
        self.passcode.textChanged.connect(lambda _text: self._ready())
        self.passcode.caps_lock.connect(self.caps_label.setVisible)
        desk.tasks.run(self, lambda: desk.services.drafts.view(draft_id), self._show)

    def _parts(self) -> QWidget:
        inner = QWidget()
        flow = QVBoxLayout(inner)
        flow.setContentsMargins(0, 0, px(6), 0)
        flow.setSpacing(px(12))
        flow.addWidget(self.facts)
        flow.addLayout(self._verdict_box)
        for widget in (self.opinion, self.passcode, self.caps_label):
            flow.addWidget(widget)
        flow.addStretch(1)
        self._panel = panel = upright_scroll(inner, frame=True)
        panel.setFixedWidth(px(320))
        parts = QWidget()
        sides = QHBoxLayout(parts)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(px(20))
        sides.addWidget(self.text, 1)
        sides.addWidget(panel)
        return parts

    def _show(self, view: DraftView) -> None:
        self._view = view
        revision, step = view.revision, view.open_step
        if revision is None or step is None:
            self.heading.setText("没有待签的环节")
            self.notice.say("这件稿件现在没有待签的环节，可能别人已经签过，或者作者撤回了。", Tone.WARNING)
            return
        self.text.show_content(revision.content)
        self.heading.setText(label(step.kind))
        lines = [
            f"{view.draft.number}　第{revision.number}稿",
            f"作者：{view.author}",
            f"内容指纹：{grouped(revision.fingerprint, 16)}",
        ]
        if step.due_on is not None:
            lines.append(f"办理期限：{long_date(step.due_on)}")
        self.facts.setText("\n".join(lines))
        for verdict in STEP_VERDICTS[step.kind]:
            button = QRadioButton(label(verdict))
            button.setProperty("verdict", verdict.value)
            self.verdicts.addButton(button)
            self._verdict_box.addWidget(button)
        tab_through(
            (self.text, *self.verdicts.buttons(), self.opinion, self.passcode, self.cancel_button, self.act_button)
        )
        kept = self._desk.unfinished.take("decide", self._draft_id)
        if kept is not None:
            verdict, opinion = kept
            self.opinion.setPlainText(opinion)
            if verdict in STEP_VERDICTS[step.kind]:
                self.choose(verdict)
        self._ready()

    @property
    def verdict(self) -> Verdict | None:
        """The verdict that is ticked."""
        button = self.verdicts.checkedButton()
        return Verdict(button.property("verdict")) if button is not None else None

    def choose(self, verdict: Verdict) -> None:
        """Tick a verdict as if it had been clicked."""
        for button in self.verdicts.buttons():
            if button.property("verdict") == verdict.value:
                button.click()

    def _ready(self) -> None:
        verdict = self.verdict
        self.act_button.setEnabled(verdict is not None and bool(self.passcode.text()))
        if verdict is None:
            self.act_button.setToolTip("先选结论，再输入本人口令。")
            return
        self.act_button.setToolTip("" if self.passcode.text() else "输入本人口令后才能签批。")
        self.act_button.setText(label(verdict))
        refusing = VERDICT_EFFECT[verdict] is not Effect.PASS
        set_role(self.act_button, kind="danger" if refusing else "primary")

    def decide(self) -> None:
        """Decide as ticked; a reason that is needed is asked for before the passcode is tried."""
        verdict, view = self.verdict, self._view
        if verdict is None or view is None:
            return
        opinion, passcode = self.opinion.toPlainText(), self.passcode.text()
        if VERDICT_EFFECT[verdict] is not Effect.PASS and not opinion.strip():
            self.refused(ReasonNeededError())
            return
        reviews, revision = self._desk.services.reviews, view.draft.revision
        self.act(lambda: reviews.decide(self._draft_id, revision, verdict, opinion, passcode), self._decided)

    def _decided(self, _draft: Draft) -> None:
        self.opinion.clear()
        self.done_with("drafts")

    def refused(self, error: AppError) -> bool:
        """Say what is wrong, and lead to the field that it is about."""
        super().refused(error)
        self.passcode.selectAll()
        wrong = self.opinion if isinstance(error, ReasonNeededError) else self.passcode
        wrong.setFocus()
        # The notice has just taken room from the panel.
        QApplication.sendPostedEvents(self, QEvent.Type.LayoutRequest.value)
        self._panel.ensureWidgetVisible(wrong)
        self._ready()
        return True

    def done(self, result: int) -> None:
        """Forget the passcode with the dialog, and keep what was written."""
        self.passcode.clear()
        opinion = self.opinion.toPlainText()
        if self._view is not None:
            self._desk.unfinished.keep("decide", self._draft_id, (self.verdict, opinion) if opinion.strip() else None)
        super().done(result)
