"""After writing: what was written, whether the drive may be pulled, and the slip to sign."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.labels import size_text
from app.models.archive_package import WrittenPackage
from app.models.monthly import ArchiveRecord
from app.models.papercode import PaperKind, grouped
from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.folder_banner import show_folder
from app.ui.widgets.form_grid import FormGrid


def verdict(written: WrittenPackage) -> tuple[str, Tone]:
    """Say what is sure: 可以拔出 only of a drive that can be, and only when everything reached it and was read back."""
    sure = written.may_be_pulled and written.read_back
    if not written.on_removable:
        if sure:
            return "已写完，并从盘上逐个读回核对一致。", Tone.GOOD
        return "已写完并核对，但没有确认全部落盘。请用“核对存档”再核对一遍。", Tone.WARNING
    if sure:
        return "已写完，并从盘上逐个读回核对一致。可以拔出。", Tone.GOOD
    if written.may_be_pulled:
        return "已写完。请先“安全弹出”，重新插上后用“核对存档”再核对一遍。", Tone.WARNING
    return "已写完并核对，但系统没有确认全部落盘。请先“安全弹出”再拔盘。", Tone.WARNING


class WrittenDialog(QDialog):
    """Tells the outcome, and leads on to the folder and the slip."""

    def __init__(
        self, desk: Desk, parent: QWidget, written: WrittenPackage, record: ArchiveRecord, set_aside: str = ""
    ) -> None:
        super().__init__(parent.window())
        self._desk, self._record = desk, record
        self.setWindowTitle("归档完成")
        self.setMinimumWidth(px(560))
        heading = QLabel(f"{record.month.chinese}已归档")
        set_role(heading, role="subtitle")
        self.verdict = Banner()
        self.verdict.say(*verdict(written))
        words = f"这里有一份上次写完却没能封存的，已改名为“{set_aside}”留着，不作数，可以删去。" if set_aside else ""
        self.leftover = Banner(words, Tone.WARNING)
        form = FormGrid()
        for name, value in (
            ("编号", f"{record.number}　第{record.version}版"),
            ("文件夹", written.folder.name),
            ("内容", f"{written.files} 个文件，{size_text(written.size)}"),
            ("清单指纹", grouped(written.sha256_manifest_digest, 32)),
        ):
            told = QLabel(value)
            told.setTextFormat(Qt.TextFormat.PlainText)
            told.setWordWrap(True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.add(name, told)
        show, slip, close = QPushButton("打开文件夹"), QPushButton("预览归档交接单"), QPushButton("完成")
        set_role(close, kind="primary")
        for aside in (show, slip):
            aside.setAutoDefault(False)
        show.clicked.connect(lambda: show_folder(written.folder))
        slip.clicked.connect(self._show_slip)
        close.clicked.connect(self.accept)
        close.setFocus()
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(show)
        buttons.addStretch(1)
        buttons.addWidget(slip)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(14))
        for widget in (heading, self.verdict, self.leftover, form):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    def _show_slip(self) -> None:
        from app.ui.papers.preview_dialog import PreviewDialog

        services, archive_id = self._desk.services, self._record.id
        dialog = PreviewDialog(
            self._desk,
            self,
            lambda: services.archives.handover_slip(archive_id),
            lambda where: services.papers.note_paper_printed(PaperKind.HANDOVER_SLIP, f"archive:{archive_id}", where),
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
