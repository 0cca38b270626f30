"""单位: what is on file of the unit; a renamed unit keeps its id and its earlier name."""

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.models.staff import Unit
from app.ui.desk import Desk
from app.ui.settings.settings_section import Section
from app.ui.theme import set_role
from app.ui.widgets.form_grid import FormGrid


class UnitSection(Section):
    """The unit and its district office."""

    heading = "单位"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.name, self.short, self.code, self.supervisor, self.word = (QLineEdit() for _ in range(5))
        for field, limit in (
            (self.name, 100),
            (self.short, 40),
            (self.code, 18),
            (self.supervisor, 100),
            (self.word, 12),
        ):
            field.setMaxLength(limit)
        form = FormGrid()
        form.add("单位名称", self.name, needed=True)
        form.add("单位简称", self.short)
        form.add("单位代码", self.code, "统一社会信用代码，或主管单位给的代码；印在每一页的二维码里。", needed=True)
        form.add("主管单位", self.supervisor, "第二条：备案和存档报给哪里。", needed=True)
        form.add("代字", self.word, "编号开头的字，例如“晋示”，审核表就是“晋示审〔2026〕1号”。", needed=True)
        self.body.addWidget(form)
        self.save_button = QPushButton("保存")
        set_role(self.save_button, kind="primary")
        self.save_button.clicked.connect(self.save)
        self.add_buttons(self.save_button)

    def refresh(self) -> None:
        """Read the unit."""
        self.desk.tasks.run(self, self.desk.services.settings.unit, self._show, topic="unit")

    def _show(self, unit: Unit) -> None:
        for field, value in (
            (self.name, unit.name),
            (self.short, unit.short_name),
            (self.code, unit.code),
            (self.supervisor, unit.supervisor),
            (self.word, unit.code_word),
        ):
            field.setText(value)
            field.setReadOnly(not self.administers)
        self.allow(self.save_button)

    def save(self) -> None:
        """Change what is on file."""
        name, short, code = self.name.text(), self.short.text(), self.code.text()
        supervisor, word = self.supervisor.text(), self.word.text()
        settings = self.desk.services.settings

        def job() -> Unit:
            return settings.change_unit(code=code, name=name, short_name=short, supervisor=supervisor, code_word=word)

        self.desk.tasks.run(self, job, self._saved, self.refused)

    def _saved(self, unit: Unit) -> None:
        self._show(unit)
        self.saved()
        self.desk.changes.tell("settings")
