"""Step 备份: on which drive or in which folder the backup lies."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton

from app.errors import AppError
from app.labels import long_moment
from app.messages import explain, shown
from app.models.archive_package import Volume
from app.models.backup import BackupFacts
from app.services.found_backups import FoundBackup, SearchedDrive
from app.services.restoring import Restoring
from app.ui.desk import Desk
from app.ui.icons import icon
from app.ui.start.wizard_step import WizardStep
from app.ui.theme import px
from app.ui.widgets.plain_tooltip import plain_tooltip


class BackupPlaceStep(WizardStep):
    """Lists the drives with the backups on them; a folder can be chosen instead."""

    label = "备份"
    heading = "备份在哪里"
    explanation = "插上放备份的移动盘，选中找到的备份。没有列出来的，点“选择文件夹”，选备份时写到的那个文件夹。"

    def __init__(self, desk: Desk, restoring: Restoring) -> None:
        super().__init__()
        self._desk, self._restoring = desk, restoring
        self._backups: list[FoundBackup] = []
        self._chosen: tuple[FoundBackup, ...] = ()
        self._problem = ""
        self.list = QListWidget()
        self.list.setAccessibleName("找到的备份")
        self.list.setMinimumHeight(px(200))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.itemSelectionChanged.connect(self._selected)
        self.again_button, self.folder_button = QPushButton("刷新"), QPushButton("选择文件夹……")
        self.again_button.clicked.connect(self.read)
        self.folder_button.clicked.connect(self.choose_folder)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.again_button)
        row.addWidget(self.folder_button)
        row.addStretch(1)
        self.rows.addWidget(self.list, 1)
        self.rows.addLayout(row)
        self.read()

    @property
    def facts(self) -> BackupFacts | None:
        """The backup that is selected."""
        items = self.list.selectedItems()
        return self._backups[items[0].data(Qt.ItemDataRole.UserRole)].facts if items else None

    def missing(self) -> str:
        """Say that nothing is selected, or why what was chosen is no backup."""
        return "" if self.facts is not None else self._problem or "请选中一份备份。"

    def take_focus(self) -> None:
        """Go to the list."""
        self.list.setFocus()

    def read(self) -> None:
        """Look which drives there are now, and what is on them."""
        self._show_line("正在各个盘上查找备份……")
        self._desk.tasks.run(self, self._restoring.drives, self._show, lane="files", topic="drives")

    def choose_folder(self) -> None:
        """Ask for a folder, and look in it."""
        folder = self._desk.dialogs.folder(self, "选择备份所在的文件夹")
        if folder is not None:
            self.look_in(folder)

    def look_in(self, folder: Path) -> None:
        """Show the backups in a folder above those on the drives."""
        look = partial(self._restoring.look_in, folder)
        self._desk.tasks.run(self, look, self._found, self._not_found, lane="files", topic="folder")

    def _found(self, found: tuple[FoundBackup, ...]) -> None:
        self._chosen, self._problem = found, ""
        self.read()

    def _not_found(self, error: AppError) -> None:
        self._problem = str(explain(error))
        self.list.clearSelection()
        self.changed.emit()

    def _show(self, drives: tuple[SearchedDrive, ...]) -> None:
        self.list.clear()
        self._backups.clear()
        for backup in self._chosen:
            self._add(backup, "folder-open", "所选文件夹")
        known = {backup.folder for backup in self._chosen}
        for drive in drives:
            sign, name = "usb" if drive.volume.removable else "hard-drive", _name_of(drive.volume)
            for backup in drive.backups:
                if backup.folder not in known:
                    self._add(backup, sign, name)
            if not drive.backups:
                self._line(sign, f"{name}　{drive.volume.path}　没有找到备份")
        if not drives and not self._chosen:
            self._line("usb", "现在没有找到盘。插上放备份的移动盘后按“刷新”，或者选择一个文件夹。")
        first = next((row for row in range(self.list.count()) if self._selectable(row)), None)
        if first is not None:
            self.list.setCurrentRow(first)

    def _add(self, backup: FoundBackup, sign: str, name: str) -> None:
        if backup.facts is None:
            problem = explain(backup.wrong).what if backup.wrong is not None else ""
            self._line(sign, f"{name}　{backup.folder}　{problem}")
            return
        newest = backup.facts.newest
        words = f"{shown(newest.unit_name)}，最近 {long_moment(newest.taken_at)}　{name}　{backup.folder}"
        item = self._line(sign, words, enabled=True)
        item.setData(Qt.ItemDataRole.UserRole, len(self._backups))
        self._backups.append(backup)

    def _line(self, sign: str, words: str, *, enabled: bool = False) -> QListWidgetItem:
        item = QListWidgetItem(icon(sign), words)
        item.setSizeHint(QSize(0, px(42)))
        item.setToolTip(plain_tooltip(words))
        if not enabled:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)
        return item

    def _show_line(self, words: str) -> None:
        self.list.clear()
        self._backups.clear()
        self._line("search", words)

    def _selectable(self, row: int) -> bool:
        return bool(self.list.item(row).flags() & Qt.ItemFlag.ItemIsSelectable)

    def _selected(self) -> None:
        if self.facts is not None:
            self._problem = ""
        self.changed.emit()


def _name_of(volume: Volume) -> str:
    return volume.label or ("移动盘" if volume.removable else "本机硬盘")
