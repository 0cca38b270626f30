"""登记发布: link, time, screenshots and the published text of one account, compared with what was approved."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QDateTime, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError, ReasonNeededError
from app.messages import explain
from app.models.account import Account
from app.models.clock import BEIJING, beijing
from app.models.publication import Publication, PublicationKind, TargetState
from app.services.drafts import DraftView
from app.services.publications import Comparison, PublicationEntry
from app.ui.desk import Desk
from app.ui.publishing.screenshot_strip import ScreenshotStrip
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.difference_view import DifferenceView
from app.ui.widgets.form_grid import FormGrid

_PAUSE_MS = 400


class RecordDialog(QDialog):
    """Records one post; whether it was reviewed is found out and never chosen.

    Without a draft (`draft_id` empty) it records 未审发布 of a text the program never held.
    """

    def __init__(self, desk: Desk, parent: QWidget | None, draft_id: str) -> None:
        super().__init__(parent.window() if parent else None)
        self._desk, self._draft_id = desk, draft_id
        self._view: DraftView | None = None
        self.setWindowTitle("登记发布")
        self.resize(px(720), px(760))
        self.heading = QLabel("登记发布")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setWordWrap(True)
        set_role(self.heading, role="subtitle")
        self.notice = Banner(tone=Tone.WARNING)
        self.account = QComboBox()
        self.post_title = QLineEdit()
        self.post_title.setMaxLength(500)
        self.moment = QDateTimeEdit()
        self.moment.setDisplayFormat("yyyy年M月d日 HH:mm")
        self.moment.setCalendarPopup(True)
        now = beijing(desk.now())
        self.moment.setDateTime(QDateTime(now.year, now.month, now.day, now.hour, now.minute, 0))
        self.link = QLineEdit()
        self.link.setPlaceholderText("https://")
        self.link.setMaxLength(2000)
        self.screenshots = ScreenshotStrip(desk)
        self.published = QPlainTextEdit()
        self.published.setTabChangesFocus(True)
        self.published.setPlaceholderText("从发布后的页面全选复制，粘贴到这里，程序逐字比对")
        self.published.setMinimumHeight(px(96))
        self.file_button = QPushButton("从文件读取……")
        self.file_button.setAutoDefault(False)
        self.file_button.clicked.connect(self.choose_text)
        self.comparison = Banner(tone=Tone.GOOD)
        self.difference = DifferenceView()
        self.difference.hide()
        self.who, self.why, self.handled = QLineEdit(), QLineEdit(), QLineEdit()
        for field in (self.who, self.why, self.handled):
            field.setMaxLength(500)
        self.reasons = FormGrid()
        self.problem = Banner(tone=Tone.DANGER)
        self.record_button = QPushButton("登记发布")
        set_role(self.record_button, kind="primary")
        self.record_button.clicked.connect(self.record)
        self.drop_button = QPushButton("这个账号不再发布……")
        self.drop_button.setAutoDefault(False)
        self.drop_button.clicked.connect(self.drop_target)
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.compare)
        self.published.textChanged.connect(self._pause.start)
        self.account.currentIndexChanged.connect(lambda _index: self.compare())
        desk.tasks.run(self, self._read, self._show)

    def _lay_out(self) -> None:
        form = FormGrid()
        form.add("发布账号", self.account)
        form.add("标题", self.post_title, needed=True)
        form.add("发布时间", self.moment)
        form.add("发布链接", self.link, "从浏览器地址栏复制；没有链接的可以先空着，归档前补上或写明原因。")
        form.add("发布截图", self.screenshots)
        text = QVBoxLayout()
        text.setSpacing(px(6))
        text.addWidget(self.published)
        text.addWidget(self.file_button, 0, Qt.AlignmentFlag.AlignLeft)
        form.add("发布内容", text)
        self.form = form
        self.reasons.add("谁发的", self.who, needed=True)
        self.reasons.add("为什么", self.why, needed=True)
        self.reasons.add("怎么处理的", self.handled, needed=True)
        self.reasons.hide()
        inner = QWidget()
        flow = QVBoxLayout(inner)
        flow.setContentsMargins(0, 0, px(6), 0)
        flow.setSpacing(px(12))
        for widget in (self.notice, form, self.comparison, self.difference, self.reasons, self.problem):
            flow.addWidget(widget)
        flow.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.drop_button)
        buttons.addStretch(1)
        cancel = QPushButton("取消")
        cancel.clicked.connect(self.reject)
        buttons.addWidget(cancel)
        buttons.addWidget(self.record_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(12))
        layout.addWidget(self.heading)
        layout.addWidget(scroll, 1)
        layout.addLayout(buttons)

    def _read(self) -> tuple[DraftView | None, tuple[Account, ...], tuple[Publication, ...]]:
        services = self._desk.services
        view = services.drafts.view(self._draft_id) if self._draft_id else None
        posts = services.publications.of_draft(self._draft_id) if self._draft_id else ()
        return view, services.accounts.targets(), posts

    def _show(self, found: tuple[DraftView | None, tuple[Account, ...], tuple[Publication, ...]]) -> None:
        self._view, accounts, posts = found
        view = self._view
        waiting = {t.account_id for t in view.targets if t.state is TargetState.WAITING} if view else set()
        done = {p.account_id for p in posts if view is not None and p.revision == view.draft.revision}
        ordered = sorted(accounts, key=lambda a: (a.id not in waiting, a.id in done))
        self.account.blockSignals(True)
        for account in ordered:
            words = "" if account.id in waiting else "（已登记）" if account.id in done else "（不在发布账号内）"
            self.account.addItem(account.caption + (words if view is not None else ""), account.id)
        self.account.blockSignals(False)
        self.form.show_row(self.post_title, shown=view is None)
        self.drop_button.setVisible(bool(waiting) and self.reviewed)
        if view is not None:
            self.heading.setText(f"{view.draft.number or ''}　{view.draft.content.title}".strip())
        if not self.reviewed:
            self.notice.say("这份内容没有批准。发出去的要如实登记为“未审发布”，以后也不会变成“审后发布”。", Tone.DANGER)
            self.record_button.setText("登记未审发布")
            set_role(self.record_button, kind="danger")
            self.reasons.show()
        self.compare()

    @property
    def reviewed(self) -> bool:
        """Whether the draft stands approved."""
        return self._view is not None and self._view.draft.state.value in {"approved", "publishing", "published"}

    def choose_text(self) -> None:
        """Take the published text from a file."""
        path = self._desk.dialogs.open_file(self, "选择发布后的内容", "Word 文档或文本 (*.docx *.txt)")
        if path is not None:
            self.take_text(path)

    def take_text(self, path: Path) -> None:
        """Read a file into the text field."""
        imports = self._desk.services.imports

        def done(text: str) -> None:
            self.published.setPlainText(text)

        self._desk.tasks.run(self, lambda: imports.plain_text(path), done, lane="files")

    def compare(self) -> None:
        """Compare what is pasted with what was approved for the account."""
        text, account_id = self.published.toPlainText(), self.account.currentData()
        if not text.strip() or self._view is None or not self._view.draft.revision or not account_id:
            self.comparison.say("")
            self.difference.hide()
            self.reasons.setVisible(not self.reviewed)
            return
        publications = self._desk.services.publications
        self._desk.tasks.run(
            self, lambda: publications.compare(self._draft_id, account_id, text), self._compared, topic="compare"
        )

    def _compared(self, found: Comparison) -> None:
        if found.matches:
            self.comparison.say("与审定内容一致。", Tone.GOOD)
        else:
            self.comparison.say("与审定内容不一致，下面标出了不同的地方。照此登记就是“内容不符”，要写明原因。", Tone.DANGER)
            self.difference.show_runs(found.runs)
        self.difference.setVisible(not found.matches)
        self.reasons.setVisible(not found.matches or not self.reviewed)
        if self.reviewed:
            self.record_button.setText("登记发布" if found.matches else "登记为内容不符")
            set_role(self.record_button, kind="primary" if found.matches else "danger")

    def entry(self) -> PublicationEntry:
        """Return what is filled in."""
        picked = self.moment.dateTime()
        day, clock = picked.date(), picked.time()
        at = datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute(), tzinfo=BEIJING)
        return PublicationEntry(
            account_id=self.account.currentData() or "",
            published_at=at,
            link=self.link.text(),
            published_text=self.published.toPlainText(),
            screenshots=self.screenshots.sources,
            who=self.who.text(),
            why=self.why.text(),
            done=self.handled.text(),
            note_title=self.post_title.text(),
        )

    def record(self) -> None:
        """Record the post."""
        entry = self.entry()
        self.record_button.setEnabled(False)
        publications = self._desk.services.publications
        self._desk.tasks.run(self, lambda: publications.record(self._draft_id, entry), self._recorded, self._refused)

    def _recorded(self, publication: Publication) -> None:
        self._desk.changes.tell("drafts", "publications")
        if publication.kind is not PublicationKind.REVIEWED:
            self.accept()
            return
        left = [
            index
            for index in range(self.account.count())
            if self._waits(self.account.itemData(index)) and self.account.itemData(index) != publication.account_id
        ]
        if not left:
            self.accept()
            return
        self.comparison.say("已登记。还有账号没有登记发布，可以接着登记。", Tone.GOOD)
        self._desk.tasks.run(self, self._read, self._start_over)

    def _waits(self, account_id: str) -> bool:
        view = self._view
        return view is not None and any(
            t.account_id == account_id and t.state is TargetState.WAITING for t in view.targets
        )

    def _start_over(self, found: tuple[DraftView | None, tuple[Account, ...], tuple[Publication, ...]]) -> None:
        for field in (self.link, self.who, self.why, self.handled):
            field.clear()
        self.published.clear()
        self.screenshots.clear()
        self.account.clear()
        self.record_button.setEnabled(True)
        self._show(found)

    def _refused(self, error: AppError) -> bool:
        self.record_button.setEnabled(True)
        if isinstance(error, ReasonNeededError):
            self.reasons.show()
            self.problem.say("没有经过批准或者与审定内容不符，请写明谁发的、为什么、怎么处理的。", Tone.DANGER)
            self.who.setFocus()
        else:
            self.problem.say(str(explain(error)), Tone.DANGER)
        return True

    def drop_target(self) -> None:
        """Mark 不再发布 on the chosen account."""
        account_id = self.account.currentData()
        reason = self._desk.dialogs.ask_text(
            self, "不再发布到这个账号", "理由", text=self.account.currentText(), yes="不再发布"
        )
        if reason:
            publications = self._desk.services.publications
            self._desk.tasks.run(
                self, lambda: publications.drop_target(self._draft_id, account_id, reason), self._dropped
            )

    def _dropped(self, _draft: object) -> None:
        self._desk.changes.tell("drafts", "publications")
        self._desk.tasks.run(self, self._read, self._start_over)
