"""Who may confirm a restore: two people of the backup itself, one an administrator; wrong tries wait (article 6)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from app.errors import LockedOutError, NoAdministratorError, SamePersonError, WitnessRefusedError
from app.models.clock import beijing_day
from app.models.passcode import SignInGuard
from app.models.right import Right
from app.models.staff import Actor, acting_person, allowed
from app.models.storable import storable
from app.services.code_desk import RECOVERY_HASH
from app.services.door_names import meant
from app.storage.unit_of_work import Store, UnitOfWork
from app.vault.passcode_hash import PasscodeHasher, tidy_code


@dataclass(frozen=True)
class Witness:
    """A person who confirms a restore, as they sign in; an administrator may use the recovery slip's code instead."""

    name: str
    passcode: str = field(repr=False)


class WitnessDesk:
    """Knows two people again by the records of a backup.

    Wrong tries are counted while the program runs: a backup is only read, and there is no other place yet that could
    keep them.
    """

    def __init__(self, hasher: PasscodeHasher, clock: Callable[[], datetime]) -> None:
        self._hasher, self._clock = hasher, clock
        self._guards: dict[str, SignInGuard] = {}
        self.refused = 0
        """Wrong tries since the program was started, or since somebody was let through."""

    def admit(self, store: Store, first: Witness, second: Witness) -> tuple[Actor, Actor]:
        """Return both people, the administrator first.

        Raises `LockedOutError`, `WitnessRefusedError`, `SamePersonError`, `NoAdministratorError`.
        """
        witnesses = (first, second)
        self.refuse_locked(*witnesses)
        with store.reading() as unit:
            known = [self._known(unit, witness) for witness in witnesses]
        one, other = known
        if one is None or other is None:
            wrong = tuple(place for place, found in enumerate(known) if found is None)
            self._count({_hashed(witnesses[place].name) for place in wrong})
            self.refuse_locked(*(witnesses[place] for place in wrong))
            raise WitnessRefusedError(tuple(place + 1 for place in wrong))
        if one.person_id == other.person_id:
            raise SamePersonError
        if allowed(one, Right.ADMINISTER):
            return one, other
        if allowed(other, Right.ADMINISTER):
            return other, one
        raise NoAdministratorError

    def refuse_locked(self, *witnesses: Witness) -> None:
        """Refuse those who have to wait after wrong tries (`LockedOutError`)."""
        now = self._clock()
        guards = (self._guards.get(_hashed(witness.name)) for witness in witnesses)
        wait = max((guard.seconds_locked(now) for guard in guards if guard), default=0)
        if wait:
            raise LockedOutError(wait)

    def forget(self) -> None:
        """Forget the wrong tries: a restore was confirmed and is done."""
        self.refused = 0
        self._guards.clear()

    def _count(self, names: set[str]) -> None:
        """Count one wrong try for each name; what was typed is not kept, it may be a passcode in the wrong field."""
        for name in names:
            self._guards[name] = self._guards.get(name, SignInGuard(name)).after_failure(self._clock())
            self.refused += 1

    def _known(self, unit: UnitOfWork, witness: Witness) -> Actor | None:
        """Return the person of a name and passcode, or None; an unknown name takes as long as a known one."""
        found = [person for person in meant(unit, storable(witness.name).strip()) if person.signs_in]
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


def _hashed(name: str) -> str:
    """Hash a name without what the door writes behind it: written in another way it is no fresh count."""
    return hashlib.sha256(storable(name).partition("（")[0].strip().encode()).hexdigest()
