"""发布包: each account apart, to copy into a platform's editor or to write into a folder."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
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

from app.errors import AppError
from app.labels import size_text
from app.messages import explain
from app.services.publications import AccountPackage
from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.fitting_size import fit_to_screen
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.folder_banner import FolderBanner
from app.ui.widgets.plain_tooltip import plain_tooltip
from app.ui.widgets.tab_order import tab_through
from app.ui.widgets.upright_scroll import upright_scroll


class PackageDialog(QDialog):
    """What was approved leaves the program here, and only that; `record_asked` leads on to the record."""

    record_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None, draft_id: str) -> None:
        super().__init__(parent.window() if parent else None)
        self._desk, self._draft_id = desk, draft_id
        self.setWindowTitle("取用发布包")
        fit_to_screen(self, 720, 520)
        heading = QLabel("到各平台的后台去发布，发布后回来登记")
        set_role(heading, role="subtitle")
        hint = QLabel(
            "平台的标题另有一栏，用“复制标题”；正文用“复制图文”，在平台的编辑器里按 Ctrl+V；"
            "微博等只收文字的地方用“复制文字”。发出去的内容要与审定的一字不差。"
        )
        hint.setWordWrap(True)
        set_role(hint, role="muted")
        self.notice = FolderBanner()
        self.copy_buttons: list[QPushButton] = []
        self.rows = QVBoxLayout()
        self.rows.setContentsMargins(0, 0, px(6), 0)
        self.rows.setSpacing(px(8))
        self.rows.addStretch(1)
        inner = QWidget()
        inner.setLayout(self.rows)
        scroll = upright_scroll(inner, frame=True)
        self.folder_button = QPushButton("写成文件夹……")
        self.folder_button.setToolTip("每个账号一个文件夹：Word、文本、编好号的图片和附件")
        self.folder_button.setAutoDefault(False)
        self.folder_button.setEnabled(False)
        self.folder_button.clicked.connect(self.write_folder)
        self.record_button = QPushButton("去登记发布")
        set_role(self.record_button, kind="primary")
        self.record_button.clicked.connect(self._record)
        self.close_button = QPushButton("关闭")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.folder_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.record_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(18), px(20))
        layout.setSpacing(px(14))
        for widget in (heading, hint, self.notice):
            layout.addWidget(widget)
        layout.addWidget(scroll, 1)
        layout.addLayout(buttons)
        desk.tasks.run(self, lambda: desk.services.publications.own_packages(draft_id), self._show, self._refused)

    def _show(self, packages: tuple[AccountPackage, ...]) -> None:
        for package in packages:
            row = self._row(package)
            self.rows.insertWidget(self.rows.count() - 1, row)
            row.show()
        self.folder_button.setEnabled(True)
        tab_through((*self.copy_buttons, self.folder_button, self.close_button, self.record_button))
        if self.copy_buttons:
            self.copy_buttons[0].setFocus()

    def _row(self, package: AccountPackage) -> QWidget:
        frame = QFrame()
        set_role(frame, role="card")
        content, account_id = package.content, package.account_id
        name, title = ElidedLabel(package.caption), ElidedLabel(content.title)
        set_role(name, role="strong")
        set_role(title, role="muted")
        buttons = QWidget()
        flow = FlowLayout(buttons)
        acts = [("复制标题", lambda: self.copy_words(account_id, "标题", content.title))]
        if content.summary.strip():
            acts.append(("复制摘要", lambda: self.copy_words(account_id, "摘要", content.summary)))
        acts += [
            ("复制文字", lambda: self.copy(account_id, pictures=False)),
            ("复制图文", lambda: self.copy(account_id, pictures=True)),
        ]
        for words, act in acts:
            button = QPushButton(words)
            button.setAccessibleName(f"{words}：{package.caption}")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=act: act())
            flow.addWidget(button)
            self.copy_buttons.append(button)
        column = QVBoxLayout(frame)
        column.setContentsMargins(px(14), px(10), px(14), px(12))
        column.setSpacing(px(6))
        column.addWidget(name)
        column.addWidget(title)
        if content.video is not None:
            size = size_text(content.video.size)
            video = ElidedLabel(f"视频请用原文件上传：{content.video.name}（{size}）")
            set_role(video, role="muted")
            column.addWidget(video)
        column.addWidget(buttons)
        return frame

    def copy_words(self, account_id: str, what: str, words: str) -> None:
        """Put the title or the summary of one account on the clipboard."""
        publications, draft_id = self._desk.services.publications, self._draft_id

        def noted(_done: None) -> None:
            QApplication.clipboard().setText(words)
            self.notice.say(f"已复制{what}。", Tone.GOOD)

        self._desk.tasks.run(
            self, lambda: publications.note_export(draft_id, account_id, "clipboard"), noted, self._refused
        )

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
            what = "图文" if pictures else "文字"
            self.notice.say(f"已复制{what}，可以到平台的编辑器里粘贴。", Tone.GOOD)

        self._desk.tasks.run(
            self,
            lambda: services.packages.rich_text(self._draft_id, account_id),
            done,
            self._refused,
            lane="files",
        )

    def write_folder(self) -> None:
        """Write the package below a chosen folder."""
        target = self._desk.dialogs.folder(self, "选择发布包放在哪里")
        if target is None:
            return
        services = self._desk.services
        self.folder_button.setEnabled(False)

        def done(folder: Path) -> None:
            self.folder_button.setEnabled(True)
            self.notice.say_written(f"已写到“{folder.name}”。", folder)
            self.notice.setToolTip(plain_tooltip(str(folder)))

        def failed(error: AppError) -> bool:
            self.folder_button.setEnabled(True)
            return self._refused(error)

        self._desk.tasks.run(
            self, lambda: services.packages.write_folder(self._draft_id, target), done, failed, lane="files"
        )

    def _refused(self, error: AppError) -> bool:
        self.notice.say(str(explain(error)), Tone.DANGER)
        self.notice.setToolTip("")
        return True

    def _record(self) -> None:
        self.accept()
        self.record_asked.emit()
