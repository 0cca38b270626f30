"""After a restore: the highest numbers and the newest 存证号 on paper, so that numbers go on beyond what was lost."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.models.backup import RestoredFacts
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.settings.lost_span_form import LostSpanForm, lost_span_words
from app.ui.theme import set_role


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
        self.lay_out(told, self.form, self.notice)

    def settle(self) -> None:
        """Record what the papers say."""
        tops, seq, head = self.form.tops(), self.form.seq.value(), self.form.head.text()
        lost_span = self._desk.services.lost_span
        self.act(lambda: lost_span.settle(tops, seq, head), lambda _report: self.done_with("settings"))
