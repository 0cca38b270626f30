"""Beside the list: one draft with its steps, its check, its posts, and the next action."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.labels import label
from app.models.account import Account
from app.models.draft import DraftState, Urgency
from app.models.papercode import grouped
from app.models.publication import Publication
from app.services.drafts import DraftView
from app.services.next_steps import NextStep, Offer, offers
from app.services.reviews import Reminder
from app.services.text_checks import FieldFinding, unanswered
from app.ui.desk import Desk
from app.ui.drafts.draft_steps import steps_shown, targets_shown
from app.ui.icons import put_icon
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty_notice import EmptyNotice
from app.ui.widgets.moment_text import moment_text
from app.ui.widgets.plain_tooltip import plain_tooltip
from app.ui.widgets.step_line import StepLine
from app.ui.widgets.upright_scroll import upright_scroll

STEP_WORDS: dict[NextStep, str] = {
    NextStep.DECIDE: "签批",
    NextStep.REGISTER: "登记签批",
    NextStep.EDIT: "继续编辑",
    NextStep.RECORD: "登记发布",
    NextStep.RECORD_FORMER: "登记此前的发布",
    NextStep.COMPLETE: "补链接、截图",
    NextStep.PACKAGE: "取用发布包",
    NextStep.PREVIEW: "预览审核表",
    NextStep.POSTS: "查看发布记录",
    NextStep.SCANS: "查看签字扫描件",
    NextStep.REMIND: "登记催办",
    NextStep.REVISE: "修改内容（另起一稿）",
    NextStep.COPY: "复制为我的新稿",
    NextStep.WITHDRAW: "撤回",
    NextStep.VOID: "作废",
    NextStep.RECORD_UNREVIEWED: "登记未审发布",
}
_BESIDE = (NextStep.PACKAGE, NextStep.PREVIEW)
"""What may stand beside the primary button, the more pressing first; all other steps lie in the menu."""
_NO_PRIMARY = frozenset(
    {
        NextStep.REMIND,
        NextStep.COPY,
        NextStep.WITHDRAW,
        NextStep.VOID,
        NextStep.RECORD_FORMER,
        NextStep.RECORD_UNREVIEWED,
    }
)
"""What nobody should be urged to do."""
_CHECKS_SHOWN = 6
_CHECKED_NO_MORE = frozenset({DraftState.PUBLISHED, DraftState.VOID})


@dataclass(frozen=True)
class DraftFacts:
    """Everything the panel shows of one draft, read in one go."""

    view: DraftView
    publications: tuple[Publication, ...]
    findings: tuple[FieldFinding, ...]
    accounts: dict[str, Account]
    reminders: tuple[Reminder, ...]
    may_decide: bool


def read_facts(desk: Desk, draft_id: str) -> DraftFacts:
    """Read what the panel shows; runs in the records lane."""
    services = desk.services
    view = services.drafts.view(draft_id)
    in_review = view.draft.state is DraftState.IN_REVIEW
    content = view.revision.content if view.revision and view.draft.state is not DraftState.WRITING else None
    checked = view.draft.state not in _CHECKED_NO_MORE
    return DraftFacts(
        view=view,
        publications=services.publications.of_draft(draft_id),
        findings=services.drafts.findings(content or view.draft.content) if checked else (),
        accounts={account.id: account for account in services.accounts.list()},
        reminders=services.reviews.reminders(draft_id) if in_review else (),
        may_decide=in_review and services.reviews.may_decide(draft_id) is not None,
    )


class DraftDetail(QFrame):
    """The panel; `chosen` carries the step a person wants to take, `back_asked` the wish to see the list."""

    chosen = Signal(str)
    back_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.facts: DraftFacts | None = None
        self._acts: list[QPushButton] = []
        self._held = False
        set_role(self, role="card")
        self.setAccessibleName("选中的稿件")
        self._empty = EmptyNotice("file-text", "选一件稿件，这里显示它走到哪一步、下一步做什么。")
        self._content = QWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._empty)
        outer.addWidget(self._content)
        self._build()
        self.clear()

    def _build(self) -> None:
        self.back_button = QPushButton("返回列表")
        put_icon(self.back_button, "arrow-left", "text", 16)
        set_role(self.back_button, kind="plain")
        self.back_button.clicked.connect(self.back_asked)
        self.back_button.hide()
        self.title = _wrapped("subtitle")
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.line = _wrapped("muted")
        self.steps = StepLine()
        self.checks = QVBoxLayout()
        self.checks.setSpacing(px(6))
        self.check_heading = QLabel("发布前检查")
        set_role(self.check_heading, role="muted")
        inner = QWidget()
        flow = QVBoxLayout(inner)
        flow.setContentsMargins(0, 0, px(4), 0)
        flow.setSpacing(px(12))
        flow.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.title, self.line, self.steps, self.check_heading):
            flow.addWidget(part)
        flow.addLayout(self.checks)
        flow.addStretch(1)
        self._scroll = upright_scroll(inner)
        self._foot = QWidget()
        self.buttons = QHBoxLayout(self._foot)
        self.buttons.setContentsMargins(0, 0, 0, 0)
        self.buttons.setSpacing(px(8))
        layout = QVBoxLayout(self._content)
        layout.setContentsMargins(px(20), px(18), px(16), px(18))
        layout.setSpacing(px(12))
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._foot)

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self.facts = None
        self._content.hide()
        self._empty.show()

    def wait_for(self, draft_id: str) -> None:
        """Take no click while another draft than the one that is shown is being read."""
        self._held = self.holds_focus
        self._foot.setEnabled(self.facts is not None and self.facts.view.draft.id == draft_id)

    @property
    def holds_focus(self) -> bool:
        """Whether the focus of the window is at a button here, or was before they were closed."""
        return self._held or self._foot.isAncestorOf(self.window().focusWidget())

    def take_focus(self) -> bool:
        """Put the focus at the next act, else at another button; say whether there was one."""
        self._held = False
        for button in self._acts[-1:]:
            button.setFocus()
        return bool(self._acts)

    def show_facts(self, facts: DraftFacts) -> None:
        """Show one draft."""
        other = self.facts is None or self.facts.view.draft.id != facts.view.draft.id
        self.facts = facts
        now = self._desk.now()
        self.title.setText(facts.view.draft.content.title or "（未写标题）")
        self._show_line(facts.view)
        steps = steps_shown(facts.view, now, facts.reminders)
        self.steps.show_steps((*steps, *targets_shown(facts.view, facts.publications, facts.accounts, now)))
        self._show_checks(facts)
        self._show_buttons(offers(facts.view, self._desk.actor, may_decide=facts.may_decide, posts=facts.publications))
        self._foot.setEnabled(True)
        self._empty.hide()
        self._content.show()
        if other:
            self._scroll.verticalScrollBar().setValue(0)

    def _show_line(self, view: DraftView) -> None:
        draft, revision = view.draft, view.revision
        parts = [str(draft.number)] if draft.number else ["提交审核时取号"]
        below: list[str] = []
        if revision is not None:
            parts.append(f"第{revision.number}稿")
            below.append(f"指纹 {grouped(revision.fingerprint, 8)}")
        if draft.urgency is Urgency.URGENT:
            parts.append(label(draft.urgency))
        if draft.planned_at is not None:
            below.append(f"计划 {moment_text(draft.planned_at, self._desk.now())} 发布")
        self.line.setText("\n".join(" · ".join(line) for line in (parts, below) if line))
        self.line.setToolTip(plain_tooltip(f"内容指纹 {grouped(revision.fingerprint, 64)}" if revision else ""))

    def _show_checks(self, facts: DraftFacts) -> None:
        _emptied(self.checks)
        silenced = facts.view.draft.silenced
        answered = {key for key, _ in silenced}
        blocking = {id(found) for found in unanswered(facts.findings, silenced)}
        for found in facts.findings[:_CHECKS_SHOWN]:
            told = found.answer_key in answered
            tone = Tone.NEUTRAL if told else Tone.DANGER if id(found) in blocking else Tone.WARNING
            chip = Chip(f"{found.finding.message}{'（已说明）' if told else ''}", tone)
            facts_of_it = (found.finding.message, found.finding.article, found.finding.suggestion)
            chip.setToolTip(plain_tooltip("\n".join(filter(None, facts_of_it))))
            self.checks.addWidget(chip)
        if len(facts.findings) > _CHECKS_SHOWN:
            self.checks.addWidget(Chip(f"另有 {len(facts.findings) - _CHECKS_SHOWN} 处提示", Tone.WARNING))
        checked = facts.view.draft.state not in _CHECKED_NO_MORE
        if checked and not facts.findings:
            self.checks.addWidget(Chip("未发现需要处理的内容", Tone.GOOD))
        self.check_heading.setVisible(checked)

    def _show_buttons(self, found: tuple[Offer, ...]) -> None:
        _emptied(self.buttons)
        may_stand = [offer for offer in found if offer.is_open and offer.step not in _NO_PRIMARY]
        primary = next(iter(may_stand), None)
        beside = next((o for step in _BESIDE for o in may_stand if o.step is step and o is not primary), None)
        rest = [offer for offer in found if offer not in (primary, beside)]
        self._acts = [self._menu(rest)] if rest else []
        for button in self._acts:
            self.buttons.addWidget(button)
        for offer, kind in ((beside, ""), (primary, "primary")):
            if offer is None:
                continue
            button = QPushButton(STEP_WORDS[offer.step])
            set_role(button, kind=kind)
            button.clicked.connect(lambda _checked=False, step=offer.step: self.chosen.emit(step.value))
            self.buttons.addWidget(button, 1)
            self._acts.append(button)
        if primary is None:
            self.buttons.addStretch(1)

    def _menu(self, rest: list[Offer]) -> QPushButton:
        button = QPushButton()
        put_icon(button, "ellipsis", "text", 16)
        button.setAccessibleName("更多操作")
        button.setToolTip("更多操作")
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        for offer in rest:
            action = menu.addAction(STEP_WORDS[offer.step])
            action.setEnabled(offer.is_open)
            action.setToolTip(plain_tooltip(offer.closed_because or STEP_WORDS[offer.step]))
            action.triggered.connect(lambda _checked=False, step=offer.step: self.chosen.emit(step.value))
        button.setMenu(menu)
        return button


def _wrapped(role: str) -> QLabel:
    text = QLabel()
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setWordWrap(True)
    set_role(text, role=role)
    return text


def _emptied(layout: QHBoxLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
