"""声明: what the author declares and signs for (articles 9, 10 and 15(1))."""

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.labels import field_label
from app.models.content import Declarations
from app.ui.editor.section import Section
from app.ui.widgets.form_grid import FormGrid

_MOST = 200


class DeclarationSection(Section):
    """Three checks and the number of a map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("作者声明", parent)
        self.no_secrets = QCheckBox("不含国家秘密和工作秘密 *")
        self.no_secrets.setToolTip("没有这项声明不能提交审核（第十五条（一））")
        self.personal_data = QCheckBox("含有可以公开的个人信息")
        self.ai_made = QCheckBox("含有人工智能生成的内容")
        self.ai_made.setToolTip("发布时要按规定标明")
        self.map_number = QLineEdit()
        self.map_number.setMaxLength(_MOST)
        self.map_number.setPlaceholderText("没有地图则不填")
        for check in (self.no_secrets, self.personal_data, self.ai_made):
            self.column.addWidget(check)
            check.toggled.connect(self._told)
        grid = FormGrid()
        grid.add(field_label("map_number"), self.map_number)
        self.column.addWidget(grid)
        self.map_number.textEdited.connect(self._told)
        self._loading = False

    @property
    def declarations(self) -> Declarations:
        """What is declared."""
        return Declarations(
            self.no_secrets.isChecked(),
            self.personal_data.isChecked(),
            self.ai_made.isChecked(),
            self.map_number.text().strip(),
        )

    def load(self, declared: Declarations) -> None:
        """Show what is declared."""
        self._loading = True
        self.no_secrets.setChecked(declared.no_secrets)
        self.personal_data.setChecked(declared.personal_data)
        self.ai_made.setChecked(declared.ai_made)
        self.map_number.setText(declared.map_number)
        self.complain("")
        self._loading = False

    def _told(self, _value: object) -> None:
        if self._loading:
            return
        if self.no_secrets.isChecked():
            self.complain("")
        self.edited.emit()
