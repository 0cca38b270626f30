"""Where an archive goes: a drive that is plugged in, or a folder."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QPushButton, QWidget

from app.labels import size_text
from app.models.archive_package import Volume
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.icons import icon
from app.ui.theme import px, set_role

_ROOM = 1.1


class TargetDialog(FormDialog):
    """Lists the drives, removable ones first; `target` is what was chosen."""

    def __init__(self, desk: Desk, parent: QWidget, size: int) -> None:
        super().__init__(desk, parent, "归档到哪里", "归档到哪里", "归档到这个盘")
        self._size = size
        self.target: Path | None = None
        hint = QLabel(f"约需 {size_text(round(size * _ROOM))}。移动盘插上以后按“刷新”就会出现。")
        hint.setWordWrap(True)
        set_role(hint, role="muted")
        self.drives = QListWidget()
        self.drives.setAccessibleName("可用的盘")
        self.drives.setMinimumHeight(px(180))
        self.drives.itemSelectionChanged.connect(self._ready)
        self.drives.itemActivated.connect(lambda _item: self._use_drive())
        self.folder_button, self.again_button = QPushButton("选择文件夹……"), QPushButton("刷新")
        self.folder_button.clicked.connect(self.choose_folder)
        self.again_button.clicked.connect(self.read)
        self.act_button.clicked.connect(self._use_drive)
        self.act_button.setEnabled(False)
        for place, button in enumerate((self.again_button, self.folder_button)):
            button.setAutoDefault(False)
            self.foot.insertWidget(place, button)
        self.lay_out(hint, self.drives, tall=self.drives)
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

        if not volumes:
            none = QListWidgetItem("现在没有可以写的盘。插上移动盘后按“刷新”，或者选择一个文件夹。")
            none.setFlags(Qt.ItemFlag.NoItemFlags)
            self.drives.addItem(none)

    def _ready(self) -> None:
        self.act_button.setEnabled(bool(self.drives.selectedItems()))

    def _use_drive(self) -> None:
        # What has the focus is not chosen yet: only what is seen to be selected is written to.
        for item in self.drives.selectedItems():
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
