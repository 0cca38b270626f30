"""Beside the list: one account with its life, its warnings, what is on file of it, its papers and its next step."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.labels import action_label, label, long_date, long_moment
from app.models.account_warning import AccountWarning, WarningKind
from app.models.clock import beijing_day
from app.services.account_desk import AccountView
from app.services.account_steps import AccountOffer, AccountStep, account_offers, paper_offers
from app.ui.accounts.account_life import life_shown
from app.ui.accounts.account_step_words import PRESSING, step_word
from app.ui.accounts.account_tones import STATE_TONES, filing_chip, warning_tone
from app.ui.accounts.paper_row import PaperRow
from app.ui.accounts.particulars_shown import lacking, particulars_shown
from app.ui.accounts.step_menu import step_menu
from app.ui.desk import Desk
from app.ui.icons import put_icon
from app.ui.theme import px, set_role
from app.ui.widgets.chip import Chip
from app.ui.widgets.detail_section import DetailSection, QuietPairs, wrapped
from app.ui.widgets.empty_notice import EmptyNotice
from app.ui.widgets.moment_text import moment_text
from app.ui.widgets.plain_tooltip import plain_tooltip
from app.ui.widgets.step_line import StepLine
from app.ui.widgets.upright_scroll import upright_scroll

_HISTORY_SHOWN = 12
_DAYS = frozenset({WarningKind.VETO, WarningKind.UPDATE_OVERDUE, WarningKind.UPDATE_SOON})
_DATES = frozenset({WarningKind.FILING_OVERDUE, WarningKind.CERTIFICATION_OVER, WarningKind.CERTIFICATION_ENDS})


class AccountDetail(QFrame):
    """The panel; `chosen` carries the offer a person takes, `back_asked` the wish to see the list."""

    chosen = Signal(object)
    back_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.view: AccountView | None = None
        self.offers: tuple[AccountOffer, ...] = ()
        """The steps of the account itself, without those of its papers."""
        self._acts: list[QPushButton] = []
        self._held = False
        set_role(self, role="card")
        self.setAccessibleName("选中的账号")
        self._empty = EmptyNotice("megaphone", "选一个账号，这里显示它办到哪一步、要留意什么、下一步做什么。")
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
        self.title = wrapped("", "subtitle")
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.state_chip, self.filing_chip = Chip(), Chip()
        chips = QHBoxLayout()
        chips.setSpacing(px(8))
        chips.addWidget(self.state_chip)
        chips.addWidget(self.filing_chip)
        chips.addStretch(1)
        self.life = StepLine()
        self.warnings, self.lacks = DetailSection("要留意"), DetailSection("还没有填")
        self.papers, self.particulars = DetailSection("办过的手续"), DetailSection("资料")
        self.history = DetailSection("经过")
        inner = QWidget()
        flow = QVBoxLayout(inner)
        flow.setContentsMargins(0, 0, px(4), 0)
        flow.setSpacing(px(12))
        flow.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        flow.addWidget(self.title)
        flow.addLayout(chips)
        for part in (self.life, self.warnings, self.papers, self.lacks, self.particulars, self.history):
            flow.addWidget(part)
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
        self.view = None
        self._content.hide()
        self._empty.show()

    def wait_for(self, account_id: str) -> None:
        """Take no click while another account than the one that is shown is being read."""
        self._held = self.holds_focus
        self._content.setEnabled(self.view is not None and self.view.account.id == account_id)

    @property
    def holds_focus(self) -> bool:
        """Whether the focus of the window is at a button here, or was before they were closed."""
        return self._held or self._content.isAncestorOf(self.window().focusWidget())

    def take_focus(self) -> bool:
        """Put the focus at the next act, else at another button; say whether there was one."""
        self._held = False
        for button in self._acts[-1:]:
            button.setFocus()
        return bool(self._acts)

    def show_view(self, view: AccountView) -> None:
        """Show one account."""
        other = self.view is None or self.view.account.id != view.account.id
        self.view, account, now = view, view.account, self._desk.now()
        self.title.setText(account.caption)
        self.state_chip.show_text(label(account.state), STATE_TONES[account.state])
        filing = filing_chip(account)
        self.filing_chip.setVisible(filing is not None)
        if filing is not None:
            self.filing_chip.show_text(*filing)
        self.life.show_steps(life_shown(view, now))
        self.offers = offers = account_offers(account, view.applications, self._desk.actor)
        self._show_warnings(view)
        pressing = self._show_papers(view)
        self._show_particulars(view, next((one for one in offers if one.step is AccountStep.EDIT), None))
        self._show_history(view)
        self._show_buttons(view, pressing, offers)
        self._content.setEnabled(True)
        self._empty.hide()
        self._content.show()
        if other:
            self._scroll.verticalScrollBar().setValue(0)

    def _show_warnings(self, view: AccountView) -> None:
        self.warnings.empty()
        for warning in view.warnings:
            chip = Chip(label(warning.kind), warning_tone(warning))
            chip.setToolTip(plain_tooltip(warning.basis))
            self.warnings.put(chip, left=True)
            said = "\n".join(filter(None, (warning_words(warning), f"依据：{warning.basis}")))
            self.warnings.put(wrapped(said, "small"))

    def _show_papers(self, view: AccountView) -> list[AccountOffer]:
        """Show the papers; return the steps that carry one on."""
        self.papers.empty()
        pressing: list[AccountOffer] = []
        for paper in view.applications:
            offers = paper_offers(paper, view.account, self._desk.actor)
            pressing += [one for one in offers if one.step in PRESSING]
            row = PaperRow(paper, view.account, offers, view.names, beijing_day(self._desk.now()))
            row.chosen.connect(self.chosen)
            self.papers.put(row)
        return pressing

    def _show_particulars(self, view: AccountView, edit: AccountOffer | None) -> None:
        self.lacks.empty()
        missing = lacking(view.account) if edit is not None else ()
        if missing and edit is not None:
            self.lacks.put(wrapped("、".join(missing), "muted"))
            button = QPushButton("补齐资料")
            button.setEnabled(edit.is_open)
            button.setToolTip(plain_tooltip(edit.closed_because))
            button.clicked.connect(lambda _checked=False: self.chosen.emit(edit))
            self.lacks.put(button, left=True)
        self.particulars.empty()
        for heading, pairs in particulars_shown(view):
            self.particulars.put(wrapped(heading, "small"))
            table = QuietPairs()
            for name, value in pairs:
                table.add(name, value)
            self.particulars.put(table)

    def _show_history(self, view: AccountView) -> None:
        self.history.empty()
        table, now = QuietPairs(), self._desk.now()
        for entry in view.history[:_HISTORY_SHOWN]:
            who = view.names.get(entry.actor, "")
            word = action_label(entry.action).removesuffix("（账号）")
            table.add(word, f"{who} {moment_text(entry.at, now)}".strip(), long_moment(entry.at))
        if table.pairs:
            self.history.put(table)
        if len(view.history) > _HISTORY_SHOWN:
            self.history.put(wrapped("更早的经过在“设置”的审计记录里。", "small"))

    def _show_buttons(self, view: AccountView, pressing: list[AccountOffer], offers: tuple[AccountOffer, ...]) -> None:
        while (item := self.buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        primary = next((one for one in (*pressing, *offers) if one.is_open), None)
        rest = [one for one in offers if one is not primary]
        self._acts = [step_menu(rest, view.account, self.chosen.emit)] if rest else []
        if primary is not None:
            button = QPushButton(step_word(primary, view.account))
            set_role(button, kind="primary")
            button.clicked.connect(lambda _checked=False: self.chosen.emit(primary))
            self._acts.append(button)
        for place, button in enumerate(self._acts):
            self.buttons.addWidget(button, place if len(self._acts) > 1 else int(primary is not None))
        if primary is None:
            self.buttons.addStretch(1)


def warning_words(warning: AccountWarning) -> str:
    """Return what a warning names, in words: the days, the day, or the other account."""
    if warning.kind in _DAYS:
        return f"已经 {warning.detail} 天没有更新"
    if warning.kind in _DATES:
        return f"到{long_date(date.fromisoformat(warning.detail))}为止"
    return warning.detail
