"""One-time codes and the recovery slip: how somebody without a passcode gets in (article 6).

Nobody sets another's passcode: a code is drawn, printed on a slip, and used once to choose one.
"""

from dataclasses import dataclass
from datetime import timedelta

from app.errors import (
    LockedOutError,
    PersonLeftError,
    ReasonNeededError,
    RightMissingError,
    RoleConflictError,
    SignInRefusedError,
)
from app.models.audit import keyed_hash
from app.models.passcode import PasscodeRecord
from app.models.right import Right, Role
from app.models.staff import Actor, Person
from app.services.door_names import called_at_door, meant
from app.services.record_room import RecordRoom
from app.services.sign_in import SignIn
from app.services.wrong_tries import WrongTries
from app.storage.unit_of_work import UnitOfWork
from app.vault.passcode_hash import PasscodeHasher, new_one_time_code, tidy_code

RECOVERY_HASH, SECOND_PERSON = "recovery_hash", "second_person"
"""Settings: the hash of the code in the safe, and who may draw the administrator a new code."""
RECOVERY = "recovery"
"""Stands for a person in the recovery code, which belongs to the unit."""


@dataclass(frozen=True)
class OneTimeCode:
    """A code just drawn: to be printed on a slip, and kept nowhere; 0 valid days mean without limit."""

    person_id: str
    person: str
    """As the list at the door calls them."""
    code: str
    valid_days: int


class CodeDesk:
    """Draws codes and says who may."""

    def __init__(self, room: RecordRoom, hasher: PasscodeHasher, sign_in: SignIn) -> None:
        self._room, self._hasher, self._sign_in = room, hasher, sign_in
        self._tries = WrongTries(room)

    def issue(self, person_id: str, reason: str, passcode: str) -> OneTimeCode:
        """忘记口令: the administrator draws a new one-time code; the person is told at the next sign-in.

        Whoever draws confirms with their own passcode. An administrator's own code is drawn by another administrator
        or by the second person named at set-up.
        """
        if not reason.strip():
            raise ReasonNeededError
        with self._room.store.reading() as unit:
            self._drawing(unit, person_id)
        self._sign_in.confirm(passcode)
        code = new_one_time_code()
        hashed = self._hasher.hash(code)
        with self._room.store.writing() as unit:
            actor = self._drawing(unit, person_id)
            one_time = self.write_code(unit, unit.people.get(person_id), code, hashed, reason.strip(), actor.name)
            facts: dict[str, object] = {"reason": keyed_hash(unit.people.audit_key(person_id), reason.strip())}
            self._room.record(unit, actor, "passcode.reset", f"person:{person_id}", facts)
        return one_time

    def may_issue(self, person_id: str) -> bool:
        """Say whether the person at the desk may draw a new code for somebody."""
        with self._room.store.reading() as unit:
            try:
                self._drawing(unit, person_id)
            except RightMissingError:
                return False
        return True

    def _drawing(self, unit: UnitOfWork, person_id: str) -> Actor:
        actor = self._room.actor(unit)
        second = unit.settings.get(SECOND_PERSON) == actor.person_id
        for_administrator = second and Role.ADMINISTRATOR in unit.roles.of(person_id, self._room.today())
        # Nobody draws their own, not even an administrator who was named another's second person.
        if actor.person_id != person_id and (Right.ADMINISTER in actor.rights or for_administrator):
            return actor
        raise RightMissingError(Right.ADMINISTER)

    def recover(self, name: str, recovery_code: str) -> tuple[OneTimeCode, OneTimeCode]:
        """Let an administrator in again with the slip from the safe: a new code, and a new recovery slip.

        Nobody is signed in. The slip counts once; wrong tries count like sign-ins. Raises `LockedOutError` or
        `SignInRefusedError`, also for a name that is no administrator's.
        """
        today = self._room.today()
        with self._room.store.writing() as unit:
            kept = unit.settings.get(RECOVERY_HASH)
            found = [p for p in meant(unit, name.strip()) if Role.ADMINISTRATOR in unit.roles.of(p.id, today)]
            guard = self._tries.of_name(unit, RECOVERY)
            if wait := self._tries.wait([guard]):
                raise LockedOutError(wait)
            fits = bool(kept) and self._hasher.matches(kept or "", tidy_code(recovery_code))
            if not found or not fits:
                self._tries.count(unit, (), [guard])
        if not found or not fits:
            raise SignInRefusedError
        code, fresh = new_one_time_code(), new_one_time_code()
        hashed, fresh_hash = self._hasher.hash(code), self._hasher.hash(fresh)
        with self._room.store.writing() as unit:
            if unit.settings.get(RECOVERY_HASH) != kept:
                raise SignInRefusedError
            self._tries.forget(unit, guard)
            one_time = self.write_code(unit, found[0], code, hashed, "用恢复口令重新登录", "恢复口令单")
            slip = self.keep_recovery(unit, fresh, fresh_hash)
            self._room.record(unit, None, "passcode.recover", f"person:{found[0].id}")
        return one_time, slip

    def renew_recovery(self, passcode: str) -> OneTimeCode:
        """Draw a new recovery code, with the own passcode; the slip in the safe no longer counts."""
        self._room.require(Right.ADMINISTER)
        self._sign_in.confirm(passcode)
        code = new_one_time_code()
        hashed = self._hasher.hash(code)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ADMINISTER)
            slip = self.keep_recovery(unit, code, hashed)
            self._room.record(unit, actor, "passcode.recovery_renew", "unit:recovery")
        return slip

    def name_second_person(self, person_id: str, passcode: str) -> None:
        """Name who may draw the administrator a new code, with the own passcode; nobody is their own second person."""
        self._room.require(Right.ADMINISTER)
        self._sign_in.confirm(passcode)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ADMINISTER)
            if person_id == actor.person_id:
                raise RoleConflictError
            if unit.people.get(person_id).left_on is not None:
                raise PersonLeftError
            unit.settings.set(SECOND_PERSON, person_id)
            self._room.record(unit, actor, "passcode.second_person", f"person:{person_id}")

    def second_person(self) -> str:
        """Return the id of the second person, or '' when none is named."""
        with self._room.store.reading() as unit:
            return unit.settings.get(SECOND_PERSON) or ""

    def keep_recovery(self, unit: UnitOfWork, code: str, hashed: str) -> OneTimeCode:
        """Keep a recovery code's hash inside a transaction that somebody else records."""
        unit.settings.set(RECOVERY_HASH, hashed)
        return OneTimeCode(RECOVERY, "系统管理员恢复口令单（封存备用）", code, 0)

    def write_code(self, unit: UnitOfWork, person: Person, code: str, hashed: str, reason: str, by: str) -> OneTimeCode:
        """Write a one-time code for a person inside a transaction that somebody else records."""
        now = self._room.now()
        policy = unit.policies.current(self._room.today()).policy
        days = policy.limit("code_valid_days").number
        unit.passcodes.save(
            PasscodeRecord(
                person_id=person.id,
                hash=hashed,
                one_time=True,
                expires_on=self._room.today() + timedelta(days=days),
                public_key=b"",
                private_key=b"",
                changed_at=now,
                reset_reason=reason,
                reset_by=by,
                reset_seen=not reason,
            )
        )
        self._tries.forget(unit, self._tries.of_person(unit, person.id))
        return OneTimeCode(person.id, called_at_door(unit).get(person.id, person.name), code, days)
