"""登记发布: link, time, screenshots and the published text of one account, compared with what was approved."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError, FieldInvalidError
from app.labels import label
from app.messages import explain
from app.models.account import Account
from app.models.approval import APPROVED_STATES
from app.models.publication import Publication, PublicationKind
from app.models.right import Right
from app.services.drafts import DraftView
from app.services.post_text import Comparison
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.publishing.post_judgement import Judgement, judge
from app.ui.publishing.record_form import RecordForm, drop_words
from app.ui.publishing.screenshot_strip import has_picture
from app.ui.publishing.target_choice import TargetChoice, target_choice
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.drop_zone import dropped_paths, take_copies
from app.ui.widgets.file_drop import FileDrop
from app.ui.widgets.fitting_size import fit_to_screen
from app.ui.widgets.upright_scroll import upright_scroll

_PAUSE_MS = 400
_OF_USE = "截图请用 PNG、JPG、WEBP 或 BMP 图片；发布后的内容请用一个 Word 文档（.docx）或文本（.txt）。"
_WORDS = {
    PublicationKind.REVIEWED: "登记发布",
    PublicationKind.UNREVIEWED: "登记未审发布",
    PublicationKind.DIFFERENT: "登记为内容不符",
}
Read = tuple[DraftView | None, tuple[Account, ...], tuple[Publication, ...]]


class RecordDialog(FormDialog):
    """Records one post; whether it was reviewed is found out and never chosen.

    Without a draft (`draft_id` empty) it records 未审发布 of a text the program never held. What was typed is
    kept when the dialog is closed before it is recorded.
    """

    def __init__(self, desk: Desk, parent: QWidget | None, draft_id: str) -> None:
        heading = "正在读取……" if draft_id else "登记没有稿件的发布"
        super().__init__(desk, parent, "登记发布", heading, "登记发布")
        self._draft_id = draft_id
        self._view: DraftView | None = None
        self._targets = TargetChoice()
        self._posts: tuple[Publication, ...] = ()
        self._comparison: Comparison | None = None
        self._shown = False
        self.setAcceptDrops(True)
        self.done_notice = Banner(tone=Tone.GOOD)
        self.kind_notice = Banner(tone=Tone.DANGER)
        self.form = RecordForm(desk)
        self.comparison, self.difference = self.form.comparison, self.form.difference
        self.act_button.setEnabled(False)
        self.act_button.clicked.connect(self.record)
        self.drop_button = QPushButton("这个账号不再发布……")
        self.drop_button.setAutoDefault(False)
        self.drop_button.clicked.connect(self.drop_target)
        self.drop_button.hide()
        self.foot.insertWidget(0, self.drop_button)
        inner = QWidget()
        flow = QVBoxLayout(inner)
        flow.setContentsMargins(0, 0, px(6), 0)
        flow.setSpacing(px(12))
        for widget in (self.done_notice, self.kind_notice, self.form):
            flow.addWidget(widget)
        flow.addStretch(1)
        self._scroll = scroll = upright_scroll(inner)
        self.lay_out(scroll, self.notice, tall=scroll)
        fit_to_screen(self, 760, 800)
        FileDrop(self, lambda paths, _place: drop_words(paths))
        QShortcut(QKeySequence.StandardKey.Paste, self, self.paste)
        self._connect()
        desk.tasks.run(self, self._read, self._show)

    def _connect(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.compare)
        form = self.form
        form.published.textChanged.connect(self._pause.start)
        form.page_lines.marked.connect(self.compare)
        form.published.handed_on.connect(self._take)
        form.file_button.clicked.connect(self.choose_text)
        form.account.currentIndexChanged.connect(lambda _index: self.compare())
        form.moment.dateTimeChanged.connect(self._moved)

    def _read(self) -> Read:
        services = self._desk.services
        view = services.drafts.view(self._draft_id) if self._draft_id else None
        posts = services.publications.of_draft(self._draft_id) if self._draft_id else ()
        reach = self._desk.actor.reach(Right.PUBLISH)
        return view, tuple(a for a in services.accounts.list() if reach.covers((a.id,))), posts

    def _show(self, found: Read) -> None:
        self._view, accounts, self._posts = found
        self._targets = target_choice(self._view, accounts, self._posts)
        box = self.form.account
        box.blockSignals(True)
        box.clear()
        for words, account_id in self._targets.choices:
            box.addItem(words, account_id)
        box.setCurrentIndex(self._targets.first)
        box.blockSignals(False)
        self.form.show_row(self.form.post_title, shown=self._view is None)
        if self._view is not None:
            self.heading.setText(f"{self._view.draft.number or ''}　{self._view.draft.content.title}".strip())
        if not accounts:
            self.notice.say("还没有登记账号。请先到“账号”页登记。", Tone.WARNING)
        self._shown = True
        kept = self._desk.unfinished.take("record", self._draft_id)
        if kept is not None:
            self.form.put_back(kept)
            self.kept_notice.say("上次没有登记完的内容还在。")
        self.compare()

    def choose_text(self) -> None:
        """Take the published text from a file."""
        path = self._desk.dialogs.open_file(self, "选择发布后的内容", "Word 文档或文本 (*.docx *.txt)")
        if path is not None:
            self.take_text(path)

    def take_text(self, path: Path) -> None:
        """Read a file into the text field."""
        imports = self._desk.services.imports
        self._desk.tasks.run(
            self, lambda: imports.plain_text(path), self.form.published.setPlainText, self.refused, lane="files"
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take screenshots and published texts anywhere on the dialog."""
        if dropped_paths(event.mimeData()) or event.mimeData().hasImage():
            take_copies(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Put a picture among the screenshots, a Word or text file into the text."""
        take_copies(event)
        self._take(event.mimeData())

    def paste(self) -> None:
        """Take a screenshot from the clipboard, wherever the focus is but in a field that takes words."""
        offer = QApplication.clipboard().mimeData()
        if has_picture(offer):
            self.form.screenshots.take(offer)

    def _take(self, offer: QMimeData) -> None:
        texts, others = self.form.take(offer)
        left = [f"“{path.name}”" for path in (*texts[1:], *others)]
        self.notice.say(f"{'、'.join(left)}没有取用。{_OF_USE}" if left else "", Tone.WARNING)
        for path in texts[:1]:
            self.take_text(path)

    def compare(self) -> None:
        """Compare what is pasted with what was approved for the account."""
        self._pause.stop()
        text, account_id = self.form.published.toPlainText(), self.form.account_id
        if not text.strip() or self._view is None or not self._view.draft.revision or not account_id:
            self._compared(None)
            return
        publications, revision = self._desk.services.publications, self._judged().revision
        draft_id, number, out = self._draft_id, revision.number if revision else 0, self.form.page_lines.left_out
        self._desk.tasks.run(
            self, lambda: publications.compare(draft_id, account_id, text, number, out), self._compared, topic="compare"
        )

    @property
    def _stands(self) -> bool:
        return self._view is not None and self._view.draft.state in APPROVED_STATES

    def _judged(self) -> Judgement:
        return judge(self._view, self.form.account_id, self.form.published_at, self._comparison)

    def _moved(self) -> None:
        """Judge by another time, which may be that of another revision."""
        self._judge()
        self._pause.start()

    def _compared(self, found: Comparison | None) -> None:
        self._comparison, lines = found, self.form.page_lines
        asked = lines.isVisible()
        self.form.show_comparison(found, "审定" if self._stands or self._judged().approved else "送审")
        self._judge()
        if lines.isVisible() and not asked:
            # They lie below the text, often out of sight; room for them is made from the inside outwards.
            for _layout in range(4):
                QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            self._scroll.ensureWidgetVisible(lines)

    def _judge(self) -> None:
        """Say what the post will be recorded as, and ask why where it is not as it should be."""
        account_id = self.form.account_id
        self.drop_button.setVisible(account_id in self._targets.waiting and self._stands)
        found = self._judged()
        again = self._view is not None and bool(account_id) and found.is_recorded(self._posts, account_id)
        self.act_button.setEnabled(not again and self.form.account.count() > 0)
        self.act_button.setToolTip("这个账号已经登记过了。" if again else "")
        if again:
            self.kind_notice.say("这个账号已经登记过发布。要补链接、截图，请看这件稿件的“发布记录”。", Tone.WARNING)
            self.form.ask_why(needed=False)
            return
        if not account_id and self._stands:
            self.kind_notice.say("")
            return
        usual = found.kind is PublicationKind.REVIEWED
        words = f"{found.because}要如实登记为“{label(found.kind)}”，以后也不会变成“审后发布”。"
        self.kind_notice.say("" if usual else words, Tone.DANGER)
        self.form.ask_why(needed=not usual)
        self.act_button.setText(_WORDS[found.kind])
        set_role(self.act_button, kind="primary" if usual else "danger")

    def record(self) -> None:
        """Record the post."""
        wrong = self.form.missing(titled=self._view is not None)
        if wrong is not None:
            wrong.setFocus()
            self._scroll.ensureWidgetVisible(wrong)
            return
        entry = self.form.entry()
        self.notice.say("")
        publications = self._desk.services.publications
        self.act(lambda: publications.record(self._draft_id, entry), self._recorded)

    def _recorded(self, publication: Publication) -> None:
        self._desk.changes.tell("drafts", "publications")
        self._start_over()
        if self._stands and self._targets.waiting - {publication.account_id}:
            self._next("已登记。还有账号没有登记发布，可以接着登记。")
        else:
            self.accept()

    def _next(self, words: str) -> None:
        def show(found: Read) -> None:
            self._show(found)
            self.done_notice.say(words, Tone.GOOD)
            self._scroll.verticalScrollBar().setValue(0)
            self.form.link.setFocus()

        self._desk.tasks.run(self, self._read, show)

    def _start_over(self) -> None:
        self.form.start_over()
        self.kept_notice.say("")

    def refused(self, error: AppError) -> bool:
        """Say what is wrong at its field, or else above the buttons."""
        if not isinstance(error, FieldInvalidError) or error.field != "link":
            return super().refused(error)
        self.form.complain(self.form.link, explain(error).todo)
        self.form.link.setFocus()
        self._scroll.ensureWidgetVisible(self.form.link)
        return True

    def drop_target(self) -> None:
        """Mark 不再发布 on the chosen account."""
        account_id = self.form.account_id
        title, about = "不再发布到这个账号", f"{self._draft_id}:{account_id}"
        reason = self._desk.dialogs.ask_text(
            self,
            title,
            "理由",
            about=about,
            text=self.form.account.currentText(),
            yes="不再发布",
        )
        if not reason:
            return
        publications, others = self._desk.services.publications, self._targets.waiting - {account_id}

        def dropped(_draft: object) -> None:
            self._desk.dialogs.text_taken(title, about)
            self._desk.changes.tell("drafts", "publications")
            if others:
                self._next("已记为不再发布。还有账号没有登记发布，可以接着登记。")
            else:
                self._start_over()
                self.accept()

        self._desk.tasks.run(
            self, lambda: publications.drop_target(self._draft_id, account_id, reason), dropped, self.refused
        )

    def done(self, result: int) -> None:
        """Keep what was typed and not recorded."""
        # Before it has read what it shows, it has not put back what was kept either.
        if self._shown:
            self._desk.unfinished.keep("record", self._draft_id, self.form.entry() if self.form.touched else None)
        super().done(result)
