"""授权: whose signature counts for whom, from when to when, with the signed paper."""

from PySide6.QtWidgets import QComboBox, QWidget

from app.labels import label
from app.models.person_names import told_apart
from app.models.right import ROLE_RIGHTS, Right, Role
from app.services.staff_list import StaffLine
from app.ui.desk import Desk
from app.ui.signed_paper_dialog import SignedPaperDialog
from app.ui.widgets.day_field import DayField
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.form_grid import FormGrid


class AuthorizationDialog(SignedPaperDialog):
    """Records a signed authorization; a signature under it is printed 受托."""

    def __init__(self, desk: Desk, parent: QWidget, lines: tuple[StaffLine, ...]) -> None:
        super().__init__(desk, parent, "登记授权书", "登记授权书", "登记授权", "授权书")
        self.giver, self.taker, self.role = ElidedCombo(), ElidedCombo(), QComboBox()
        for person_id, name in told_apart([line.person for line in lines]).items():
            for combo in (self.giver, self.taker):
                combo.addItem(name, person_id)
        for role in Role:
            if Right.DECIDE in ROLE_RIGHTS[role]:
                self.role.addItem(label(role), role.value)
        today = desk.services.today.day()
        self.from_on, self.to_on = DayField(today), DayField(today)
        form = FormGrid()
        form.add("谁授权", self.giver)
        form.add("授权给谁", self.taker)
        form.add("代签哪个角色", self.role)
        form.add("从哪天", self.from_on)
        form.add("到哪天", self.to_on)
        self.act_button.clicked.connect(self.record)
        self.lay_out(form, self.drop, self.chosen, self.notice)
        self.remember("", self.giver, self.taker, self.role, self.from_on, self.to_on)

    def record(self) -> None:
        """Record the authorization."""
        scan, giver, taker = self.scan, self.giver.currentData(), self.taker.currentData()
        if scan is None:
            return
        role, begin, end = Role(self.role.currentData()), self.from_on.day, self.to_on.day
        text = "登记授权书，要再输入一次您自己的口令。"
        passcode = self._desk.dialogs.ask_passcode(self, "登记授权", "您的口令", text=text)
        if not passcode:
            return
        staff = self._desk.services.staff
        self.act(
            lambda: staff.authorize(giver, taker, role, begin, end, scan, passcode),
            lambda _given: self.done_with("people"),
        )
