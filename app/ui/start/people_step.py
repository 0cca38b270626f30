"""Step 人员与角色: who writes, reviews, signs, publishes (articles 3 and 7)."""

from dataclasses import dataclass, field

from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout

from app.labels import label
from app.models.person_names import names_apart, whole_name
from app.models.right import Role
from app.services.setup import PersonPlan
from app.ui.start.door_card import door_label
from app.ui.start.plan_list import PlanList
from app.ui.start.wizard_step import WizardStep
from app.ui.theme import px, set_role
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.form_grid import FormGrid

SIGNING_NEEDED = (Role.ADMINISTRATOR, Role.ACCOUNT_MANAGER)
"""Somebody who signs in must hold these; the next ones may be held by people who only sign paper."""
NEEDED = (*SIGNING_NEEDED, Role.REVIEWER, Role.SECRECY_REVIEWER, Role.PRINCIPAL_LEADER)
EXPLAINED = {
    Role.INFORMATION_OFFICER: "起草稿件",
    Role.ACCOUNT_MANAGER: "起草、登记纸面签批、发布、归档",
    Role.REVIEWER: "初审和核稿",
    Role.SECRECY_REVIEWER: "保密审查",
    Role.PRINCIPAL_LEADER: "签批发布",
    Role.DEPUTY_LEADER: "重要、敏感稿件加签",
    Role.PASSWORD_CUSTODIAN: "保管平台密码，口令至少 12 位",
    Role.DUTY_OFFICER: "值班并起草",
    Role.DUTY_LEADER: "带班",
    Role.ARCHIVIST: "扫描件归卷、月度归档",
    Role.ADMINISTRATOR: "管理人员、设置和口令",
    Role.AUDITOR: "查看审计记录，不能兼系统管理员",
}


@dataclass
class PersonRow:
    """A person as far as the wizard knows them."""

    name: str = ""
    department: str = ""
    duty: str = ""
    signs_in: bool = True
    roles: set[Role] = field(default_factory=set)


