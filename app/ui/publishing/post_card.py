"""One post on record: what it is, what it lacks, and the fields to add that."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.labels import label, long_moment
from app.models.publication import Publication, PublicationKind
from app.services.next_steps import lacks
from app.services.post_text import Comparison
from app.ui.desk import Desk
from app.ui.drafts.draft_steps import LACKING, publication_tone
from app.ui.publishing.screenshot_strip import ScreenshotStrip
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.chip import Chip
from app.ui.widgets.difference_view import DifferenceView
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.form_grid import FormGrid

_SIDE = 96


class PostCard(QFrame):
    """Shows a post; `completed` asks to add what was typed into it."""

    completed = Signal(object)

    def __init__(
        self, desk: Desk, post: Publication, caption: str, page_lines: tuple[str, ...] = (), *, may_complete: bool
    ) -> None:
        super().__init__()
        self._desk, self.post, self._page_lines, self._may = desk, post, page_lines, may_complete
        set_role(self, role="card")
        self.kind = Chip()
        self.account = ElidedLabel(caption)
        set_role(self.account, role="strong")
        self.lack_chip = Chip()
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.kind)
        head.addWidget(self.account, 1)
        head.addWidget(self.lack_chip)
        self.facts = QLabel()
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setWordWrap(True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self.facts, role="muted")
        self._pictures = QWidget()
        self._shelf = FlowLayout(self._pictures)
        self.difference = DifferenceView()
        self.difference.setFixedHeight(px(140))
        self.difference.hide()
        self.difference_button = QPushButton("看哪里不同")
        self.difference_button.setAutoDefault(False)
        self.difference_button.clicked.connect(self.show_difference)
        self.difference_button.hide()
        self.form = FormGrid()
        self.link = QLineEdit()
        self.link.setPlaceholderText("https://")
        self.link.setMaxLength(2000)
        self.screenshots = ScreenshotStrip(desk)
        self.form.add("补链接", self.link)
        self.form.add("补截图", self.screenshots)
        self.complete_button = QPushButton("补充到记录")
        self.complete_button.setAutoDefault(False)
        self.complete_button.clicked.connect(lambda _checked=False: self.completed.emit(self))
        self.link.textChanged.connect(lambda _text: self._ready())
        self.link.returnPressed.connect(self.complete_button.click)
        self.screenshots.changed.connect(self._ready)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(16), px(12), px(16), px(14))
        layout.setSpacing(px(8))
        layout.addLayout(head)
        for widget in (self.facts, self._pictures, self.difference, self.form):
            layout.addWidget(widget)
        for button in (self.difference_button, self.complete_button):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_post(post)

    def show_post(self, post: Publication) -> None:
        """Show a post as it is on record now."""
        self.post = post
        self.kind.show_text(label(post.kind), publication_tone(post))
        missing = lacks(post)
        self.lack_chip.show_text("、".join(LACKING[what] for what in missing), Tone.WARNING)
        self.lack_chip.setVisible(bool(missing))
        self.facts.setText("\n".join(_facts(post, self._page_lines)))
        self.link.clear()
        self.screenshots.clear()
        self.form.show_row(self.link, shown="link" in missing)
        self.form.setVisible(self._may)
        self.complete_button.setVisible(self._may)
        self._ready()
        self._show_pictures(post.screenshot_sha256s)

    @property
    def given(self) -> tuple[str, tuple[Path | bytes, ...]] | None:
        """The link and the screenshots that are not on record yet, or None without any."""
        found = self.link.text().strip(), self.screenshots.sources
        return found if any(found) else None

    def put_back(self, link: str, screenshots: tuple[Path | bytes, ...]) -> None:
        """Fill in what was given before."""
        self.link.setText(link)
        for source in screenshots:
            self.screenshots.add(source)

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        shots = self.screenshots
        return (self.link, shots.paste_button, shots.choose_button, self.difference_button, self.complete_button)

    def offer_difference(self) -> None:
        """Offer to compare the published text with the approved one again."""
        self.difference_button.show()

    def show_difference(self) -> None:
        """Show word by word what differs."""
        post, publications = self.post, self._desk.services.publications

        def done(found: Comparison) -> None:
            self.difference.show_runs(found.runs)
            self.difference.show()
            self.difference_button.hide()

        self._desk.tasks.run(
            self,
            lambda: publications.compare(post.draft_id, post.account_id, post.published_text, post.revision),
            done,
        )

    def _ready(self) -> None:
        given = bool(self.link.text().strip() or self.screenshots.sources)
        self.complete_button.setEnabled(given)
        self.complete_button.setToolTip("" if given else "先填链接或者放入截图。")

    def _show_pictures(self, digests: tuple[str, ...]) -> None:
        while (item := self._shelf.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._pictures.setVisible(bool(digests))
        imports, side = self._desk.services.imports, px(_SIDE) * 2
        if digests:
            self._desk.tasks.run(
                self, lambda: [imports.thumbnail(d, side) for d in digests], self._hang, lane="files", topic="pictures"
            )

    def _hang(self, pictures: list[bytes]) -> None:
        for number, data in enumerate(pictures, start=1):
            pixmap = QPixmap.fromImage(QImage.fromData(data))
            pixmap.setDevicePixelRatio(2)
            frame = QLabel()
            frame.setAccessibleName(f"截图 {number}")
            frame.setPixmap(pixmap)
            frame.setFixedSize(QSize(pixmap.deviceIndependentSize().toSize()))
            self._shelf.addWidget(frame)


def _facts(post: Publication, page_lines: tuple[str, ...]) -> list[str]:
    late = "（补记）" if post.late else ""
    lines = [f"发布时间：{long_moment(post.published_at)}{late}"]
    if post.revision:
        lines[0] += f"　第{post.revision}稿"
    if post.link:
        lines.append(f"链接：{post.link}")
    if post.compared:
        lines.append("比对：与审定内容一致" if post.matches else "比对：与审定内容不一致")
        if page_lines:
            lines.append(f"登记人说明下面 {len(page_lines)} 行是页面自带的，没有参加比对：")
            lines += [f"　　{line}" for line in page_lines]
    elif post.kind is not PublicationKind.EARLIER:
        lines.append("比对：没有登记发布后的内容")
    for words, text in (("谁发的", post.who), ("为什么", post.why), ("怎么处理的", post.done)):
        if text:
            lines.append(f"{words}：{text}")
    return lines
