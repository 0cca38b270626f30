"""Wrong tries at a passcode or code: counted for each person, and for the name alone where it is nobody's."""

import hashlib
from collections.abc import Sequence

from app.models.passcode import SignInGuard
from app.models.storable import storable
from app.services.record_room import RecordRoom
from app.storage.unit_of_work import UnitOfWork


class WrongTries:
    """Counts inside the transaction in which the try is judged: as many at once as like are judged one by one."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def of_person(self, unit: UnitOfWork, person_id: str) -> SignInGuard:
        """Return the guard of one person; namesakes have one each."""
        return unit.sign_ins.find(_key(unit, "xianshen-person/1", person_id))

    def of_name(self, unit: UnitOfWork, name: str) -> SignInGuard:
        """Return the guard of a name that nobody signs in with."""
        return unit.sign_ins.find(_key(unit, "xianshen-name/1", storable(name.strip())))

    def wait(self, guards: Sequence[SignInGuard]) -> int:
        """Return the seconds until the first of the locked guards opens, or 0 when none is locked."""
        waits = [guard.seconds_locked(self._room.now()) for guard in guards]
        return min((wait for wait in waits if wait), default=0)

    def count(
        self, unit: UnitOfWork, person_ids: Sequence[str], guards: Sequence[SignInGuard]
    ) -> Sequence[SignInGuard]:
        """Count one wrong try for each guard and record it; every fifth locks.

        `person_ids` are those who may have been meant. What was typed is never kept: a passcode slips into the name
        field now and then.
        """
        counted = [guard.after_failure(self._room.now()) for guard in guards]
        for guard in counted:
            unit.sign_ins.save(guard)
        facts: dict[str, object] = {"failures": max(guard.failures for guard in counted)}
        if len(person_ids) > 1:
            facts["one_of"] = sorted(person_ids)
        subject = person_ids[0] if len(person_ids) == 1 else "unknown"
        self._room.record(unit, None, "session.refused", f"person:{subject}", facts)
        return counted

    def forget(self, unit: UnitOfWork, guard: SignInGuard) -> None:
        """Forget the wrong tries of one guard, inside a transaction that somebody else records."""
        unit.sign_ins.clear(guard.name_hash)


def _key(unit: UnitOfWork, kind: str, text: str) -> str:
    """Hash whom a guard belongs to under the unit's id: a passcode typed into the name field must not be kept."""
    own = unit.units.find()
    return hashlib.sha256(f"{kind}\n{own.id if own else ''}\n{text}".encode()).hexdigest()
