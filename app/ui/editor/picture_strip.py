"""Caption and licence of the picture the cursor is at."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from app.models.content import Picture
from app.ui.editor.body_editor import BodyEditor
from app.ui.theme import px, set_role
from app.ui.widgets.plain_tooltip import plain_tooltip

_MOST = 500
_SHOWN = 14


class PictureStrip(QFrame):
    """Shown under the body while a picture is chosen."""

    def __init__(self, bodies: Callable[[], Iterable[BodyEditor]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._body: BodyEditor | None = None
        self._bodies = bodies
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
        self.reuse = QPushButton()
        set_role(self.reuse, kind="plain")
        self.reuse.clicked.connect(self._reuse)
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
        grid.addWidget(self.reuse, 2, 0, 1, 3, Qt.AlignmentFlag.AlignLeft)
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
        self._offer(picture)

    def _offer(self, picture: Picture) -> None:
        """Offer the licence written before to this picture, or that of this picture to those that have none."""
        licence, bare = picture.licence.strip(), self._bare
        other = "" if licence else self._licence_before()
        open_now = self._body is not None and not self._body.isReadOnly()
        self.reuse.setVisible(open_now and bool(other or (licence and bare)))
        if other:
            short = other if len(other) <= _SHOWN else f"{other[:_SHOWN]}…"
            self.reuse.setText(f"沿用：{short}".replace("&", "&&"))
            self.reuse.setToolTip(plain_tooltip(f"把这张图片的授权说明写成：{other}"))
        else:
            self.reuse.setText(f"也用于另外 {bare} 张没有授权说明的图片")
            self.reuse.setToolTip("已经写明的不改。")

    @property
    def _bare(self) -> int:
        return sum(not picture.licence.strip() for body in self._bodies() for _place, picture in body.pictures)

    def _licence_before(self) -> str:
        """Return the licence of the nearest picture above that has one, else of any other in the draft."""
        if self._body is None:
            return ""
        here, own = self._body.textCursor().position(), self._body.pictures
        above = [picture for place, picture in reversed(own) if place < here]
        others = [picture for body in self._bodies() for _place, picture in body.pictures]
        return next((picture.licence.strip() for picture in (*above, *others) if picture.licence.strip()), "")

    def _reuse(self) -> None:
        licence = self.licence.text().strip()
        if licence:
            for body in self._bodies():
                body.fill_licences(licence)
            self._show(self._body.picture if self._body is not None else None)
        else:
            self.licence.setText(self._licence_before())
            self._typed()

    def _typed(self) -> None:
        if self._body is not None:
            self._body.set_picture_words(self.caption.text(), self.licence.text())

    def _remove(self) -> None:
        if self._body is not None:
            self._body.remove_picture()
            self._body.setFocus()
