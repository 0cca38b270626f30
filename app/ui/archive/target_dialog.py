"""Where an archive goes: a drive that is plugged in, or a folder."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.labels import size_text
from app.models.archive_package import Volume
from app.ui.desk import Desk
from app.ui.icons import icon
from app.ui.theme import px, set_role

_ROOM = 1.1


class TargetDialog(QDialog):
    """Lists the drives, removable ones first; `target` is what was chosen."""

    def __init__(self, desk: Desk, parent: QWidget, size: int) -> None:
        super().__init__(parent.window())
        self._desk, self._size = desk, size
        self.target: Path | None = None
        self.setWindowTitle("归档到哪里")
        self.setMinimumWidth(px(520))
        heading = QLabel("归档到哪里")
        set_role(heading, role="subtitle")
        hint = QLabel(f"约需 {size_text(round(size * _ROOM))}。移动盘插上以后按“刷新”就会出现。")
        hint.setWordWrap(True)
        set_role(hint, role="muted")
        self.drives = QListWidget()
        self.drives.setAccessibleName("可用的盘")
        self.drives.setMinimumHeight(px(180))
        self.drives.currentItemChanged.connect(lambda item, _before: self._ready(item))
        self.drives.itemActivated.connect(lambda _item: self._use_drive())
        self.folder_button, self.again_button = QPushButton("选择文件夹……"), QPushButton("刷新")
        self.use_button, cancel = QPushButton("归档到这个盘"), QPushButton("取消")
        set_role(self.use_button, kind="primary")
        self.folder_button.clicked.connect(self.choose_folder)
        self.again_button.clicked.connect(self.read)
        self.use_button.clicked.connect(self._use_drive)
        cancel.clicked.connect(self.reject)
        self.use_button.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        for button in (self.again_button, self.folder_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.use_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(12))
        for widget in (heading, hint, self.drives):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self.read()

    def read(self) -> None:
        """Look which drives there are now."""
        self._desk.tasks.run(self, self._desk.services.archives.volumes, self._show, lane="files", topic="drives")

    def _show(self, volumes: tuple[Volume, ...]) -> None:
        self.drives.clear()
        for volume in volumes:
            name = volume.label or ("移动盘" if volume.removable else "本机硬盘")
            lacks = volume.free < self._size * _ROOM
            room = f"剩余 {size_text(volume.free)}" + ("，空间不够" if lacks else "")
            item = QListWidgetItem(icon("usb" if volume.removable else "hard-drive"), f"{name}　{volume.path}　{room}")
            item.setData(Qt.ItemDataRole.UserRole, str(volume.path))
            item.setSizeHint(QSize(0, px(42)))
            if lacks:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.drives.addItem(item)
            if volume.removable and not lacks and self.drives.currentItem() is None:
                self.drives.setCurrentItem(item)

    def _ready(self, item: QListWidgetItem | None) -> None:
        self.use_button.setEnabled(item is not None)

    def _use_drive(self) -> None:
        item = self.drives.currentItem()
        if item is not None:
            self.use(Path(item.data(Qt.ItemDataRole.UserRole)))

    def choose_folder(self) -> None:
        """Ask for a folder instead."""
        folder = self._desk.dialogs.folder(self, "选择存档放在哪里")
        if folder is not None:
            self.use(folder)

    def use(self, target: Path) -> None:
        """Take a target and close."""
        self.target = target
        self.accept()
