"""Restoring a backup into an empty folder: two people of the backup itself confirm it, one an administrator."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.errors import RightMissingError, SamePersonError, SignInRefusedError
from app.models.archive_package import ProgressReport
from app.models.backup import RESTORED, BackupFacts, BackupSnapshot
from app.models.clock import beijing_day, to_text
from app.models.right import Right
from app.models.staff import Actor, acting_person, allowed
from app.services.code_desk import RECOVERY_HASH
from app.storage.backup_folder import chosen_snapshot, inspect_backup
from app.storage.records_place import check_data_folder
from app.storage.restored_folder import restore
from app.storage.unit_of_work import Store, UnitOfWork
from app.vault.passcode_hash import PasscodeHasher, tidy_code


@dataclass(frozen=True)
class Witness:
    """A person who confirms a restore, as they sign in; an administrator may use the recovery slip's code instead."""

    name: str
    passcode: str = field(repr=False)


class Restoring:
    """Needs no open data folder: it asks the backup who its people are."""

    def __init__(self, hasher: PasscodeHasher, clock: Callable[[], datetime]) -> None:
        self._hasher, self._clock = hasher, clock

    @staticmethod
    def inspect(folder: Path) -> BackupFacts:
        """Say which snapshots a backup folder holds; nothing is changed."""
        return inspect_backup(folder)

    def restore(
        self,
        source: Path,
        target: Path,
        first: Witness,
        second: Witness,
        snapshot: str = "",
        report: ProgressReport | None = None,
    ) -> BackupSnapshot:
        """Restore a snapshot, the newest unless one is named, and mark the records: numbers to be confirmed.

        Both people must be of the backup, different, and one an administrator today. Raises `SignInRefusedError`,
        `SamePersonError`, `RightMissingError`, `UnsafeFolderError` and what `app.storage.restored_folder` raises;
        the target is untouched then, the backup always.
        """
        check_data_folder(target)
        name = chosen_snapshot(inspect_backup(source), snapshot).name
        admitted: list[Actor] = []

        def admit(folder: Path) -> None:
            admitted.extend(self._admit(Store(folder, self._clock), first, second))

        def seal(folder: Path) -> None:
            self._seal(Store(folder, self._clock), name, admitted)

        return restore(source, target, name, report, admit=admit, seal=seal)

    def _admit(self, store: Store, first: Witness, second: Witness) -> tuple[Actor, Actor]:
        """Return both people, the administrator first."""
        with store.reading() as unit:
            known = [self._known(unit, witness) for witness in (first, second)]
        one, other = known
        if one is None or other is None:
            raise SignInRefusedError
        if one.person_id == other.person_id:
            raise SamePersonError
        if allowed(one, Right.ADMINISTER):
            return one, other
        if allowed(other, Right.ADMINISTER):
            return other, one
        raise RightMissingError(Right.ADMINISTER)

    def _known(self, unit: UnitOfWork, witness: Witness) -> Actor | None:
        """Return the person of a name and passcode, or None; an unknown name takes as long as a known one."""
        found = [person for person in unit.people.named(witness.name.strip()) if person.signs_in]
        recovery = unit.settings.get(RECOVERY_HASH)
        checked = False
        for person in found:
            record = unit.passcodes.find(person.id)
            actor = acting_person(person, unit.roles.held(person.id, beijing_day(self._clock())))
            if record is not None and not record.one_time:
                checked = True
                if self._hasher.matches(record.hash, witness.passcode):
                    return actor
            if allowed(actor, Right.ADMINISTER) and recovery:
                checked = True
                if self._hasher.matches(recovery, tidy_code(witness.passcode)):
                    return actor
        if not checked:
            self._hasher.waste_time(witness.passcode)
        return None

    def _seal(self, store: Store, name: str, people: list[Actor]) -> None:
        administrator, other = people
        now = self._clock()
        with store.writing() as unit:
            head = unit.audit.head()
            told = {"snapshot": name, "restored_at": to_text(now), "audit_seq": head.seq, "audit_head": head.hash}
            unit.settings.set(RESTORED, json.dumps(told))
            unit.audit.add(
                administrator.person_id,
                ",".join(sorted(administrator.roles)),
                "backup.restore",
                f"backup:{name}",
                {"entries": head.seq, "head": head.hash, "people": [administrator.person_id, other.person_id]},
            )
