"""After a restore: the highest numbers and the newest 存证号 on paper, so that numbers go on beyond what was lost."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.models.backup import RestoredFacts
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.settings.lost_span_form import LostSpanForm, lost_span_words
from app.ui.theme import px, set_role
from app.ui.widgets.fitting_size import fit_to_screen
from app.ui.widgets.upright_scroll import upright_scroll

_HEAD_AND_FOOT, _ROW = 390, 57
"""Pixels at 100 % of all that is no series, and of the row of one."""


class LostSpanDialog(FormDialog):
    """Asks for each series what the papers in the cabinet say; until then no number is given."""

    def __init__(self, desk: Desk, parent: QWidget, facts: RestoredFacts) -> None:
        super().__init__(
            *(desk, parent, "核对恢复后的编号", "照纸面核对最后的编号", "核对并接着编号"),
            width=600,
            turn_away="以后再说",
        )
        told = QLabel(lost_span_words(facts))
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setWordWrap(True)
        set_role(told, role="muted")
        self.form = LostSpanForm(facts)
        self.act_button.clicked.connect(self.settle)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, px(6), 0)
        rows.setSpacing(px(14))
        rows.addWidget(told)
        rows.addWidget(self.form)
        rows.addStretch(1)
        scroll = upright_scroll(inner)
        self.lay_out(scroll, self.notice, tall=scroll)
        self.remember(facts.audit_head, *self.form.boxes, self.form.seq, self.form.head)
        # Two series for each year that is asked for: there may be more than a small screen has room for.
        fit_to_screen(self, 600, _HEAD_AND_FOOT + _ROW * len(facts.series))

    def settle(self) -> None:
        """Record what the papers say."""
        tops, seq, head = self.form.tops(), self.form.seq.value(), self.form.head.text()
        lost_span = self._desk.services.lost_span
        self.act(lambda: lost_span.settle(tops, seq, head), lambda _report: self.done_with("settings"))
