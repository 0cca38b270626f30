"""Checks while somebody types: marks, the list of findings, reasons, and the two ways out of a 密级标志."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from app.errors import AppError
from app.messages import explain
from app.models.content import Content
from app.models.draft import Draft, missing_for_submission
from app.services.secrecy_clearing import Cleared
from app.services.text_checks import FieldFinding, standing_marks, unanswered
from app.ui.editor.draft_keeper import KeepState
from app.ui.editor.editor_frame import TEXT
from app.ui.editor.side_panel import CHECKS, FACTS

if TYPE_CHECKING:
    from app.ui.editor.editor_page import EditorPage

_PAUSE: Final = 400
LONG_WORDS: Final = "　有一段超过 2 万字，打字会变慢，请按 Enter 分段"
CLEARED: Final = (
    "已清除文字、图片、附件、撤销记录和导入的原文件，审计记录只写明清除过。\n"
    "请立即向本单位保密工作机构报告，并按要求处理原来的载体。"
)

LEFT: Final = "\n\n有 {} 个文件可能正被别的程序占用，还没有删除。请关闭打开它的程序，再重新启动本程序，会自动删除。"

SUBMITTED: Final = (
    "现稿的文字、图片、附件、撤销记录和导入的原文件已清除，审计记录只写明清除过。\n\n"
    "但是{}{}曾按误报送审，当时的全文和误报的理由是签批的依据，不能改写，"
    "还留在本程序的数据、备份和印出的审核表里；已归档的，也在存档里。\n\n"
    "请立即向本单位保密工作机构报告，写明文号和第几稿。在他们答复之前，这台电脑和备份盘不要带出，也不要自行删改。"
)

STILL_STORED: Final = "{}\n\n窗口里的文字已经清空，但以前存下的内容和导入的原文件还在，请再试一次。"

MARK_FIRST: Final = "文字中有密级标志，已停止保存，这时写的理由也存不下。请先清除，或者写明是误报。"


class EditorChecking(QObject):
    """Runs the text check over the page's fields and does what its findings ask for."""

    def __init__(self, page: EditorPage) -> None:
        super().__init__(page)
        self._page, self._desk = page, page.desk
        self.found: tuple[FieldFinding, ...] = ()
        self._declared = False
        """Whether the marks that stopped the saving were declared a false alarm."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.check)

    def wire(self) -> None:
        """Listen to the marks, the list of findings and the red panel."""
        page = self._page
        page.pane.mask_wanted.connect(self._mask)
        page.panel.findings.locate_wanted.connect(self._locate)
        page.panel.findings.mask_wanted.connect(self._mask)
        page.panel.findings.answer_wanted.connect(self._answer)
        page.secrecy.locate_wanted.connect(self._locate)
        page.secrecy.clear_wanted.connect(self._clear_secret)
        page.secrecy.false_alarm.connect(self._false_alarm)

    def begin(self, content: Content) -> None:
        """Check a draft that was just opened."""
        self._timer.stop()
        self.found = ()
        self._page.secrecy.show_marks(())
        self.show(content)
        self.check()

    def later(self) -> None:
        """Check after a pause."""
        self._timer.start()

    def check(self) -> None:
        """Check now what stands in the fields."""
        if self._page.draft is None or any(sheet.body.composing for sheet in self._page.pane.sheets.values()):
            return
        for sheet in self._page.pane.sheets.values():
            sheet.note_reading()
        content, drafts = self._page.form.content(), self._desk.services.drafts
        # As on the sheet: no blanks, no captions.
        words = sum(len("".join(block.plain.split())) for block in content.blocks if not block.picture)
        bodies = (content.blocks, *(variant.blocks for variant in content.variants))
        long = any(block.is_long for blocks in bodies for block in blocks)
        self._page.words_label.setText(f"正文 {words} 字{LONG_WORDS if long else ''}")
        self._desk.tasks.run(
            self._page, lambda: drafts.findings(content), partial(self._checked, content), None, "files", "check"
        )

    def _checked(self, content: Content, found: tuple[FieldFinding, ...]) -> None:
        if self._page.draft is None or self._page.keeper is None:
            return
        self.found = found
        self.show(content)
        if self._page.read_only:
            return
        standing = unanswered(found, self._page.draft.silenced)
        self._page.complain_still(missing_for_submission(content), {each.finding.rule for each in standing})
        marks = standing_marks(found, self._page.draft.silenced)
        self._page.secrecy.show_marks(marks)
        if marks:
            self._page.keeper.stop()
            self._page.missing.hide()
            self._page.submit_button.setEnabled(False)
        elif self._page.keeper.state is KeepState.STOPPED and self._page.conflict.isHidden():
            if not self._declared:
                # The mark was taken out by hand: nothing of it may be undone back.
                self._page.pane.forget_undo()
            self._declared = False
            self._page.submit_button.setEnabled(True)
            self._page.keeper.go_on()

    def show(self, content: Content) -> None:
        """Mark and list what was found in `content`."""
        assert self._page.draft is not None
        assert self._page.facts is not None
        self._page.pane.show_findings(self.found, content)
        answers = dict(self._page.draft.silenced)
        self._page.panel.findings.show_findings(self.found, content, self._page.facts.captions, answers)
        open_now = sum(not answers.get(f.answer_key) for f in self.found)
        self._page.parts.show_counts({CHECKS: open_now} if open_now else {})
        self._page.variants.show()

    def _locate(self, found: FieldFinding) -> None:
        if self._page.narrow:
            self._page.show_part(TEXT)
        if self._page.pane.go_to(found):
            return
        field = found.field.partition(":")[0]
        sections = {
            "attachment": self._page.panel.attachments,
            "video": self._page.panel.video,
            "map_number": self._page.panel.declarations,
        }
        self._page.show_part(FACTS)
        self._page.panel.step_to(sections.get(field, self._page.panel.source))

    def _mask(self, found: FieldFinding) -> None:
        if not self._page.pane.mask_words(found):
            self._locate(found)

    def _answer(self, found: FieldFinding) -> None:
        draft = self._page.draft
        if draft is None:
            return
        if self._page.secrecy.marks:
            # Nothing is saved while a mark stands, and a reason is saved with the text that it is about.
            self._desk.dialogs.tell(self._page, "请先处理密级标志", MARK_FIRST)
            return
        title = "改理由" if dict(draft.silenced).get(found.answer_key) else "说明理由"
        about = f"{draft.id}:{found.answer_key}"
        reason = self._desk.dialogs.ask_text(
            self._page,
            title,
            "理由",
            about=about,
            text=f"{found.finding.message}同一类提示只说明一次，理由会印在审核表上。",
            initial=dict(draft.silenced).get(found.answer_key, ""),
        )

        def answered(saved: Draft) -> None:
            self._desk.dialogs.text_taken(title, about)
            self._answered(saved)

        if reason:
            self._answer_all((found.answer_key,), reason, answered)

    def _answer_all(self, keys: tuple[str, ...], reason: str, answered: Callable[[Draft], None]) -> None:
        if self._page.keeper is not None:
            self._page.keeper.answer(keys, reason, answered)

    def _answered(self, draft: Draft) -> None:
        if self._page.draft is not None and draft.id == self._page.draft.id:
            self._page.draft = replace(self._page.draft, silenced=draft.silenced)
            self.check()

    # ---- secrecy marks --------------------------------------------------------------------------------------

    def _false_alarm(self, reason: str) -> None:
        self._declared = True
        self._answer_all(
            tuple(dict.fromkeys(mark.answer_key for mark in self._page.secrecy.marks)), reason, self._answered
        )

    def _clear_secret(self) -> None:
        """立即清除: window, undo and clipboard first, then the stored copy, the index and the imported file."""
        sure = self._desk.dialogs.ask(
            self._page,
            "清除这件稿件的全部内容？",
            "文字、图片、附件、撤销记录和导入的原文件都会清除，不能恢复。确是误报的，请取消后写明理由。",
            "立即清除",
            danger=True,
        )
        if not sure or self._page.draft is None or self._page.keeper is None:
            return
        self._timer.stop()
        self._page.form.clear_secret()
        self._timer.stop()
        QGuiApplication.clipboard().clear()
        self._page.secrecy.show_marks(())
        # What was said of an import or a paste quotes its words.
        self._page.left_behind.say("")
        self.found = ()
        self._page.draft = replace(self._page.draft, silenced=(), notes="")
        self._clear_stored()

    def _clear_stored(self) -> None:
        if self._page.keeper is not None:
            job, typed = self._page.keeper.clearing(), self._page.keeper.typed
            self._desk.tasks.run(self._page, job, partial(self._cleared, typed), self._not_cleared)

    def _not_cleared(self, error: AppError) -> None:
        """Nothing was cleared on disk: the window is empty, so that the red panel cannot be asked again."""
        if self._desk.dialogs.ask(self._page, "还没有清除", STILL_STORED.format(explain(error)), "再试一次"):
            self._clear_stored()

    def _cleared(self, typed: int, cleared: Cleared) -> None:
        draft = cleared.draft
        if self._page.keeper is None or draft.id != self._page.keeper.draft_id:
            return
        self._page.keeper.replace_stored(draft, typed)
        self._page.submit_button.setEnabled(True)
        self.show(draft.content)
        self.check()
        self._desk.changes.tell("drafts")
        heading, words = "已经清除", CLEARED
        if cleared.submitted:
            numbers = "、".join(f"第{number}稿" for number in cleared.submitted)
            heading, words = "现稿已经清除，送审过的还在", SUBMITTED.format(draft.number or "", numbers)
        self._desk.dialogs.tell(self._page, heading, words + (LEFT.format(cleared.left) if cleared.left else ""))
