"""Backup and restore: a snapshot to a folder, and back into an empty one by two people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.errors import NotFoundError
from app.labels import label, record_label
from app.models.archive_package import ProgressReport
from app.models.backup import BackupFacts, BackupReport
from app.models.records import UseKind
from app.models.right import Right
from app.services.record_room import RecordRoom
from app.storage.backups import back_up, check_folder, inspect_backup
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class LackingFile:
    """A file on record that a backup lacks, once for each thing it is kept with; `str()` names it as people know it."""

    sha256: str
    kind: str
    name: str
    place: str
    """What it is kept with: a draft or post by number and title, else the kind of record."""

    def __str__(self) -> str:
        return self.kind + (f"“{self.name}”" if self.name else "") + (f"（{self.place}）" if self.place else "")


class BackupDesk:
    """Copies of the data, and where the last one lies."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def back_up(self, target: Path, report: ProgressReport | None = None) -> BackupReport:
        """Write a dated snapshot and the attachments it needs to a folder, verified."""
        self._room.require(Right.ADMINISTER)
        check_folder(self._room.store.folder, target)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ADMINISTER)
            self._room.record(unit, actor, "backup.begin", "backup:folder")
        done = back_up(self._room.store.folder, target, self._room.now(), report)
        facts: dict[str, object] = {"entries": done.audit_seq}
        if done.missing:
            facts["missing"] = done.missing
        with self._room.store.writing() as unit:
            unit.settings.set("last_backup_at", self._room.now().isoformat())
            self._room.record(unit, actor, "backup.done", "backup:folder", facts)
        return done

    def lacking(self, digests: tuple[str, ...]) -> tuple[LackingFile, ...]:
        """Say what the files that a backup lacks are, so that people can find them elsewhere."""
        with self._room.store.reading() as unit:
            return lacking_files(unit, digests)

    def last(self) -> str:
        """Return when the last backup was made (ISO text), or '' when there was none."""
        with self._room.store.reading() as unit:
            return unit.settings.get("last_backup_at") or ""

    @staticmethod
    def inspect(folder: Path) -> BackupFacts:
        """Say what a backup folder holds; nothing is changed."""
        return inspect_backup(folder)


def lacking_files(unit: UnitOfWork, digests: Iterable[str]) -> tuple[LackingFile, ...]:
    """Return what some stored files are, once for each thing they are kept with."""
    return tuple(file for digest in digests for file in _named(unit, digest))


def _named(unit: UnitOfWork, sha256: str) -> Iterator[LackingFile]:
    """Yield a file by each of its uses; a file that is on record without any is only called a file."""
    papers = unit.papers.with_pdf(sha256)
    # An issued paper is named by its kind, not once more as something issued.
    uses = [use for use in unit.files.uses_of(sha256) if not (papers and use.kind is UseKind.PAPER)]
    for paper in papers:
        subject = paper.subject_id if ":" in paper.subject_id else f"draft:{paper.subject_id}"
        yield LackingFile(sha256, label(paper.kind), "", _place(unit, subject) or paper.number)
    for use in uses:
        kind = use.subject.partition(":")[0]
        yield LackingFile(sha256, label(use.kind), use.name, _place(unit, use.subject) or record_label(kind))
    if not papers and not uses:
        yield LackingFile(sha256, record_label("file"), "", "")


def _place(unit: UnitOfWork, subject: str) -> str:
    kind, _, subject_id = subject.partition(":")
    draft_id, title = subject_id if kind == "draft" else "", ""
    if kind == "publication":
        try:
            post = unit.publications.get(subject_id)
        except NotFoundError:
            return ""
        draft_id, title = post.draft_id, post.title
    draft = unit.drafts.find(draft_id) if draft_id else None
    number = draft.number.short if draft and draft.number else ""
    title = title or (draft.content.title if draft else "")
    return number + (f"“{title}”" if title else "")
