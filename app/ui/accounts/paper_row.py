"""One paper of an account in its detail: what it is, where it stands, its days, and its next step."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.labels import label
from app.models.account import Account
from app.models.account_application import Application, ApplicationKind
from app.services.account_steps import AccountOffer
from app.ui.accounts.account_step_words import PRESSING, paper_word, step_word
from app.ui.accounts.account_tones import PAPER_TONES
from app.ui.accounts.step_menu import step_menu
from app.ui.theme import px, set_role
from app.ui.widgets.chip import Chip
from app.ui.widgets.detail_section import wrapped
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.moment_text import day_text


class PaperRow(QWidget):
    """`chosen` carries the offer that was taken."""

    chosen = Signal(object)

    def __init__(
        self,
        paper: Application,
        account: Account,
        offers: Sequence[AccountOffer],
        names: Mapping[str, str],
        today: date,
    ) -> None:
        super().__init__()
        self.paper = paper
        head = QHBoxLayout()
        head.setSpacing(px(8))
        title = ElidedLabel(" ".join(filter(None, (paper_word(paper), str(paper.number or "")))))
        set_role(title, role="strong")
        head.addWidget(title, 1)
        head.addWidget(Chip(label(paper.state), PAPER_TONES[paper.state]))
        flow = QVBoxLayout(self)
        flow.setContentsMargins(0, px(2), 0, px(4))
        flow.setSpacing(px(4))
        flow.addLayout(head)
        if line := "　".join(_days(paper, names, today)):
            flow.addWidget(wrapped(line, "muted"))
        if paper.kind is ApplicationKind.CHANGE:
            flow.addWidget(wrapped("、".join(label(one.field) for one in paper.text.changes), "muted"))
        acts = QHBoxLayout()
        acts.setSpacing(px(8))
        first = next((offer for offer in offers if offer.step in PRESSING and offer.is_open), None)
        if first is not None:
            self.button = QPushButton(step_word(first, account))
            self.button.clicked.connect(lambda _checked=False: self.chosen.emit(first))
            acts.addWidget(self.button)
        rest = [offer for offer in offers if offer is not first]
        if rest:
            acts.addWidget(step_menu(rest, account, self.chosen.emit))
        acts.addStretch(1)
        if offers:
            flow.addLayout(acts)


def _days(paper: Application, names: Mapping[str, str], today: date) -> Iterator[str]:
    if paper.signed_on is not None:
        yield f"{names.get(paper.signed_by, '')} {day_text(paper.signed_on, today)} 签".strip()
    for day, word in (
        (paper.submitted_on, "报送"),
        (paper.filed_on, "备案"),
        (paper.carried_out_on, "办结" if paper.kind is ApplicationKind.CLOSING else "变更完成"),
    ):
        if day is not None:
            yield f"{day_text(day, today)} {word}"
    if paper.filing_number:
        yield f"备案号 {paper.filing_number}"
