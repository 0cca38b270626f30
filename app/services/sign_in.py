"""Signing in, choosing a passcode, and 忘记口令 (article 6; nobody sets another's passcode)."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from app.errors import (
    CodeExpiredError,
    LockedOutError,
    PasscodeChangeNeededError,
    PasscodeWeakError,
    SamePersonError,
    SignInRefusedError,
)
from app.models.passcode import CUSTODIAN_PASSCODE_LENGTH, PASSCODE_LENGTH, PasscodeRecord
from app.models.right import Role
from app.models.staff import Actor, Person
from app.models.storable import storable
from app.services.record_room import RecordRoom
from app.storage.unit_of_work import UnitOfWork
from app.vault.key_pair import new_key_pair, rewrap
from app.vault.passcode_hash import PasscodeHasher, check_strength, tidy_code


@dataclass(frozen=True)
class SignedIn:
    """The result of a sign-in; `notice` tells of a reset the person has not seen yet."""

    actor: Actor
    notice: str = ""


class SignIn:
    """The door: names and passcodes in, a session out."""

    def __init__(self, room: RecordRoom, hasher: PasscodeHasher) -> None:
        self._room, self._hasher = room, hasher

    def names(self) -> tuple[str, ...]:
        """Return the names of those who sign in, each once: passcodes tell namesakes apart."""
        with self._room.store.reading() as unit:
            return tuple(dict.fromkeys(person.name for person in unit.people.list() if person.signs_in))

    def sign_in(self, name: str, passcode: str) -> SignedIn:
        """Open a session, or refuse with the same words whatever was wrong.

        Raises `PasscodeChangeNeededError` when a one-time code was right: `choose` comes first; `CodeExpiredError`
        when its days are over.
        """
        person, record, _ = self._recognised(name, passcode)
        if record.one_time:
            raise PasscodeChangeNeededError
        with self._entering(person), self._room.store.writing() as unit:
            self._room.check_clock(unit)
            if unit.passcodes.find(person.id) != record:
                # A new code was drawn in the meantime: the old passcode opens nothing any more.
                raise SignInRefusedError
            unit.sign_ins.clear(self._name_hash(unit, name))
            actor = self._room.actor(unit)
            notice = ""
            if not record.reset_seen:
                notice = record.reset_reason
                unit.passcodes.save(replace(record, reset_seen=True))
            self._room.record(unit, actor, "session.sign_in", f"person:{person.id}")
        return SignedIn(actor, notice)

    def choose(self, name: str, code: str, new_passcode: str) -> SignedIn:
        """Choose a passcode with a one-time code or the old passcode, and sign in with it.

        An old passcode re-wraps the private key; a one-time code makes a new pair.
        """
        person, record, namesakes = self._recognised(name, code)
        self._check_choice(person, new_passcode, code)
        if any(self._hasher.matches(other.hash, new_passcode) for other in namesakes):
            # Two people of one name are told apart by nothing else.
            raise PasscodeWeakError("guessable", PASSCODE_LENGTH)
        hashed = self._hasher.hash(new_passcode)
        if record.one_time or not record.private_key:
            public, wrapped = new_key_pair(new_passcode)
        else:
            public, wrapped = record.public_key, rewrap(record.private_key, code, new_passcode)
        with self._entering(person), self._room.store.writing() as unit:
            if unit.passcodes.find(person.id) != record:
                # A one-time code counts once, however many try it at the same moment.
                raise SignInRefusedError
            unit.passcodes.save(
                replace(
                    record,
                    hash=hashed,
                    one_time=False,
                    expires_on=None,
                    public_key=public,
                    private_key=wrapped,
                    changed_at=self._room.now(),
                    reset_seen=True,
                )
            )
            self._room.check_clock(unit)
            unit.sign_ins.clear(self._name_hash(unit, name))
            actor = self._room.actor(unit)
            facts: dict[str, object] = {"with": "code" if record.one_time else "passcode"}
            self._room.record(unit, actor, "passcode.choose", f"person:{person.id}", facts)
        return SignedIn(actor, record.reset_reason if not record.reset_seen else "")

    def confirm(self, passcode: str) -> None:
        """Ask the own passcode again before a grave act; wrong tries count like sign-ins."""
        with self._room.store.reading() as unit:
            actor = self._room.actor(unit)
            record = unit.passcodes.find(actor.person_id)
            guard = unit.sign_ins.find(self._name_hash(unit, actor.name))
        if wait := guard.seconds_locked(self._room.now()):
            raise LockedOutError(wait)
        if record is None or not self._hasher.matches(record.hash, passcode):
            self.count_failure(actor.name)
            raise SignInRefusedError
        if guard.failures:
            with self._room.store.writing() as unit:
                unit.sign_ins.clear(guard.name_hash)

    def witness(self, name: str, passcode: str) -> Person:
        """Return the second person of an act that takes two, known by their own passcode; nobody is signed in or out.

        Wrong tries count like sign-ins. Raises `SamePersonError` for the person at the desk, and what `sign_in` raises.
        """
        with self._room.store.reading() as unit:
            actor = self._room.actor(unit)
        person, record, _ = self._recognised(name, passcode)
        if record.one_time:
            raise PasscodeChangeNeededError
        if person.id == actor.person_id:
            raise SamePersonError
        with self._room.store.writing() as unit:
            if unit.passcodes.find(person.id) != record:
                raise SignInRefusedError
            unit.sign_ins.clear(self._name_hash(unit, name))
        return person

    def sign_out(self) -> None:
        """Close the session, also when its entry cannot be written: nobody may go on in the name of who left."""
        if not self._room.session.person_id:
            return
        try:
            with self._room.store.writing() as unit:
                actor = self._room.actor(unit)
                self._room.record(unit, actor, "session.sign_out", f"person:{actor.person_id}")
        finally:
            self._room.session.person_id = ""

    def _recognised(self, name: str, typed: str) -> tuple[Person, PasscodeRecord, list[PasscodeRecord]]:
        """Return whose passcode or code was typed, with its record and the namesakes' records, or refuse and count."""
        name = storable(name).strip()
        with self._room.store.reading() as unit:
            guard = unit.sign_ins.find(self._name_hash(unit, name))
            records = {p: unit.passcodes.find(p.id) for p in unit.people.named(name) if p.signs_in}
        if wait := guard.seconds_locked(self._room.now()):
            raise LockedOutError(wait)
        known = {person: record for person, record in records.items() if record is not None}
        if not known:
            self._hasher.waste_time(typed)
        fits = [
            (person, record)
            for person, record in known.items()
            if self._hasher.matches(record.hash, tidy_code(typed) if record.one_time else typed)
        ]
        for person, record in fits:
            if record.expires_on is None or record.expires_on >= self._room.today():
                return person, record, [other for other in known.values() if other is not record]
        self.count_failure(name)
        if wait := self.seconds_locked(name):
            raise LockedOutError(wait)
        raise CodeExpiredError if fits else SignInRefusedError

    @contextmanager
    def _entering(self, person: Person) -> Iterator[None]:
        """Let a person in for what follows; a transaction that fails leaves whoever was there before."""
        before, self._room.session.person_id = self._room.session.person_id, person.id
        try:
            yield
        except BaseException:
            self._room.session.person_id = before
            raise

    def _check_choice(self, person: Person, passcode: str, code: str) -> None:
        with self._room.store.reading() as unit:
            roles = unit.roles.of(person.id, self._room.today())
            name = unit.units.get().name
        minimum = CUSTODIAN_PASSCODE_LENGTH if Role.PASSWORD_CUSTODIAN in roles else PASSCODE_LENGTH
        check_strength(passcode, minimum, (person.name, name, code, "xianshen", "先审"))

    def count_failure(self, name: str) -> None:
        """Count a wrong try for a name; every fifth locks it."""
        with self._room.store.writing() as unit:
            hashed = self._name_hash(unit, name)
            guard = unit.sign_ins.find(hashed).after_failure(self._room.now())
            unit.sign_ins.save(guard)
            # Whose name it was, never what was typed: a passcode slips into the name field now and then.
            known = unit.people.named(name.strip())
            subject = f"person:{known[0].id}" if known else "person:unknown"
            self._room.record(unit, None, "session.refused", subject, {"failures": guard.failures})

    def seconds_locked(self, name: str) -> int:
        """Return how long a name still has to wait."""
        with self._room.store.reading() as unit:
            return unit.sign_ins.find(self._name_hash(unit, name)).seconds_locked(self._room.now())

    def clear_failures(self, unit: UnitOfWork, name: str) -> None:
        """Forget the wrong tries of a name inside a transaction that somebody else records."""
        unit.sign_ins.clear(self._name_hash(unit, name))

    @staticmethod
    def _name_hash(unit: UnitOfWork, name: str) -> str:
        """Hash a typed name under the unit's id: a passcode typed into the name field must not be kept."""
        own = unit.units.find()
        salt = own.id if own else ""
        return hashlib.sha256(f"xianshen-name/1\n{salt}\n{storable(name.strip())}".encode()).hexdigest()
