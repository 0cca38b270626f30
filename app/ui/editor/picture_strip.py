"""Caption and licence of the picture the cursor is at."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from app.models.content import Picture
from app.ui.editor.body_editor import BodyEditor
from app.ui.theme import px, set_role

_MOST = 500


class PictureStrip(QFrame):
    """Shown under the body while a picture is chosen."""

    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._body: BodyEditor | None = None
        set_role(self, role="card")
        self.caption = QLineEdit()
        self.caption.setAccessibleName("图片说明")
        self.caption.setPlaceholderText("图片下面的说明文字")
        self.licence = QLineEdit()
        self.licence.setAccessibleName("图片授权说明")
        self.licence.setPlaceholderText("例如：本单位拍摄；某某授权使用（必填）")
        for field in (self.caption, self.licence):
            field.setMaxLength(_MOST)
            field.textEdited.connect(self._typed)
        self.remove = QPushButton("删除图片")
        set_role(self.remove, kind="plain")
        self.remove.clicked.connect(self._remove)
        grid = QGridLayout(self)
        grid.setContentsMargins(px(12), px(8), px(12), px(8))
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(1, 1)
        for row, (words, field) in enumerate((("图片说明", self.caption), ("授权说明 *", self.licence))):
            label = QLabel(words)
            set_role(label, role="muted")
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.remove, 0, 2)
        self.hide()

    def attend(self, body: BodyEditor) -> None:
        """Show the chosen picture of another body from now on."""
        if self._body is not None:
            self._body.picture_chosen.disconnect(self._show)
        self._body = body
        body.picture_chosen.connect(self._show)
        self._show(body.picture)

    def _show(self, picture: Picture | None) -> None:
        self.setVisible(picture is not None)
        if picture is None or self._body is None:
            # Nothing of a picture that is gone may be undone back.
            self.caption.setText("")
            self.licence.setText("")
            return
        for field, words in ((self.caption, picture.caption), (self.licence, picture.licence)):
            # What is being typed, a blank at its end too, stays as it is.
            if field.text().strip() != words:
                field.setText(words)
            field.setReadOnly(self._body.isReadOnly())
        self.remove.setEnabled(not self._body.isReadOnly())

    def _typed(self) -> None:
        if self._body is not None:
            self._body.set_picture_words(self.caption.text(), self.licence.text())

    def _remove(self) -> None:
        if self._body is not None:
            self._body.remove_picture()
            self._body.setFocus()
