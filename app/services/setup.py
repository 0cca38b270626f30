"""The first start: unit, district office, people with their codes, and the first accounts (article 3)."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.errors import MissingFieldError, SetupDoneError
from app.models.account import Account, AccountState, FilingState
from app.models.audit import keyed_hash
from app.models.policy import read_policy
from app.models.right import Role
from app.models.staff import Person, RoleGrant, Unit, check_roles, check_unit_code
from app.models.storable import storable_record
from app.services.code_desk import SECOND_PERSON, CodeDesk, OneTimeCode
from app.services.door_names import called_at_door
from app.services.record_room import RecordRoom
from app.services.working_days import seed_working_days
from app.vault.passcode_hash import PasscodeHasher, new_one_time_code


@dataclass(frozen=True)
class UnitPlan:
    """The unit as the wizard asks for it."""

    code: str
    name: str
    short_name: str
    supervisor: str
    code_word: str


@dataclass(frozen=True)
class PersonPlan:
    """One person as the wizard asks for them."""

    name: str
    department: str
    duty: str
    roles: frozenset[Role]
    signs_in: bool = True


@dataclass(frozen=True)
class AccountPlan:
    """One account as the wizard asks for it; it runs as 未备案（补录） until its filing is on record."""

    platform: str
    name: str
    handle: str = ""
    link: str = ""
    needs_variant: bool = False


@dataclass(frozen=True)
class SetupPlan:
    """Everything the wizard has gathered before it writes anything."""

    unit: UnitPlan
    people: tuple[PersonPlan, ...]
    accounts: tuple[AccountPlan, ...]
    sample: bool = False
    second_person: int | None = None
    """Which of `people` may draw the administrator a new code when theirs is forgotten."""


class Setup:
    """Writes the first records in one transaction."""

    def __init__(self, room: RecordRoom, codes: CodeDesk, hasher: PasscodeHasher, policy_file: Path) -> None:
        self._room, self._codes, self._hasher = room, codes, hasher
        self._policy_file = policy_file

    def needed(self) -> bool:
        """Say whether the data folder holds no unit yet."""
        with self._room.store.reading() as unit:
            return unit.units.find() is None

    def default_supervisor(self) -> str:
        """Return the district office that the shipped policy names (article 2)."""
        return read_policy(self._policy_file.read_text("utf-8")).supervisor

    def run(self, plan: SetupPlan) -> tuple[OneTimeCode, ...]:
        """Write unit, policy, working days, people, roles and accounts; return the codes for the slips.

        The last code is the unit's recovery code, whose slip goes into the safe.

        Raises `SetupDoneError` on a second run, `MissingFieldError`, `FieldInvalidError` or
        `RoleConflictError` for a plan that does not hold; nothing is written then.
        """
        plan = storable_record(plan)
        self._check(plan)
        policy = read_policy(self._policy_file.read_text("utf-8"))
        # By place: two people may be alike in every word, and still each needs a code of their own.
        codes = {place: new_one_time_code() for place, person in enumerate(plan.people) if person.signs_in}
        hashes = {place: self._hasher.hash(code) for place, code in codes.items()}
        recovery = new_one_time_code()
        recovery_hash = self._hasher.hash(recovery)
        now, today = self._room.now(), self._room.today()
        drawn: list[OneTimeCode] = []
        with self._room.store.writing() as unit:
            if unit.units.find() is not None:
                raise SetupDoneError
            own = Unit(
                self._room.new_id(),
                check_unit_code(plan.unit.code),
                plan.unit.name.strip(),
                plan.unit.short_name.strip() or plan.unit.name.strip(),
                plan.unit.supervisor.strip() or policy.supervisor,
                plan.unit.code_word.strip(),
                plan.sample,
            )
            unit.units.save(own, now)
            unit.policies.add(policy, today.isoformat(), "首次启用", now)
            seed_working_days(unit, today.year)
            facts: dict[str, object] = {"unit": own.id, "policy": policy.digest}
            people: list[str] = []
            for position, planned in enumerate(plan.people):
                person = Person(
                    self._room.new_id(),
                    planned.name.strip(),
                    planned.department.strip(),
                    planned.duty.strip(),
                    planned.signs_in,
                )
                unit.people.save(person, now)
                for role in sorted(planned.roles):
                    unit.roles.add(RoleGrant(self._room.new_id(), person.id, role, today, basis="首次设置"))
                if position in codes:
                    code, hashed = codes[position], hashes[position]
                    drawn.append(self._codes.write_code(unit, person, code, hashed, "", ""))
                if position == plan.second_person:
                    unit.settings.set(SECOND_PERSON, person.id)
                people.append(f"{person.id}:{keyed_hash(unit.people.audit_key(person.id), person.name)}")
            for account in plan.accounts:
                unit.accounts.save(self._account(account))
            # Only now is it known who has a namesake.
            called = called_at_door(unit)
            drawn = [replace(code, person=called[code.person_id]) for code in drawn]
            drawn.append(self._codes.keep_recovery(unit, recovery, recovery_hash))
            facts |= {"people": people, "accounts": len(plan.accounts)}
            self._room.record(unit, None, "setup.done", f"unit:{own.id}", facts)
        return tuple(drawn)

    def _account(self, plan: AccountPlan) -> Account:
        return Account(
            id=self._room.new_id(),
            platform=plan.platform.strip(),
            name=plan.name.strip(),
            state=AccountState.RUNNING,
            filing=FilingState.NOT_FILED,
            handle=plan.handle.strip(),
            link=plan.link.strip(),
            needs_variant=plan.needs_variant,
        )

    @staticmethod
    def _check(plan: SetupPlan) -> None:
        check_unit_code(plan.unit.code)
        for field, value in (("unit_name", plan.unit.name), ("code_word", plan.unit.code_word)):
            if not value.strip():
                raise MissingFieldError(field)
        signing = frozenset().union(*(person.roles for person in plan.people if person.signs_in))
        everyone = frozenset().union(*(person.roles for person in plan.people))
        for person in plan.people:
            if not person.name.strip():
                raise MissingFieldError("person_name")
            check_roles(person.roles)
        # Without these nobody could write, register, decide or administer anything.
        for role, present in (
            (Role.ADMINISTRATOR, signing),
            (Role.ACCOUNT_MANAGER, signing),
            (Role.REVIEWER, everyone),
            (Role.SECRECY_REVIEWER, everyone),
            (Role.PRINCIPAL_LEADER, everyone),
        ):
            if role not in present:
                raise MissingFieldError(f"role_{role}")
        for account in plan.accounts:
            if not account.name.strip() or not account.platform.strip():
                raise MissingFieldError("account_name")
