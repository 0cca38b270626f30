"""People and their roles: added, renamed, ended, never deleted (articles 3, 5 and 7)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from app.errors import (
    DeciderUnfitError,
    FieldInvalidError,
    LastAdministratorError,
    MissingFieldError,
    RoleConflictError,
)
from app.models.audit import keyed_hash
from app.models.records import UseKind
from app.models.right import Right, Role
from app.models.staff import Actor, Authorization, Person, RoleGrant, check_roles
from app.models.storable import storable, storable_record
from app.services.record_room import RecordRoom
from app.services.sign_in import SignIn
from app.services.signers import signers
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class StaffLine:
    """One person with the roles held today."""

    person: Person
    roles: frozenset[Role]
    has_passcode: bool


class StaffList:
    """The unit's people."""

    def __init__(self, room: RecordRoom, sign_in: SignIn) -> None:
        self._room, self._sign_in = room, sign_in

    def actor(self) -> Actor:
        """Return the person at the desk with today's roles."""
        with self._room.store.reading() as unit:
            return self._room.actor(unit)

    def list(self) -> tuple[StaffLine, ...]:
        """Return everybody who has not left, with today's roles."""
        with self._room.store.reading() as unit:
            return tuple(
                StaffLine(
                    person,
                    unit.roles.of(person.id, self._room.today()),
                    (record := unit.passcodes.find(person.id)) is not None and not record.one_time,
                )
                for person in unit.people.list()
            )

    def names(self) -> dict[str, str]:
        """Return the name of everybody who is or was on file, by id."""
        with self._room.store.reading() as unit:
            return {person.id: person.name for person in unit.people.list(include_left=True)}

    def holders(self, role: Role, day: date) -> tuple[Person, ...]:
        """Return who holds a role on a day, and who is authorized to sign for them."""
        with self._room.store.reading() as unit:
            return signers(unit, role, day)

    def add(
        self, name: str, department: str, duty: str, *, signs_in: bool, roles: frozenset[Role], passcode: str
    ) -> Person:
        """Put a person on file with roles from today; giving roles asks the own passcode again."""
        name, department, duty = storable_record((name, department, duty))
        if not name.strip():
            raise MissingFieldError("person_name")
        check_roles(roles)
        self._room.require(Right.ADMINISTER)
        self._sign_in.confirm(passcode)
        person = Person(self._room.new_id(), name.strip(), department.strip(), duty.strip(), signs_in)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ADMINISTER)
            unit.people.save(person, self._room.now())
            for role in sorted(roles):
                unit.roles.add(RoleGrant(self._room.new_id(), person.id, role, self._room.today(), basis="新增人员"))
            facts: dict[str, object] = {
                "name": keyed_hash(unit.people.audit_key(person.id), person.name),
                "roles": sorted(roles),
            }
            self._room.record(unit, actor, "person.add", f"person:{person.id}", facts)
        return person

    def set_roles(self, person_id: str, roles: frozenset[Role], basis: str, passcode: str) -> None:
        """Give and take roles from today on, with the own passcode; what was held stays on record with its dates."""
        check_roles(roles)
        basis = storable(basis)
        if not basis.strip():
            raise MissingFieldError("basis")
        self._room.require(Right.ADMINISTER)
        self._sign_in.confirm(passcode)
        today = self._room.today()
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ADMINISTER)
            held = [g for g in unit.roles.grants(person_id) if g.holds_on(today)]
            for grant in held:
                if grant.role not in roles:
                    unit.roles.end(grant.id, today - timedelta(days=1))
            for role in sorted(roles - {grant.role for grant in held}):
                unit.roles.add(RoleGrant(self._room.new_id(), person_id, role, today, basis=basis.strip()))
            self._keep_an_administrator(unit)
            self._room.record(unit, actor, "person.roles", f"person:{person_id}", {"roles": sorted(roles)})

    def change(self, person_id: str, name: str, department: str, duty: str, *, signs_in: bool) -> None:
        """Change what is on file of a person; an earlier name is kept with its dates."""
        name, department, duty = storable_record((name, department, duty))
        if not name.strip():
            raise MissingFieldError("person_name")
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ADMINISTER)
            person = replace(
                unit.people.get(person_id),
                name=name.strip(),
                department=department.strip(),
                duty=duty.strip(),
                signs_in=signs_in,
            )
            unit.people.save(person, self._room.now())
            self._keep_an_administrator(unit)
            facts: dict[str, object] = {"name": keyed_hash(unit.people.audit_key(person_id), person.name)}
            self._room.record(unit, actor, "person.change", f"person:{person_id}", facts)

    def leave(self, person_id: str, left_on: date) -> None:
        """Mark that a person has left; the roles end, the records stay."""
        if left_on > self._room.today():
            raise FieldInvalidError("left_on")
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ADMINISTER)
            unit.people.save(replace(unit.people.get(person_id), left_on=left_on, signs_in=False), self._room.now())
            for grant in unit.roles.grants(person_id):
                if grant.holds_on(left_on):
                    unit.roles.end(grant.id, left_on)
            self._keep_an_administrator(unit)
            self._room.record(unit, actor, "person.leave", f"person:{person_id}", {"on": left_on.isoformat()})

    def authorize(
        self, from_person_id: str, to_person_id: str, role: Role, from_on: date, to_on: date, scan: Path
    ) -> Authorization:
        """Record a signed 授权 with its scan; a signature under it is printed 受托.

        Whoever authorizes must hold the role on the first day; nobody authorizes themselves.
        """
        if to_on < from_on:
            raise FieldInvalidError("to_on")
        if from_person_id == to_person_id:
            raise RoleConflictError
        self._room.require(Right.REGISTER_PAPER)
        stored = self._room.files.put_file(scan)
        given = Authorization(self._room.new_id(), from_person_id, to_person_id, role, from_on, to_on, stored.sha256)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            if role not in unit.roles.of(from_person_id, from_on):
                raise DeciderUnfitError
            unit.files.register(stored, self._room.now())
            unit.files.use(stored.sha256, UseKind.SCAN, f"authorization:{given.id}", scan.name, self._room.now())
            unit.roles.authorize(given)
            facts: dict[str, object] = {
                "from": from_person_id,
                "to": to_person_id,
                "role": role,
                "days": f"{from_on.isoformat()}/{to_on.isoformat()}",
                "scan": stored.sha256,
            }
            self._room.record(unit, actor, "person.authorize", f"person:{to_person_id}", facts)
        return given

    def _keep_an_administrator(self, unit: UnitOfWork) -> None:
        """Refuse to take the last administrator away: the unit would be locked out of its own records."""
        today = self._room.today()
        if not any(Role.ADMINISTRATOR in unit.roles.of(p.id, today) for p in unit.people.list() if p.signs_in):
            raise LastAdministratorError
