"""Restoring a backup where nothing was begun: two people of the backup itself confirm it, one an administrator."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.errors import AppError
from app.models.archive_package import Progress, ProgressReport
from app.models.backup import RESTORED, BackupFacts, BackupSnapshot
from app.models.clock import beijing_day, to_text
from app.models.expiry import Expiry
from app.models.staff import Actor
from app.models.stated_words import WordsReport
from app.services.audit_desk import checked_chain
from app.services.found_backups import FoundBackup, SearchedDrive, backups_in, backups_on_drives
from app.services.retention_desk import expiries_on
from app.services.witnesses import Witness, WitnessDesk
from app.storage.backup_folder import chosen_snapshot, inspect_backup
from app.storage.records_place import check_data_folder
from app.storage.restored_folder import check_database, check_target, restore
from app.storage.unit_of_work import Store
from app.vault.passcode_hash import PasscodeHasher

__all__ = ["RestoreReport", "Restoring", "Witness"]

_RESTORED_NAME = "Xianshen"


@dataclass(frozen=True)
class RestoreReport:
    """What was restored, whereto, and the administrator who confirmed it."""

    snapshot: BackupSnapshot
    folder: Path
    administrator: Actor
    words: WordsReport = field(default_factory=WordsReport)
    """The records whose words are not those that the chain was told of, or are gone: so they came with the backup."""
    over: tuple[Expiry, ...] = ()
    """What is kept no longer by today's date: whatever of it was removed after the backup is there again."""


class Restoring:
    """Needs no open data folder: it asks the backup who its people are."""

    def __init__(self, hasher: PasscodeHasher, clock: Callable[[], datetime], *, searches: bool = True) -> None:
        """Unless it `searches`, look only into folders that are named, and at no drive."""
        self._clock, self._searches = clock, searches
        self._witnesses = WitnessDesk(hasher, clock)

    @staticmethod
    def inspect(folder: Path) -> BackupFacts:
        """Say which snapshots a backup folder holds; nothing is changed."""
        return inspect_backup(folder)

    def drives(self) -> tuple[SearchedDrive, ...]:
        """Look for backups on every drive that is plugged in."""
        return backups_on_drives() if self._searches else ()

    @staticmethod
    def look_in(place: Path) -> tuple[FoundBackup, ...]:
        """Look for backups in a chosen folder; raises as `backups_in`."""
        return backups_in(place)

    @staticmethod
    def check(source: Path, snapshot: BackupSnapshot, report: ProgressReport | None = None) -> None:
        """Read the database of a snapshot once; raises as `check_database`, and what the report raises."""
        done = 0

        def tick(count: int) -> None:
            nonlocal done
            done += count
            if report is not None:
                report(Progress("verify", done, snapshot.database_size))

        check_database(source, snapshot, tick)

    @staticmethod
    def check_target(target: Path) -> None:
        """Refuse a folder that cannot become the data folder; nothing is made.

        Raises `UnsafeFolderError`, `FolderNotEmptyError`, `DatabaseMissingError`, `TargetNotWritableError`.
        """
        check_data_folder(target)
        check_target(target)

    def target_in(self, folder: Path) -> Path:
        """Return a chosen folder if it is free, or one of its own below it; the top of a drive is never replaced."""
        return folder if self._is_free(folder) and not folder.is_mount() else folder / _RESTORED_NAME

    def target_beside(self, folder: Path) -> Path:
        """Return a data folder if nothing was begun in it, or a name beside it that is free."""
        names = (folder.with_name(f"{folder.name}-restored{number or ''}") for number in (0, *range(2, 100)))
        return next((target for target in (folder, *names) if self._is_free(target)), folder)

    def _is_free(self, target: Path) -> bool:
        try:
            check_target(target)
        except AppError:
            return False
        return True

    def restore(
        self,
        source: Path,
        target: Path,
        first: Witness,
        second: Witness,
        snapshot: str = "",
        report: ProgressReport | None = None,
    ) -> RestoreReport:
        """Restore a snapshot, the newest unless one is named, and mark the records: numbers to be confirmed.

        Both people must be of the backup, different, and one an administrator today. Words that were altered before
        the backup are reported and recorded, no reason to be without any records. Raises what
        `WitnessDesk.admit`, `check_data_folder` and `app.storage.restored_folder` raise; the target is as it was
        then, the backup always.
        """
        check_data_folder(target)
        self._witnesses.refuse_locked(first, second)
        chosen = chosen_snapshot(inspect_backup(source), snapshot)
        admitted: list[Actor] = []
        found: list[tuple[WordsReport, tuple[Expiry, ...]]] = []

        def admit(folder: Path) -> None:
            admitted.extend(self._witnesses.admit(Store(folder, self._clock), first, second))

        def seal(folder: Path) -> None:
            found.append(self._seal(Store(folder, self._clock), chosen, admitted))

        done = restore(source, target, chosen.name, report, admit=admit, seal=seal)
        self._witnesses.forget()
        return RestoreReport(done, target, admitted[0], *found[0])

    def _seal(
        self, store: Store, chosen: BackupSnapshot, people: list[Actor]
    ) -> tuple[WordsReport, tuple[Expiry, ...]]:
        administrator, other = people
        now = self._clock()
        with store.reading() as unit:
            words = checked_chain(unit).words
            over = tuple(expiry for expiry in expiries_on(unit, beijing_day(now)) if expiry.due)
        with store.writing() as unit:
            head = unit.audit.head()
            told = {
                "snapshot": chosen.name,
                "restored_at": to_text(now),
                "audit_seq": head.seq,
                "audit_head": head.hash,
            }
            unit.settings.set(RESTORED, json.dumps(told))
            facts: dict[str, object] = {
                "entries": head.seq,
                "head": head.hash,
                "people": [administrator.person_id, other.person_id],
            }
            if self._witnesses.refused:
                facts["refused"] = self._witnesses.refused
            if chosen.missing:
                facts["missing"] = chosen.missing
            if words != WordsReport():
                facts["altered"], facts["lost"] = len(words.altered), len(words.lost)
                facts["foreign"] = len(words.foreign)
            unit.audit.add(
                administrator.person_id,
                ",".join(sorted(administrator.roles)),
                "backup.restore",
                f"backup:{chosen.name}",
                facts,
            )
        return words, over
