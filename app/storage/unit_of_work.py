"""One unit of work: one connection, one transaction, every repository over it."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from app.storage.database import FILE_NAME, connect, transaction, translated
from app.storage.migrations import bring_up_to_date, complete, refuse_older

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlite_utils.db import Database

    from app.storage.account_records import AccountRecords
    from app.storage.audit_records import AuditRecords
    from app.storage.bound_words import BoundWords
    from app.storage.custody_records import (
        BorrowingRecords,
        CredentialRecords,
        HandoverRecords,
        ScanOperatorRecords,
        TerminalRecords,
    )
    from app.storage.draft_records import DraftRecords
    from app.storage.expired_records import ExpiredRecords
    from app.storage.file_records import FileRecords, PaperRecords
    from app.storage.month_records import MonthRecords
    from app.storage.people_records import PeopleRecords, RoleRecords, UnitRecords
    from app.storage.policy_records import NumberRecords, PolicyRecords, SettingRecords, WorkdayRecords
    from app.storage.publication_records import PublicationRecords, TargetRecords
    from app.storage.register_records import (
        ApplicationRecords,
        ImpostorRecords,
        OperatorRecords,
        PersonalAccountRecords,
        PlatformRecords,
    )
    from app.storage.review_records import ReviewRecords, RevisionRecords
    from app.storage.row_check import RowCheck
    from app.storage.search_index import SearchIndex
    from app.storage.sign_in_records import PasscodeRecords, SignInRecords
    from app.storage.statement_records import StatementRecords

R = TypeVar("R")


class _Repository(Generic[R]):
    """A repository built when a transaction first asks for it, its module loaded then: the door reads only three."""

    def __init__(self, place: str) -> None:
        self._module, _, self._class = place.partition(":")

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, unit: UnitOfWork, owner: type) -> R:
        found = cast("R", getattr(import_module(f"app.storage.{self._module}"), self._class)(unit.db))
        unit.__dict__[self._name] = found
        return found


class UnitOfWork:
    """Every repository over one open transaction."""

    units: _Repository[UnitRecords] = _Repository("people_records:UnitRecords")
    people: _Repository[PeopleRecords] = _Repository("people_records:PeopleRecords")
    roles: _Repository[RoleRecords] = _Repository("people_records:RoleRecords")
    passcodes: _Repository[PasscodeRecords] = _Repository("sign_in_records:PasscodeRecords")
    sign_ins: _Repository[SignInRecords] = _Repository("sign_in_records:SignInRecords")
    settings: _Repository[SettingRecords] = _Repository("policy_records:SettingRecords")
    accounts: _Repository[AccountRecords] = _Repository("account_records:AccountRecords")
    platforms: _Repository[PlatformRecords] = _Repository("register_records:PlatformRecords")
    applications: _Repository[ApplicationRecords] = _Repository("register_records:ApplicationRecords")
    operators: _Repository[OperatorRecords] = _Repository("register_records:OperatorRecords")
    personal_accounts: _Repository[PersonalAccountRecords] = _Repository("register_records:PersonalAccountRecords")
    impostors: _Repository[ImpostorRecords] = _Repository("register_records:ImpostorRecords")
    terminals: _Repository[TerminalRecords] = _Repository("custody_records:TerminalRecords")
    credentials: _Repository[CredentialRecords] = _Repository("custody_records:CredentialRecords")
    borrowings: _Repository[BorrowingRecords] = _Repository("custody_records:BorrowingRecords")
    scan_operators: _Repository[ScanOperatorRecords] = _Repository("custody_records:ScanOperatorRecords")
    handovers: _Repository[HandoverRecords] = _Repository("custody_records:HandoverRecords")
    policies: _Repository[PolicyRecords] = _Repository("policy_records:PolicyRecords")
    workdays: _Repository[WorkdayRecords] = _Repository("policy_records:WorkdayRecords")
    numbers: _Repository[NumberRecords] = _Repository("policy_records:NumberRecords")
    drafts: _Repository[DraftRecords] = _Repository("draft_records:DraftRecords")
    revisions: _Repository[RevisionRecords] = _Repository("review_records:RevisionRecords")
    reviews: _Repository[ReviewRecords] = _Repository("review_records:ReviewRecords")
    targets: _Repository[TargetRecords] = _Repository("publication_records:TargetRecords")
    publications: _Repository[PublicationRecords] = _Repository("publication_records:PublicationRecords")
    files: _Repository[FileRecords] = _Repository("file_records:FileRecords")
    papers: _Repository[PaperRecords] = _Repository("file_records:PaperRecords")
    months: _Repository[MonthRecords] = _Repository("month_records:MonthRecords")
    statements: _Repository[StatementRecords] = _Repository("statement_records:StatementRecords")
    row_check: _Repository[RowCheck] = _Repository("row_check:RowCheck")
    bound: _Repository[BoundWords] = _Repository("bound_words:BoundWords")
    expired: _Repository[ExpiredRecords] = _Repository("expired_records:ExpiredRecords")
    search: _Repository[SearchIndex] = _Repository("search_index:SearchIndex")

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self.db, self._clock = db, clock
        self.before_commit: list[Callable[[], object]] = []
        """What is done at the end of an act that nothing has refused; what it raises refuses the act still."""

    @cached_property
    def audit(self) -> AuditRecords:
        """The chain, which writes with the clock."""
        from app.storage.audit_records import AuditRecords

        return AuditRecords(self.db, self._clock)


class Store:
    """The unit's database in its data folder; `look_only` leaves the file as it is and refuses an older one."""

    def __init__(self, folder: Path, clock: Callable[[], datetime], *, look_only: bool = False) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        self._clock = clock
        if look_only:
            refuse_older(self.path)
        else:
            bring_up_to_date(self.path)

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """Open a transaction that may write; it commits at the end, and any exception undoes all of it."""
        with self._open(query_only=False) as db, transaction(db, immediate=True):
            unit = UnitOfWork(db, self._clock)
            yield unit
            for act in unit.before_commit:
                act()

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Open one snapshot that cannot write."""
        with self._open(query_only=True) as db, transaction(db, immediate=False):
            yield UnitOfWork(db, self._clock)

    @contextmanager
    def _open(self, *, query_only: bool) -> Iterator[Database]:
        with translated(self.path, query_only=query_only), complete(self.path):
            db = connect(self.path, query_only=query_only)
            try:
                yield db
            finally:
                db.close()
