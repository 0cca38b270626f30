"""Signing in, choosing a passcode, and 忘记口令 (article 6; nobody sets another's passcode)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from app.errors import (
    CodeExpiredError,
    LockedOutError,
    LongerPasscodeNeededError,
    OwnPasscodeWrongError,
    PasscodeChangeNeededError,
    PasscodeWeakError,
    SamePersonError,
    SignInRefusedError,
)
from app.models.passcode import CUSTODIAN_PASSCODE_LENGTH, PASSCODE_LENGTH, PasscodeRecord
from app.models.right import Role
from app.models.staff import Actor, Person
from app.models.storable import storable
from app.services.door_names import called_at_door, meant
from app.services.record_room import RecordRoom
from app.services.wrong_tries import WrongTries
from app.storage.unit_of_work import UnitOfWork
from app.vault.key_pair import new_key_pair, rewrap
from app.vault.passcode_hash import PasscodeHasher, check_strength, passcode_length, tidy_code


@dataclass(frozen=True)
class SignedIn:
    """The result of a sign-in; `notice` tells of a reset the person has not seen yet."""

    actor: Actor
    notice: str = ""


class SignIn:
    """The door: names and passcodes in, a session out."""

    def __init__(self, room: RecordRoom, hasher: PasscodeHasher) -> None:
        self._room, self._hasher, self._tries = room, hasher, WrongTries(room)

    def names(self) -> tuple[str, ...]:
        """Return how those who sign in are called; each name stands for one person."""
        return tuple(self.called().values())

    def called(self) -> dict[str, str]:
        """Return how those who sign in are called, by id; namesakes with what tells them apart."""
        with self._room.store.reading() as unit:
            return called_at_door(unit)

    def sign_in(self, name: str, passcode: str) -> SignedIn:
        """Open a session, or refuse with the same words whatever was wrong.

        Raises `PasscodeChangeNeededError` when a one-time code was right, `LongerPasscodeNeededError` when the person
        has come to keep the passwords since: `choose` comes first; `CodeExpiredError` when a code's days are over.
        """
        person, record, _ = self._recognised(name, passcode)
        if record.one_time:
            raise PasscodeChangeNeededError
        if passcode_length(passcode) < self._least(person):
            raise LongerPasscodeNeededError
        with self._entering(person), self._room.store.writing() as unit:
            self._room.check_clock(unit)
            if unit.passcodes.find(person.id) != record:
                # A new code was drawn in the meantime: the old passcode opens nothing any more.
                raise SignInRefusedError
            self._tries.forget(unit, self._tries.of_person(unit, person.id))
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
            self._tries.forget(unit, self._tries.of_person(unit, person.id))
            actor = self._room.actor(unit)
            facts: dict[str, object] = {"with": "code" if record.one_time else "passcode"}
            self._room.record(unit, actor, "passcode.choose", f"person:{person.id}", facts)
        return SignedIn(actor, record.reset_reason if not record.reset_seen else "")

    def confirm(self, passcode: str) -> None:
        """Ask the own passcode again before a grave act; wrong tries count like sign-ins."""
        with self._room.store.writing() as unit:
            actor = self._room.actor(unit)
            record, guard = unit.passcodes.find(actor.person_id), self._tries.of_person(unit, actor.person_id)
            if wait := self._tries.wait([guard]):
                raise LockedOutError(wait)
            if record is not None and self._hasher.matches(record.hash, passcode):
                if guard.failures:
                    self._tries.forget(unit, guard)
                return
            self._tries.count(unit, [actor.person_id], [guard])
        raise OwnPasscodeWrongError

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
            self._tries.forget(unit, self._tries.of_person(unit, person.id))
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
        """Return whose passcode or code was typed, with its record and the namesakes' records, or refuse and count.

        `name` is how the list at the door calls one person, or a name as typed, which namesakes share.
        It is judged inside the transaction that counts it: of any number of tries at once each sees those before it.
        """
        name, tries = storable(name).strip(), self._tries
        with self._room.store.writing() as unit:
            named = meant(unit, name)
            records = {p: unit.passcodes.find(p.id) for p in named if p.signs_in}
            known = {person: record for person, record in records.items() if record is not None}
            guards = {person.id: tries.of_person(unit, person.id) for person in known}
            # A person who is locked is not tried, a namesake who is not still is.
            free = {person: record for person, record in known.items() if not tries.wait([guards[person.id]])}
            asked = [guards[person.id] for person in free] if known else [tries.of_name(unit, name)]
            if not free and (wait := tries.wait(list(guards.values()) or asked)):
                raise LockedOutError(wait)
            if not known:
                self._hasher.waste_time(typed)
            fits = [
                (person, record)
                for person, record in free.items()
                if self._hasher.matches(record.hash, tidy_code(typed) if record.one_time else typed)
            ]
            for person, record in fits:
                if record.expires_on is None or record.expires_on >= self._room.today():
                    return person, record, _namesakes(unit, person)
            counted = tries.count(unit, [person.id for person in free or named], asked)
            locked = tries.wait([*counted, *(guards[person.id] for person in known if person not in free)])
        if locked:
            raise LockedOutError(locked)
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
            name = unit.units.get().name
        check_strength(passcode, self._least(person), (person.name, name, code, "xianshen", "先审"))

    def _least(self, person: Person) -> int:
        """Return how many characters the passcode of a person needs by today's roles."""
        with self._room.store.reading() as unit:
            roles = unit.roles.of(person.id, self._room.today())
        return CUSTODIAN_PASSCODE_LENGTH if Role.PASSWORD_CUSTODIAN in roles else PASSCODE_LENGTH


def _namesakes(unit: UnitOfWork, person: Person) -> list[PasscodeRecord]:
    others = (unit.passcodes.find(p.id) for p in unit.people.named(person.name) if p.signs_in and p.id != person.id)
    return [record for record in others if record is not None]
