"""What every service stands on: the store, the files, the clock, and who is at the desk."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from app.errors import AccountNotCoveredError, ClockWrongError, RightMissingError, SignedOutError
from app.models.audit import AuditEntry
from app.models.clock import beijing_day
from app.models.records import Statement, StatementKind, StoredFile, UseKind
from app.models.right import ROLE_RIGHTS, Right, Role
from app.models.staff import Actor, acting_person, allowed
from app.storage.attachments import AttachmentStore, ReceivedFile
from app.storage.unit_of_work import Store, UnitOfWork

SYSTEM = "system"


@dataclass
class Session:
    """Who is signed in on this PC; nobody at first."""

    person_id: str = ""


@dataclass(frozen=True)
class RecordRoom:
    """The shared collaborators of all services."""

    store: Store
    files: AttachmentStore
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    session: Session = field(default_factory=Session)

    def now(self) -> datetime:
        """Return the PC's clock."""
        return self.clock()

    def today(self) -> date:
        """Return the Beijing day."""
        return beijing_day(self.clock())

    def actor(self, unit: UnitOfWork) -> Actor:
        """Return the person at the desk with the roles held today, or raise `SignedOutError`."""
        if not self.session.person_id:
            raise SignedOutError
        person = unit.people.get(self.session.person_id)
        return acting_person(person, unit.roles.held(person.id, self.today()))

    def check_clock(self, unit: UnitOfWork) -> None:
        """Refuse to go on under a clock that stands before the first day of use, on which nobody holds a role."""
        today, first = self.today(), unit.units.first_day()
        if today < first:
            raise ClockWrongError(today, first)

    def acting(self, unit: UnitOfWork, right: Right, *account_ids: str) -> Actor:
        """Return the person at the desk if they hold the right for all of some accounts, or raise `RightMissingError`.

        Raises `AccountNotCoveredError` when it is held, but not for these accounts, and `ClockWrongError` when the
        clock is why nobody holds it.
        """
        actor = self.actor(unit)
        if not allowed(actor, right):
            self.check_clock(unit)
            raise RightMissingError(right)
        reach = actor.reach(right)
        outside = [account_id for account_id in account_ids if not reach.covers((account_id,))]
        if outside:
            raise AccountNotCoveredError(right, tuple(unit.accounts.get(account_id).caption for account_id in outside))
        return actor

    def authoring(self, unit: UnitOfWork, author_id: str) -> Actor:
        """Return the actor if this is their own draft: author ≠ decider needs one author (article 15(1))."""
        actor = self.acting(unit, Right.WRITE)
        if actor.person_id != author_id:
            raise RightMissingError(Right.WRITE)
        return actor

    @contextmanager
    def receiving(self, *sources: Path | bytes) -> Iterator[tuple[ReceivedFile, ...]]:
        """Take files in for one act: `keep` names those it records as it commits, and none stays of a refused one."""
        received: list[ReceivedFile] = []
        try:
            for source in sources:
                received.append(self.files.receive(source))
            yield tuple(received)
        finally:
            for file in received:
                self.files.discard(file)

    def register(self, unit: UnitOfWork, file: ReceivedFile, at: datetime) -> StoredFile:
        """Put a received file on record.

        It gets its name with the commit, while nobody else can write: who removes a file looks whether it is on record.
        """
        unit.files.register(file.stored, at)
        unit.before_commit.append(partial(self.files.settle, file))
        return file.stored

    def keep(self, unit: UnitOfWork, file: ReceivedFile, kind: UseKind, subject: str, name: str, at: datetime) -> str:
        """Put a received file on record with one use, as `register`; return its SHA-256."""
        stored = self.register(unit, file, at)
        unit.files.use(stored.sha256, kind, subject, name, at)
        return stored.sha256

    def keep_pages(
        self, unit: UnitOfWork, files: Sequence[ReceivedFile], names: Iterable[str], subject: str, at: datetime
    ) -> list[str]:
        """Put the files of one signed paper on record in the order of its pages; return their SHA-256s."""
        # What is kept is listed by when it came: each page a microsecond after the one before it.
        moments = (at + timedelta(microseconds=place) for place in range(len(files)))
        return [
            self.keep(unit, file, UseKind.SCAN, subject, name, moment)
            for file, name, moment in zip(files, names, moments, strict=True)
        ]

    def require(self, right: Right, *account_ids: str) -> None:
        """Refuse whoever lacks the right before anything is read for an act."""
        with self.store.reading() as unit:
            self.acting(unit, right, *account_ids)

    def record(
        self,
        unit: UnitOfWork,
        actor: Actor | None,
        action: str,
        subject: str,
        facts: Mapping[str, object] | None = None,
    ) -> AuditEntry:
        """Write the one audit entry of an act; without an actor it is the program's own."""
        role = ",".join(sorted(actor.roles)) if actor else SYSTEM
        return unit.audit.add(actor.person_id if actor else SYSTEM, role, action, subject, dict(facts or {}))

    def state(
        self, unit: UnitOfWork, actor: Actor, subject: str, kind: StatementKind, text: str, about: str = ""
    ) -> dict[str, str]:
        """Keep what a person wrote beside an act, and return what binds it, for the `words` of its audit entry."""
        return unit.statements.add(Statement(self.new_id(), subject, kind, text, actor.person_id, self.now(), about))


def roles_needed(right: Right) -> tuple[Role, ...]:
    """Name the roles that hold a right, for the tooltip of a closed action."""
    return tuple(role for role, rights in ROLE_RIGHTS.items() if right in rights)
