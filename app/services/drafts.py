"""A draft from its first word to its submission (articles 12 and 15(1))."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.errors import (
    ActionNotAllowedError,
    ReasonNeededError,
    RightMissingError,
    SecrecyMarkedWordsError,
    SecrecyMarkError,
    SubmissionBlockedError,
)
from app.intake.attached_words import attached_words
from app.intake.outside_file import check_usable
from app.models.content import Attachment, Block, BlockKind, Content
from app.models.draft import (
    DRAFT_LIFECYCLE,
    EDITABLE_STATES,
    Draft,
    DraftAction,
    DraftState,
    ReviewClass,
    Urgency,
    check_lengths,
    missing_for_submission,
)
from app.models.draft_list import DraftFilter, DraftQuery, DraftRow
from app.models.fingerprint import fingerprint
from app.models.records import StoredFile, UseKind
from app.models.right import Right
from app.models.storable import storable, storable_record
from app.models.visible_text import has_words
from app.services.draft_moves import author_gone, move_draft
from app.services.draft_view import DraftView, blank_view, draft_view
from app.services.record_room import RecordRoom
from app.services.secrecy_clearing import Cleared, clear_draft
from app.services.submission import give_number, submitted_revision
from app.services.text_checks import FieldFinding, TextChecks, standing_marks, unanswered
from app.services.working_copy import index_draft, keep_beside
from app.services.written_words import carries_mark, refuse_marked_words
from app.storage.unit_of_work import UnitOfWork

__all__ = ["DraftView", "Drafts"]


class Drafts:
    """The writing desk."""

    def __init__(self, room: RecordRoom, checks: TextChecks) -> None:
        self._room, self._checks = room, checks

    def page(self, query: DraftQuery, offset: int, limit: int) -> tuple[DraftRow, ...]:
        """Return some rows of the list, newest first."""
        with self._room.store.reading() as unit:
            return unit.drafts.page(self._mine(query), offset, limit)

    def count(self, query: DraftQuery) -> int:
        """Return how many rows the list has."""
        with self._room.store.reading() as unit:
            return unit.drafts.count(self._mine(query))

    def counts(self) -> dict[DraftFilter, int]:
        """Return how many drafts each chip of the list holds."""
        with self._room.store.reading() as unit:
            return unit.drafts.counts(self._room.session.person_id)

    def view(self, draft_id: str) -> DraftView:
        """Return a draft with its review and papers."""
        with self._room.store.reading() as unit:
            return draft_view(unit, draft_id, self._room.today())

    def blank(self, draft_id: str = "") -> DraftView:
        """Return an empty draft of the person at the desk that is kept nowhere; `start` under its id keeps it."""
        self._room.require(Right.WRITE)
        with self._room.store.reading() as unit:
            return blank_view(self._room.actor(unit), draft_id or self._room.new_id(), self._room.now())

    def start(self, content: Content | None = None, original: Path | None = None, draft_id: str = "") -> Draft:
        """Begin a draft, empty or from imported content, and keep the dropped file beside it.

        Raises `SecrecyMarkError` before anything is kept when the content carries a secrecy mark.
        """
        content = storable_record(content or Content())
        check_lengths(content)
        self.refuse_secrecy_marks("import", original.name if original else "", content)
        return self._begin(Draft(draft_id or self._room.new_id(), "", DraftState.WRITING, content), original)

    def copy(self, draft_id: str) -> Draft:
        """Begin an own draft, without a number, from one whose author has left; that one stays as it is.

        Raises `RightMissingError` as long as its author can write, `SecrecyMarkError` for an unanswered mark.
        """
        with self._room.store.reading() as unit:
            old = unit.drafts.get(draft_id)
            if not author_gone(unit, old.author_id, self._room.today()):
                raise RightMissingError(Right.WRITE)
        own = replace(self._fit_to_keep(old), id=self._room.new_id(), state=DraftState.WRITING, number=None, revision=0)
        return self._begin(replace(own, planned_at=None, notes="", version=0), copied_from=draft_id)

    def _begin(self, pattern: Draft, original: Path | None = None, copied_from: str = "") -> Draft:
        self._room.require(Right.WRITE)
        now, sources = self._room.now(), [original] if original else []
        with self._room.receiving(*sources) as received, self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.WRITE)
            draft = replace(pattern, author_id=actor.person_id, created_at=now, updated_at=now)
            unit.drafts.add(draft)
            for file, source in zip(received, sources, strict=True):
                self._room.keep(unit, file, UseKind.ORIGINAL, f"draft:{draft.id}", source.name, now)
            keep_beside(unit, draft)
            facts: dict[str, object] = {"fingerprint": fingerprint(draft.content)}
            if copied_from:
                facts["copied_from"] = copied_from
            self._room.record(unit, actor, "draft.start", f"draft:{draft.id}", facts)
        return draft

    def keep_file(self, data: bytes) -> str:
        """Store a picture or attachment before the draft that names it is saved; return its SHA-256."""
        return self._keep_ahead(data).sha256

    def attach(self, path: Path) -> Attachment:
        """Store a file that is to go with the post; the draft names it when it is saved.

        Raises `FileUnreadableError` for a folder, a shortcut or an empty file, and `SecrecyMarkError` with nothing
        kept for one whose words can be read and carry a secrecy mark.
        """
        check_usable(path)
        self._room.require(Right.WRITE)
        parts = attached_words(path)
        contents = (Content(blocks=tuple(Block(BlockKind.PARAGRAPH, words) for words in part)) for part in parts)
        self.refuse_secrecy_marks("attachment", path.name, *contents)
        stored = self._keep_ahead(path)
        return Attachment(stored.sha256, path.name, stored.size)

    def file(self, sha256: str) -> bytes:
        """Return the bytes of a stored file."""
        return self._room.files.read(sha256)

    def save(self, draft: Draft) -> Draft:
        """Save the working copy as typed: no audit entry, no history; refuse it while a secrecy mark stands.

        Raises `ChangedMeanwhileError` when another hand saved first, `SecrecyMarkError` with nothing saved,
        `SecrecyMarkedWordsError` when the mark stands in the notes.
        """
        draft = self._fit_to_keep(draft)
        with self._room.store.writing() as unit:
            return self._keep(unit, draft)

    def note_editing(self, draft_id: str, *, begins: bool) -> None:
        """Record 开始编辑 or 结束编辑, the latter with the fingerprint of what stands."""
        with self._room.store.writing() as unit:
            draft = unit.drafts.get(draft_id)
            actor = self._room.authoring(unit, draft.author_id)
            facts: dict[str, object] = {} if begins else {"fingerprint": fingerprint(draft.content)}
            action = "draft.edit_begin" if begins else "draft.edit_end"
            self._room.record(unit, actor, action, f"draft:{draft_id}", facts)

    def findings(self, content: Content) -> tuple[FieldFinding, ...]:
        """Return what the text check says of a content."""
        return self._checks.check_content(content)

    def refuse_secrecy_marks(self, where: str, file: str, *contents: Content) -> None:
        """Raise `SecrecyMarkError`, and note that it happened, when what came out of a file carries a secrecy mark."""
        if any(self._checks.secrecy_marks(content) for content in contents):
            with self._room.store.writing() as unit:
                actor = self._room.acting(unit, Right.WRITE)
                self._room.record(unit, actor, "draft.secrecy_refused", "draft:none", {"where": where})
            raise SecrecyMarkError(file)

    def clear_secrecy_mark(self, emptied: Draft) -> Cleared:
        """立即清除 by one act, as `clear_draft`: the window has emptied text and undo already."""
        return clear_draft(self._room, self._checks, emptied)

    def answer(self, draft: Draft, keys: tuple[str, ...], reason: str) -> Draft:
        """Answer findings with a written reason (误报 for a secrecy mark) and save the working copy, by one act.

        The reason is printed on the sheet. Raises as `save`, with nothing saved and nothing recorded.
        """
        if not has_words(reason):
            raise ReasonNeededError
        keys, reason = storable_record(keys), storable(reason).strip()
        refuse_marked_words(self._room, "answer", reason, answers=keys)
        draft = self._fit_to_keep(draft.answered(keys, reason))
        with self._room.store.writing() as unit:
            saved = self._keep(unit, draft)
            actor = self._room.authoring(unit, saved.author_id)
            rules = ",".join(dict.fromkeys(key.partition(":")[0] for key in keys))
            self._room.record(unit, actor, "draft.answer", f"draft:{draft.id}", {"rule": rules})
        return saved

    def submit(self, draft_id: str, version: int) -> Draft:
        """Submit the working copy: the number is given and the policy's chain copied (article 15(1)).

        Raises `SubmissionBlockedError` with what is missing and which findings stand unanswered, and
        `AccountNotCoveredError` when the author's role does not cover one of the accounts.
        """
        now = self._room.now()
        with self._room.store.writing() as unit:
            draft = unit.drafts.get(draft_id)
            rule = DRAFT_LIFECYCLE.rule(draft.state, DraftAction.SUBMIT)
            actor = self._room.authoring(unit, draft.author_id)
            check_lengths(draft.content)
            missing = missing_for_submission(draft.content)
            standing = unanswered(self._checks.check_content(draft.content), draft.silenced)
            if missing or standing:
                raise SubmissionBlockedError(missing, tuple(dict.fromkeys(f.finding.rule for f in standing)))
            self._room.acting(unit, Right.WRITE, *draft.content.account_ids)
            number = draft.number or give_number(unit, draft_id, now)
            revision, bound = submitted_revision(unit, draft, actor, now, self._checks.lexicon_version)
            saved = unit.drafts.save(
                replace(
                    draft, state=rule.target, number=number, revision=revision.number, updated_at=now, version=version
                )
            )
            index_draft(unit, saved)
            facts: dict[str, object] = {
                "number": str(number),
                "revision": revision.number,
                "fingerprint": revision.fingerprint,
                "policy": revision.policy_version,
                "class": draft.review_class,
                "words": bound,
            }
            self._room.record(unit, actor, "draft.submit", f"draft:{draft_id}", facts)
        return saved

    def withdraw(self, draft_id: str) -> Draft:
        """Take a submitted draft back, in review that of an author who has left too; its decisions no longer count."""
        return move_draft(self._room, draft_id, DraftAction.WITHDRAW)

    def revise(self, draft_id: str) -> Draft:
        """Open a submitted or approved draft for change: the next submission is a new revision (第N稿)."""
        return move_draft(self._room, draft_id, DraftAction.REVISE)

    def void(self, draft_id: str, reason: str) -> Draft:
        """Give a draft up, one's own or that of an author who has left; its number stays in the ledger as 作废."""
        if not has_words(reason):
            raise ReasonNeededError
        refuse_marked_words(self._room, "void", reason)
        return move_draft(self._room, draft_id, DraftAction.VOID, reason.strip())

    def set_handling(
        self, draft: Draft, *, review_class: ReviewClass, urgency: Urgency, category: str, planned_at: datetime | None
    ) -> Draft:
        """Return the draft with what is not content: class, urgency, category and planned time; `save` keeps it."""
        return replace(draft, review_class=review_class, urgency=urgency, category=category, planned_at=planned_at)

    def categories(self) -> tuple[str, ...]:
        """Return the categories (栏目) of the policy in force."""
        with self._room.store.reading() as unit:
            return unit.policies.current(self._room.today()).policy.categories

    def _keep_ahead(self, source: Path | bytes) -> StoredFile:
        self._room.require(Right.WRITE)
        with self._room.receiving(source) as (file,), self._room.store.writing() as unit:
            self._room.acting(unit, Right.WRITE)
            return self._room.register(unit, file, self._room.now())

    def _fit_to_keep(self, draft: Draft) -> Draft:
        """Return a draft as it may be stored, or raise as `save` does, or `FieldTooLongError`."""
        draft = storable_record(draft)
        check_lengths(draft.content)
        if standing_marks(self._checks.check_content(draft.content), draft.silenced):
            raise SecrecyMarkError
        # Notes are searched, and no reason answers for them.
        if carries_mark(draft.notes):
            raise SecrecyMarkedWordsError
        return draft

    def _keep(self, unit: UnitOfWork, draft: Draft) -> Draft:
        before = unit.drafts.get(draft.id)
        self._room.authoring(unit, before.author_id)
        if before.state not in EDITABLE_STATES:
            raise ActionNotAllowedError(DraftAction.REVISE, before.state)
        kept = replace(draft, state=before.state, number=before.number, updated_at=self._room.now())
        saved = unit.drafts.save_working_copy(kept)
        keep_beside(unit, saved)
        return saved

    def _mine(self, query: DraftQuery) -> DraftQuery:
        if query.filter is DraftFilter.MINE:
            return replace(query, author_id=self._room.session.person_id)
        return query
