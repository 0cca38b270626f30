"""What the buttons of a draft do: each opens its dialog, or does it and tells the pages."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from app.errors import AppError
from app.models.draft import EDITABLE_STATES, Draft
from app.models.papercode import PaperKind
from app.services.imports import ImportedDraft
from app.services.next_steps import NextStep
from app.ui.desk import Desk
from app.ui.drafts.draft_detail import DraftFacts


class DraftActs:
    """The acts on one draft, for whichever page shows it."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        self._desk, self._owner = desk, owner

    def act(self, step: NextStep, facts: DraftFacts) -> None:
        """Do what a button says."""
        draft_id = facts.view.draft.id
        acts: dict[NextStep, Callable[[], None]] = {
            NextStep.DECIDE: lambda: self._decide(draft_id),
            NextStep.REGISTER: lambda: self.register_scans((), draft_id),
            NextStep.EDIT: lambda: self._desk.open(f"draft-editor:{draft_id}"),
            NextStep.RECORD: lambda: self.record(draft_id),
            NextStep.RECORD_FORMER: lambda: self.record(draft_id),
            NextStep.RECORD_UNREVIEWED: lambda: self.record(draft_id),
            NextStep.COMPLETE: lambda: self._posts(draft_id),
            NextStep.POSTS: lambda: self._posts(draft_id),
            NextStep.PREVIEW: lambda: self._preview(draft_id),
            NextStep.PACKAGE: lambda: self._package(draft_id),
            NextStep.SCANS: lambda: self._scans(facts),
            NextStep.REMIND: lambda: self._remind(facts),
            NextStep.REVISE: lambda: self._revise(draft_id),
            NextStep.COPY: lambda: self._copy(draft_id),
            NextStep.WITHDRAW: lambda: self._withdraw(facts),
            NextStep.VOID: lambda: self._void(facts),
        }
        acts[step]()

    def open_text(self, facts: DraftFacts) -> None:
        """Open the text: to write while it may be written, else to read its sheet."""
        draft = facts.view.draft
        if draft.author_id == self._desk.actor.person_id and draft.state in EDITABLE_STATES:
            self._desk.open(f"draft-editor:{draft.id}")
        elif draft.revision:
            self._preview(draft.id)

    def register_scans(self, paths: Sequence[Path], draft_id: str = "") -> None:
        """Register what scans show, one after the other; `draft_id` is the draft they were dropped on."""
        from app.ui.review.register_dialog import RegisterDialog

        self._show(RegisterDialog(self._desk, self._owner, draft_id=draft_id, paths=tuple(paths)))

    def import_texts(self, paths: Sequence[Path]) -> None:
        """Start a draft from each Word or text file; a single one is opened, of several the list is shown."""
        imports = self._desk.services.imports

        def job() -> tuple[list[ImportedDraft], list[AppError]]:
            taken, refused = list[ImportedDraft](), list[AppError]()
            for path in paths:
                try:
                    taken.append(imports.draft_from_file(path))
                except AppError as error:
                    refused.append(error)
            return taken, refused

        self._desk.tasks.run(self._owner, job, self._imported, lane="files")

    def _imported(self, found: tuple[list[ImportedDraft], list[AppError]]) -> None:
        taken, refused = found
        for error in refused:
            self._desk.dialogs.show_error(self._owner, error)
        alone = len(taken) == 1
        notes = [note if alone else f"{one.draft.content.title}：{note}" for one in taken for note in one.notes]
        if notes:
            self._desk.dialogs.tell(self._owner, "已导入，有几处请留意", "\n".join(f"· {note}" for note in notes))
        if taken:
            self._desk.changes.tell("drafts")
            self._desk.open(f"draft-editor:{taken[0].draft.id}" if alone else "page:drafts")

    def record(self, draft_id: str = "") -> None:
        """Record a post, of a draft or of a text that never was one."""
        from app.ui.publishing.record_dialog import RecordDialog

        self._show(RecordDialog(self._desk, self._owner, draft_id))

    def print_waiting_list(self) -> None:
        """Preview 待签清单."""
        from app.ui.papers.preview_dialog import PreviewDialog

        papers, subject = self._desk.services.papers, f"person:{self._desk.actor.person_id}"
        self._show(
            PreviewDialog(
                self._desk,
                self._owner,
                lambda: papers.waiting_list(()),
                lambda where: papers.note_paper_printed(PaperKind.WAITING_LIST, subject, where),
            )
        )

    def _decide(self, draft_id: str) -> None:
        from app.ui.review.decide_dialog import DecideDialog

        self._show(DecideDialog(self._desk, self._owner, draft_id))

    def _preview(self, draft_id: str) -> None:
        from app.ui.papers.preview_dialog import PreviewDialog

        papers = self._desk.services.papers
        self._show(
            PreviewDialog(
                self._desk,
                self._owner,
                lambda: papers.review_sheet(draft_id),
                printed=lambda where: papers.note_printed(draft_id, where),
            )
        )

    def _posts(self, draft_id: str) -> None:
        from app.ui.publishing.posts_dialog import PostsDialog

        self._show(PostsDialog(self._desk, self._owner, draft_id))

    def _package(self, draft_id: str) -> None:
        from app.ui.publishing.package_dialog import PackageDialog

        dialog = PackageDialog(self._desk, self._owner, draft_id)
        dialog.record_asked.connect(lambda: self.record(draft_id))
        self._show(dialog)

    def _scans(self, facts: DraftFacts) -> None:
        from app.ui.review.scans_dialog import ScansDialog

        self._show(ScansDialog(self._desk, self._owner, facts.view))

    def _remind(self, facts: DraftFacts) -> None:
        from app.ui.review.remind_dialog import RemindDialog

        self._show(RemindDialog(self._desk, self._owner, facts.view))

    def _revise(self, draft_id: str) -> None:
        sure = self._desk.dialogs.ask(
            self._owner,
            "修改内容要另起一稿",
            "改动之后，已有的签批全部作废，要重新送审；编号不变。",
            "另起一稿",
        )
        if sure:
            self._do(lambda: self._desk.services.drafts.revise(draft_id), f"draft-editor:{draft_id}")

    def _copy(self, draft_id: str) -> None:
        def copied(draft: Draft) -> None:
            self._desk.changes.tell("drafts")
            self._desk.open(f"draft-editor:{draft.id}")

        sure = self._desk.dialogs.ask(
            self._owner,
            "复制为我的新稿？",
            "照这件的内容新建一件您自己的稿件，另取编号，从头送审；原来这件不变。",
            "复制",
        )
        if sure:
            self._desk.tasks.run(self._owner, lambda: self._desk.services.drafts.copy(draft_id), copied)

    def _withdraw(self, facts: DraftFacts) -> None:
        draft, told = facts.view.draft, "已有的签批不再算数，编号保留；以后可以修改后重新提交。"
        if self._in_place(facts):
            told = f"作者（{facts.view.author}）已离岗，由您代为撤回。已有的签批不再算数，编号保留。"
        if self._desk.dialogs.ask(self._owner, "撤回这件稿件？", told, "撤回"):
            self._do(lambda: self._desk.services.drafts.withdraw(draft.id))

    def _in_place(self, facts: DraftFacts) -> bool:
        return facts.view.author_gone and facts.view.draft.author_id != self._desk.actor.person_id

    def _void(self, facts: DraftFacts) -> None:
        draft = facts.view.draft
        keeps = "编号留在台账中记为作废，不再使用。" if draft.number else "作废后不能再改。"
        if self._in_place(facts):
            keeps = f"作者（{facts.view.author}）已离岗，由您代为作废。{keeps}"
        title = "作废这件稿件"
        reason = self._desk.dialogs.ask_text(self._owner, title, "理由", about=draft.id, text=keeps, yes="作废")
        if reason:
            self._do(lambda: self._desk.services.drafts.void(draft.id, reason), reason_for=(title, draft.id))

    def _do(self, job: Callable[[], Draft], then_open: str = "", reason_for: tuple[str, str] | None = None) -> None:
        def done(_draft: Draft) -> None:
            if reason_for is not None:
                self._desk.dialogs.text_taken(*reason_for)
            self._desk.changes.tell("drafts")
            if then_open:
                self._desk.open(then_open)

        self._desk.tasks.run(self._owner, job, done)

    @staticmethod
    def _show(dialog: QDialog) -> None:
        """Open a dialog over the window; it lets itself go when closed."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
