"""附件: files that go with the post, each known by its digest."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.models.content import Attachment
from app.ui.editor.file_row import FileRow
from app.ui.editor.section import Section
from app.ui.theme import px
from app.ui.widgets.file_drop import FileDrop

DROP_WORDS = "松开鼠标，添加为附件"


class AttachmentSection(Section):
    """A list of files; more are added with the button or dropped here."""

    add_wanted = Signal()
    dropped = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("附件", parent)
        self.attachments: tuple[Attachment, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(2))
        self.column.addLayout(self._rows)
        self.add = QPushButton("添加附件")
        self.add.setToolTip("也可以把文件拖到这里")
        self.add.clicked.connect(lambda _checked=False: self.add_wanted.emit())
        self.column.addWidget(self.add)
        self.drop = FileDrop(self, lambda _paths, _place: DROP_WORDS, lambda paths, _place: self.dropped.emit(paths))

    def load(self, attachments: tuple[Attachment, ...]) -> None:
        """Show the attachments in their order."""
        self.attachments = attachments
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for attachment in attachments:
            self._rows.addWidget(FileRow(attachment.name, attachment.size, partial(self._remove, attachment)))

    def take(self, attachment: Attachment) -> None:
        """Add a stored file; the same file under the same name is there once."""
        if attachment not in self.attachments:
            self.load((*self.attachments, attachment))
            self.edited.emit()

    def _remove(self, attachment: Attachment) -> None:
        self.load(tuple(other for other in self.attachments if other != attachment))
        self.edited.emit()
