"""One person: what is on file, the roles held, and leaving."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.errors import MissingFieldError
from app.labels import label, long_date
from app.models.account import Account
from app.models.person_names import whole_name
from app.models.right import Role
from app.models.staff import RoleGrant, RoleLimit
from app.services.departure import Departure
from app.services.staff_list import StaffLine
from app.ui.custody.keeping_notice import KeepingNotice
from app.ui.desk import Desk
from app.ui.form_dialog import LEFT_OVER, FormDialog
from app.ui.settings.role_limit_dialog import KEPT_LIMITS, RoleLimitDialog
from app.ui.settings.role_words import limit_words
from app.ui.theme import px, set_role
from app.ui.widgets.day_field import DayField
from app.ui.widgets.fitting_size import fit_to_screen
from app.ui.widgets.form_grid import FormGrid
from app.ui.widgets.upright_scroll import upright_scroll

_UNLIMITED = "勾选的角色管全部账号，没有截止日期。"
_NEW_UNLIMITED = "勾选的角色管全部账号，从今天起，没有截止日期。"


_COMING_BACK = "角色从今天起重新给；以前起草和办过的仍是本人的。原来的口令不再有效，请再给本人一个新的一次性口令。"


class PersonDialog(FormDialog):
    """Adds a person, changes one, or takes one who left in again; roles begin and end with their dates and a basis.

    A tick is a role for all accounts, from today, without an end; what is otherwise is told below the ticks.
    `left` carries what ended when somebody left.
    """

    left = Signal(object)

    def __init__(
        self, desk: Desk, parent: QWidget, line: StaffLine | None = None, accounts: tuple[Account, ...] = ()
    ) -> None:
        self._left = line is not None and line.person.left_on is not None
        heading, act = (line.person.name, "登记返岗" if self._left else "保存") if line else ("新增人员", "新增人员")
        super().__init__(desk, parent, "人员", heading, act, width=560)
        self._line, self._accounts = line, accounts
        self._today = desk.services.today.day()
        self.name, self.department, self.duty, self.basis = (QLineEdit() for _ in range(4))
        for field, limit in ((self.name, 40), (self.department, 60), (self.duty, 60), (self.basis, 200)):
            field.setMaxLength(limit)
        self.signs_in = QCheckBox("登录本程序（领导只在纸上签字的，可以不登录）")
        self.roles: dict[Role, QCheckBox] = {role: QCheckBox(label(role)) for role in Role}
        # Whoever comes back holds nothing yet: every role is given anew.
        grants = tuple(reversed(line.grants)) if line and not self._left else ()
        self._held = {g.role: g.from_on for g in grants if g.from_on <= self._today}
        self._before = {g.role: self._limit_of(g) for g in grants}
        self._limits = {role: self._before.get(role, RoleLimit(role)) for role in Role}
        self._at_first = dict(self._limits)
        if line is not None:
            self.name.setText(line.person.name)
            self.department.setText(line.person.department)
            self.duty.setText(line.person.duty)
            self.signs_in.setChecked(line.person.signs_in or self._left)
            for role, tick in self.roles.items():
                tick.setChecked(role in self._before)
        self.limit_button = QPushButton("限定账号或期限……")
        self.limit_button.setAutoDefault(False)
        self.limit_button.clicked.connect(self.limit)
        self.limit_words = QLabel()
        self.limit_words.setTextFormat(Qt.TextFormat.PlainText)
        self.limit_words.setWordWrap(True)
        set_role(self.limit_words, role="small")
        form = FormGrid()
        form.add("姓名", self.name, needed=True)
        form.add("部门", self.department)
        form.add("职务", self.duty)
        form.add_wide(self.signs_in)
        form.add("角色", self._role_box())
        form.add("依据", self.basis, "角色或离岗按什么定的，例如分工、调动文件的文号。", needed=line is not None)
        self.form = form
        self.left_on = DayField(self._today)
        self.left_on.setAccessibleName("离岗日期")
        self.leave_button = QPushButton("登记离岗")
        self.leave_button.setAutoDefault(False)
        self.leave_button.clicked.connect(self.leave)
        for place, part in enumerate((self.left_on, self.leave_button)):
            part.setVisible(line is not None and not self._left)
            self.foot.insertWidget(place, part)
        self.act_button.clicked.connect(self.save)
        inner = QWidget()
        flow = QVBoxLayout(inner)
        flow.setContentsMargins(0, 0, px(6), 0)
        flow.addWidget(form)
        flow.addStretch(1)
        self._scroll = scroll = upright_scroll(inner)
        self.keeping = KeepingNotice(desk, line.person.id if line and not self._left else "")
        self.lay_out(scroll, self.keeping, self.notice, tall=scroll)
        fit_to_screen(self, 560, 640)
        for tick in self.roles.values():
            tick.toggled.connect(lambda _on: self._show_limits())
        about = line.person.id if line else ""
        kept_limits = desk.unfinished.take("limits", about) or {}
        self._limits |= kept_limits
        typed = (self.name, self.department, self.duty, self.basis)
        self.remember(about, *typed, self.signs_in, self.left_on, *self.roles.values())
        if kept_limits:
            self.kept_notice.say(LEFT_OVER)
        self._show_limits()

    def _start_over(self) -> None:
        self._limits = dict(self._at_first)
        self._desk.unfinished.keep(KEPT_LIMITS, self._about, None)
        super()._start_over()
        self._show_limits()

    def _role_box(self) -> QVBoxLayout:
        grid = QGridLayout()
        for number, tick in enumerate(self.roles.values()):
            grid.addWidget(tick, number // 3, number % 3)
        box = QVBoxLayout()
        box.setSpacing(px(8))
        box.addLayout(grid)
        box.addWidget(self.limit_words)
        box.addWidget(self.limit_button, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _limit_of(self, grant: RoleGrant) -> RoleLimit:
        begins = grant.from_on if grant.from_on > self._today else None
        return RoleLimit(grant.role, grant.account_ids, begins, grant.to_on)

    @property
    def wanted(self) -> dict[Role, RoleLimit]:
        """The ticked roles, each with its limit."""
        return {role: self._limits[role] for role, tick in self.roles.items() if tick.isChecked()}

    def limit(self) -> None:
        """Ask for which accounts and days the ticked roles are held."""
        dialog = RoleLimitDialog(self._desk, self, self.wanted, self._held, self._accounts, self._about)

        def settled() -> None:
            self._limits |= dialog.limits
            self._show_limits()

        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(settled)
        dialog.open()

    def _show_limits(self) -> None:
        captions = {account.id: account.caption for account in self._accounts}
        told = {role: limit_words(limit, captions) for role, limit in self.wanted.items()}
        lines = [f"{label(role)}：{words}。" for role, words in told.items() if words]
        if lines and len(lines) < len(told):
            lines.append("其余勾选的角色管全部账号，没有截止日期。")
        self.limit_words.setText("\n".join(lines) or (_UNLIMITED if self._line else _NEW_UNLIMITED))
        self.limit_button.setEnabled(bool(told))
        self.limit_button.setToolTip("" if told else "先勾选角色。")

    def done(self, result: int) -> None:
        """Keep the limits that were settled, unless the act is done."""
        changed = {role: limit for role, limit in self._limits.items() if limit != self._at_first[role]}
        kept = changed if result != QDialog.DialogCode.Accepted else {}
        self._desk.unfinished.keep("limits", self._about, kept or None)
        if result == QDialog.DialogCode.Accepted:
            self._desk.unfinished.keep(KEPT_LIMITS, self._about, None)
        super().done(result)

    def save(self) -> None:
        """Add or change the person."""
        name, department, duty = self.name.text(), self.department.text(), self.duty.text()
        signs_in, basis = self.signs_in.isChecked(), self.basis.text()
        wanted = self.wanted
        roles, limits = frozenset(wanted), tuple(li for role, li in wanted.items() if li != RoleLimit(role))
        staff, line = self._desk.services.staff, self._line
        passcode, new_roles, back = "", line is None or self._left or wanted != self._before, self._left
        for field, part, empty in (
            ("person_name", self.name, not name.strip()),
            ("basis", self.basis, new_roles and line and not basis.strip()),
        ):
            if empty:
                self._lacks(field, part)
                return
        if new_roles:
            text = _COMING_BACK if back else "新增人员或调整角色，要再输入一次您自己的口令。"
            title = "登记返岗" if back else "调整角色" if line else "新增人员"
            asked = self._desk.dialogs.ask_passcode(self, title, "您的口令", text=text)
            if asked is None:
                return
            passcode = asked

        def job() -> None:
            if line is None:
                person_is = (name, department, duty)
                staff.add(*person_is, signs_in=signs_in, roles=roles, passcode=passcode, basis=basis, limits=limits)
                return
            person = replace(line.person, signs_in=signs_in) if back else line.person
            if back:
                staff.come_back(person.id, roles, basis, passcode, limits, signs_in=signs_in)
            elif new_roles:
                staff.set_roles(person.id, roles, basis, passcode, limits)
            if (person.name, person.department, person.duty, person.signs_in) != (name, department, duty, signs_in):
                staff.change(person.id, name, department, duty, signs_in=signs_in)

        self.act(job, lambda _done: self.done_with("people"))

    def leave(self) -> None:
        """Mark that the person has left."""
        line = self._line
        if line is None:
            return
        basis, on, staff = self.basis.text(), self.left_on.day, self._desk.services.staff
        if not basis.strip():
            self._lacks("basis", self.basis)
            return
        passcode = self._desk.dialogs.ask_passcode(
            self,
            f"{whole_name(line.person)}离岗？",
            "您的口令",
            text=f"角色到{long_date(on)}为止，以后不能登录；以前办过的事都留在记录里，没办完的稿件列给账号管理员。"
            "登记离岗，要再输入一次您自己的口令。",
            yes="登记离岗",
        )
        if passcode:
            self.act(lambda: staff.leave(line.person.id, on, basis, passcode), self._has_left)

    def _has_left(self, departure: Departure) -> None:
        self.left.emit(departure)
        self.done_with("people")

    def _lacks(self, name: str, field: QLineEdit) -> None:
        self.refused(MissingFieldError(name))
        field.setFocus()
        self._scroll.ensureWidgetVisible(field)