class PeopleStep(WizardStep):
    """A list of people, and beside it what one of them is and does."""

    label = "人员与角色"
    heading = "人员与角色"
    explanation = "一人可以兼多个角色，同一角色可以有多人；同一件稿件的作者和审批人必须是不同的人。"

    def __init__(self) -> None:
        super().__init__()
        self.people = [PersonRow(roles={Role.ADMINISTRATOR, Role.ACCOUNT_MANAGER})]
        self._current = 0
        self._filling = False
        self.list = PlanList("人员", "添加人员", "移除")
        self.list.chosen.connect(self.choose)
        self.list.add_asked.connect(self.add_person)
        self.list.remove_asked.connect(self.remove_person)
        self.name_field, self.department_field, self.duty_field = QLineEdit(), QLineEdit(), QLineEdit()
        self.signs_in_box = QCheckBox("在这台电脑上登录")
        self.role_boxes = {role: QCheckBox(label(role)) for role in Role}
        self.second_box = ElidedCombo()
        self._second: PersonRow | None = None
        self._lay_out()
        self._show_person()

    def add_person(self) -> None:
        """Add a person and go to the name."""
        self.people.append(PersonRow())
        self._current = len(self.people) - 1
        self._show_person()
        self.name_field.setFocus()
        self.came_to.emit(self.name_field)
        self.changed.emit()

    def remove_person(self, index: int) -> None:
        """Take a person out; one line always remains."""
        if not 0 <= index < len(self.people):
            return
        gone = self.people.pop(index)
        if gone is self._second:
            self._second = None
        if not self.people:
            self.people.append(PersonRow())
        self._current = min(index, len(self.people) - 1)
        self._show_person()
        self.changed.emit()

    def choose(self, index: int) -> None:
        """Show a person's form."""
        if 0 <= index < len(self.people):
            self._current = index
            self._show_person()

    def plans(self) -> tuple[PersonPlan, ...]:
        """Return the people as typed."""
        return tuple(
            PersonPlan(p.name.strip(), p.department.strip(), p.duty.strip(), frozenset(p.roles), p.signs_in)
            for p in self.people
        )

    def second_person(self) -> int | None:
        """Return which person may draw the administrator a new code."""
        return next((i for i, person in enumerate(self.people) if person is self._second), None)

    def missing(self) -> str:
        """Say which names, roles or decisions are missing."""
        if any(not person.name.strip() for person in self.people):
            return "还有人员没有填写姓名。"
        plans = self.plans()
        posts = [(plan.name, plan.department, plan.duty) for plan in plans]
        if twice := next((plan for plan, post in zip(plans, posts, strict=True) if posts.count(post) > 1), None):
            return f"有两位“{whole_name(twice)}”：请填写部门或职务来区分。"
        if idle := next((p.name for p in self.people if not p.roles), ""):
            return f"“{idle}”还没有勾选角色。"
        if both := next((p.name for p in self.people if {Role.ADMINISTRATOR, Role.AUDITOR} <= p.roles), ""):
            return f"“{both}”不能既是系统管理员又是审计员。"
        return self._missing_roles()

    def take_focus(self) -> None:
        """Go to the name."""
        self.name_field.setFocus()

    def _missing_roles(self) -> str:
        lacking = []
        for role in NEEDED:
            holders = [p for p in self.people if role in p.roles and (p.signs_in or role not in SIGNING_NEEDED)]
            if not holders:
                lacking.append(label(role) + ("（要能登录）" if role in SIGNING_NEEDED else ""))
        return f"还没有人担任：{'、'.join(lacking)}。" if lacking else ""

    def _lay_out(self) -> None:
        grid = FormGrid()
        for caption, line, limit in (
            ("姓名", self.name_field, 50),
            ("部门", self.department_field, 50),
            ("职务", self.duty_field, 50),
        ):
            line.setMaxLength(limit)
            line.textChanged.connect(self._typed)
            grid.add(caption, line, needed=caption == "姓名")
        self.signs_in_box.toggled.connect(self._typed)
        grid.add("登录", self.signs_in_box, "只在纸上签字的领导不用勾选。")
        boxes = QGridLayout()
        boxes.setHorizontalSpacing(px(16))
        boxes.setVerticalSpacing(px(2))
        boxes.setColumnStretch(1, 1)
        for row, (role, box) in enumerate(self.role_boxes.items()):
            box.toggled.connect(self._typed)
            note = door_label(EXPLAINED[role], "small")
            boxes.addWidget(box, row, 0)
            boxes.addWidget(note, row, 1)
        card = QFrame()
        set_role(card, role="card")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.addWidget(grid)
        column.addSpacing(px(4))
        column.addWidget(door_label("角色", "muted"))
        column.addLayout(boxes)
        column.addStretch(1)
        sides = QHBoxLayout()
        sides.setSpacing(px(16))
        sides.addWidget(self.list, 2)
        sides.addWidget(card, 5)
        self.rows.addLayout(sides, 1)
        recovery = QHBoxLayout()
        recovery.setSpacing(px(12))
        asked = door_label("系统管理员忘记口令时，由谁为其重发", "muted")
        asked.setWordWrap(False)
        asked.setBuddy(self.second_box)
        self.second_box.setAccessibleName("第二人")
        self.second_box.setMinimumWidth(px(220))
        self.second_box.activated.connect(self._second_chosen)
        recovery.addWidget(asked)
        recovery.addWidget(self.second_box)
        recovery.addStretch(1)
        self.rows.addLayout(recovery)

    def _show_person(self) -> None:
        person = self.people[self._current]
        self._filling = True
        self.name_field.setText(person.name)
        self.department_field.setText(person.department)
        self.duty_field.setText(person.duty)
        self.signs_in_box.setChecked(person.signs_in)
        for role, box in self.role_boxes.items():
            box.setChecked(role in person.roles)
        self._filling = False
        self._show_lists()

    def _typed(self) -> None:
        if self._filling:
            return
        person = self.people[self._current]
        person.name = self.name_field.text()
        person.department = self.department_field.text()
        person.duty = self.duty_field.text()
        person.signs_in = self.signs_in_box.isChecked()
        person.roles = {role for role, box in self.role_boxes.items() if box.isChecked()}
        self._show_lists()
        self.changed.emit()

    def _show_lists(self) -> None:
        called = names_apart(self.plans())
        self.list.show_lines(
            [_line_of(person, name) for person, name in zip(self.people, called, strict=True)], self._current
        )
        if self._second is not None and not _may_reissue(self._second):
            self._second = None
        self.second_box.clear()
        self.second_box.addItem("不指定，只用封存的恢复口令单", None)
        for place, person in enumerate(self.people):
            if _may_reissue(person):
                self.second_box.addItem(called[place], place)
            if person is self._second:
                self.second_box.setCurrentIndex(self.second_box.count() - 1)

    def _second_chosen(self, index: int) -> None:
        chosen = self.second_box.itemData(index)
        self._second = None if chosen is None else self.people[chosen]
        self.changed.emit()


def _may_reissue(person: PersonRow) -> bool:
    return person.signs_in and Role.ADMINISTRATOR not in person.roles and bool(person.name.strip())


def _line_of(person: PersonRow, called: str) -> str:
    roles = "、".join(label(role) for role in Role if role in person.roles) or "还没有角色"
    return f"{called if person.name.strip() else '（未填姓名）'}：{roles}"
