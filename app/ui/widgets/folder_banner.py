"""A banner that says where something was written, and opens the folder."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner


def show_folder(folder: Path) -> None:
    """Open a folder in the system's own window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class FolderBanner(Banner):
    """Has its button only while it tells of a folder."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        super().__init__()
        self.folder_button = self.offer("打开文件夹", self._show)
        self.folder_button.setAutoDefault(False)
        self.folder_button.hide()

    def say(self, text: str, tone: Tone | str = Tone.PRIMARY) -> None:
        """Show a sentence without a folder."""
        super().say(text, tone)
        if self.button is not None:
            self.button.hide()

    def say_written(self, text: str, folder: Path, tone: Tone = Tone.GOOD) -> None:
        """Show a sentence about what lies in a folder now."""
        self.say(text, tone)
        self._folder = folder
        self.folder_button.show()

    def _show(self) -> None:
        if self._folder is not None:
            show_folder(self._folder)
