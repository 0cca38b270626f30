"""One person: what is on file, the roles held, and leaving."""

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError, MissingFieldError
from app.labels import label
from app.messages import explain
from app.models.right import Role
from app.services.staff_list import StaffLine
from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.form_grid import FormGrid


class PersonDialog(QDialog):
    """Adds a person, or changes one; roles begin and end with their dates and a basis."""

    def __init__(self, desk: Desk, parent: QWidget, line: StaffLine | None = None) -> None:
        super().__init__(parent.window())
        self._desk, self._line = desk, line
        self.setWindowTitle("人员")
        self.setMinimumWidth(px(560))
        heading = QLabel(line.person.name if line else "新增人员")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        set_role(heading, role="subtitle")
        self.name, self.department, self.duty, self.basis = (QLineEdit() for _ in range(4))
        for field, limit in ((self.name, 40), (self.department, 60), (self.duty, 60), (self.basis, 200)):
            field.setMaxLength(limit)
        self.signs_in = QCheckBox("登录本程序（领导只在纸上签字的，可以不登录）")
        self.roles: dict[Role, QCheckBox] = {role: QCheckBox(label(role)) for role in Role}
        if line is not None:
            self.name.setText(line.person.name)
            self.department.setText(line.person.department)
            self.duty.setText(line.person.duty)
            self.signs_in.setChecked(line.person.signs_in)
            for role, tick in self.roles.items():
                tick.setChecked(role in line.roles)
        grid = QGridLayout()
        for number, tick in enumerate(self.roles.values()):
            grid.addWidget(tick, number // 3, number % 3)
        form = FormGrid()
        form.add("姓名", self.name, needed=True)
        form.add("部门", self.department)
        form.add("职务", self.duty)
        form.add_wide(self.signs_in)
        form.add("角色", grid)
        form.add("依据", self.basis, "角色按什么定的，例如分工文件的文号。", needed=line is not None)
        self.form = form
        self.notice = Banner()
        self.left_on = QDateEdit()
        self.left_on.setCalendarPopup(True)
        self.left_on.setDisplayFormat("yyyy年M月d日")
        self.left_on.setAccessibleName("离岗日期")
        today = desk.services.today.day()
        self.left_on.setDate(QDate(today.year, today.month, today.day))
        self.leave_button = QPushButton("登记离岗")
        self.leave_button.setAutoDefault(False)
        self.leave_button.clicked.connect(self.leave)
        save, cancel = QPushButton("保存" if line else "新增人员"), QPushButton("取消")
        set_role(save, kind="primary")
        save.clicked.connect(self.save)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        for part in (self.left_on, self.leave_button):
            part.setVisible(line is not None)
            buttons.addWidget(part)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(14))
        for widget in (heading, form, self.notice):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    def save(self) -> None:
        """Add or change the person."""
        name, department, duty = self.name.text(), self.department.text(), self.duty.text()
        signs_in, basis = self.signs_in.isChecked(), self.basis.text()
        roles = frozenset(role for role, tick in self.roles.items() if tick.isChecked())
        staff, line = self._desk.services.staff, self._line
        passcode, new_roles = "", line is None or roles != line.roles
        for field, empty in (("person_name", not name.strip()), ("basis", new_roles and line and not basis.strip())):
            if empty:
                self._refused(MissingFieldError(field))
                return
        if new_roles:
            text = "新增人员或调整角色，要再输入一次您自己的口令。"
            asked = self._desk.dialogs.ask_passcode(self, "调整角色" if line else "新增人员", "您的口令", text=text)
            if asked is None:
                return
            passcode = asked

        def job() -> None:
            if line is None:
                staff.add(name, department, duty, signs_in=signs_in, roles=roles, passcode=passcode)
                return
            if roles != line.roles:
                staff.set_roles(line.person.id, roles, basis, passcode)
            person = line.person
            if (person.name, person.department, person.duty, person.signs_in) != (name, department, duty, signs_in):
                staff.change(person.id, name, department, duty, signs_in=signs_in)

        self._desk.tasks.run(self, job, lambda _done: self._saved(), self._refused)

    def leave(self) -> None:
        """Mark that the person has left."""
        line = self._line
        if line is None:
            return
        sure = self._desk.dialogs.ask(
            self,
            f"{line.person.name}离岗？",
            "角色到这一天为止，以后不能登录；以前办过的事都留在记录里。",
            "登记离岗",
        )
        if sure:
            picked, staff = self.left_on.date(), self._desk.services.staff
            on = date(picked.year(), picked.month(), picked.day())
            self._desk.tasks.run(
                self, lambda: staff.leave(line.person.id, on), lambda _done: self._saved(), self._refused
            )

    def _saved(self) -> None:
        self._desk.changes.tell("people")
        self.accept()

    def _refused(self, error: AppError) -> bool:
        self.notice.say(str(explain(error)), Tone.DANGER)
        return True
