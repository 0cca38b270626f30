"""The filing form: approval before opening, filing, late filing, yearly look (articles 4 and 5)."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.models.account_application import Application, ApplicationKind, ApplicationText, FilingType
from app.services.account_desk import AccountView
from app.ui.accounts.application_dialog import ApplicationDialog
from app.ui.accounts.particulars_shown import lacking
from app.ui.desk import Desk
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.form_grid import FormGrid

_TITLES = {
    FilingType.OPENING: "申请开设",
    FilingType.NEW: "申请备案",
    FilingType.LATE: "补办备案",
    FilingType.YEARLY: "年度复核",
}
_NEXT = {
    FilingType.OPENING: "下一步提请签批：主要领导签字、盖章以后才能在平台上开通（第四条）。",
    FilingType.NEW: "下一步提请签批；签字盖章以后报区政府办公室，报送以后账号可以发稿（第五条）。",
    FilingType.LATE: "下一步提请签批；签字盖章以后报区政府办公室，账号照常使用（第五条）。",
    FilingType.YEARLY: "下一步提请签批；签字盖章以后报区政府办公室。",
}


class FilingDialog(ApplicationDialog):
    """What the form says of the account comes from the register; here only why."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None,
        view: AccountView,
        filing_type: FilingType,
        paper: Application | None = None,
    ) -> None:
        super().__init__(desk, parent, view, ApplicationKind.FILING, _TITLES[filing_type], paper, width=560)
        self.filing_type = filing_type
        self.next, self.lacks = Banner(_NEXT[filing_type]), Banner()
        if missing := lacking(view.account):
            self.lacks.say(f"登记表上还缺：{'、'.join(missing)}。可以先补齐资料再打印。", Tone.WARNING)
        form = FormGrid()
        opening = filing_type is FilingType.OPENING
        form.add("开设理由" if opening else "说明", self.reason, "" if opening else "没有可以不填。")
        form.add("依据", self.basis, "文件名称和文号，没有可以不填。")
        form.add_wide(self.own_form)
        self.lay_out(self.next, self.lacks, form, self.notice)
        self.reason.setFocus()
        self.remember(f"{self.about} {filing_type}", self.reason, self.basis, self.own_form)

    def text(self) -> ApplicationText:
        """Return what the fields say."""
        return replace(
            self.before,
            filing_type=self.filing_type,
            reason=self.reason.toPlainText().strip(),
            basis=self.basis.text().strip(),
            own_form=self.own_form.isChecked(),
        )
