"""The register as a desk sees it: each account with its papers, its warnings and its history (articles 3 to 7)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.models.account import Account, AccountState
from app.models.account_application import Application
from app.models.account_warning import AccountWarning, Neighbours, Surroundings, account_warnings
from app.models.account_watch import Operator
from app.models.audit import AuditEntry
from app.models.clock import beijing_day
from app.models.platform import Platform, PlatformClass
from app.models.policy import LIMITS
from app.models.records import FileUse, UseKind
from app.models.staff import Person
from app.models.terminal import Terminal
from app.models.workday import WorkCalendar
from app.services.record_room import RecordRoom
from app.storage.unit_of_work import UnitOfWork

_ENDED = ("account.close", "account.deregister")
_BROUGHT = ("account.register", "account.plan")


@dataclass(frozen=True)
class AccountLine:
    """One account of the list with what it is warned of."""

    account: Account
    warnings: tuple[AccountWarning, ...]
    has_open_paper: bool = False
    """Whether a paper of it runs: something is still to be done with it."""


@dataclass(frozen=True)
class AccountChoices:
    """What the forms of the register offer to choose from."""

    platforms: tuple[Platform, ...]
    people: tuple[Person, ...]
    """Whoever has not left."""
    names: Mapping[str, str]
    """Of everybody who is or was on file, by id."""
    operators: tuple[Operator, ...]
    terminals: tuple[Terminal, ...]
    today: date


@dataclass(frozen=True)
class AccountView:
    """Everything the detail of one account shows, read in one go."""

    account: Account
    platform: Platform | None
    applications: tuple[Application, ...]
    """Newest first."""
    warnings: tuple[AccountWarning, ...]
    names: Mapping[str, str]
    """Of every person, by id."""
    operator: Operator | None
    history: tuple[AuditEntry, ...]
    """What was done with the account, its papers and its passwords, newest first."""


class AccountDesk:
    """Reads the register; nothing is changed here."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def lines(self) -> tuple[AccountLine, ...]:
        """Return every account with its warnings."""
        with self._room.store.reading() as unit:
            judge = WarningJudge(unit, self._room.today())
            open_papers = {paper.account_id for paper in unit.applications.list() if paper.runs}
            return tuple(
                AccountLine(account, judge.warnings(account), account.id in open_papers) for account in judge.accounts
            )

    def view(self, account_id: str) -> AccountView:
        """Return one account with all that belongs to it, or raise `NotFoundError`."""
        with self._room.store.reading() as unit:
            account = unit.accounts.get(account_id)
            judge = WarningJudge(unit, self._room.today())
            papers = tuple(reversed(unit.applications.of(account_id)))
            subjects = (f"account:{account_id}", *(f"application:{paper.id}" for paper in papers))
            subjects += tuple(f"credential:{one.id}" for one in unit.credentials.where("account_id = ?", account_id))
            return AccountView(
                account,
                unit.platforms.find(account.platform),
                papers,
                judge.warnings(account),
                {person.id: person.name for person in unit.people.list(include_left=True)},
                unit.operators.find(account.particulars.operator_id),
                unit.audit.of_subjects(subjects),
            )

    def choices(self) -> AccountChoices:
        """Return what the forms offer; whoever has left and what has ended is not offered."""
        with self._room.store.reading() as unit:
            return AccountChoices(
                unit.platforms.list(),
                unit.people.list(),
                {person.id: person.name for person in unit.people.list(include_left=True)},
                tuple(one for one in unit.operators.list() if one.ended_on is None),
                tuple(one for one in unit.terminals.list() if one.retired_on is None),
                self._room.today(),
            )

    def scans(self, application_id: str) -> tuple[FileUse, ...]:
        """Return the scans filed with a paper, oldest first."""
        with self._room.store.reading() as unit:
            return unit.files.uses(f"application:{application_id}", UseKind.SCAN)

    def platforms(self) -> tuple[Platform, ...]:
        """Return the unit's list of platforms."""
        with self._room.store.reading() as unit:
            return unit.platforms.list()


class WarningJudge:
    """What all accounts are judged by, read once."""

    def __init__(self, unit: UnitOfWork, today: date) -> None:
        self._today = today
        self.accounts = unit.accounts.list()
        self._classes: dict[str, PlatformClass] = {one.name: one.platform_class for one in unit.platforms.list()}
        self._neighbours = Neighbours.of(self.accounts, self._classes)
        self._policy = unit.policies.current(today).policy
        self._last = {key: beijing_day(at) for key, at in unit.publications.last_by_account().items()}
        self._operators = {one.id: one for one in unit.operators.list()}
        self._names = unit.units.names()
        self._calendar: WorkCalendar = unit.workdays.calendar()
        self._first_day = unit.units.first_day()
        self._brought = {
            entry.subject.partition(":")[2]: beijing_day(entry.at)
            for action in _BROUGHT
            for entry in unit.audit.of_action(action)
        }
        self._ended = {
            entry.subject.partition(":")[2]: date.fromisoformat(json.loads(entry.detail)["on"])
            for action in _ENDED
            for entry in unit.audit.of_action(action)
        }

    def warnings(self, account: Account) -> tuple[AccountWarning, ...]:
        """Return everything to look at of one account."""
        last, ended = self._last.get(account.id), self._ended.get(account.id)
        around = Surroundings(
            today=self._today,
            unit_names=self._names,
            neighbours=self._neighbours,
            classes=self._classes,
            limits={key: self._policy.limit(key) for key in LIMITS},
            last_published_on=last,
            published_after_end=last is not None and ended is not None and last > ended,
            filing_due_on=self._filing_due(account),
            operators=self._operators,
        )
        return account_warnings(account, around)

    def _filing_due(self, account: Account) -> date | None:
        """Return the last day for the filing: counted from the opening, or from when it was brought on file."""
        if account.state in {AccountState.PLANNED, AccountState.AWAITING_APPROVAL, AccountState.APPROVED}:
            return None
        known_since = self._brought.get(account.id, self._first_day)
        since = max(account.opened_on, self._first_day) if account.opened_on else known_since
        return self._calendar.after(since, self._policy.limit("filing_working_days").number)
