"""立即清除: the emptied draft, the files that held its words, the index and the entry, all of it by one act."""

from dataclasses import dataclass, replace

from app.errors import ActionNotAllowedError, SecrecyMarkError
from app.models.draft import EDITABLE_STATES, Draft, DraftAction, check_lengths
from app.models.records import FileUse, UseKind
from app.models.storable import storable_record
from app.services.file_removal import give_up, give_up_copies, remove_given_up
from app.services.record_room import RecordRoom
from app.services.text_checks import TextChecks
from app.services.working_copy import keep_beside
from app.storage.unit_of_work import UnitOfWork
from app.textcheck.secrecy_rule import SECRECY_MARK


@dataclass(frozen=True)
class Cleared:
    """A draft as it stands after 立即清除."""

    draft: Draft
    left: int = 0
    """Files that could not be removed yet, e.g. while another program holds one; the next start tries again."""
    submitted: tuple[int, ...] = ()
    """The revisions in which a mark went to the signers as 误报: signed for and numbered, they are never rewritten."""


def clear_draft(room: RecordRoom, checks: TextChecks, emptied: Draft) -> Cleared:
    """Save a draft as the window emptied it and take away what held the words; the chain keeps only that it happened.

    The imported copy goes, and so do the pictures and attachments that neither the emptied text nor a submitted
    revision names, and what was kept for a text that was never saved. What another hand saved meanwhile goes too.
    A crash before the commit leaves everything as it was, and one behind it no more than files without a name in
    the records and former copies, which the next start or the next clearing removes. Raises `SecrecyMarkError` while
    a mark stands.
    """
    emptied = storable_record(emptied)
    check_lengths(emptied.content)
    if checks.secrecy_marks(emptied.content):
        raise SecrecyMarkError
    with room.store.writing() as unit:
        before = unit.drafts.get(emptied.id)
        actor = room.authoring(unit, before.author_id)
        if before.state not in EDITABLE_STATES:
            raise ActionNotAllowedError(DraftAction.REVISE, before.state)
        # A reason given for a mark holds its words, and a note may.
        emptied = replace(emptied, silenced=(), notes="", updated_at=room.now())
        emptied = replace(emptied, state=before.state, number=before.number, version=before.version)
        saved = unit.drafts.save_working_copy(emptied)
        keep_beside(unit, saved)
        named = _named(unit, saved)
        released = _released(unit, f"draft:{saved.id}", named)
        orphans = {use.sha256 for use in released if not unit.files.used(use.sha256)}
        give_up(unit, orphans | set(unit.files.forget_unused(named)))
        give_up_copies(unit, room)
        room.record(unit, actor, "draft.secrecy_cleared", f"draft:{saved.id}")
        unit.search.optimize()
        submitted = _submitted(unit, saved)
    return Cleared(saved, remove_given_up(room), submitted)


def _named(unit: UnitOfWork, draft: Draft) -> frozenset[str]:
    """Return the files that the draft or one of its submitted revisions names."""
    named = draft.content.file_digests()
    for number in range(1, draft.revision + 1):
        revision = unit.revisions.find(draft.id, number)
        named |= revision.content.file_digests() if revision else frozenset()
    return named


def _submitted(unit: UnitOfWork, draft: Draft) -> tuple[int, ...]:
    """Return the submitted revisions whose marks were declared a false alarm."""
    found = (unit.revisions.find(draft.id, number) for number in range(1, draft.revision + 1))
    prefix = f"{SECRECY_MARK.name}:"
    return tuple(
        revision.number
        for revision in found
        if revision and any(key.startswith(prefix) for key, _ in revision.silenced)
    )


def _released(unit: UnitOfWork, subject: str, named: frozenset[str]) -> tuple[FileUse, ...]:
    loose = [use for use in unit.files.uses(subject, UseKind.CONTENT) if use.sha256 not in named]
    released = (*unit.files.uses(subject, UseKind.ORIGINAL), *loose)
    for use in released:
        unit.files.release(subject, use.kind, use.sha256)
    return released
