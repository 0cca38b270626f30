"""Files that are dropped on the drafts page: a text starts a draft, a scan is looked up by its code."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

from app.ui.drafts.draft_table import one_line
from app.ui.drafts.drop_hint import DropHint
from app.ui.widgets.drop_zone import dropped_paths, take_copies

if TYPE_CHECKING:
    from app.ui.drafts.draft_page import DraftPage

# Old formats are taken too: whoever drops one is told what to do.
_TEXTS = {".docx", ".txt", ".doc", ".wps", ".rtf"}
_SCANS = {".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"}


class FileDrop(QObject):
    """Watches what is dragged over a page, says what letting go would do, and does it."""

    def __init__(self, page: "DraftPage") -> None:
        super().__init__(page)
        self._page = page
        self.hint = DropHint(page)
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is dragged in; the page itself knows nothing of it."""
        if event.type() == QEvent.Type.DragLeave:
            self.hint.hide()
            return True
        if not isinstance(event, QDropEvent):
            return False
        words = self._words(event)
        if not words:
            event.ignore()
            return True
        take_copies(event)
        if event.type() == QEvent.Type.Drop:
            self.hint.hide()
            self._land(event)
        else:
            self.hint.say(words)
        return True

    def _land(self, event: QDropEvent) -> None:
        scans, texts = _sorted(event)
        row = self._page.row_under(event.position().toPoint())
        if scans:
            self._page.acts.register_scans(scans, row.id if row is not None else "")
        for path in texts:
            self._page.import_file(path)

    def _words(self, event: QDropEvent) -> str:
        """Say what letting go here would do; nothing for what is of no use here."""
        scans, texts = _sorted(event)
        if not scans:
            return "松开鼠标，导入为新稿件" if texts else ""
        row = self._page.row_under(event.position().toPoint())
        if row is None or row.number is None:
            return "松开鼠标，登记签字扫描件：按二维码找到稿件"
        return f"松开鼠标，登记签字扫描件：{row.number.short}　{one_line(row.title)}"


def _sorted(event: QDropEvent) -> tuple[list[Path], list[Path]]:
    paths = dropped_paths(event.mimeData())
    scans = [path for path in paths if path.suffix.lower() in _SCANS]
    return scans, [path for path in paths if path.suffix.lower() in _TEXTS]
