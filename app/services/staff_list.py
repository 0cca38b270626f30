"""People and their roles: added, renamed, ended, never deleted (articles 3, 5 and 7)."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.errors import (
    DeciderUnfitError,
    FieldInvalidError,
    MissingFieldError,
    NotFoundError,
    PersonLeftError,
    RoleConflictError,
)
from app.intake.scan_pages import check_scans
from app.models.audit import keyed_hash
from app.models.records import StatementKind, UseKind
from app.models.right import Right, Role
from app.models.staff import Actor, Authorization, Person, RoleGrant, RoleLimit, check_roles
from app.models.storable import storable, storable_record
from app.services.departure import Departure, departed, first_day_without
from app.services.kept_things import custody_reach, refuse_leaving, refuse_lost_reach, refuse_no_sign_in
from app.services.record_room import RecordRoom
from app.services.role_terms import grant_roles, keep_an_administrator, limit_facts, over, standing
from app.services.sign_in import SignIn
from app.services.signers import signers, without_signer
from app.services.written_words import refuse_marked_words
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class StaffLine:
    """One person with the roles held today."""

    person: Person
    roles: frozenset[Role]
    has_passcode: bool
    grants: tuple[RoleGrant, ...] = ()
    """What the roles rest on, and those that begin later."""
    past: tuple[RoleGrant, ...] = ()
    """What was held before."""


class StaffList:
    """The unit's people."""

    def __init__(self, room: RecordRoom, sign_in: SignIn) -> None:
        self._room, self._sign_in = room, sign_in

    def actor(self) -> Actor:
        """Return the person at the desk with today's roles."""
        with self._room.store.reading() as unit:
            return self._room.actor(unit)

    def list(self, *, include_left: bool = False) -> tuple[StaffLine, ...]:
        """Return everybody who has not left, with today's roles; after them those who have and are still known."""
        with self._room.store.reading() as unit:
            people = sorted(unit.people.list(include_left=include_left), key=lambda person: person.left_on is not None)
            known = [person for person in people if person.left_on is None or unit.people.audit_key(person.id)]
            return tuple(self._line(unit, person, self._room.today()) for person in known)

    @staticmethod
    def _line(unit: UnitOfWork, person: Person, today: date) -> StaffLine:
        record, grants = unit.passcodes.find(person.id), unit.roles.grants(person.id)
        return StaffLine(
            person,
            unit.roles.of(person.id, today),
            record is not None and not record.one_time,
            standing(grants, today),
            over(grants, today),
        )

    def names(self) -> dict[str, str]:
        """Return the name of everybody who is or was on file, by id."""
        with self._room.store.reading() as unit:
            return {person.id: person.name for person in unit.people.list(include_left=True)}

    def holders(self, role: Role, day: date, account_ids: tuple[str, ...] = ()) -> tuple[Person, ...]:
        """Return who holds a role on a day for all of some accounts, and who is authorized to sign for them."""
        with self._room.store.reading() as unit:
            return signers(unit, role, day, account_ids)

    def add(
        self,
        name: str,
        department: str,
        duty: str,
        *,
        signs_in: bool,
        roles: frozenset[Role],
        passcode: str,
        basis: str = "",
        limits: tuple[RoleLimit, ...] = (),
    ) -> Person:
        """Put a person on file with roles, held as `set_roles` says; giving roles asks the own passcode again."""
        name, department, duty, basis = storable_record((name, department, duty, basis))
        refuse_marked_words(self._room, "basis", basis)
        if not name.strip():
            raise MissingFieldError("person_name")
        check_roles(roles)
        self._room.require(Right.ADMINISTER)
        self._sign_in.confirm(passcode)
        person = Person(self._room.new_id(), name.strip(), department.strip(), duty.strip(), signs_in)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ADMINISTER)
            unit.people.save(person, self._room.now())
            given = basis.strip() or "新增人员"
            grant_roles(unit, person.id, roles, limits, given, self._room.today(), self._room.new_id)
            facts: dict[str, object] = {
                "name": keyed_hash(unit.people.audit_key(person.id), person.name),
                "roles": sorted(roles),
            }
            if limits:
                facts["limits"] = limit_facts(limits)
            self._room.record(unit, actor, "person.add", f"person:{person.id}", facts)
        return person

    def set_roles(
        self,
        person_id: str,
        roles: frozenset[Role],
        basis: str,
        passcode: str,
        limits: tuple[RoleLimit, ...] = (),
    ) -> None:
        """Give and take roles, with the own passcode; what was held stays on record with its dates.

        A role is held for all accounts, from today on, without an end, unless one of `limits` says otherwise.
        Raises `HandoverNeededError` where 密码保管人 is taken from somebody who still keeps a password (article 6).
        """
        check_roles(roles)
        basis = storable(basis)
        if not basis.strip():
            raise MissingFieldError("basis")
        refuse_marked_words(self._room, "basis", basis)
        self._room.require(Right.ADMINISTER)
        self._sign_in.confirm(passcode)
        today = self._room.today()
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ADMINISTER)
            if unit.people.get(person_id).left_on is not None:
                raise PersonLeftError
            before = custody_reach(unit, person_id, today)
            grant_roles(unit, person_id, roles, limits, basis.strip(), today, self._room.new_id)
            keep_an_administrator(unit, today)
            refuse_lost_reach(unit, person_id, today, before)
            facts: dict[str, object] = {"roles": sorted(roles)}
            if limits:
                facts["limits"] = limit_facts(limits)
            self._room.record(unit, actor, "person.roles", f"person:{person_id}", facts)

    def change(self, person_id: str, name: str, department: str, duty: str, *, signs_in: bool) -> None:
        """Change what is on file of a person; an earlier name is kept with its dates.

        Raises `HandoverNeededError` for a custodian who is to sign in no more (article 6).
        """
        name, department, duty = storable_record((name, department, duty))
        if not name.strip():
            raise MissingFieldError("person_name")
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ADMINISTER)
            known = unit.people.get(person_id)
            if known.signs_in and not signs_in:
                refuse_no_sign_in(unit, person_id, self._room.today())
            person = replace(
                known,
                name=name.strip(),
                department=department.strip(),
                duty=duty.strip(),
                signs_in=signs_in,
            )
            if person.signs_in and person.left_on is not None:
                raise PersonLeftError
            unit.people.save(person, self._room.now())
            keep_an_administrator(unit, self._room.today())
            facts: dict[str, object] = {"name": keyed_hash(unit.people.audit_key(person_id), person.name)}
            self._room.record(unit, actor, "person.change", f"person:{person_id}", facts)

    def leave(self, person_id: str, left_on: date, basis: str, passcode: str) -> Departure:
        """Mark on a basis and with the own passcode that a person has left; the roles end, the records stay.

        Raises `HandoverNeededError` while the person keeps passwords or enters accounts by scanning (article 6).
        """
        if left_on > self._room.today():
            raise FieldInvalidError("left_on")
        basis = storable(basis).strip()
        if not basis:
            raise MissingFieldError("basis")
        refuse_marked_words(self._room, "basis", basis)
        self._room.require(Right.ADMINISTER)
        self._sign_in.confirm(passcode)
        today = self._room.today()
        with self._room.store.writing() as unit:
            actor, person = self._room.acting(unit, Right.ADMINISTER), unit.people.get(person_id)
            if person.left_on is not None:
                raise PersonLeftError
            refuse_leaving(unit, person_id, today)
            stuck = without_signer(unit, first_day_without(left_on, today))
            unit.people.save(replace(person, left_on=left_on, signs_in=False), self._room.now())
            # One that begins after the day of leaving must not hold either: it ends before it began.
            ending = standing(unit.roles.grants(person_id), left_on)
            for grant in ending:
                unit.roles.end(grant.id, left_on)
            keep_an_administrator(unit, today)
            facts: dict[str, object] = {
                "on": left_on.isoformat(),
                "words": self._room.state(unit, actor, f"person:{person_id}", StatementKind.LEAVE, basis),
            }
            self._room.record(unit, actor, "person.leave", f"person:{person_id}", facts)
            return departed(unit, person, left_on, (grant.role for grant in ending), today, stuck)

    def come_back(
        self,
        person_id: str,
        roles: frozenset[Role],
        basis: str,
        passcode: str,
        limits: tuple[RoleLimit, ...] = (),
        *,
        signs_in: bool,
    ) -> None:
        """Take somebody who left in again on the same record, with roles given anew and the own passcode.

        What was written and decided before stays theirs. Their old passcode opens nothing: they come in with a new
        one-time code.
        """
        check_roles(roles)
        basis = storable(basis)
        if not basis.strip():
            raise MissingFieldError("basis")
        refuse_marked_words(self._room, "basis", basis)
        self._room.require(Right.ADMINISTER)
        self._sign_in.confirm(passcode)
        today = self._room.today()
        with self._room.store.writing() as unit:
            actor, person = self._room.acting(unit, Right.ADMINISTER), unit.people.get(person_id)
            if person.left_on is None or not unit.people.audit_key(person_id):
                raise NotFoundError("person", person_id)
            unit.people.save(replace(person, left_on=None, signs_in=signs_in), self._room.now())
            if (old := unit.passcodes.find(person_id)) is not None:
                unit.passcodes.save(replace(old, hash="", one_time=True, public_key=b"", private_key=b""))
            grant_roles(unit, person_id, roles, limits, basis.strip(), today, self._room.new_id)
            facts: dict[str, object] = {"left": person.left_on.isoformat(), "roles": sorted(roles)}
            if limits:
                facts["limits"] = limit_facts(limits)
            self._room.record(unit, actor, "person.return", f"person:{person_id}", facts)

    def authorize(
        self, from_person_id: str, to_person_id: str, role: Role, from_on: date, to_on: date, scan: Path, passcode: str
    ) -> Authorization:
        """Record a signed 授权 with its scan and the own passcode; a signature under it is printed 受托.

        Whoever authorizes must hold the role on the first day; nobody authorizes themselves.
        """
        if to_on < from_on:
            raise FieldInvalidError("to_on")
        if from_person_id == to_person_id:
            raise RoleConflictError
        self._room.require(Right.REGISTER_PAPER)
        check_scans(scan)
        self._sign_in.confirm(passcode)
        new_id, now = self._room.new_id(), self._room.now()
        with self._room.receiving(scan) as (file,), self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            if role not in unit.roles.of(from_person_id, from_on):
                raise DeciderUnfitError
            kept = self._room.keep(unit, file, UseKind.SCAN, f"authorization:{new_id}", scan.name, now)
            given = Authorization(new_id, from_person_id, to_person_id, role, from_on, to_on, kept)
            unit.roles.authorize(given)
            facts: dict[str, object] = {
                "from": from_person_id,
                "to": to_person_id,
                "role": role,
                "days": f"{from_on.isoformat()}/{to_on.isoformat()}",
                "scan": kept,
            }
            self._room.record(unit, actor, "person.authorize", f"person:{to_person_id}", facts)
        return given
