"""The parts of the editor in their places: text beside panel where there is room, else one after the other."""

from collections.abc import Callable, Collection
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.errors import AppError
from app.ui.desk import Desk
from app.ui.editor.body_editor import BodyEditor
from app.ui.editor.missing_panel import MissingPanel
from app.ui.editor.notice_shelf import NoticeShelf
from app.ui.editor.picture_shelf import PictureShelf
from app.ui.editor.secrecy_panel import SecrecyPanel
from app.ui.editor.side_panel import CHECKS, FACTS, SidePanel
from app.ui.editor.text_pane import TextPane
from app.ui.icons import put_icon
from app.ui.page import Page
from app.ui.theme import px, set_role
from app.ui.widgets.banner import Banner
from app.ui.widgets.filter_bar import FilterBar
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.upright_scroll import upright_scroll

TEXT: Final = "text"
_NARROW: Final = 740
_PANEL: Final = 330
_ROOMY: Final = 680
"""Width from which a text has its tools beside the tabs."""
_NO_SECRETS: Final = "不得录入涉密内容"


class EditorFrame(Page):
    """Text, panel, strips above them and the line below; it knows fields, but no draft."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.shelf = PictureShelf(self._preview, self._stored_view, self._run, self)
        self.narrow: bool | None = None
        self._seen = False
        self.pane = TextPane(self.shelf, self._run)
        self.panel = SidePanel()
        self._build()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show text and panel side by side where there is room, else one after the other."""
        super().resizeEvent(event)
        room = self.width() if self.width() < px(_NARROW) else self.width() - px(_PANEL)
        self.pane.set_narrow(room < px(_ROOMY))
        self.notices.set_limit(self.height() // 2)
        self._arrange()

    def preview(self, draft_id: str) -> None:
        """Show the review sheet of a draft's latest submission."""
        from app.ui.papers.preview_dialog import PreviewDialog

        papers = self.desk.services.papers
        dialog = PreviewDialog(
            self.desk,
            self,
            lambda: papers.review_sheet(draft_id),
            printed=lambda where: papers.note_printed(draft_id, where),
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def complain(self, missing: tuple[str, ...]) -> None:
        """Say in the sections what is missing; nothing takes every complaint back."""
        panel = self.panel
        panel.accounts.complain("请至少选一个发布账号。" if "accounts" in missing else "")
        panel.video.complain("请选择视频文件。" if "video" in missing else "")
        panel.declarations.complain("请确认不含国家秘密和工作秘密。" if "no_secrets" in missing else "")
        panel.source.calm()
        for name in missing:
            if name in panel.source.fields:
                panel.source.miss(name)

    def complain_still(self, missing: Collection[str], rules: Collection[str]) -> None:
        """After a refused submission: say of what was missing only what is missing still."""
        if self.missing.buttons:
            self.complain(self.missing.settle(missing, rules))

    def go_to_missing(self, name: str) -> None:
        """Bring the field that is missing, or the list of checks, to the front."""
        panel, main = self.panel, self.pane.main
        sections = {"accounts": panel.accounts, "no_secrets": panel.declarations, "video": panel.video}
        if name in {"title", "body"}:
            self.show_part(TEXT)
            self.pane.show_text("")
            (main.title if name == "title" else main.body).setFocus()
        elif name == "picture_licence":
            self.show_part(TEXT)
            self.pane.go_to_bare_picture()
            self.text_area.ensureWidgetVisible(self.pane.strip)
        elif name in panel.source.fields:
            self.show_part(FACTS)
            panel.step_to(panel.source)
            panel.source.fields[name].setFocus()
        elif name in sections:
            self.show_part(FACTS)
            panel.step_to(sections[name])
        else:
            self.show_part(CHECKS)
            panel.step_to(panel.findings)

    def submit(self) -> None:
        """Submit what stands in the fields."""

    def revise(self) -> None:
        """Open a submitted draft for change."""

    def _preview(self, data: bytes, side: int) -> bytes:
        return self.desk.services.imports.preview(data, side)

    def _stored_view(self, sha256: str, side: int) -> bytes:
        return self.desk.services.imports.thumbnail(sha256, side)

    def _run(
        self, job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[AppError], bool | None]
    ) -> None:
        self.desk.tasks.run(self, job, done, failed, lane="files")

    def _build(self) -> None:
        self.back_button = QPushButton("返回")
        self.back_button.setToolTip("回到稿件列表，写下的都已保存（Esc）")
        set_role(self.back_button, kind="plain")
        put_icon(self.back_button, "arrow-left", "primary", 16)
        self.header.insertWidget(0, self.back_button)
        self.submit_button = self.add_button("提交审核", self.submit, primary=True)
        self.banner, self.trouble, self.conflict = Banner(), Banner(), Banner()
        self.left_behind = Banner()
        self.left_behind.offer("知道了", lambda: self.left_behind.say(""))
        self.revise_button = self.banner.offer("另起一稿修改", self.revise)
        self.secrecy = SecrecyPanel()
        self.missing = MissingPanel(self.go_to_missing)
        self.body.addWidget(self.banner)
        # What comes up later would push down the line that is being written, so it stands beside the text or below.
        self.notices = NoticeShelf(self.trouble, self.left_behind, self.conflict, self.secrecy, self.missing)
        self.notices.moved.connect(self._notices_moved)
        self.parts = FilterBar([(TEXT, "正文"), (FACTS, "送审信息"), (CHECKS, "检查")])
        self.parts.chosen.connect(lambda key: self.show_part(str(key)))
        self.right = QWidget()
        self.right_column = QVBoxLayout(self.right)
        self.right_column.setContentsMargins(0, 0, 0, 0)
        self.right_column.setSpacing(px(10))
        self.right_column.addWidget(self.panel, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(px(14))
        # On a low screen the text scrolls as a whole rather than push the line with 不得录入涉密内容 off it.
        self.text_area = upright_scroll(self.pane, frame=True)
        self.splitter.addWidget(self.text_area)
        self.splitter.addWidget(self.right)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        for area in (self.text_area, self.panel.facts_area):
            area.viewport().installEventFilter(self)
        self.body.addWidget(self.splitter, 1)
        self.foot = QWidget()
        line = FlowLayout(self.foot, spacing=16)
        warning = QLabel(_NO_SECRETS)
        set_role(warning, tone="danger", role="strong")
        self.words_label, self.state_label = QLabel(), QLabel()
        set_role(self.words_label, role="small")
        for label in (warning, self.state_label, self.words_label):
            line.addWidget(label)
        self.body.addWidget(self.foot)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the line that is being written in sight where a strip took its room."""
        if self._seen and event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._keep_in_sight)
        return super().eventFilter(watched, event)

    def _notices_moved(self) -> None:
        """Remember, before anything gives way, whether the place that is written in is seen."""
        writing = self._writing()
        if isinstance(writing, BodyEditor):
            self._seen = writing.viewport().visibleRegion().intersects(writing.cursorRect())
        else:
            self._seen = writing is not None and not writing.visibleRegion().isEmpty()

    def _writing(self) -> QWidget | None:
        return self.focusWidget()

    def _keep_in_sight(self) -> None:
        """Scroll only as far as the place that is written in lost its room: nothing else moves."""
        self._seen = False
        writing = self._writing()
        area = self.text_area if writing is not None and self.pane.isAncestorOf(writing) else self.panel.facts_area
        if isinstance(writing, BodyEditor):
            writing.ensureCursorVisible()
            line = writing.cursorRect()
            place = writing.viewport().mapTo(self.pane, line.center())
            area.ensureVisible(place.x(), place.y(), 0, line.height())
        elif writing is not None and area.isAncestorOf(writing):
            area.ensureWidgetVisible(writing, 0, px(8))

    def _arrange(self) -> None:
        narrow = self.width() < px(_NARROW)
        if narrow == self.narrow:
            return
        self.narrow = narrow
        self.parts.chip(TEXT).setVisible(narrow)
        if narrow:
            self.body.insertWidget(self.body.indexOf(self.splitter), self.parts)
            self.body.insertWidget(self.body.indexOf(self.foot), self.notices)
        else:
            self.right_column.insertWidget(0, self.parts)
            self.right_column.addWidget(self.notices)
        self.right.setMinimumWidth(0 if narrow else px(_PANEL))
        self.show_part(TEXT if narrow else FACTS)
        self.splitter.setSizes([self.width(), px(_PANEL)])

    def show_part(self, part: str) -> None:
        """Bring the text, 送审信息 or 检查 to the front."""
        if part != TEXT:
            self.panel.show_part(part)
        self.text_area.setVisible(not self.narrow or part == TEXT)
        self.right.setVisible(not self.narrow or part != TEXT)
        if self.narrow or part != TEXT:
            chip = self.parts.chip(part)
            chip.setChecked(True)
