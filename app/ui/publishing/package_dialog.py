"""发布包: each account apart, to copy into a platform's editor or to write into a folder."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.services.publications import AccountPackage
from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.elided_label import ElidedLabel


class PackageDialog(QDialog):
    """What was approved leaves the program here, and only that."""

    def __init__(self, desk: Desk, parent: QWidget | None, draft_id: str) -> None:
        super().__init__(parent.window() if parent else None)
        self._desk, self._draft_id = desk, draft_id
        self.setWindowTitle("取用发布包")
        self.setMinimumWidth(px(600))
        heading = QLabel("到各平台的后台去发布，发布后回来登记")
        set_role(heading, role="subtitle")
        hint = QLabel(
            "“复制图文”之后，在平台的编辑器里按 Ctrl+V 粘贴；微博等只收文字的地方用“复制文字”。"
            "发出去的内容要与审定的一字不差。"
        )
        hint.setWordWrap(True)
        set_role(hint, role="muted")
        self.notice = Banner(tone=Tone.GOOD)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(px(8))
        self.folder_button = QPushButton("写成文件夹……")
        self.folder_button.setToolTip("每个账号一个文件夹：Word、文本和编好号的图片")
        self.folder_button.clicked.connect(self.write_folder)
        self.record_button = QPushButton("去登记发布")
        set_role(self.record_button, kind="primary")
        self.record_button.clicked.connect(self._record)
        close = QPushButton("关闭")
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.folder_button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.record_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(14))
        layout.addWidget(heading)
        layout.addWidget(hint)
        layout.addWidget(self.notice)
        layout.addLayout(self.rows)
        layout.addLayout(buttons)
        desk.tasks.run(self, lambda: desk.services.publications.packages(draft_id), self._show)

    def _show(self, packages: tuple[AccountPackage, ...]) -> None:
        for package in packages:
            self.rows.addWidget(self._row(package))

    def _row(self, package: AccountPackage) -> QWidget:
        frame = QFrame()
        set_role(frame, role="card")
        name = ElidedLabel(package.caption)
        title = ElidedLabel(package.content.title)
        set_role(title, role="muted")
        words = QVBoxLayout()
        words.addWidget(name)
        words.addWidget(title)
        rich, plain = QPushButton("复制图文"), QPushButton("复制文字")
        for button, both in ((rich, True), (plain, False)):
            button.setAccessibleName(f"{button.text()}：{package.caption}")
            button.setAutoDefault(False)
            button.clicked.connect(
                lambda _checked=False, account=package.account_id, both=both: self.copy(account, pictures=both)
            )
        row = QHBoxLayout(frame)
        row.setContentsMargins(px(14), px(10), px(14), px(10))
        row.setSpacing(px(8))
        row.addLayout(words, 1)
        row.addWidget(plain)
        row.addWidget(rich)
        return frame

    def copy(self, account_id: str, *, pictures: bool) -> None:
        """Put the approved text of one account on the clipboard, with its pictures or as words alone."""
        services = self._desk.services

        def done(found: tuple[str, str]) -> None:
            html, text = found
            offer = QMimeData()
            offer.setText(text)
            if pictures:
                offer.setHtml(html)
            QApplication.clipboard().setMimeData(offer)
            self.notice.say("已复制，可以到平台的编辑器里粘贴。", Tone.GOOD)

        self._desk.tasks.run(self, lambda: services.packages.rich_text(self._draft_id, account_id), done, lane="files")

    def write_folder(self) -> None:
        """Write the package below a chosen folder."""
        target = self._desk.dialogs.folder(self, "选择发布包放在哪里")
        if target is None:
            return
        services = self._desk.services

        def done(folder: Path) -> None:
            self.notice.say(f"已写到“{folder.name}”。", Tone.GOOD)
            self.notice.setToolTip(str(folder))

        self._desk.tasks.run(self, lambda: services.packages.write_folder(self._draft_id, target), done, lane="files")

    def _record(self) -> None:
        from app.ui.publishing.record_dialog import RecordDialog

        dialog = RecordDialog(self._desk, self.parentWidget(), self._draft_id)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.accept()
        dialog.open()
