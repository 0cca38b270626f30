"""The closing form: how an account ends, why, and what becomes of what it held (国办发〔2018〕123号)."""

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QWidget

from app.labels import label
from app.models.account_application import Application, ApplicationKind, ApplicationText, ClosingType
from app.services.account_desk import AccountView
from app.ui.accounts.announcement_field import AnnouncementField
from app.ui.accounts.application_dialog import ApplicationDialog
from app.ui.accounts.particulars_form import line_field, text_field
from app.ui.desk import Desk
from app.ui.widgets.day_or_none import DayOrNone
from app.ui.widgets.form_grid import FormGrid


class ClosingDialog(ApplicationDialog):
    """停更、关停、注销、并入其他账号."""

    def __init__(self, desk: Desk, parent: QWidget | None, view: AccountView, paper: Application | None = None) -> None:
        super().__init__(desk, parent, view, ApplicationKind.CLOSING, "申请关停或注销", paper)
        before = self.before
        self.type = QComboBox()
        for kind in ClosingType:
            self.type.addItem(label(kind), kind.value)
        self.type.setCurrentIndex(self.type.findData((before.closing_type or ClosingType.DEREGISTER).value))
        self.wanted_on = DayOrNone("已定", before.wanted_on, self.today)
        self.remains, self.successor = text_field(before.remains), line_field(before.successor)
        self.announcement = AnnouncementField(before.announcement, self.today)
        self.form = FormGrid()
        self.form.add("申请类型", self.type)
        self.form.add("理由", self.reason, "例如机构撤并、功能相近、无力维护。", needed=True)
        self.form.add("依据", self.basis, "文件名称和文号，没有可以不填。")
        self.form.add("善后安排", self.remains, "内容存档、没有办结的留言、密码和绑定怎么处理。")
        self.form.add("承接账号", self.successor, "由哪个账号接着发。")
        self.form.add("拟办理日期", self.wanted_on)
        self.form.add_wide(self.announcement)
        self.form.add_wide(self.own_form)
        self.lay_out(self.form, self.notice)
        self.reason.setFocus()
        self.remember(
            f"{self.about} closing",
            *(self.type, self.reason, self.basis, self.remains, self.successor, self.wanted_on),
            *(self.announcement, self.own_form),
        )

    def text(self) -> ApplicationText:
        """Return what the fields say."""
        return replace(
            self.before,
            closing_type=ClosingType(self.type.currentData()),
            reason=self.reason.toPlainText().strip(),
            basis=self.basis.text().strip(),
            remains=self.remains.toPlainText().strip(),
            successor=self.successor.text().strip(),
            wanted_on=self.wanted_on.day,
            announcement=self.announcement.told,
            own_form=self.own_form.isChecked(),
        )
