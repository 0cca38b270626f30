"""The editor: a draft is written, kept as it is typed, checked while it is written, and submitted."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.errors import AppError, SubmissionBlockedError
from app.messages import explain
from app.models.draft import EDITABLE_STATES, Draft
from app.models.draft_list import DraftFilter, DraftQuery, DraftRow
from app.ui.desk import Desk
from app.ui.editor.draft_form import DraftForm, EditorFacts, read_facts
from app.ui.editor.draft_keeper import DraftKeeper, KeepState
from app.ui.editor.editor_checking import EditorChecking
from app.ui.editor.editor_files import EditorFiles
from app.ui.editor.editor_frame import EditorFrame
from app.ui.editor.editor_notices import opening_notice, saving_words
from app.ui.editor.editor_overtaking import EditorOvertaking
from app.ui.editor.editor_variants import EditorVariants
from app.ui.editor.side_panel import CHECKS, FACTS
from app.ui.editor.submitting import SHORT_HEADING, Submitted, short_words, submitting
from app.ui.theme import set_role
from app.ui.tokens import Tone


class EditorPage(EditorFrame):
    """One draft on the desk of its author."""

    name = "editor"
    heading = "编辑稿件"
    interests = frozenset({"accounts", "policy", "drafts"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.keeper: DraftKeeper | None = None
        self.facts: EditorFacts | None = None
        self.draft: Draft | None = None
        self._wanted = ""
        self.form = DraftForm(self.pane, self.panel, desk.now)
        self.files = EditorFiles(self)
        self.checking = EditorChecking(self)
        self.overtaking = EditorOvertaking(self)
        self.variants = EditorVariants(self)
        self._wire()
        self.setEnabled(False)

    # ---- what the window asks of a page -----------------------------------------------------------------

    def show_subject(self, subject: str) -> None:
        """Open `draft-editor:ID`, or a blank draft as `draft-editor:new`; another one that lies open is kept first."""
        draft_id = subject.partition(":")[2]
        if draft_id != self._wanted or self.keeper is None:
            if not self._may_let_go():
                return
            self.keep_input()
            self._wanted = "" if draft_id == "new" else draft_id
            self.read(self.opened)

    def refresh(self) -> None:
        """Read again what may have changed elsewhere; what is typed here is never overwritten."""
        if self._wanted and self.keeper is not None:
            self.read(self._read_again)

    def keep_input(self) -> None:
        """Save what is typed and record the end of the editing."""
        if self.keeper is None or self.read_only:
            return
        if not self.conflict.isHidden():
            self.overtaking.keep_both(opens=False)
        else:
            self.keeper.leave()

    @property
    def unsaved(self) -> str:
        """Say what would be lost: a text with a 密级标志, or one that could not be written."""
        if self.keeper is None or self.read_only or not self.keeper.unsaved:
            return ""
        if self.keeper.state is KeepState.STOPPED:
            return "稿件里有密级标志，没有保存。离开以后，上次保存之后写的文字不再保留。"
        return "稿件里刚写的文字没有存上。离开以后，上次保存之后写的文字不再保留。"

    def _may_let_go(self) -> bool:
        stopped = self.keeper is not None and self.keeper.state is KeepState.STOPPED and self.conflict.isHidden()
        return not stopped or self.desk.dialogs.ask(
            self, "有内容没有保存", self.unsaved, "不保存，离开", "继续编辑", danger=True
        )

    def printing(self) -> None:
        """Preview the review sheet of the latest submission."""
        if self.draft is None:
            return
        if not self.draft.revision:
            self.desk.dialogs.tell(self, "还没有审核表", "提交审核以后才有编号和审核表，到时可以预览和打印。")
            return
        self.preview(self.draft.id)

    def step_back(self) -> bool:
        """Go back to the draft in its list; what is typed is kept on the way."""
        self._leave()
        return True

    def new(self) -> None:
        """Open another draft, blank."""
        self.desk.open("draft-editor:new")

    def scenes(self) -> Iterable[tuple[str, Callable[[], None]]]:
        """Picture a draft's text with its facts, and with its checks."""
        return (("text", partial(self._picture, FACTS)), ("checks", partial(self._picture, CHECKS)))

    def _picture(self, part: str) -> None:
        drafts = self.desk.services.drafts

        def open_one(rows: tuple[DraftRow, ...]) -> None:
            if rows:
                self.desk.open(f"draft-editor:{rows[0].id}")
                self.show_part(part)

        self.desk.tasks.run(self, lambda: drafts.page(DraftQuery(DraftFilter.MINE), 0, 1), open_one)

    # ---- submission -------------------------------------------------------------------------------------

    def submit(self) -> None:
        """Submit what stands in the fields."""
        if self.keeper is None or self.keeper.state is KeepState.STOPPED:
            return
        self.setEnabled(False)
        job = submitting(self.desk.services, self.keeper.saving())
        self.keeper.leave()
        self.desk.tasks.run(self, job, self._submitted, self._not_submitted)

    def _submitted(self, found: Submitted) -> None:
        self.keeper, self._wanted = None, ""
        self.missing.hide()
        self.desk.changes.tell("drafts")
        self.desk.open(f"draft:{found.draft.id}")
        if found.short:
            self.desk.dialogs.tell(self, SHORT_HEADING, short_words(found.short))

    def _not_submitted(self, error: AppError) -> bool:
        self.setEnabled(True)
        if not isinstance(error, SubmissionBlockedError):
            assert self.keeper is not None
            return self.keeper.refused(error)
        self.missing.show_blocked(error)
        self.complain(error.missing)
        return True

    # ---- opening ----------------------------------------------------------------------------------------

    @property
    def read_only(self) -> bool:
        """Whether the person may only read the draft."""
        draft = self.draft
        return draft is None or draft.state not in EDITABLE_STATES or draft.author_id != self.desk.actor.person_id

    def read(self, done: Callable[[EditorFacts], None]) -> None:
        """Read the draft anew."""
        services, wanted, keeper = self.desk.services, self._wanted, self.keeper

        def job() -> EditorFacts:
            # Only in the lane is it known whether a first word has started the draft meanwhile.
            ours = keeper is not None and keeper.draft_id == wanted
            return read_facts(services, wanted, started=keeper.started if keeper and ours else bool(wanted))

        def failed(_error: AppError) -> bool:
            if not wanted:
                self.desk.open("page:drafts")
            return False

        self.desk.tasks.run(self, job, done, failed, topic="facts")

    def opened(self, facts: EditorFacts) -> None:
        """Show a draft that was read."""
        draft = facts.view.draft
        self.facts, self.draft, self._wanted = facts, draft, draft.id
        self.shelf.forget()
        self.missing.hide()
        self.left_behind.say("")
        self.complain(())
        self.form.load(facts)
        self.keeper = DraftKeeper(self.desk, draft, self._gather, self.shelf, started=facts.started)
        self.keeper.setParent(self)
        self.keeper.moved.connect(self._show_state)
        self.keeper.secrecy_met.connect(self.checking.check)
        self.keeper.overtaken.connect(self.overtaking.tell)
        self.keeper.failed.connect(self._save_failed)
        self.setEnabled(True)
        self._show_heading(facts)
        self.files.show_cover()
        self._show_state()
        self.variants.offer()
        self.checking.begin(draft.content)
        if not self.read_only:
            (self.pane.main.body if draft.content.title else self.pane.main.title).setFocus()

    def _read_again(self, facts: EditorFacts) -> None:
        keeper = self.keeper
        if keeper is None or facts.view.draft.id != self._wanted:
            return
        ours = facts.view.draft.version == keeper.version
        if not ours and not keeper.unsaved:
            self.opened(facts)
        elif ours and self.facts is not None and facts.lists != self.facts.lists:
            self.facts = facts
            self.form.load_lists(facts, self._gather())
            self.variants.show()

    def _show_heading(self, facts: EditorFacts) -> None:
        draft, closed = facts.view.draft, self.read_only
        revision = draft.revision + (draft.state in EDITABLE_STATES)
        self.title_label.setText(f"{draft.number} 第 {revision} 稿" if draft.number else self.heading)
        self.pane.set_read_only(closed)
        self.panel.set_read_only(closed)
        self.submit_button.setVisible(not closed)
        notice = opening_notice(facts.view, self.desk.actor, self.desk.now())
        self.banner.say(notice.text, notice.tone)
        self.revise_button.setVisible(notice.may_revise)

    # ---- typing, keeping, checking ------------------------------------------------------------------------

    def _gather(self) -> Draft:
        assert self.draft is not None
        return self.form.gather(self.draft)

    def edited(self) -> None:
        """Something in the fields changed: keep it and check it after a pause."""
        if self.keeper is None or self.read_only:
            return
        self.keeper.touch()
        self.checking.later()

    # ---- what stands in the way of saving -----------------------------------------------------------------

    def started(self, draft: Draft) -> None:
        """Go on with a draft that was just started."""
        self.keeper = None
        self.desk.changes.tell("drafts")
        self.desk.open(f"draft-editor:{draft.id}")

    def _save_failed(self, error: AppError) -> None:
        self.trouble.say(f"没有保存：{explain(error)}", Tone.DANGER)

    def _show_state(self) -> None:
        keeper, draft = self.keeper, self.draft
        if keeper is None or draft is None:
            return
        if not self.read_only and not keeper.unsaved:
            self.trouble.say("")
        words = saving_words(keeper, keeper.kept_at or draft.updated_at, self.desk.now())
        self.state_label.setText("" if self.read_only else words)
        set_role(self.state_label, tone="danger" if keeper.state is KeepState.STOPPED else "", role="small")

    def _save_key(self) -> None:
        if self.keeper is not None:
            self.keeper.save()
            self._show_state()

    # ---- leaving and wiring ---------------------------------------------------------------------------------

    def revise(self) -> None:
        """Open a submitted draft for change, once the person agrees that its decisions are void."""
        sure = self.desk.dialogs.ask(
            self, "修改内容要另起一稿", "改动之后，已有的签批全部作废，要重新送审；编号不变。", "另起一稿"
        )
        if sure and self.draft is not None:
            drafts, draft_id = self.desk.services.drafts, self.draft.id
            self.desk.tasks.run(self, lambda: drafts.revise(draft_id), self._revised)

    def _revised(self, _draft: Draft) -> None:
        self.desk.changes.tell("drafts")
        self.read(self.opened)

    def _leave(self) -> None:
        self.keep_input()
        blank = self.keeper is not None and self.keeper.untouched
        self.desk.open(f"draft:{self._wanted}" if self._wanted and not blank else "page:drafts")

    def _wire(self) -> None:
        self.back_button.clicked.connect(lambda _checked=False: self._leave())
        self.pane.edited.connect(self.edited)
        self.panel.edited.connect(self.edited)
        self.pane.noted.connect(lambda words: self.left_behind.say(words, Tone.WARNING))
        self.variants.wire()
        self.checking.wire()
        self.overtaking.wire()
        self.files.wire()
        save = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self._save_key)
