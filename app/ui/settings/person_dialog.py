"""One person: what is on file, the roles held, and leaving."""

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPushButton, QWidget

from app.errors import MissingFieldError
from app.labels import label
from app.models.right import Role
from app.services.staff_list import StaffLine
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.widgets.day_field import DayField
from app.ui.widgets.form_grid import FormGrid


class PersonDialog(FormDialog):
    """Adds a person, or changes one; roles begin and end with their dates and a basis."""

    def __init__(self, desk: Desk, parent: QWidget, line: StaffLine | None = None) -> None:
        heading, act = (line.person.name, "保存") if line else ("新增人员", "新增人员")
        super().__init__(desk, parent, "人员", heading, act, width=560)
        self._line = line
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
        self.left_on = DayField(desk.services.today.day())
        self.left_on.setAccessibleName("离岗日期")
        self.leave_button = QPushButton("登记离岗")
        self.leave_button.setAutoDefault(False)
        self.leave_button.clicked.connect(self.leave)
        for place, part in enumerate((self.left_on, self.leave_button)):
            part.setVisible(line is not None)
            self.foot.insertWidget(place, part)
        self.act_button.clicked.connect(self.save)
        self.lay_out(form, self.notice)

    def save(self) -> None:
        """Add or change the person."""
        name, department, duty = self.name.text(), self.department.text(), self.duty.text()
        signs_in, basis = self.signs_in.isChecked(), self.basis.text()
        roles = frozenset(role for role, tick in self.roles.items() if tick.isChecked())
        staff, line = self._desk.services.staff, self._line
        passcode, new_roles = "", line is None or roles != line.roles
        for field, empty in (("person_name", not name.strip()), ("basis", new_roles and line and not basis.strip())):
            if empty:
                self.refused(MissingFieldError(field))
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

        self.act(job, lambda _done: self.done_with("people"))

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
            on, staff = self.left_on.day, self._desk.services.staff
            self.act(lambda: staff.leave(line.person.id, on), lambda _done: self.done_with("people"))
