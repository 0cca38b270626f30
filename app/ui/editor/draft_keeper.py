"""Saves a draft as it is typed, one save after the other, and stops at once at a 密级标志."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import AppError, ChangedMeanwhileError, SecrecyMarkError
from app.models.draft import Draft
from app.services.drafts import Drafts
from app.services.secrecy_clearing import Cleared
from app.services.text_checks import standing_marks
from app.ui.desk import Desk
from app.ui.editor.picture_shelf import PictureShelf

PAUSE: Final = 800
"""Milliseconds after the last key until a draft is saved."""


class KeepState(StrEnum):
    """How what is typed stands to what is stored."""

    KEPT = "kept"
    TYPING = "typing"
    STOPPED = "stopped"


@dataclass
class _Stored:
    """The draft as it is stored; read and written by the one worker of the records lane alone."""

    draft: Draft
    started: bool = True
    edits_noted: bool = False

    def start(self, drafts: Drafts) -> None:
        """Start a draft that was opened blank, unless that is done."""
        if not self.started:
            drafts.start(draft_id=self.draft.id)
            self.started = True


class DraftKeeper(QObject):
    """Keeps one draft; `gather` gives it as it stands in the window.

    `moved` tells of every change of `state`; `secrecy_met`, `overtaken` and `failed` say why saving stopped.
    """

    moved = Signal()
    secrecy_met = Signal()
    overtaken = Signal()
    failed = Signal(object)

    def __init__(
        self, desk: Desk, draft: Draft, gather: Callable[[], Draft], shelf: PictureShelf, *, started: bool = True
    ) -> None:
        super().__init__()
        self._desk, self._gather, self._shelf = desk, gather, shelf
        self._stored = _Stored(draft, started)
        self._typed = self._sent = 0
        self._began = False
        self.draft_id = draft.id
        self.kept_at: datetime | None = None
        self.state = KeepState.KEPT
        self.version = draft.version
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save)

    @property
    def unsaved(self) -> bool:
        """Whether something is typed that is not stored yet."""
        return self.state is not KeepState.KEPT

    @property
    def started(self) -> bool:
        """Whether the draft is kept; what was opened blank is not until something is typed. For the records lane."""
        return self._stored.started

    @property
    def untouched(self) -> bool:
        """Whether a draft that was opened blank is blank still."""
        return not self._typed and not self._stored.started

    def touch(self) -> None:
        """Something was typed: save it after a pause. The first touch of a blank draft starts it."""
        if not self._began:
            self._began = True
            self._note_begin()
        self._typed += 1
        if self.state is not KeepState.STOPPED:
            self._move(KeepState.TYPING)
            self._timer.start(PAUSE)

    def save(self) -> None:
        """Save now what is not on its way already."""
        self._timer.stop()
        if self._sent == self._typed or self.state is KeepState.STOPPED:
            return
        self._sent = number = self._typed
        job = self.saving()
        self._desk.tasks.run(self, job, lambda draft: self._kept(draft, number), self.refused)

    def answer(self, keys: tuple[str, ...], reason: str, answered: Callable[[Draft], None]) -> None:
        """Store the draft as it stands now, with a written reason for some findings, by one act."""
        self._timer.stop()
        self._sent = number = self._typed
        drafts = self._desk.services.drafts
        job = self._storing(lambda draft: draft.answered(keys, reason), lambda d: drafts.answer(d, keys, reason))

        def done(draft: Draft) -> None:
            self._kept(draft, number)
            answered(draft)

        self._desk.tasks.run(self, job, done, self.refused)

    def saving(self) -> Callable[[], Draft]:
        """Return the job that stores the draft as it stands now; it belongs into the records lane."""
        return self._storing(lambda draft: draft, self._desk.services.drafts.save)

    def _storing(self, shown: Callable[[Draft], Draft], store: Callable[[Draft], Draft]) -> Callable[[], Draft]:
        draft, drafts, stored = self._gather(), self._desk.services.drafts, self._stored
        pending = self._shelf.pending(draft.content.file_digests())

        def job() -> Draft:
            # What the lane stored last counts: an answer may be stored already and not yet be home.
            ours = replace(draft, version=stored.draft.version, silenced=stored.draft.silenced)
            # Pictures reach the disk only with a text that may be kept.
            if standing_marks(drafts.findings(ours.content), shown(ours).silenced):
                raise SecrecyMarkError
            stored.start(drafts)
            for data in pending.values():
                drafts.keep_file(data)
            stored.draft = store(replace(ours, version=stored.draft.version))
            return stored.draft

        return job

    def clearing(self) -> Callable[[], Cleared]:
        """Return the job that stores the draft as it was emptied and takes away what held its words."""
        draft, drafts, stored = self._gather(), self._desk.services.drafts, self._stored

        def job() -> Cleared:
            stored.start(drafts)
            cleared = drafts.clear_secrecy_mark(draft)
            stored.draft = cleared.draft
            return cleared

        return job

    def stop(self) -> None:
        """Save nothing any more until `go_on`."""
        self._timer.stop()
        self._move(KeepState.STOPPED)

    def go_on(self) -> None:
        """Save again, beginning with what is typed now."""
        self._typed += 1
        self._move(KeepState.TYPING)
        self.save()

    def leave(self) -> None:
        """Save at once and record the end of the editing; the lane does both before anything that follows."""
        if self.state is not KeepState.STOPPED:
            self.save()
        if self._began:
            self._began = False
            self._note_end()

    @property
    def typed(self) -> int:
        """How often something was typed."""
        return self._typed

    def replace_stored(self, draft: Draft, typed: int) -> None:
        """Go on from a draft that another job stored as it stood when `typed` was counted, e.g. 立即清除."""
        self.version, self.kept_at, self._sent = draft.version, self._desk.now(), typed
        self._move(KeepState.KEPT)
        if self._typed > typed:
            self._move(KeepState.TYPING)
            self.save()

    def take_version(self, version: int) -> None:
        """Save over what another hand stored."""
        stored = self._stored
        stored.draft = replace(stored.draft, version=version)
        self.go_on()

    def _kept(self, draft: Draft, number: int) -> None:
        self.version = draft.version
        self.kept_at = self._desk.now()
        self._shelf.kept(draft.content.file_digests())
        if self.state is not KeepState.STOPPED and number == self._typed:
            self._move(KeepState.KEPT)
        else:
            self.moved.emit()

    def refused(self, error: AppError) -> bool:
        """Take note that the draft could not be stored, and say why."""
        if isinstance(error, SecrecyMarkError):
            self.stop()
            self.secrecy_met.emit()
        elif isinstance(error, ChangedMeanwhileError):
            self.stop()
            self.overtaken.emit()
        else:
            # The next key tries again.
            self._sent = -1
            self._move(KeepState.TYPING)
            self.failed.emit(error)
        return True

    def _note_begin(self) -> None:
        draft_id, drafts, stored = self.draft_id, self._desk.services.drafts, self._stored

        def job() -> None:
            stored.start(drafts)
            if not stored.edits_noted:
                drafts.note_editing(draft_id, begins=True)
                stored.edits_noted = True

        self._desk.tasks.run(self, job, lambda _done: None)

    def _note_end(self) -> None:
        draft_id, drafts, stored = self.draft_id, self._desk.services.drafts, self._stored

        def job() -> None:
            if stored.edits_noted:
                stored.edits_noted = False
                drafts.note_editing(draft_id, begins=False)

        self._desk.tasks.run(self, job, lambda _done: None)

    def _move(self, state: KeepState) -> None:
        self.state = state
        self.moved.emit()
