"""A form that records a signed paper: it cannot be recorded without the scan of it."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.drop_zone import DropZone

SCAN_FILES = "扫描件或照片 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"


class SignedPaperDialog(FormDialog):
    """Takes the scan by dropping or choosing; `paper` is what it is called, e.g. `授权书`."""

    def __init__(self, desk: Desk, parent: QWidget | None, title: str, heading: str, act: str, paper: str) -> None:
        super().__init__(desk, parent, title, heading, act)
        self._paper = paper
        self.scan: Path | None = None
        self.drop = DropZone(f"把签好字的{paper}扫描件拖到这里", "选择文件……", self.choose)
        self.drop.button.setAutoDefault(False)
        self.drop.dropped.connect(lambda paths: self.take(paths[0]))
        self.chosen = Banner()
        self.act_button.setEnabled(False)
        self.act_button.setToolTip(f"先放入{paper}的扫描件。")

    def choose(self) -> None:
        """Ask for the scan."""
        path = self._desk.dialogs.open_file(self, f"选择{self._paper}扫描件", SCAN_FILES)
        if path is not None:
            self.take(path)

    def remember(self, about: str, *fields: QWidget) -> None:
        """Keep the scan, too."""
        super().remember(about, *fields)
        path = self._desk.unfinished.take(self._paper, about)
        if path is not None and path.is_file():
            self.take(path)

    def done(self, result: int) -> None:
        """Keep which scan was taken, unless the act is done."""
        kept = self.scan if result != QDialog.DialogCode.Accepted else None
        self._desk.unfinished.keep(self._paper, self._about, kept)
        super().done(result)

    def take(self, path: Path) -> None:
        """Take the scan."""
        self.scan = path
        self.chosen.say(f"扫描件：{path.name}", Tone.GOOD)
        self.act_button.setEnabled(True)
        self.act_button.setToolTip("")
