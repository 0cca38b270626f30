"""来源: whether the unit wrote it, or from where it is reposted (article 12)."""

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QWidget

from app.labels import field_label, label
from app.models.content import Origin, Source
from app.models.visible_text import has_words
from app.ui.editor.section import Section
from app.ui.theme import px
from app.ui.widgets.form_grid import FormGrid

_MOST = 1_000


class SourceSection(Section):
    """原创 or 转载; a repost names unit, original title, and link or paper."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("来源", parent)
        self.original = QRadioButton(label(Origin.ORIGINAL))
        self.repost = QRadioButton(label(Origin.REPOST))
        self.repost.setToolTip("转载要注明来源单位、原标题和原文链接或文号（第十二条）")
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        for button in (self.original, self.repost):
            group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.unit, self.title, self.link = QLineEdit(), QLineEdit(), QLineEdit()
        self.fields = {"source_unit": self.unit, "source_title": self.title, "source_link": self.link}
        self.grid = FormGrid()
        for name, field in self.fields.items():
            field.setMaxLength(_MOST)
            field.textEdited.connect(lambda _text, field=field: self._typed(field))
            self.grid.add(field_label(name), field, needed=True)
        self.column.addWidget(self.grid)
        self.repost.toggled.connect(self._turned)
        self._loading = False

    @property
    def source(self) -> Source:
        """What is filled in; an original post has no source beside itself."""
        if not self.repost.isChecked():
            return Source()
        return Source(Origin.REPOST, self.unit.text().strip(), self.title.text().strip(), self.link.text().strip())

    def load(self, source: Source) -> None:
        """Show a source."""
        self._loading = True
        (self.repost if source.origin is Origin.REPOST else self.original).setChecked(True)
        for field, words in ((self.unit, source.unit), (self.title, source.original_title)):
            field.setText(words)
        self.link.setText(source.link_or_paper)
        self.grid.setVisible(self.repost.isChecked())
        self.grid.calm()
        self._loading = False

    def miss(self, name: str) -> QLineEdit:
        """Say that a field is missing, and return it."""
        field, wanted = self.fields[name], field_label(name)
        if name == "source_link" and has_words(field.text()):
            wanted = "查得到的原文链接（http:// 或 https:// 开头）或文号"
        self.grid.complain(field, f"转载要填写{wanted}（第十二条）。")
        return field

    def calm(self) -> None:
        """Take every complaint back."""
        self.grid.calm()

    def _typed(self, field: QLineEdit) -> None:
        self.grid.complain(field, "")
        self.edited.emit()

    def _turned(self, _checked: bool) -> None:
        self.grid.setVisible(self.repost.isChecked())
        if not self._loading:
            self.edited.emit()
