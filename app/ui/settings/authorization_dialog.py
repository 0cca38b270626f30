"""授权: whose signature counts for whom, from when to when, with the signed paper."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QDateEdit, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError
from app.labels import label
from app.messages import explain
from app.models.right import ROLE_RIGHTS, Right, Role
from app.models.staff import Authorization
from app.services.staff_list import StaffLine
from app.ui.desk import Desk
from app.ui.review.register_dialog import SCAN_FILES
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.drop_zone import DropZone
from app.ui.widgets.form_grid import FormGrid


class AuthorizationDialog(QDialog):
    """Records a signed authorization; a signature under it is printed 受托."""

    def __init__(self, desk: Desk, parent: QWidget, lines: tuple[StaffLine, ...]) -> None:
        super().__init__(parent.window())
        self._desk = desk
        self.scan: Path | None = None
        self.setWindowTitle("登记授权书")
        self.setMinimumWidth(px(520))
        heading = QLabel("登记授权书")
        set_role(heading, role="subtitle")
        self.giver, self.taker, self.role = QComboBox(), QComboBox(), QComboBox()
        for line in lines:
            for combo in (self.giver, self.taker):
                combo.addItem(line.person.name, line.person.id)
        for role in Role:
            if Right.DECIDE in ROLE_RIGHTS[role]:
                self.role.addItem(label(role), role.value)
        self.from_on, self.to_on = QDateEdit(), QDateEdit()
        today = desk.services.today.day()
        for field in (self.from_on, self.to_on):
            field.setCalendarPopup(True)
            field.setDisplayFormat("yyyy年M月d日")
            field.setDate(QDate(today.year, today.month, today.day))
        form = FormGrid()
        form.add("谁授权", self.giver)
        form.add("授权给谁", self.taker)
        form.add("代签哪个角色", self.role)
        form.add("从哪天", self.from_on)
        form.add("到哪天", self.to_on)
        self.drop = DropZone("把签好字的授权书扫描件拖到这里", "选择文件……", self.choose)
        self.drop.dropped.connect(lambda paths: self.take(paths[0]))
        self.notice = Banner()
        self.record_button, cancel = QPushButton("登记授权"), QPushButton("取消")
        set_role(self.record_button, kind="primary")
        self.record_button.setEnabled(False)
        self.record_button.clicked.connect(self.record)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.record_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(12))
        for widget in (heading, form, self.drop, self.notice):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    def choose(self) -> None:
        """Ask for the scan."""
        path = self._desk.dialogs.open_file(self, "选择授权书扫描件", SCAN_FILES)
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Take the scan."""
        self.scan = path
        self.notice.say(f"扫描件：{path.name}", Tone.GOOD)
        self.record_button.setEnabled(True)

    def record(self) -> None:
        """Record the authorization."""
        scan, giver, taker = self.scan, self.giver.currentData(), self.taker.currentData()
        if scan is None:
            return
        role, begin, end = Role(self.role.currentData()), _day(self.from_on), _day(self.to_on)
        staff = self._desk.services.staff
        self._desk.tasks.run(
            self, lambda: staff.authorize(giver, taker, role, begin, end, scan), self._recorded, self._refused
        )

    def _recorded(self, _given: Authorization) -> None:
        self._desk.changes.tell("people")
        self.accept()

    def _refused(self, error: AppError) -> bool:
        self.notice.say(str(explain(error)), Tone.DANGER)
        return True


def _day(field: QDateEdit) -> date:
    picked = field.date()
    return date(picked.year(), picked.month(), picked.day())
