"""Step 单位: who keeps the accounts (article 2 names the district office)."""

from PySide6.QtWidgets import QLineEdit

from app.errors import FieldInvalidError
from app.messages import explain
from app.models.staff import check_unit_code
from app.services.setup import UnitPlan
from app.ui.start.wizard_step import WizardStep
from app.ui.widgets.form_grid import FormGrid


class UnitStep(WizardStep):
    """Name, short name, code, district office, code word."""

    label = "单位"
    heading = "本单位"
    explanation = "这些内容印在审核表和归档封面上，以后可以在“设置”里修改。"

    def __init__(self, supervisor: str) -> None:
        super().__init__()
        self.grid = FormGrid()
        self.name_field = _line(100)
        self.short_field = _line(40)
        self.code_field = _line(18)
        self.supervisor_field = _line(100)
        self.supervisor_field.setText(supervisor)
        self.word_field = _line(8)
        self.grid.add("单位名称", self.name_field, "公章上的全称。", needed=True)
        self.grid.add("单位简称", self.short_field, "显示在窗口左上角；不填就用全称。")
        self.grid.add("单位代码", self.code_field, "统一社会信用代码，或者主管单位给定的代码。", needed=True)
        self.grid.add("主管单位", self.supervisor_field, "接收备案和月度归档的单位。", needed=True)
        self.grid.add("代字", self.word_field, "编号开头的字，例如“晋示”，编号就是“晋示审〔2026〕1号”。", needed=True)
        self.rows.addWidget(self.grid)
        self.rows.addStretch(1)
        for field in (self.name_field, self.short_field, self.code_field, self.supervisor_field, self.word_field):
            field.textChanged.connect(self.changed)
        self.code_field.editingFinished.connect(self._check_code)
        self.code_field.textChanged.connect(lambda: self.grid.complain(self.code_field, ""))

    def plan(self) -> UnitPlan:
        """Return the unit as typed."""
        return UnitPlan(
            code=self.code_field.text().strip(),
            name=self.name_field.text().strip(),
            short_name=self.short_field.text().strip(),
            supervisor=self.supervisor_field.text().strip(),
            code_word=self.word_field.text().strip(),
        )

    def missing(self) -> str:
        """Name the fields that are empty, or say what is wrong with the code."""
        empty = [
            name
            for name, field in (
                ("单位名称", self.name_field),
                ("单位代码", self.code_field),
                ("主管单位", self.supervisor_field),
                ("代字", self.word_field),
            )
            if not field.text().strip()
        ]
        if empty:
            return f"还要填写：{'、'.join(empty)}。"
        return self._wrong_code()

    def take_focus(self) -> None:
        """Go to the first empty field."""
        fields = (self.name_field, self.code_field, self.supervisor_field, self.word_field)
        next((f for f in fields if not f.text().strip()), self.name_field).setFocus()

    def _wrong_code(self) -> str:
        try:
            check_unit_code(self.code_field.text())
        except FieldInvalidError as wrong:
            return explain(wrong).todo
        return ""

    def _check_code(self) -> None:
        self.grid.complain(self.code_field, self._wrong_code() if self.code_field.text().strip() else "")


def _line(limit: int) -> QLineEdit:
    line = QLineEdit()
    line.setMaxLength(limit)
    return line
