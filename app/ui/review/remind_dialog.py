"""催办: recording that somebody was reminded by telephone or in person; the program itself sends nothing."""

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from app.labels import label
from app.models.person_names import told_apart
from app.models.staff import Person
from app.services.drafts import DraftView
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.theme import set_role
from app.ui.tokens import Tone
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.form_grid import FormGrid

WAYS = ("电话", "当面", "送签单上注明")


class RemindDialog(FormDialog):
    """Asks who was reminded and how."""

    def __init__(self, desk: Desk, parent: QWidget | None, view: DraftView) -> None:
        heading = f"{view.draft.number or ''}　{view.draft.content.title}".strip()
        super().__init__(desk, parent, "登记催办", heading, "登记催办", width=460)
        self._view = view
        step = view.open_step
        waiting = QLabel(f"正在等“{label(step.kind)}”。" if step else "现在没有待签的环节。")
        set_role(waiting, role="muted")
        self.person, self.way, self.note = ElidedCombo(), QComboBox(), QLineEdit()
        self.way.addItems(WAYS)
        self.note.setMaxLength(200)
        form = FormGrid()
        form.add("提醒了谁", self.person)
        form.add("怎样提醒", self.way)
        form.add("备注", self.note, "本程序不发送任何消息，这里只记下已经提醒过。")
        self.act_button.setEnabled(False)
        self.act_button.clicked.connect(self.record)
        self.lay_out(waiting, form, self.notice)
        if step is not None:
            services = desk.services

            def read() -> tuple[Person, ...]:
                accounts = view.draft.content.account_ids
                holders = services.staff.holders(step.role, services.today.day(), accounts)
                return tuple(person for person in holders if person.id != view.draft.author_id)

            desk.tasks.run(self, read, self._show_people)

    def _show_people(self, people: tuple[Person, ...]) -> None:
        for person_id, name in told_apart(people).items():
            self.person.addItem(name, person_id)
        self.act_button.setEnabled(bool(people))
        self.remember(self._view.draft.id, self.person, self.way, self.note)
        if not people:
            self.notice.say("今天没有人担任这个环节的角色，请系统管理员在“设置”里指定。", Tone.WARNING)

    def record(self) -> None:
        """Record the reminder."""
        person, way, note = self.person.currentData(), self.way.currentText(), self.note.text().strip()
        how = f"{way}：{note}" if note else way
        reviews, draft_id = self._desk.services.reviews, self._view.draft.id
        self.act(lambda: reviews.note_reminder(draft_id, person, how), lambda _done: self.done_with("drafts"))
