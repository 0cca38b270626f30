"""Beside the list: one draft with its steps, its check, its posts, and the next action."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.labels import label
from app.models.account import Account
from app.models.draft import DraftState
from app.models.papercode import grouped
from app.models.publication import Publication, TargetState
from app.services.drafts import DraftView
from app.services.next_steps import NextStep, Offer, offers
from app.services.text_checks import FieldFinding, unanswered
from app.ui.desk import Desk
from app.ui.drafts.draft_steps import publication_tone, steps_shown
from app.ui.icons import put_icon
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty_notice import EmptyNotice
from app.ui.widgets.step_line import ShownStep, StepLine

STEP_WORDS: dict[NextStep, str] = {
    NextStep.DECIDE: "签批",
    NextStep.REGISTER: "登记签批",
    NextStep.EDIT: "继续编辑",
    NextStep.RECORD: "登记发布",
    NextStep.PREVIEW: "预览审核表",
    NextStep.PACKAGE: "取用发布包",
    NextStep.REMIND: "登记催办",
    NextStep.REVISE: "修改内容（另起一稿）",
    NextStep.WITHDRAW: "撤回",
    NextStep.VOID: "作废",
    NextStep.RECORD_UNREVIEWED: "登记未审发布",
}
_BESIDE = (NextStep.PREVIEW, NextStep.PACKAGE)
"""What may stand beside the primary button; all other steps lie in the menu."""


@dataclass(frozen=True)
class DraftFacts:
    """Everything the panel shows of one draft, read in one go."""

    view: DraftView
    publications: tuple[Publication, ...]
    findings: tuple[FieldFinding, ...]
    accounts: dict[str, Account]
    may_decide: bool


def read_facts(desk: Desk, draft_id: str) -> DraftFacts:
    """Read what the panel shows; runs in the records lane."""
    services = desk.services
    view = services.drafts.view(draft_id)
    content = view.revision.content if view.revision and view.draft.state is not DraftState.WRITING else None
    return DraftFacts(
        view=view,
        publications=services.publications.of_draft(draft_id),
        findings=services.drafts.findings(content or view.draft.content),
        accounts={account.id: account for account in services.accounts.list()},
        may_decide=services.reviews.may_decide(draft_id) is not None,
    )


class DraftDetail(QFrame):
    """The panel; `chosen` carries the step a person wants to take."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.facts: DraftFacts | None = None
        set_role(self, role="card")
        self._empty = EmptyNotice("file-text", "选一件稿件，这里显示它走到哪一步、下一步做什么。")
        self._content = QWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._empty)
        outer.addWidget(self._content)
        self._build()
        self.clear()

    def _build(self) -> None:
        layout = QVBoxLayout(self._content)
        layout.setContentsMargins(px(20), px(18), px(20), px(18))
        layout.setSpacing(px(12))
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self.title, role="subtitle")
        self.line = QLabel()
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        self.line.setWordWrap(True)
        set_role(self.line, role="muted")
        self.steps = StepLine()
        self.checks = QVBoxLayout()
        self.checks.setSpacing(px(6))
        heading = QLabel("发布前检查")
        set_role(heading, role="muted")
        inner = QWidget()
        flow = QVBoxLayout(inner)
        flow.setContentsMargins(0, 0, px(4), 0)
        flow.setSpacing(px(12))
        for part in (self.title, self.line, self.steps, heading):
            flow.addWidget(part)
        flow.addLayout(self.checks)
        flow.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        layout.addWidget(scroll, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(px(8))
        layout.addLayout(self.buttons)

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self.facts = None
        self._content.hide()
        self._empty.show()

    def show_facts(self, facts: DraftFacts) -> None:
        """Show one draft."""
        self.facts = facts
        draft, revision = facts.view.draft, facts.view.revision
        self.title.setText(draft.content.title or "（未写标题）")
        parts = [str(draft.number)] if draft.number else ["提交审核时取号"]
        if revision is not None:
            parts += [f"第{revision.number}稿", f"指纹 {grouped(revision.fingerprint, 8)}"]
        self.line.setText(" · ".join(parts))
        self.line.setToolTip(grouped(revision.fingerprint, 64) if revision else "")
        self.steps.show_steps((*steps_shown(facts.view, self._desk.now()), *self._targets(facts)))
        self._show_checks(facts)
        self._show_buttons(offers(facts.view, self._desk.actor, may_decide=facts.may_decide))
        self._empty.hide()
        self._content.show()

    @staticmethod
    def _targets(facts: DraftFacts) -> list[ShownStep]:
        if not facts.view.draft.revision:
            return []
        shown: list[ShownStep] = []
        posts = {p.account_id: p for p in facts.publications}
        for target in facts.view.targets:
            account = facts.accounts.get(target.account_id)
            name = account.caption if account else ""
            post = posts.pop(target.account_id, None)
            if post is not None:
                shown.append(ShownStep(label(post.kind), publication_tone(post), name, post.link))
            elif target.state is TargetState.DROPPED:
                shown.append(ShownStep("不再发布", Tone.NEUTRAL, f"{name}　{target.reason}"))
            else:
                shown.append(ShownStep("待发布", Tone.PRIMARY, name))
        for post in posts.values():
            account = facts.accounts.get(post.account_id)
            shown.append(ShownStep(label(post.kind), publication_tone(post), account.caption if account else ""))
        return shown

    def _show_checks(self, facts: DraftFacts) -> None:
        _emptied(self.checks)
        open_findings = unanswered(facts.findings, facts.view.draft.silenced)
        blocking = {id(found) for found in open_findings}
        for found in facts.findings[:6]:
            tone = Tone.DANGER if id(found) in blocking else Tone.WARNING
            answered = any(key == found.answer_key for key, _ in facts.view.draft.silenced)
            words = f"{found.finding.message}{'（已说明）' if answered else ''}"
            chip = Chip(words, Tone.NEUTRAL if answered else tone)
            chip.setToolTip(f"{words}\n{found.finding.article}\n{found.finding.suggestion}")
            self.checks.addWidget(chip)
        if len(facts.findings) > 6:
            self.checks.addWidget(Chip(f"另有 {len(facts.findings) - 6} 处提示", Tone.WARNING))
        if not facts.findings:
            self.checks.addWidget(Chip("未发现需要处理的内容", Tone.GOOD))

    def _show_buttons(self, found: tuple[Offer, ...]) -> None:
        _emptied(self.buttons)
        primary = next((offer for offer in found if offer.is_open), None)
        beside = next((o for o in found if o.is_open and o.step in _BESIDE and o is not primary), None)
        rest = [offer for offer in found if offer not in (primary, beside)]
        if rest:
            self.buttons.addWidget(self._menu(rest))
        for offer, kind in ((beside, ""), (primary, "primary")):
            if offer is None:
                continue
            button = QPushButton(STEP_WORDS[offer.step])
            set_role(button, kind=kind)
            button.clicked.connect(lambda _checked=False, step=offer.step: self.chosen.emit(step.value))
            self.buttons.addWidget(button, 1)

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
            action.setToolTip(offer.closed_because or STEP_WORDS[offer.step])
            action.triggered.connect(lambda _checked=False, step=offer.step: self.chosen.emit(step.value))
        button.setMenu(menu)
        return button


def _emptied(layout: QHBoxLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
