"""The unit, its people, their roles and authorizations."""

import json
import secrets
from datetime import date, datetime

from sqlite_utils.db import Database

from app.errors import NotFoundError, SetupNeededError
from app.models.clock import beijing_day, from_text, to_text
from app.models.right import Role
from app.models.staff import Authorization, Person, RoleGrant, Unit, reaches
from app.storage.rows import Row, as_json, as_written, day, day_text, reader, select, select_one, write


class UnitRecords:
    """The one unit of this PC; its earlier names are kept with their dates."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self) -> Unit | None:
        row = select_one(self._db, "SELECT * FROM unit")
        if row is None:
            return None
        return Unit(
            row["id"],
            row["code"],
            row["name"],
            row["short_name"],
            row["supervisor"],
            row["code_word"],
            bool(row["sample"]),
        )

    def get(self) -> Unit:
        unit = self.find()
        if unit is None:
            raise SetupNeededError
        return unit

    def first_day(self) -> date:
        """Return the Beijing day on which the unit began to use the program."""
        row = select_one(self._db, "SELECT created_at FROM unit")
        if row is None:
            raise SetupNeededError
        with as_written("unit"):
            return beijing_day(from_text(row["created_at"]))

    def save(self, unit: Unit, at: datetime) -> None:
        before = self.find()
        row: Row = {
            "id": unit.id,
            "code": unit.code,
            "name": unit.name,
            "short_name": unit.short_name,
            "supervisor": unit.supervisor,
            "code_word": unit.code_word,
            "sample": int(unit.sample),
            "created_at": to_text(at),
        }
        if before is not None:
            del row["created_at"]
            names = ", ".join(f"{name} = ?" for name in row)
            self._db.execute(f"UPDATE unit SET {names} WHERE id = ?", (*row.values(), unit.id))  # noqa: S608
        else:
            write(self._db, "unit", row)
        if before is None or (before.name, before.code) != (unit.name, unit.code):
            _rename(self._db, "unit_name", "unit_id", unit.id, {"name": unit.name, "code": unit.code}, beijing_day(at))

    def names(self) -> frozenset[str]:
        """Return every name the unit ever had."""
        return frozenset(row["name"] for row in select(self._db, "SELECT DISTINCT name FROM unit_name"))

    def codes(self) -> frozenset[str]:
        """Return every code the unit ever had: its papers of any time are its own."""
        return frozenset(row["code"] for row in select(self._db, "SELECT DISTINCT code FROM unit_name"))


class PeopleRecords:
    """Everybody on file; nobody is ever deleted."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, person_id: str) -> Person:
        person = self.find(person_id)
        if person is None:
            raise NotFoundError("person", person_id)
        return person

    def find(self, person_id: str) -> Person | None:
        row = select_one(self._db, "SELECT * FROM person WHERE id = ?", (person_id,))
        return read_person(row) if row else None

    def named(self, name: str) -> tuple[Person, ...]:
        rows = select(self._db, "SELECT * FROM person WHERE name = ? AND left_on IS NULL ORDER BY created_at", (name,))
        return tuple(map(read_person, rows))

    def list(self, *, include_left: bool = False) -> tuple[Person, ...]:
        where = "" if include_left else "WHERE left_on IS NULL"
        rows = select(self._db, f"SELECT * FROM person {where} ORDER BY created_at, rowid")  # noqa: S608
        return tuple(map(read_person, rows))

    def save(self, person: Person, at: datetime) -> None:
        before = self.find(person.id)
        row: Row = {
            "id": person.id,
            "name": person.name,
            "department": person.department,
            "duty": person.duty,
            "signs_in": int(person.signs_in),
            "left_on": day_text(person.left_on),
        }
        if before is None:
            write(self._db, "person", row | {"audit_key": secrets.token_bytes(32), "created_at": to_text(at)})
        else:
            names = ", ".join(f"{name} = ?" for name in row)
            self._db.execute(f"UPDATE person SET {names} WHERE id = ?", (*row.values(), person.id))  # noqa: S608
        if before is None or before.name != person.name:
            _rename(self._db, "person_name", "person_id", person.id, {"name": person.name}, beijing_day(at))

    def name_on(self, person_id: str, on: date) -> str:
        """Return how a person was called on a day, by which papers of that time still name them."""
        sql = """SELECT name FROM person_name WHERE person_id = ?
            ORDER BY from_on > ?, CASE WHEN from_on <= ? THEN from_on END DESC, from_on, rowid DESC LIMIT 1"""
        row = select_one(self._db, sql, (person_id, on.isoformat(), on.isoformat()))
        return str(row["name"]) if row else self.get(person_id).name

    def audit_key(self, person_id: str) -> bytes:
        """Return the random key under which personal text of this person enters the audit chain."""
        row = select_one(self._db, "SELECT audit_key FROM person WHERE id = ?", (person_id,))
        if row is None:
            raise NotFoundError("person", person_id)
        return bytes(row["audit_key"])


