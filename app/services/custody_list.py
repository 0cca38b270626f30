"""What the window shows of the safe: which account has a password on record, who keeps it, who looked at it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.models.account import Account, AccountState
from app.models.credential import UsageKind
from app.models.particulars import Charge
from app.models.person_names import told_apart
from app.models.platform import EntryWay
from app.models.records import StatementKind
from app.models.right import Right, Role
from app.services.custody import CredentialLine, Custody
from app.services.record_room import RecordRoom
from app.services.signers import holds
from app.storage.unit_of_work import UnitOfWork

_OVER = frozenset({AccountState.CLOSED, AccountState.DEREGISTERED})
_SHUT = frozenset({AccountState.PLANNED, AccountState.AWAITING_APPROVAL, AccountState.APPROVED})
"""Not open on the platform yet: there is nothing to enter."""


@dataclass(frozen=True)
class SafeRow:
    """One kept password, or an account of which none is kept (`line` is None)."""

    account: Account
    entry: EntryWay
    line: CredentialLine | None = None

    @property
    def key(self) -> str:
        """What the row is known by."""
        return f"credential:{self.line.credential.id}" if self.line else f"account:{self.account.id}"


@dataclass(frozen=True)
class SafeView:
    """The safe as one person sees it; only who keeps passwords (`may`) gets rows."""

    may: bool
    rows: tuple[SafeRow, ...]
    names: Mapping[str, str]
    """Of every person who is or was on file, by id."""
    keepers: tuple[str, ...]
    """Names of those who keep passwords."""
    age_days: int


@dataclass(frozen=True)
class SafeChoices:
    """What the dialog for a password offers."""

    custodians: tuple[str, ...]
    """Who may keep the account's password, by id; whom the filing form names first stands first."""
    witnesses: tuple[str, ...]
    names: Mapping[str, str]


@dataclass(frozen=True)
class SafeEvent:
    """One act on a password, as its history shows it."""

    at: datetime
    person_id: str
    action: str
    usage: UsageKind | None = None
    reason: str = ""


class CustodyList:
    """Reads the records of the safe; no envelope is touched."""

    def __init__(self, room: RecordRoom, custody: Custody) -> None:
        self._room, self._custody = room, custody

    def view(self) -> SafeView:
        """Return the safe for the person at the desk: what has to be changed first, then what lacks a password."""
        lines = self._custody.lines()
        today = self._room.today()
        with self._room.store.reading() as unit:
            actor = self._room.actor(unit)
            reach = actor.reach(Right.KEEP_PASSWORDS)
            people = unit.people.list(include_left=True)
            names = told_apart(list(people))
            keepers = tuple(names[one.id] for one in unit.roles.holders(Role.PASSWORD_CUSTODIAN, today))
            age = unit.policies.current(today).policy.limit("password_age_days").number
            may = Right.KEEP_PASSWORDS in actor.rights
            rows = tuple(row for row in _rows(unit, lines) if reach.covers((row.account.id,))) if may else ()
        return SafeView(may, rows, names, keepers, age)

    def choices(self, account_id: str) -> SafeChoices:
        """Return who may keep the password of an account, and who may have seen it changed."""
        today = self._room.today()
        with self._room.store.reading() as unit:
            account, people = unit.accounts.get(account_id), unit.people.list()
            holders = [one.id for one in unit.roles.holders(Role.PASSWORD_CUSTODIAN, today)]
            fit = [one for one in holders if holds(unit, one, Role.PASSWORD_CUSTODIAN, today, (account_id,))]
            charges = {Charge.CUSTODIAN_A: 0, Charge.CUSTODIAN_B: 1}
            named = {one.person_id: charges[one.charge] for one in account.particulars.people if one.charge in charges}
            fit.sort(key=lambda one: named.get(one, 2))
            return SafeChoices(tuple(fit), tuple(one.id for one in people), told_apart(list(people)))

    def history(self, credential_id: str) -> tuple[SafeEvent, ...]:
        """Return what was done with a password, newest first."""
        subject = f"credential:{credential_id}"
        with self._room.store.reading() as unit:
            said = {one.id: one.text for one in unit.statements.of_subject(subject, StatementKind.USAGE)}
            entries = unit.audit.of_subjects((subject,))
        found = []
        for entry in entries:
            facts = json.loads(entry.detail)
            usage = UsageKind(facts["usage"]) if "usage" in facts else None
            places = (place.partition(":")[2] for place in facts.get("words", {}))
            reason = next((said[place] for place in places if place in said), "")
            found.append(SafeEvent(entry.at, entry.actor, entry.action, usage, reason))
        return tuple(found)


def _rows(unit: UnitOfWork, lines: tuple[CredentialLine, ...]) -> list[SafeRow]:
    entries = {one.name: one.entry for one in unit.platforms.list()}

    def entry(account: Account) -> EntryWay:
        return entries.get(account.platform, EntryWay.PASSWORD)

    rows = [SafeRow(line.account, entry(line.account), line) for line in lines]
    kept = {line.account.id for line in lines}
    bare = [
        SafeRow(account, entry(account))
        for account in unit.accounts.list()
        if account.id not in kept and account.state not in _OVER | _SHUT
    ]
    return rows + sorted(bare, key=lambda row: row.entry is EntryWay.SCAN)
