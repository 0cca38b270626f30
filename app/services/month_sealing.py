"""封存 of a month: one at a time, its number given once, and no bag under the real name that is not sealed."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from app.archive.unsealed_bag import set_aside
from app.errors import AppError, ChangedMeanwhileError, MonthDeliveredError, ReasonNeededError, SealingBusyError
from app.models.archive_package import PackageFile
from app.models.month import Month
from app.models.monthly import ArchiveRecord
from app.models.records import UseKind
from app.models.right import Right
from app.services.archive_package_files import package_identity
from app.services.month_contents import refuse_unfiled
from app.services.papers import PaperBytes
from app.services.record_room import RecordRoom
from app.storage.folder_lock import FileLock

_LOCK = "archive.lock"
_LOG = logging.getLogger("xianshen")


class MonthSealing:
    """The beginning and the end of an archive; between them the bag is written."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the data folder for one archive; the system takes the lock back when the program ends.

        Raises `SealingBusyError` at once while another window or command archives: two of them would put each
        other's bag aside.
        """
        lock = FileLock(self._room.store.folder / _LOCK)
        if not lock.take():
            raise SealingBusyError
        try:
            yield
        finally:
            lock.release()

    def begin(self, month: Month, reason: str) -> tuple[str, int]:
        """Give the month its number (once) and say which version this is."""
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ARCHIVE)
            refuse_unfiled(unit, month)
            before = unit.months.archives(month)
            if any(record.handed_over_on for record in before):
                raise MonthDeliveredError
            if before and not reason.strip():
                raise ReasonNeededError
            subject = f"month:{month}"
            given = unit.numbers.of_subject("archive_cover", subject)
            if given is None:
                policy = unit.policies.current(self._room.today()).policy
                word = unit.units.get().code_word + policy.number_word("archive_cover").value
                given = unit.numbers.give("archive_cover", month.year, word, subject, self._room.now())
                self._room.record(unit, actor, "archive.begin", subject, {"number": str(given)})
            return str(given), len(before) + 1

    def seal(
        self,
        record: ArchiveRecord,
        files: list[PackageFile],
        info: tuple[tuple[str, str], ...],
        cover: PaperBytes,
        leftover: str,
    ) -> None:
        """封存: freeze contents list, manifest, number and head, and keep the generated files for re-export.

        Raises `ChangedMeanwhileError` when another hand sealed the same version in the meantime.
        """
        made = [(file.member, file.data) for file in files if file.data is not None]
        with self._room.receiving(*(data for _, data in made)) as received, self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ARCHIVE)
            if len(unit.months.archives(record.month)) != record.version - 1:
                raise ChangedMeanwhileError
            subject, at = f"archive:{record.id}", record.written_at
            digests = {
                member: self._room.keep(unit, file, UseKind.PAPER, subject, member, at)
                for file, (member, _) in zip(received, made, strict=True)
            }
            kept = [{"member": f.member, "title": f.title, "sha256": digests.get(f.member, f.sha256)} for f in files]
            frozen = {"name": record.folder_name, "info": info, "files": kept}
            contents = json.dumps(frozen, ensure_ascii=False, sort_keys=True)
            unit.months.add_archive(replace(record, written_by=actor.person_id), contents)
            facts: dict[str, object] = {
                "month": str(record.month),
                "version": record.version,
                "manifest": record.sha256_manifest_digest,
                "sm3": record.sm3_manifest_digest,
                "pages": cover.pages,
            }
            if leftover:
                facts["set_aside"] = leftover
            self._room.record(unit, actor, "archive.seal", f"archive:{record.id}", facts)

    def disown(self, record: ArchiveRecord, folder: Path, info: tuple[tuple[str, str], ...]) -> None:
        """Call a bag unsealed whose sealing was refused; what refused it is told, not what may go wrong here."""
        try:
            with self._room.store.reading() as unit:
                if any(sealed.id == record.id for sealed in unit.months.archives(record.month)):
                    return
            set_aside(folder, package_identity(info), self._room.now())
        except AppError as wrong:
            # E.g. the stick is gone: the next archive puts the bag aside.
            _LOG.warning("a bag that was not sealed keeps its name: %s", type(wrong).__name__)
