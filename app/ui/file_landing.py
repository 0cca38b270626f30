"""Files let go over the window: a signed scan is registered, a text becomes a draft, anything else is told of."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from app.labels import label
from app.models.right import Right
from app.services.record_room import roles_needed
from app.ui.desk import Desk
from app.ui.page import Page
from app.ui.widgets.file_drop import FileDrop, Paths

if TYPE_CHECKING:
    from app.models.draft_list import DraftRow

# Old formats are taken too: whoever drops one is told what to do.
_TEXTS = {".docx", ".txt", ".doc", ".wps", ".rtf"}
_SCANS = {".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"}
OF_NO_USE = "这种文件这里用不上"
_OF_USE = "签好字的审核表请拖入 PDF 或照片（JPG、PNG、TIFF），写好的稿子请拖入 Word 文档（.docx）或文本（.txt）。"


class FileLanding:
    """What a drop anywhere on the window does, unless the page has a place of its own for it."""

    def __init__(self, desk: Desk, window: QWidget, page: Callable[[], Page | None]) -> None:
        self._desk, self._window, self._page = desk, window, page
        self.drop = FileDrop(window, self.words, self.land)

    def words(self, paths: Paths, place: QPoint) -> str:
        """Say what letting go here would do."""
        scans, texts, _others = _sorted(paths)
        if scans and self._may(Right.REGISTER_PAPER):
            row = self._row(place)
            if row is None or row.number is None:
                return "松开鼠标，登记签字扫描件：按二维码找到稿件"
            return f"松开鼠标，登记签字扫描件：{row.number.short}　{' '.join(row.title.split())}"
        if texts and self._may(Right.WRITE):
            return "松开鼠标，导入为新稿件"
        if scans or texts:
            return _who(Right.REGISTER_PAPER if scans else Right.WRITE)
        return OF_NO_USE

    def land(self, paths: Paths, place: QPoint) -> None:
        """Do it; what is of no use, or not this person's to do, is told of and left where it is."""
        from app.ui.drafts.draft_acts import DraftActs

        acts, row = DraftActs(self._desk, self._window), self._row(place)
        scans, texts, others = _sorted(paths)
        if others:
            names = "、".join(f"“{path.name}”" for path in others[:3])
            more = f"等 {len(others)} 个文件" if len(others) > 3 else ""
            self._desk.dialogs.tell(self._window, OF_NO_USE, f"{names}{more}没有取用。{_OF_USE}")
        if texts and self._may(Right.WRITE):
            acts.import_texts(texts)
        elif texts:
            self._refuse(Right.WRITE)
        if scans and self._may(Right.REGISTER_PAPER):
            acts.register_scans(scans, row.id if row is not None else "")
        elif scans:
            self._refuse(Right.REGISTER_PAPER)

    def _refuse(self, right: Right) -> None:
        self._desk.dialogs.tell(self._window, "没有取用拖入的文件", f"{_who(right)}。")

    def _may(self, right: Right) -> bool:
        return right in self._desk.actor.rights

    def _row(self, place: QPoint) -> "DraftRow | None":
        page = self._page()
        return page.row_under(page.mapFrom(self._window, place)) if page is not None else None


def _who(right: Right) -> str:
    """Say whose it is to register scans or to write."""
    what = "签字扫描件" if right is Right.REGISTER_PAPER else "新稿件"
    return f"{what}由{'、'.join(label(role) for role in roles_needed(right))}办理"


def _sorted(paths: Paths) -> tuple[Paths, Paths, Paths]:
    """Return scans, texts and the rest."""
    scans = tuple(path for path in paths if path.suffix.lower() in _SCANS)
    texts = tuple(path for path in paths if path.suffix.lower() in _TEXTS)
    return scans, texts, tuple(path for path in paths if path not in {*scans, *texts})
