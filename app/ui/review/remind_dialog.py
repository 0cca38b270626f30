"""催办: recording that somebody was reminded by telephone or in person; the program itself sends nothing."""

from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError
from app.labels import label
from app.messages import explain
from app.models.staff import Person
from app.services.drafts import DraftView
from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.form_grid import FormGrid

WAYS = ("电话", "当面", "送签单上注明")


class RemindDialog(QDialog):
    """Asks who was reminded and how."""

    def __init__(self, desk: Desk, parent: QWidget | None, view: DraftView) -> None:
        super().__init__(parent.window() if parent else None)
        self._desk, self._view = desk, view
        self.setWindowTitle("登记催办")
        step = view.open_step
        heading = ElidedLabel(f"{view.draft.number or ''}　{view.draft.content.title}".strip())
        set_role(heading, role="subtitle")
        waiting = QLabel(f"正在等“{label(step.kind)}”。" if step else "现在没有待签的环节。")
        set_role(waiting, role="muted")
        self.person, self.way, self.note = QComboBox(), QComboBox(), QLineEdit()
        self.way.addItems(WAYS)
        self.note.setMaxLength(200)
        form = FormGrid()
        form.add("提醒了谁", self.person)
        form.add("怎样提醒", self.way)
        form.add("备注", self.note, "本程序不发送任何消息，这里只记下已经提醒过。")
        self.problem = Banner(tone=Tone.DANGER)
        self.record_button = QPushButton("登记催办")
        set_role(self.record_button, kind="primary")
        self.record_button.setEnabled(False)
        self.record_button.setDefault(True)
        self.record_button.clicked.connect(self.record)
        cancel = QPushButton("取消")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.record_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(14))
        for widget in (heading, waiting, form, self.problem):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self.setMinimumWidth(px(460))
        if step is not None:
            services = desk.services

            def read() -> tuple[Person, ...]:
                holders = services.staff.holders(step.role, services.today.day())
                return tuple(person for person in holders if person.id != view.draft.author_id)

            desk.tasks.run(self, read, self._show_people)

    def _show_people(self, people: tuple[Person, ...]) -> None:
        for person in people:
            self.person.addItem(person.name, person.id)
        self.record_button.setEnabled(bool(people))
        if not people:
            self.problem.say("今天没有人担任这个环节的角色，请系统管理员在“设置”里指定。", Tone.WARNING)

    def record(self) -> None:
        """Record the reminder."""
        person, way, note = self.person.currentData(), self.way.currentText(), self.note.text().strip()
        how = f"{way}：{note}" if note else way
        self.record_button.setEnabled(False)
        reviews, draft_id = self._desk.services.reviews, self._view.draft.id
        self._desk.tasks.run(self, lambda: reviews.note_reminder(draft_id, person, how), self._recorded, self._refused)

    def _recorded(self, _done: None) -> None:
        self._desk.changes.tell("drafts")
        self.accept()

    def _refused(self, error: AppError) -> bool:
        self.problem.say(str(explain(error)), Tone.DANGER)
        self.record_button.setEnabled(True)
        return True
