"""The decisions written on one sheet, one below the other: each waits for the one before it."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.clock import beijing_day
from app.models.review import VERDICT_EFFECT, Effect, ReviewStep
from app.models.staff import Person
from app.services.drafts import DraftView
from app.services.reviews import PaperDecision
from app.ui.desk import Desk
from app.ui.review.decision_form import DecisionForm
from app.ui.theme import px


class DecisionList(QWidget):
    """A form for every signature that is still to come; a person confirms each."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._author, self._account_ids, self._about = "", tuple[str, ...](), ""
        self.forms: list[DecisionForm] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(px(14))

    def show_draft(self, view: DraftView, steps: tuple[ReviewStep, ...]) -> None:
        """Show a form for each signature that some steps still need."""
        self.clear()
        revision = view.revision
        assert revision is not None
        self._author, self._account_ids = view.draft.author_id, revision.content.account_ids
        self._about = f"{view.draft.id}:{revision.number}"
        now, earliest = self._desk.now(), beijing_day(revision.submitted_at)
        for step, which in _signatures(view, steps):
            form = DecisionForm(step, now, earliest, which)
            form.changed.connect(self._ready)
            form.day_picked.connect(lambda day, form=form: self._ask_people(form, day))
            self._box.addWidget(form)
            self.forms.append(form)
            self._ask_people(form, form.signed_on)
        kept = self._desk.unfinished.take("register", self._about) or {}
        for form in self.forms:
            if form.name in kept:
                form.put_back(kept[form.name])
        self._ready()

    def keep_input(self) -> None:
        """Keep what is filled in until the same draft is shown again."""
        if self.forms:
            typed = {form.name: form.typed for form in self.forms if form.typed is not None}
            self._desk.unfinished.keep("register", self._about, typed or None)

    def clear(self) -> None:
        """Take every form away; what was filled in is forgotten."""
        for form in self.forms:
            self._box.removeWidget(form)
            form.hide()
            form.deleteLater()
        self.forms = []

    def decisions(self) -> tuple[PaperDecision, ...]:
        """Return what is filled in, from the open step on, up to the first form that is not."""
        found: list[PaperDecision] = []
        for form in self.forms:
            decision = form.decision()
            if decision is None:
                break
            found.append(decision)
            if not form.passes:
                break
        return tuple(found)

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        return tuple(field for form in self.forms for field in form.fields)

    @property
    def missing(self) -> str:
        """What must be put right before anything is registered, in a sentence; empty when that may be done now."""
        begun = [form for form in self.forms if form.isEnabled() and form.verdict is not None]
        signed = [(decision.position, decision.decided_by) for decision in self.decisions()]
        if len(set(signed)) < len(signed):
            return "同一个人在同一环节只能签一次。"
        if self.forms and not begun:
            return self.forms[0].missing
        return next((form.missing for form in begun if form.missing), "")

    @property
    def left_out(self) -> str:
        """Which step is not registered this time because nothing is ticked there, in a sentence, or nothing."""
        form = next((form for form in self.forms if form.isEnabled() and form.verdict is None), None)
        return f"{form.name}没有勾选，这次不登记；签好后再扫描登记。" if form is not None else ""

    def _ask_people(self, form: DecisionForm, day: date) -> None:
        staff, role, author, accounts = self._desk.services.staff, form.step.role, self._author, self._account_ids

        def read() -> tuple[Person, ...]:
            return tuple(person for person in staff.holders(role, day, accounts) if person.id != author)

        self._desk.tasks.run(form, read, form.show_people, topic="people")

    def _ready(self) -> None:
        """Open each form once all before it let the draft go on."""
        going = True
        for form in self.forms:
            form.setEnabled(going)
            going = going and form.passes
        self.changed.emit()


def _signatures(view: DraftView, steps: tuple[ReviewStep, ...]) -> Iterator[tuple[ReviewStep, str]]:
    """Yield a step once for each signature it still needs, with what tells its signatures apart."""
    for step in steps:
        given = {
            d.decided_by
            for d in view.decisions
            if (d.revision, d.position) == (step.revision, step.position)
            and d.voided_at is None
            and VERDICT_EFFECT[d.verdict] is Effect.PASS
        }
        for number in range(len(given) + 1, step.quorum + 1):
            yield step, f"（第 {number} 人，共 {step.quorum} 人）" if step.quorum > 1 else ""