class RoleRecords:
    """Who holds which role from when to when."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def of(self, person_id: str, on: date, account_ids: tuple[str, ...] = ()) -> frozenset[Role]:
        """Return the roles held on a day for all of some accounts; none after the person has left."""
        found = reaches(self.held(person_id, on))
        return frozenset(role for role, reach in found.items() if reach.covers(account_ids))

    def held(self, person_id: str, on: date) -> tuple[RoleGrant, ...]:
        """Return the grants that hold on a day; none after the person has left."""
        sql = "SELECT 1 FROM person WHERE id = ? AND left_on < ?"
        if select_one(self._db, sql, (person_id, on.isoformat())) is not None:
            return ()
        return tuple(grant for grant in self.grants(person_id) if grant.holds_on(on))

    def grants(self, person_id: str) -> tuple[RoleGrant, ...]:
        rows = select(self._db, "SELECT * FROM role_grant WHERE person_id = ? ORDER BY from_on, role", (person_id,))
        return tuple(map(read_grant, rows))

    def all_grants(self) -> tuple[RoleGrant, ...]:
        return tuple(map(read_grant, select(self._db, "SELECT * FROM role_grant ORDER BY from_on, role")))

    def add(self, grant: RoleGrant) -> None:
        row: Row = {
            "id": grant.id,
            "person_id": grant.person_id,
            "role": str(grant.role),
            "from_on": grant.from_on.isoformat(),
            "to_on": day_text(grant.to_on),
            "account_ids": as_json(grant.account_ids),
            "basis": grant.basis,
        }
        write(self._db, "role_grant", row)

    def end(self, grant_id: str, to_on: date) -> None:
        self._db.execute("UPDATE role_grant SET to_on = ? WHERE id = ?", (to_on.isoformat(), grant_id))

    def holders(self, role: Role, on: date) -> tuple[Person, ...]:
        sql = """SELECT DISTINCT person.* FROM person JOIN role_grant ON person.id = role_grant.person_id
            WHERE role = ? AND from_on <= ? AND (to_on IS NULL OR to_on >= ?) AND (left_on IS NULL OR left_on >= ?)
            ORDER BY person.created_at, person.rowid"""
        day_on = on.isoformat()
        return tuple(map(read_person, select(self._db, sql, (str(role), day_on, day_on, day_on))))

    def authorize(self, given: Authorization) -> None:
        row: Row = {
            "id": given.id,
            "from_person_id": given.from_person_id,
            "to_person_id": given.to_person_id,
            "role": str(given.role),
            "from_on": given.from_on.isoformat(),
            "to_on": given.to_on.isoformat(),
            "scan_sha256": given.scan_sha256,
        }
        write(self._db, "authorization", row)

    def authorizations(self, on: date | None = None) -> tuple[Authorization, ...]:
        """Return every authorization, or those that hold on a day."""
        found = map(read_authorization, select(self._db, "SELECT * FROM authorization ORDER BY from_on"))
        return tuple(a for a in found if on is None or a.holds_on(on))


@reader("person")
def read_person(row: Row) -> Person:
    """Read a row of `person`; raises as `reader` says."""
    return Person(row["id"], row["name"], row["department"], row["duty"], bool(row["signs_in"]), day(row["left_on"]))


@reader("role_grant")
def read_grant(row: Row) -> RoleGrant:
    """Read a row of `role_grant`; raises as `reader` says."""
    return RoleGrant(
        row["id"],
        row["person_id"],
        Role(row["role"]),
        date.fromisoformat(row["from_on"]),
        day(row["to_on"]),
        tuple(json.loads(row["account_ids"])),
        row["basis"],
    )


@reader("authorization")
def read_authorization(row: Row) -> Authorization:
    """Read a row of `authorization`; raises as `reader` says."""
    return Authorization(
        row["id"],
        row["from_person_id"],
        row["to_person_id"],
        Role(row["role"]),
        date.fromisoformat(row["from_on"]),
        date.fromisoformat(row["to_on"]),
        row["scan_sha256"],
    )


def _rename(db: Database, table: str, key: str, subject_id: str, names: Row, on: date) -> None:
    db.execute(f"UPDATE {table} SET to_on = ? WHERE {key} = ? AND to_on IS NULL", (on.isoformat(), subject_id))  # noqa: S608
    write(db, table, {key: subject_id, **names, "from_on": on.isoformat(), "to_on": None})
